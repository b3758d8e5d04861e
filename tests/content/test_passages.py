"""Marks stand around exactly the words that were meant, and without them the HTML is what it was."""

import re

from hypothesis import given
from hypothesis import strategies as st

from topics.content.html import clean
from topics.content.passages import blocks, marked, on_one_line, reading_text

HTML = clean(
    "<p>Take <strong>5 mg</strong> at&nbsp;night.<br>Fewer than 3 &lt; 4 &amp; no more.</p>"
    "<ul><li>One<ul><li>Two</li></ul></li></ul>"
    '<table><tbody><tr><td>a</td><td>b <a href="/x?a=1&amp;b=2">c</a></td></tr></tbody></table>'
)


def words_in_marks(html):
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S)
    return on_one_line(" ".join(reading_text(mark) for mark in marks))


def test_blocks_are_the_outermost_elements_and_lose_nothing():
    found = blocks(HTML)
    assert [block[:4] for block in found] == ["<p>T", "<ul>", "<tab"]
    assert "".join(found) == HTML
    assert blocks("") == []


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 70))
def test_marks_hold_the_words_and_take_nothing_away(start, length, other):
    text = reading_text(HTML)
    spans = [((start, start + length), "7"), ((other, other + 9), "8")]
    found = marked(HTML, spans)
    assert re.sub(r"</?mark[^>]*>", "", found) == HTML
    alone = marked(HTML, spans[:1])
    assert words_in_marks(alone).replace(" ", "") == text[start : start + length].replace(" ", "")


def test_words_of_two_remarks_name_both_and_answered_ones_are_quiet():
    found = marked("<p>One two three</p>", [((0, 7), "1"), ((4, 13), "2")], quiet=["2"])
    assert found == (
        '<p><mark data-remarks="1">One </mark><mark data-remarks="1 2">two</mark>'
        '<mark class="is-quiet" data-remarks="2"> three</mark></p>'
    )
