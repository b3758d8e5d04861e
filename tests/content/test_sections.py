"""A body is divided at its headings without losing a word, under anchors that stay."""

import html as entities
import json
import re
import unicodedata

import pytest
from hypothesis import given

from tests.content.test_html import CORPUS, MARKUP
from topics.content.html import clean
from topics.content.sections import plain_text, sections


def test_sections_nest_by_heading_level():
    body = "<p>a</p><h2>B</h2><p>b <em>c</em></p><h3>C</h3><h4>D</h4><p>d</p><h2>E</h2>"
    assert sections(body) == [
        {"id": "lead", "heading": None, "html": "<p>a</p>", "text": "a", "sections": []},
        {
            "id": "b",
            "heading": "B",
            "html": "<p>b <em>c</em></p>",
            "text": "b c",
            "sections": [
                {
                    "id": "c",
                    "heading": "C",
                    "html": "",
                    "text": "",
                    "sections": [
                        {
                            "id": "d",
                            "heading": "D",
                            "html": "<p>d</p>",
                            "text": "d",
                            "sections": [],
                        }
                    ],
                }
            ],
        },
        {"id": "e", "heading": "E", "html": "", "text": "", "sections": []},
    ]


def test_an_empty_body_has_no_sections():
    assert sections("") == []


@pytest.mark.parametrize(
    ("headings", "anchors"),
    [
        (["When to call"], ["when-to-call"]),
        (["¿Qué es la fiebre?"], ["que-es-la-fiebre"]),
        (["Crohn’s disease"], ["crohns-disease"]),
        (["Straße & Ærø"], ["strasse-aero"]),
        (["Lead", "Lead"], ["lead-2", "lead-3"]),
        (["A", "A", "A 2", "A"], ["a", "a-2", "a-2-2", "a-3"]),
        (
            ["发烧", "Fever", "Лихорадка", "B型肝炎的治疗"],
            ["section-1", "fever", "section-3", "section-4"],
        ),
        (["word " * 30], ["word-word-word-word-word-word-word-word-word-word-word-word"]),
        (["x" * 80, "x" * 80], ["x" * 60, "x" * 58 + "-2"]),
    ],
)
def test_anchors_are_stable_slugs_of_the_headings(headings, anchors):
    body = "".join(f"<h2>{heading}</h2>" for heading in headings)
    assert [section["id"] for section in sections(clean(body))] == anchors


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n   - c"),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd><dd>e</dd></dl>", "a: b\nc: d\ne"),
        (
            "<table><caption>t</caption><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td><p>c</p><p>d</p></td><td></td></tr></tbody></table>",
            "t\na | b\nc d | ",
        ),
        ('<aside class="key-points"><p>a</p><p>b</p></aside>', "a\n\nb"),
        ("<p>10<sup>9</sup>/L, 10<sup>9/L</sup>, H<sub>2</sub>O</p>", "10⁹/L, 10^9/L, H₂O"),
        ("<p>1<sup>st</sup> &lt; 2 &amp; 3</p>", "1st < 2 & 3"),
    ],
)
def test_plain_text_shows_the_structure(body, text):
    assert plain_text(body) == text


def _flat(found):
    for section in found:
        yield section
        yield from _flat(section["sections"])


def _words(text):
    # Plain text marks a power or index that has no raised figures: 10^9/L for 10<sup>9/L</sup>.
    unmarked = text.replace("^", "").replace("_", "")
    return re.findall(r"\w+", unicodedata.normalize("NFKC", unmarked))


def _assert_in_order(words, container):
    remaining = iter(container)
    assert all(word in remaining for word in words)


def _assert_nothing_lost(body):
    found = list(_flat(sections(body)))
    # Inline tags join the words that they stand in, the borders of blocks and <br> part them.
    joined = re.sub(r"</?(?:a|em|strong|sub|sup)\b[^>]*>", "", body)
    expected = _words(entities.unescape(re.sub(r"<[^>]+>", "\n", joined)))
    text = "\n".join(f"{section['heading'] or ''}\n{section['text']}" for section in found)
    _assert_in_order(expected, _words(text))
    for section in found:
        assert clean(section["html"]) == section["html"]
        assert plain_text(section["html"]) == section["text"]
        assert len(section["id"]) <= 60
    assert len({section["id"] for section in found}) == len(found)
    own = re.sub(r"<h[234]>.*?</h[234]>", "", body)
    assert "".join(section["html"] for section in found) == own


@given(MARKUP)
def test_no_word_is_lost_between_a_body_and_its_sections(markup):
    _assert_nothing_lost(clean(markup))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus lies beside the checkout")
def test_no_word_of_real_summaries_is_lost():
    with CORPUS.open(encoding="utf-8") as lines:
        summaries = [json.loads(line) for line in lines]
    for summary in summaries[1::6]:
        for section in summary["sections"]:
            _assert_nothing_lost(clean(section["html"]))
