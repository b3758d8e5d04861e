"""Whatever comes in, a clean body holds only the strict vocabulary, spelled in one way."""

import html as entities
import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import calls
from topics.content.html import (
    ALLOWED,
    LONGEST_BODY,
    BodyTooDeep,
    BodyTooLarge,
    clean,
    heading_problems,
)
from topics.content.inline import visible

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "pdq" / "summaries.jsonl"

SPELLINGS = [
    ("", ""),
    ("plain", "<p>plain</p>"),
    ("<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"),
    ("<p>a</p>\n  <p>b</p>", "<p>a</p><p>b</p>"),
    ("<p> a \n b </p>", "<p>a b</p>"),
    ("<p></p><p>&nbsp;</p><p> <br> </p>", ""),
    ("<p>5&nbsp;mg &ndash; &lt;6 &amp; &quot;x&quot;</p>", '<p>5\xa0mg – &lt;6 &amp; "x"</p>'),
    ("<p>a<br><br>b<br></p>", "<p>a<br>b</p>"),
    ("<p>cafe\u0301</p>", "<p>café</p>"),
    ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
    ("<h1>a</h1><h5>b</h5><h6>c</h6>", "<h2>a</h2><h4>b</h4><h4>c</h4>"),
    ("<h2>a<div>b</div></h2>", "<h2>a b</h2>"),
    ("<strong><p>a</p></strong>", "<p><strong>a</strong></p>"),
    ("<em>a</em><em>b</em>", "<p><em>ab</em></p>"),
    ("<em><b>a</b></em>", "<p><strong><em>a</em></strong></p>"),
    ("<p>10<sup>9</sup> H<sub>2</sub>O</p>", "<p>10<sup>9</sup> H<sub>2</sub>O</p>"),
    ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
    ("<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
    ("<ul><li></li></ul>", ""),
    ("<dl><dt>a</dt><dd><p>b</p></dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
    ("<dl><dd>a</dd></dl>", "<p>a</p>"),
    ("<blockquote>a</blockquote>", "<p>a</p>"),
    (
        '<aside class="x key-points"><h3>a</h3>b</aside>',
        '<aside class="key-points"><p><strong>a</strong></p><p>b</p></aside>',
    ),
    ('<aside class="advert">a</aside>', "<p>a</p>"),
    (
        "<table><tr><th scope=ROW colspan=02 rowspan=1>a<td>b</table>",
        '<table><tbody><tr><th colspan="2" scope="row">a</th><td>b</td></tr></tbody></table>',
    ),
    (
        "<table><caption>c</caption><thead><tr><th>a</thead><tfoot><tr><td>f</tfoot></table>",
        "<table><caption>c</caption><thead><tr><th>a</th></tr></thead>"
        "<tbody><tr><td>f</td></tr></tbody></table>",
    ),
    (
        "<table><tr><td>a<table><tr><td>b<td> c</table></table>",
        "<table><tbody><tr><td><p>a</p><p>b c</p></td></tr></tbody></table>",
    ),
    (
        '<a href=" https://e.org/?a=1&b=2 ">x</a>',
        '<p><a href="https://e.org/?a=1&amp;b=2">x</a></p>',
    ),
    ("<a href='mailto:a@e.org'>x</a>", '<p><a href="mailto:a@e.org">x</a></p>'),
    ('<a href="tel:+1234">x</a>', '<p><a href="tel:+1234">x</a></p>'),
]

HOSTILE = [
    ("<script>alert(1)</script>a", "<p>a</p>"),
    ("<scr\x00ipt>alert(1)</script>a", "<p>a</p>"),
    ("<p onclick=alert(1) style='color:red' id=x class=y>a</p>", "<p>a</p>"),
    ('<a href="javascript:alert(1)">a</a>', "<p>a</p>"),
    ('<a href="java\nscript:alert(1)">a</a>', "<p>a</p>"),
    ('<a href=" &#1;JaVaScRiPt:alert(1)">a</a>', "<p>a</p>"),
    ('<a href="data:text/html,x">a</a>', "<p>a</p>"),
    ('<a href="//e.org">a</a> <a href="/b">b</a> <a href="https://">c</a>', "<p>a b c</p>"),
    ("<style>p{}</style><iframe src=x>b</iframe>a", "<p>a</p>"),
    ("<svg><script>alert(1)</script><text>b</text></svg>a", "<p>a</p>"),
    ("<math><mi>b</mi></math>a<!-- c --><![CDATA[d]]>", "<p>a</p>"),
    ("<img src=x onerror=alert(1)>a<object>b</object><embed>", "<p>a</p>"),
    ("<form action=x><input value=b><textarea>c</textarea>a</form>", "<p>a</p>"),
    ("&lt;script&gt;a", "<p>&lt;script&gt;a</p>"),
    ("a\x00\x07&#1;\u200b\u202e\ud800b\x7f\x9f", "<p>ab</p>"),
    ("Take <del>50</del> 5 mg", "<p>Take 5 mg</p>"),
    ('<aside class="key-points" onclick=x>a</aside>', '<aside class="key-points"><p>a</p></aside>'),
    ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<p>'&gt;</p>"),
    ("a<br>\u0338b", "<p>a<br>\u25cc\u0338b</p>"),
    ("<em>\u0338a</em>", "<p><em>\u25cc\u0338a</em></p>"),
]


@pytest.mark.parametrize(("given_html", "canonical"), SPELLINGS + HOSTILE)
def test_a_body_has_one_spelling_and_keeps_it(given_html, canonical):
    assert clean(given_html) == canonical
    assert clean(canonical) == canonical


class _Vocabulary(HTMLParser):
    def __init__(self):
        super().__init__()
        self.used = set()

    def handle_starttag(self, tag, attrs):
        self.used |= {(tag, None)} | {(tag, name) for name, _ in attrs}


def _assert_strict(body):
    seen = _Vocabulary()
    seen.feed(body)
    seen.close()
    for tag, attribute in seen.used:
        assert tag in ALLOWED
        assert attribute is None or attribute in ALLOWED[tag]
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt|quot|#x27);)*", body)
    assert unicodedata.normalize("NFC", body) == body


_TAGS = [
    *ALLOWED, "h1", "h5", "b", "i", "div", "blockquote", "tfoot", "span", "s", "script", "svg",
    "table", "td", "tr", "li", "pre", "hr", "summary", "select", "math", "template", "title",
]  # fmt: skip
_TEXT = st.text(alphabet="ab1é\u0301\u0338 \xa0\n\x00<>&;\"'=/-\u2028\u200b中", max_size=6)
_ATTRIBUTE = st.sampled_from(
    [
        "",
        ' class="key-points"',
        ' class="when-to-call"',
        ' href="https://e.org/a b"',
        ' href="javascript:x"',
        ' colspan="2" scope="col"',
        " id='<p>'",
        ' rowspan="0"',
    ]
)
_PIECE = st.one_of(
    _TEXT,
    st.builds("<{}{}>".format, st.sampled_from(_TAGS), _ATTRIBUTE),
    st.builds("</{}>".format, st.sampled_from(_TAGS)),
)
MARKUP = st.lists(_PIECE, max_size=25).map("".join)


@given(MARKUP)
def test_cleaning_is_idempotent_and_strict_for_any_markup(markup):
    cleaned = clean(markup)
    assert clean(cleaned) == cleaned
    _assert_strict(cleaned)


@given(st.text(max_size=60))
def test_text_survives_escaping_word_for_word(text):
    words = unicodedata.normalize("NFC", visible(entities.unescape(entities.escape(text))))
    cleaned = entities.unescape(re.sub(r"<[^>]+>", " ", clean(entities.escape(text))))
    assert re.findall(r"[^\W_]+", words) == re.findall(r"[^\W_]+", cleaned)


@pytest.mark.parametrize(
    "opening", ["<div>", "<em>", "<ul><li>", "<dl><dd>", "<table><tr><td>", "<sup>", "<aside>"]
)
def test_markup_nested_ten_thousand_deep_is_reduced(opening):
    cleaned = clean(opening * 10_000 + "word")
    assert "word" in cleaned
    assert clean(cleaned) == cleaned
    assert len(cleaned) < 1_000


def test_unclosed_marks_do_not_multiply():
    def unclosed(count):
        marks = "".join(f"<em id={n}>" for n in range(count))
        return f"<p>{marks}</p>" + "<p>x</p>" * count

    assert clean(unclosed(3_000)) == "<p><em>x</em></p>" * 3_000
    assert calls(lambda: clean(unclosed(3_000))) < 2.2 * calls(lambda: clean(unclosed(1_500)))


def test_a_body_of_the_greatest_length_is_cleaned_and_one_character_more_refused():
    body = "<p>" + "word " * 199_998 + "wor"
    assert len(body) == LONGEST_BODY - 4
    assert clean(body).endswith("wor</p>")
    with pytest.raises(BodyTooLarge, match="at most 1,000,000"):
        clean("x" * (LONGEST_BODY + 1))


def test_a_body_that_grows_too_long_by_escaping_is_refused():
    with pytest.raises(BodyTooLarge):
        clean("&" * 300_000)


def test_a_body_nested_beyond_reason_is_refused():
    with pytest.raises(BodyTooDeep, match="25,000"):
        clean("<div>" * 30_000)


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>", []),
        ("<p>a</p>", []),
        ("<h3>A</h3>", ["“A” is the first heading but has level 3; use level 2."]),
        (
            "<h2>A</h2><h4>B</h4><h4>C</h4>",
            ["“B” is under a level 2 heading but has level 4; use level 3."],
        ),
    ],
)
def test_heading_problems_name_each_skipped_level(body, problems):
    assert heading_problems(body) == problems


def _words(html):
    without_inline = re.sub(r"</?(?:a|em|strong|sub|sup|span)\b[^>]*>", "", html)
    text = entities.unescape(re.sub(r"<[^>]*>", " ", without_inline))
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", visible(text)))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus lies beside the checkout")
def test_real_summaries_lose_no_word():
    with CORPUS.open(encoding="utf-8") as lines:
        summaries = [json.loads(line) for line in lines]
    for summary in summaries[::4]:
        for section in summary["sections"]:
            raw = re.sub(r"<noscript.*?</noscript>", "", section["html"], flags=re.DOTALL)
            cleaned = clean(section["html"])
            assert _words(cleaned) == _words(raw)
            assert clean(cleaned) == cleaned
            _assert_strict(cleaned)
