"""Attacks on remarks: unsaid, reworded, taken away, put in another's mouth, said of a closed version."""

import pytest
from django.db import transaction

from tests import make
from tests.attacks.ways import (
    delete_refused_every_way,
    entry,
    refused_by,
    refused_every_way,
    refused_with,
)
from topics.content.canonical import digest
from topics.models import Remark
from topics.models.walls import lifted
from topics.publishing.release import release
from topics.publishing.remarks import unproven_remarks
from topics.publishing.trail import lost_acts
from topics.rules.anchoring import Anchor
from topics.rules.refusal import IllegalMove, NotPermitted
from topics.workflow import acts, remarks

DOSE = Anchor("section", "treatment", "5 mg")


def said(room, version=None, **given):
    version = version or make.in_medical_review(room)
    given = {"text": "By weight, please.", "actor": room.primary.user, "anchor": DOSE, **given}
    return remarks.remark(version, **given)


def forged(room, version, *, kind="remark", thread=None, detail=None, **fields):
    """Inserts what the door would write, but for the given fields, with a fitting ledger entry."""
    row = {"kind": kind, "text": "Well done.", "part": "" if thread else "version", "section": ""}
    row |= {"quote": "", "said_by": room.editor, **fields}
    says = {name: row[name] for name in ("part", "section", "quote")}
    says |= {
        "thread": str(thread.entry_id) if thread else "",
        "text_digest": digest(row["text"]),
        **(detail or {}),
    }
    written = entry(row["kind"], actor=row["said_by"], version=version, **says)
    row = {"version": version, "thread": thread, "said_at": written.at, "entry": written, **row}
    return Remark.objects.create(**row)


def test_a_remark_stays_as_it_was_said(newsroom):
    remark = said(newsroom)
    for field, value in {
        "text": "Well done.",
        "quote": "Drink plenty",
        "kind": "answer",
        "said_by": newsroom.editor,
    }.items():
        refused_every_way("remarks_are_never_changed", remark, **{field: value})


def test_a_remark_is_not_taken_away(newsroom):
    delete_refused_every_way("remarks_are_never_deleted", said(newsroom))


def test_a_remark_past_the_door_has_no_entry(newsroom):
    remark = said(newsroom)
    remark.pk, remark.entry_id = None, remark.entry_id - 1
    with refused_by("remark_has_its_audit_entry"):
        remark.save(force_insert=True)
    with refused_by("remark_has_its_audit_entry"):
        Remark.objects.bulk_create([remark])


def test_a_forged_remark_with_all_that_the_door_writes_is_taken(newsroom):
    version = make.submitted(newsroom)
    thread = forged(newsroom, version)
    assert forged(newsroom, version, kind="answer", thread=thread).thread == thread


@pytest.mark.parametrize(
    "wrong",
    [
        {"said_by": "somebody else"},
        {"text_digest": digest("Other words.")},
        {"quote": "other words"},
        {"part": "title"},
        {"section": "treatment"},
        {"thread": "1"},
        {"kind": "reply"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_remark_that_its_entry_does_not_tell_is_refused(newsroom, wrong):
    version = make.submitted(newsroom)
    with refused_by("remark_has_its_audit_entry"):
        if "said_by" in wrong or "kind" in wrong:
            written = entry(
                wrong.get("kind", "remark"),
                actor=newsroom.editor,
                version=version,
                **{"part": "version", "section": "", "quote": "", "thread": ""},
                text_digest=digest("No."),
            )
            who = newsroom.writer if "said_by" in wrong else newsroom.editor
            Remark.objects.create(
                version=version,
                kind="remark",
                text="No.",
                part="version",
                said_by=who,
                said_at=written.at,
                entry=written,
            )
        else:
            forged(newsroom, version, detail=wrong)


@pytest.mark.parametrize("closed", ["returned", "released"])
def test_nothing_is_added_to_a_version_that_is_closed(newsroom, closed):
    version = make.approved(newsroom)
    thread = said(newsroom, version, actor=newsroom.editor)
    if closed == "returned":
        version = acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    else:
        version = release(version, actor=newsroom.publisher).version
    with refused_by("remark_is_on_an_open_version"):
        forged(newsroom, version)
    with refused_by("remark_is_on_an_open_version"):
        forged(newsroom, version, kind="answer", thread=thread)
    with refused_with("version_is_closed", kind=IllegalMove):
        said(newsroom, version, actor=newsroom.editor)
    with refused_with("version_is_closed", kind=IllegalMove):
        remarks.answer(thread, version=version, text="Done.", actor=newsroom.editor)


def test_a_thread_does_not_go_on_in_another_article_or_within_another_thread(newsroom):
    thread, elsewhere = said(newsroom), make.draft(newsroom)
    reply = remarks.reply(thread, version=thread.version, text="Why?", actor=newsroom.writer)
    with refused_by("remark_belongs_to_its_thread"):
        forged(newsroom, elsewhere, kind="answer", thread=thread)
    with refused_by("remark_belongs_to_its_thread"):
        forged(newsroom, thread.version, kind="answer", thread=reply)
    with refused_with("not_its_thread", kind=IllegalMove):
        remarks.answer(thread, version=elsewhere, text="Done.", actor=newsroom.writer)
    with refused_with("not_its_thread", kind=IllegalMove):
        remarks.answer(reply, version=thread.version, text="Done.", actor=newsroom.writer)


@pytest.mark.parametrize(
    "name, fields",
    [
        ("remark_says_something", {"text": ""}),
        ("remark_kind_is_known", {"kind": "praise", "part": ""}),
        ("first_remark_alone_names_a_passage", {"part": ""}),
        ("remark_on_a_section_names_it", {"part": "section"}),
        ("remark_on_a_section_names_it", {"section": "treatment"}),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(newsroom, name, fields):
    version = make.submitted(newsroom)
    both = [name, "first_remark_alone_names_a_passage"]
    with refused_by(*both):
        forged(newsroom, version, **fields)


def test_an_answer_that_names_a_passage_is_refused(newsroom):
    thread = said(newsroom)
    with refused_by("first_remark_alone_names_a_passage"):
        forged(newsroom, thread.version, kind="answer", thread=thread, quote="5 mg")


def test_nobody_who_was_not_asked_remarks_as_a_reviewer(newsroom):
    version = make.in_medical_review(newsroom)
    stranger = make.reviewer("Family Medicine")
    with refused_with("not_assigned", kind=NotPermitted):
        said(newsroom, version, actor=stranger.user)


def test_two_tabs_answer_a_remark_once(newsroom):
    thread = said(newsroom)
    remarks.answer(thread, version=thread.version, text="Done.", actor=newsroom.writer)
    with refused_with("answered_already", kind=IllegalMove):
        remarks.answer(thread, version=thread.version, text="Done!", actor=newsroom.editor)


def test_a_refused_remark_leaves_no_trace(newsroom):
    version = make.in_medical_review(newsroom)
    before = version.audit_entries.count()
    with refused_with("quote_not_found"), transaction.atomic():
        said(newsroom, version, anchor=Anchor("section", "treatment", "50 mg"))
    assert (version.audit_entries.count(), Remark.objects.count()) == (before, 0)


# What the check of the evidence finds, had the walls been down ----------------------------------------


def test_sound_remarks_have_no_gap(newsroom):
    thread = said(newsroom)
    remarks.answer(thread, version=thread.version, text="Done.", actor=newsroom.writer)
    assert list(unproven_remarks()) == []
    assert list(lost_acts()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Well done."},
        {"quote": "Drink"},
        {"section": "lead"},
        {"part": "title", "section": ""},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_changed_remark_is_found(newsroom, changes):
    remark = said(newsroom)
    with lifted():
        Remark.objects.filter(pk=remark.pk).update(**changes)
    assert [wrong for _remark, wrong in unproven_remarks()] == [
        "is not what the audit trail says was said"
    ]


def test_a_remark_that_was_taken_away_is_found(newsroom):
    remark = said(newsroom)
    with lifted():
        Remark.objects.filter(pk=remark.pk)._raw_delete("default")
    assert [wrong for _entry, wrong in lost_acts()] == ["is a remark whose row is missing"]
