"""The redline of each change that was written out by hand, and what holds for all of them."""

import json

import pytest

from tests import make
from tests.effort import calls
from tests.rules.redline_block_cases import BLOCKS
from tests.rules.redline_field_cases import FIELDS
from tests.rules.redline_notation import written
from tests.rules.redline_word_cases import SPANISH, WORDS
from tests.rules.test_minor import document
from topics.content.document import build_document
from topics.rules.redline import MOVED_AWAY, redline
from topics.rules.redline.likeness import words_of
from topics.rules.redline.wording import tokens_of

CASES = [(name, "en", *rest) for name, *rest in (*WORDS, *BLOCKS)] + [
    (name, "es", *rest) for name, *rest in SPANISH
]


def names(cases):
    return [case[0] for case in cases]


@pytest.mark.parametrize(
    ("name", "language", "before", "after", "lines", "said"), CASES, ids=names(CASES)
)
def test_a_change_of_the_body_gives_the_redline_written_by_hand(
    name, language, before, after, lines, said
):
    found = redline(document(before, language=language), document(after, language=language))
    assert written(found) == lines
    assert found.is_empty == (not lines)
    if said is not None:
        assert [str(change) for change in found.clinical] == said


@pytest.mark.parametrize(("name", "before", "after", "lines", "said"), FIELDS, ids=names(FIELDS))
def test_a_change_of_a_field_gives_the_redline_written_by_hand(name, before, after, lines, said):
    found = redline(document(**before), document(**after))
    assert written(found) == lines
    if said is not None:
        assert [str(change) for change in found.clinical] == said


def test_every_clinical_change_says_where_it_is():
    before = document("<h2>Care</h2><p>Rest.</p><h2>Doses</h2><p>Take 5 mg.</p><p>Take 2 daily.</p>")
    after = document("<h2>Care</h2><p>Rest.</p><h2>Doses</h2><p>Take 50 mg.</p><p>Take 3 daily.</p>")
    found = redline(before, after)
    assert [(change.anchor, change.number) for change in found.clinical] == [("doses", 1), ("doses", 2)]
    assert [change.number for change in found.changes()] == [1, 2]


def test_what_is_said_of_a_section_that_went_names_where_it_stood():
    before = document("<h2>Care</h2><p>Rest.</p><h2>Doses</h2><p>Take 5 mg.</p>")
    found = redline(before, document("<h2>Care</h2><p>Rest.</p>"))
    assert {change.anchor for change in found.clinical} == {"doses"}


def test_the_two_places_of_what_moved_name_each_other():
    before = document(
        "<h2>Adults</h2><p>Take 5 mg at night.</p><p>Rest.</p><h2>Children</h2><p>Ask.</p>"
    )
    after = document("<h2>Adults</h2><p>Rest.</p><h2>Children</h2><p>Ask.</p><p>Take 5 mg at night.</p>")
    old, new = redline(before, after).sections
    (away,) = [passage for passage in old.passages if passage.status == MOVED_AWAY]
    (here,) = [passage for passage in new.passages if passage.moved_from]
    assert (away.moved_to.anchor, away.moved_to.heading) == ("children", "Children")
    assert (here.moved_from.anchor, here.moved_from.heading) == ("adults", "Adults")
    assert (away.twin, here.twin) == (here, away)


def test_against_nothing_everything_was_added_and_nothing_is_called_a_clinical_change():
    found = redline(None, document("<h2>Doses</h2><p>Take 5 mg.</p>"))
    assert [section.status for section in found.sections] == ["added"]
    assert {field.status for field in found.fields} == {"added"}
    assert found.clinical == []


def test_counts_are_those_of_the_numbered_changes():
    before = "<h2>Care</h2><p>Take 5 mg.</p><p>Go away entirely, old advice.</p><p>Stay here.</p>"
    after = "<h2>Care</h2><p>Take 50 mg.</p><p>Stay here.</p><p>Something else altogether is new.</p>"
    counts = redline(document(before), document(after)).counts
    assert (counts.added, counts.removed, counts.changed, counts.moved) == (1, 1, 1, 0)


def test_repeated_headings_are_told_apart_by_what_they_hold():
    part = "<h2>{0}</h2><h3>Treatment</h3><p>What helps against {1}, told at some length.</p>"
    before = part.format("Flu", "influenza") + part.format("Cold", "the common cold")
    after = part.format("Measles", "a measles infection") + before
    found = redline(document(before), document(after))
    assert written(found) == ["§ + Measles", "§ + Treatment"]


def long_document(lines):
    return build_document(
        article_id="T-1",
        language="en",
        title="Long",
        also_called=[],
        summary="",
        body="".join(lines),
        authors=[],
        references=[],
        codes=[],
        related_ids=[],
    )


LINES = [
    f"<p>Line {n} tells of water and of rest at home, and of the tablet taken.</p>" for n in range(3000)
]


@pytest.mark.parametrize(
    "other",
    [
        LINES[::-1],
        ["<p>Ask.</p>"] * 3000,
        [line.replace("water", "milk") for line in LINES],
        [f"<h2>Part {n}</h2>{line}" for n, line in enumerate(LINES)],
        [f"<ul>{''.join(LINES).replace('<p>', '<li>').replace('</p>', '</li>')}</ul>"],
        [f"<p>{'and of the water ' * 12000}</p>"],
    ],
    ids=["reversed", "all the same", "all reworded", "under headings", "as one list", "one paragraph"],
)
def test_a_quarter_of_a_megabyte_stays_affordable_at_the_very_worst(other):
    before, after = long_document(LINES), long_document(other)
    assert anew(redline, before, after) < 6_000_000
    assert anew(redline, after, before) < 6_000_000


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["Breast Cancer Prevention", "Breast Cancer Screening"])
def test_two_english_versions_of_a_quarter_of_a_megabyte_take_little_work(name):
    """60 to 70 ms: `python -m tests.bench.redline` measures it."""
    found = {
        audience: document(body, title="A summary")
        for (title, audience), body in texts().items()
        if title == name
    }
    before, after = found["Health Professionals"], found["Patients"]
    assert len(json.dumps(before, ensure_ascii=False).encode()) > 250_000
    assert anew(redline, before, after) < 600_000
    assert anew(redline, after, before) < 600_000


def anew(work, *given):
    """The calls that it takes with nothing remembered from before."""
    words_of.cache_clear()
    tokens_of.cache_clear()
    return calls(lambda: work(*given))


def texts():
    """The English bodies of the corpus by title and audience."""
    with (make.CORPUS / "pdq" / "summaries.jsonl").open() as lines:
        summaries = [summary for summary in map(json.loads, lines) if summary["language"] == "en"]
    return {
        (summary["title"].split(" (PDQ")[0], summary["audience"]): "".join(
            f"<h2>{part['title']}</h2>{part['html']}" for part in summary["sections"]
        )
        for summary in summaries
    }
