"""Words are found without accents and by their beginning, in the order of bytes."""

import pytest

from topics.content.words import MOST, folded, terms, words


def found(query, *texts):
    known = words(*texts)
    return bool(terms(query)) and all(
        any(w == term.first if term.end is None else term.first <= w < term.end for w in known)
        for term in terms(query)
    )


@pytest.mark.parametrize(
    "query",
    ["presión", "PRESION", "pres arter", "alta presion", "hiper", "hipertensión-art", "d", "25 (oh)"],
)
def test_a_text_is_found_by(query):
    assert found(query, "Presión arterial alta", "Hipertensión arterial", "Vitamina D: 25-OH")


@pytest.mark.parametrize("query", ["", " ", "!?", "arterialx", "ion", "baja presión", "h", "%", "_"])
def test_a_text_is_not_found_by(query):
    assert not found(query, "Presión arterial alta", "Hipertensión arterial", "Vitamina D: 25-OH")


def test_the_end_of_a_range_comes_after_every_word_that_begins_so():
    for text in ("straße", "жар", "咳嗽", "zz", "ſ", "né\u0301e"):
        (term,) = terms(text)
        (longer,) = words(text + "z𝒛𐐀咳")
        if term.end is not None:
            assert term.first <= longer < term.end


def test_a_public_id_is_typed_with_or_without_hyphens():
    known = "0b7c2a4e9d8f4c12a3b4c5d6e7f80912"
    for query in ("0b7c2a4e", "0B7C2A4E-9d8f", "0b7c2a4e-9d8f-4c12-a3b4-c5d6e7f80912", known):
        assert found(query, known)
    assert not found("0b7c2a4e-9d8e", known)


def test_a_query_of_many_words_is_cut_and_repetition_counts_once():
    assert len(terms(" ".join(f"w{n}" for n in range(99)))) == MOST
    assert len(terms("a a A á")) == 1


def test_a_very_long_word_is_found_by_its_beginning():
    assert found("a" * 300, "a" * 500)


def test_folding_leaves_no_capital_and_no_mark():
    assert folded("𝕬İÉﬁ") == "aiefi"
