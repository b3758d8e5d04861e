"""One analyser: the same tokens from every way of writing a word, and none that a database reads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topics.publishing.search import analyser, query
from topics.publishing.search.distance import distance
from topics.publishing.search.stores import fts5, vectors

TOKEN = re.compile(r"_?[a-z0-9]+(?:_[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["cough", "Coughs", "COUGHING", "cough’s", "ｃｏｕｇｈ"]),
        ("en", ["naïve", "naive", "NAI\u0308VE"]),
        ("es", ["vacunación", "vacunacion", "vacunaciones", "VACUNACIO\u0301N"]),
        ("es-MX", ["infección", "infecciones", "infeccion"]),
        ("es", ["niño", "nino", "niños"]),
        ("fr", ["toux", "TOUX"]),
        ("zh", ["咳嗽"]),
    ],
)
def test_the_forms_of_a_word_have_one_token(language, forms):
    assert len({tuple(analyser.tokens(form, language)) for form in forms}) == 1


def test_words_of_one_language_are_not_stemmed_as_anothers():
    assert analyser.tokens("coughing", "fr") == ["coughing"]


@given(st.text(), st.sampled_from(["en", "es", "fr"]))
def test_a_token_is_nothing_but_letters_and_figures(text, language):
    tokens = analyser.tokens(text, language)
    for token in [*tokens, *analyser.names(tokens[:4])]:
        assert TOKEN.fullmatch(token), (text, token)


@given(st.text())
def test_every_text_is_a_query_of_bounded_length_or_none(text):
    asked = query.read(text)
    if asked:
        assert len(asked.words) <= query.MOST_WORDS
        assert asked.required
        assert '"' not in "".join(asked.any)
        assert fts5.all_of(asked).count('"') % 2 == 0
        assert vectors.one_of(asked.any).count("'") == 2 * len(asked.any)


def test_a_query_asks_for_its_subject():
    asked = query.read("What are the symptoms of low blood sugar?", "en")
    assert asked.required == (("low",), ("blood",), ("sugar",))
    assert asked.counting == ("symptom",)
    assert asked.names["_blood_low_sugar"] == 3
    assert query.read("what are the symptoms", "en").required == (("symptom",),)
    assert query.read("what is the", "en").words == ("what", "is", "the")
    assert query.read("…") is None


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("asthma", "asthma", 0),
        ("astma", "asthma", 1),
        ("ashtma", "asthma", 1),
        ("neumonia", "pneumonia", 1),
        ("presure", "pressure", 1),
        ("diabetis", "diabetes", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
    ],
)
def test_words_are_as_far_apart_as_their_edits(one, other, edits):
    assert distance(one, other, most=3) == distance(other, one, most=3) == edits
    if edits:
        assert distance(one, other, most=edits - 1) == edits
