"""Whatever two documents hold, either side of their redline is that document."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.redline_notation import side
from tests.rules.test_minor import document
from topics.rules.minor import clinical_changes
from topics.rules.redline import Redline, redline

WORD = st.sampled_from(
    (
        *("take", "5 mg", "50 mg", "3 times a day", "rest", "no", "daily", "señor", "más", "water"),
        *("10<sup>9</sup>", "H<sub>2</sub>O", "2.5", "1,000", "5–10 mg;", "and,", "(or)", "&amp;"),
        *("<strong>bold</strong>", "&lt;5", "a&nbsp;b", "every 4 hours."),
    )
)
TEXT = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
LINKED = TEXT.map(lambda text: f'see <a href="https://example.org/{len(text) % 3}">{text}</a>.')
PARAGRAPH = (TEXT | LINKED).map("<p>{}</p>".format)
ITEMS = st.lists(TEXT, min_size=1, max_size=4).map(lambda found: "".join(f"<li>{t}</li>" for t in found))
LIST = st.builds("<{0}>{1}<li>x<ul>{1}</ul></li></{0}>".format, st.sampled_from(["ul", "ol"]), ITEMS)
ROW = st.lists(TEXT, min_size=1, max_size=3).map(lambda row: "".join(f"<td>{t}</td>" for t in row))
TABLE = st.lists(ROW, min_size=1, max_size=3).map(
    lambda rows: (
        f"<table><caption>{len(rows)} rows</caption><thead><tr>{rows[0]}</tr></thead>"
        f"<tbody>{''.join(f'<tr>{row}</tr>' for row in rows[1:])}</tbody></table>"
    )
)
TERMS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3).map(
    lambda found: f"<dl>{''.join(f'<dt>{a}</dt><dd>{b}</dd>' for a, b in found)}</dl>"
)
CALL_OUT = st.builds(
    '<aside class="{}">{}</aside>'.format,
    st.sampled_from(["key-points", "when-to-call"]),
    PARAGRAPH | LIST,
)
HEADING = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["h2", "h3"]), TEXT)
BLOCK = PARAGRAPH | LIST | TABLE | TERMS | CALL_OUT | HEADING
BLOCKS = st.lists(BLOCK, max_size=8)


@st.composite
def edits(draw):
    """Two bodies: the second is the first with blocks dropped, moved, repeated and put in."""
    before = draw(BLOCKS)
    after = draw(st.permutations(before)) if draw(st.booleans()) else list(before)
    after = [block for block in after if draw(st.integers(0, 4))]
    for block in draw(st.lists(BLOCK, max_size=3)):
        after.insert(draw(st.integers(0, len(after))), block)
    return "".join(before), "".join(after)


def sections_of(doc):
    def walk(sections, level):
        for section in sections:
            heading = section["heading"] or ""
            yield section["id"], heading, level if heading else 0, section["html"]
            yield from walk(section["sections"], level + 1)

    return list(walk(doc["sections"], 2))


@settings(max_examples=60, deadline=None)
@given(edits())
def test_either_side_of_a_redline_is_the_document(bodies):
    before, after = map(document, bodies)
    found = redline(before, after)
    for name, doc in (("before", before), ("after", after)):
        shown, _ = side(found, name)
        theirs = sections_of(doc)
        if name == "before":
            theirs = {section[0]: section for section in theirs}
            assert [anchor for anchor, *_ in shown] == list(theirs)
            # What a section held that moved away is compared at its new place.
            shown += [as_it_stood(section) for section in found.sections if section.moved_from]
            for anchor, heading, level, html, section in shown:
                if section.status != "moved_away":
                    assert (anchor, heading, level, html) == theirs[anchor]
        else:
            assert [section[:4] for section in shown] == theirs


def as_it_stood(section):
    return side(Redline({}, {}, (), (replace(section, moved_from=None),)), "before")[0][0]


@settings(max_examples=30, deadline=None)
@given(edits())
def test_a_redline_is_empty_exactly_where_the_documents_are_equal(bodies):
    before, after = map(document, bodies)
    assert redline(before, after).is_empty == (before == after)
    assert redline(before, before).is_empty
    assert redline(None, after).counts.removed == 0


@settings(max_examples=60, deadline=None)
@given(edits())
def test_whatever_a_minor_change_may_not_do_is_among_the_clinical_changes(bodies):
    before, after = map(document, bodies)
    assert bool(redline(before, after).clinical) >= bool(clinical_changes(before, after))


NAMES = st.lists(st.sampled_from(["Fever", "High temperature", "Fiebre más alta", "5 mg"]), max_size=4)


@given(NAMES, NAMES)
def test_either_side_of_the_fields_is_the_field(before, after):
    found = redline(document(also_called=before), document(also_called=after))
    for name, given_names in (("before", before), ("after", after)):
        lines = side(found, name)[1].get("also_called", [])
        assert sorted(lines) == sorted(f"<p>{text}</p>" for text in given_names) or name == "before"
        if name == "after":
            assert lines == [f"<p>{text}</p>" for text in given_names]
