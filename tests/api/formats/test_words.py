"""No representation loses, adds, changes or moves a word of the signed text, whatever the text is."""

import json
import unicodedata
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.api.formats.articles import BODY, article
from tests.api.formats.reading import COMMONMARK, of_markdown, parsed, text_of, walk, words
from topics.api import examples
from topics.api.formats.table import ARTICLE_FORMATS

BASE = "https://content.example"
TEXT = st.text(alphabet="ab 5.-+*_#`~|<>[]()!\\&=:\"'\n\u00a0é⁹{}^$%@/", min_size=1, max_size=12)


def inline(text):
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>") if text.strip() else "word"
    )


LINKS = (
    'a href="https://e.org/?a=b|c&amp;d=(e)"',
    'a href="article:' + "0" * 8 + '-0000-4000-8000-000000000000"',
)
WORDS = TEXT.map(inline)
MARKED = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["strong", "em", "sub", "sup", *LINKS]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
        ),
        st.lists(inner, min_size=2, max_size=4).map("".join),
    ),
    max_leaves=6,
)
PARAGRAPH = MARKED.map(lambda inner: f"<p>{inner}</p>")


def tagged(tag, inner):
    return f"<{tag}>{inner}</{tag.split()[0]}>"


def table(rows):
    cells = ["".join(tagged("td", cell) for cell in row) for row in rows]
    return tagged("table", "".join(tagged("tr", row) for row in cells))


BLOCK = st.recursive(
    PARAGRAPH,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["ul", "ol"]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda pair: tagged(pair[0], "".join(tagged("li", item) for item in pair[1]))
        ),
        st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(table),
        st.tuples(MARKED, inner).map(
            lambda pair: f"<dl><dt>{pair[0]}</dt><dd>{pair[1]}</dd></dl>",
        ),
        inner.map(lambda block: tagged('aside class="key-points"', block)),
    ),
    max_leaves=5,
)
HEADING = st.tuples(st.sampled_from(["h2", "h3", "h4"]), MARKED).map(lambda pair: tagged(*pair))
BODIES = st.lists(st.one_of(BLOCK, HEADING), min_size=1, max_size=6).map("".join)
EXAMPLES = [
    BODY,
    "<ul><li><p>1. a</p><ul><li>b</li></ul></li></ul><ul><li>c</li></ul>"
    "<ol><li>d</li></ol><ol><li>e</li></ol>",
    "<p>a<strong>(b)</strong>c <em>*d*</em><strong>e</strong>f</p><p>---</p><p>a<br>===<br># b</p>",
    '<table><tr><td rowspan="2">a|b\\</td><td>c</td></tr><tr><td><ul><li>d</li></ul></td></tr></table>',
    "<p>[a]: b</p><p>![c](d) &lt;script&gt; `e` ~~f~~ &amp;amp; \\</p><p>1) g</p><p>+ h</p>",
    '<p>5!<a href="https://example.org/">5</a></p>',
]


def plainly(found):
    """Words without what tells raised and lowered figures from others: formats differ in that."""
    return (
        unicodedata.normalize("NFKC", " ".join(found)).translate(dict.fromkeys(map(ord, "^_"))).split()
    )


def heading(section):
    """A section's heading as HTML, "" for none."""
    return f"<p>{escape(section['heading'], quote=False)}</p>" if section["heading"] else ""


def around(render, read, body):
    """The words of an article, of the same without its body, and of the body alone as signed."""
    whole = article(body=body)
    without = {**whole, "sections": [], "links": []}
    pieces = [
        html
        for section in whole["sections"]
        for one in walk(section)
        for html in (heading(one), one["html"])
    ]
    signed = [word for html in filter(None, pieces) for word in words(html)]
    return (
        plainly(read(render({**whole, "links": []}, base=BASE))),
        plainly(read(render(without, base=BASE))),
        plainly(signed),
    )


def is_inserted(whole, without, signed):
    """Whether `whole` is `without` with `signed` put in at one place."""
    place = next(
        (n for n, pair in enumerate(zip(whole, without, strict=False)) if pair[0] != pair[1]),
        len(without),
    )
    return any(
        whole == without[:at] + signed + without[at:]
        for at in range(place, max(place - len(signed) - 1, -1), -1)
    )


def with_examples(test):
    for body in EXAMPLES:
        test = example(body=body)(test)
    return settings(max_examples=40, deadline=None)(given(body=BODIES)(test))


@with_examples
def test_the_fragment_has_exactly_the_signed_words(body):
    assert is_inserted(*around(ARTICLE_FORMATS["html"].render, words, body))


@with_examples
def test_markdown_has_exactly_the_signed_words(body):
    assert is_inserted(*around(ARTICLE_FORMATS["markdown"].render, of_markdown, body))


@with_examples
def test_plain_text_has_every_signed_section_as_it_was_signed(body):
    signed = article(body=body)
    text = ARTICLE_FORMATS["text"].render(signed, base=BASE)
    without = ARTICLE_FORMATS["text"].render({**signed, "sections": []}, base=BASE)
    start = 0
    for section in signed["sections"]:
        for one in walk(section):
            for piece in filter(None, (one["heading"], one["text"])):
                start = text.index(piece, start) + len(piece)
    rest = [line for line in text.splitlines() if line not in set(without.splitlines())]
    said = "\n".join(one["text"] for section in signed["sections"] for one in walk(section)).splitlines()
    headings = [one["heading"] for section in signed["sections"] for one in walk(section)]
    assert [
        line for line in rest if line not in said and line not in headings and line.strip("-~=")
    ] == []


@with_examples
def test_linked_data_has_every_signed_section_as_it_was_signed(body):
    signed = article(body=body)
    page = json.loads(ARTICLE_FORMATS["jsonld"].render(signed, base=BASE))
    told = [one for part in page.get("hasPart", ()) for one in walk(part, "hasPart")]
    assert [(one.get("name"), one.get("text", ""), one["identifier"]) for one in told] == [
        (one["heading"], one["text"], one["id"])
        for section in signed["sections"]
        for one in walk(section)
    ]


@with_examples
def test_fhir_has_exactly_the_signed_words(body):
    signed = {**article(body=body), "links": []}
    bundle = json.loads(ARTICLE_FORMATS["fhir"].render(signed, base=BASE))
    count = len(signed["sections"])
    sections = bundle["entry"][0]["resource"]["section"][:count]
    read = [
        (one.get("title"), words(one["text"]["div"]) if "text" in one else [])
        for section in sections
        for one in walk(section, "section")
    ]
    assert read == [
        (one["heading"], words(one["html"] or (heading(one) if bare(one) else "")))
        for section in signed["sections"]
        for one in walk(section)
    ]


def bare(section):
    """A heading with nothing under it: FHIR wants words in every section, so it repeats the heading."""
    return not section["sections"]


def test_the_reader_of_markdown_can_tell_lost_words():
    assert of_markdown("a *b*") == ["a", "b"]
    assert is_inserted(["x", "a", "y"], ["x", "y"], ["a"])
    assert not is_inserted(["x", "y"], ["x", "y"], ["a"])
    assert not is_inserted(["x", "b", "y"], ["x", "y"], ["a"])


@pytest.mark.parametrize("name", ["html", "markdown", "text", "fhir", "jsonld"])
def test_the_signed_text_is_in_its_order(name):
    signed = article()
    text = ARTICLE_FORMATS[name].render(signed, base=BASE)
    pieces = [signed["title"], *signed["also_called"], signed["summary"]]
    pieces += [
        one["heading"] or one["text"][:30] for section in signed["sections"] for one in walk(section)
    ]
    pieces += [one["title"] for one in signed["references"]]
    start = 0
    for piece in pieces:
        said = piece.replace("&", {"markdown": "\\&", "html": "&amp;", "fhir": "&amp;"}.get(name, "&"))
        start = text.index(said, start) + len(said)
    for author in signed["authors"]:
        assert author["name"] in text
    for code in signed["codes"]:
        assert code["code"] in text


def test_emphasis_and_links_are_marked_in_markdown():
    html = COMMONMARK.render(ARTICLE_FORMATS["markdown"].render(article(), base=BASE))
    assert "<strong>5 mg</strong>" in html
    assert "<em>never</em>" in html
    assert '<a href="https://example.org/a?b=1&amp;c=2">fever</a>' in html
    assert f'<a href="{BASE}{examples.OTHER["url"]}">whooping cough</a>' in html
    assert "croup" in html
    assert "00000000-0000" not in html
    assert [row.split() for row in map(text_of, parsed(html).iter("tr"))] == [
        ["Age", "Dose"],
        ["2", "to", "5", "2.5", "mg", "|", "1", "spoon"],
        ["Not", "under", "2", "years"],
    ]


def test_lists_in_a_row_stay_lists_of_their_own_in_markdown():
    body = "<dl><dt>a</dt><dd>b</dd></dl><ul><li>c</li></ul><ul><li>d</li></ul><ol><li>e</li></ol>"
    body += "<ol><li>f</li></ol>"
    without = ARTICLE_FORMATS["markdown"].render(article(body="<p>x</p>"), base=BASE)
    text = ARTICLE_FORMATS["markdown"].render(article(body=body), base=BASE)
    counts = [COMMONMARK.render(one).count("<ul>") for one in (text, without)]
    assert counts[0] - counts[1] == 4  # the definitions' list is inside that of the terms
    assert COMMONMARK.render(text).count("<ol>") == 2
