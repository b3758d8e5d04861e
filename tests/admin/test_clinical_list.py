"""The clinical changes over a document: the same list, however the version is read."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import signed_in
from tests.rules.redline_block_cases import BLOCKS
from tests.rules.redline_field_cases import FIELDS
from tests.rules.redline_word_cases import SPANISH, WORDS
from tests.rules.test_minor import document
from topics.admin.redline.clinical import KINDS, OTHERS, listed
from topics.rules.clinical_change import RECORDS
from topics.rules.minor import clinical_changes
from topics.rules.redline import redline

LISTED = re.compile(r'<section class="clinical.*?</section>', re.S)
ROW = re.compile(
    r'<li><a href="#([^"]+)">(?:<span class="clinical-kind">(.*?)</span> )?<span>(.*?)</span></a></li>'
)
CASES = (*WORDS, *BLOCKS, *SPANISH)


def joined(cases):
    """A body before and after the changes of all these cases."""
    return tuple("".join(f"<h2>{case[0]}</h2>{case[side]}" for case in cases) for side in (1, 2))


CLINICAL = [case for case in CASES if clinical_changes(*map(document, case[1:3]))]
QUIET = [case for case in CASES if case not in CLINICAL]
DOCUMENTS = [
    joined(QUIET),
    *(joined(CLINICAL[first : first + 10]) for first in range(0, len(CLINICAL), 10)),
]
MANY = "".join(f"<p>You should take {n} mg of part {n}.</p>" for n in range(20))


def pages_of(room, version, **given):
    client = signed_in(room.editor)
    address = reverse("admin:review_desk", args=[version.pk])
    return [client.get(address, {"view": view, **given}) for view in ("reading", "redline")]


def list_on(page):
    """The heading of the list and its rows: kind, sentence, target."""
    html = page.content.decode()
    assert len(LISTED.findall(html)) <= 1
    found = LISTED.search(html)
    if found is None:
        return "", []
    heading = " ".join(re.sub(r"<[^>]+>", " ", found[0].split("</h2>")[0]).split())
    return heading, [(kind, unescape(said), target) for target, kind, said in ROW.findall(found[0])]


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), DOCUMENTS, ids=range(len(DOCUMENTS)))
def test_reading_and_redline_list_the_same_changes_and_lead_to_them(newsroom, before, after):
    edition = make.released(newsroom, body=before)
    draft = make.next_draft(newsroom, edition.article, body=after)
    pages = pages_of(newsroom, draft)
    reading, marked = map(list_on, pages)
    assert reading[0] == marked[0]
    assert [row[:2] for row in reading[1]] == [row[:2] for row in marked[1]]
    expected = redline(document(before), document(after)).clinical
    assert len(reading[1]) == len(expected)
    for page, (_heading, rows) in zip(pages, (reading, marked), strict=True):
        ids = set(re.findall(r' id="([^"]*)"', page.content.decode()))
        assert {target for *_, target in rows} <= ids


@pytest.mark.django_db
def test_more_changes_than_are_in_sight_are_folded_and_counted_once(newsroom):
    edition = make.released(newsroom, body=MANY)
    draft = make.next_draft(newsroom, edition.article, body=MANY.replace(" mg", " mcg"))
    for page in pages_of(newsroom, draft):
        heading, rows = list_on(page)
        assert heading == "20 clinical changes against edition 1"
        assert len(rows) == 20
        assert "8 more clinical changes" in page.content.decode()


@pytest.mark.django_db
def test_both_views_are_against_what_was_chosen(newsroom):
    edition = make.released(newsroom)
    draft = make.next_draft(newsroom, edition.article, body=make.BODY.replace("5 mg", "7 mg"))
    make.acts.return_with_remarks(make.submitted(newsroom, draft), remarks="No.", actor=newsroom.editor)
    body = make.BODY.replace("5 mg", "9 mg").replace("plenty", "a lot")
    draft = make.next_draft(newsroom, edition.article, body=body)
    for given, name, was in (({}, "edition 1", "5 mg"), ({"against": "previous"}, "version 2", "7 mg")):
        for page in pages_of(newsroom, draft, **given):
            heading, rows = list_on(page)
            assert heading.endswith(f"against {name}")
            assert any(f"“{was}” became “9 mg”" in said for _, said, _ in rows)


@pytest.mark.parametrize(("name", "before", "after", "lines", "said"), FIELDS, ids=lambda case: "")
def test_a_changed_field_is_listed(name, before, after, lines, said):
    found = redline(document(**before), document(**after))
    rows = listed(found, {})
    sentences = [row.sentence for row in (*rows.first, *rows.rest, *rows.others)]
    assert sentences == [str(change) for change in found.clinical] != []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("You should rest.", "You may rest.", "Advice"),
        ("Take 5 mg.", "Take 6 mg.", "Number or dose"),
        ("Rest well.", "Rest well. A nap helps.", "Sentence"),
    ],
)
def test_every_kind_of_wording_is_listed_under_its_name(before, after, kind):
    found = redline(document(f"<p>{before}</p>"), document(f"<p>{after}</p>"))
    assert [row.kind for row in listed(found, {}).first] == [kind]
    assert listed(found, {}).count == 1


def test_every_kind_of_change_has_its_place_in_the_list():
    from_rule, shown = (
        {
            change.kind
            for before, after in bodies
            for change in clinical_changes(document(before), document(after))
        }
        for bodies in ([case[1:3] for case in CASES], DOCUMENTS)
    )
    assert shown == from_rule
    assert not clinical_changes(*map(document, DOCUMENTS[0]))
    assert from_rule <= KINDS.keys() | OTHERS.keys() | RECORDS.keys()
