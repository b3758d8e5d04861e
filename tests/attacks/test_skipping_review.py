"""Attempts to move a version past its review, each with the wall or the reason that refused it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    WAYS,
    refused_by,
    refused_every_way,
    refused_with,
    sql,
    step,
)
from topics.content.canonical import digest
from topics.models import (
    Version,
)
from topics.rules.refusal import IllegalMove
from topics.vocabulary import State
from topics.workflow import drafting
from topics.workflow.door import transition

LEGAL = {
    ("draft", "editorial_review"),
    ("editorial_review", "medical_review"),
    ("editorial_review", "returned"),
    ("medical_review", "approved"),
    ("medical_review", "returned"),
    ("approved", "returned"),
    ("approved", "released"),
}
ALSO_REFUSES = {
    "draft": ["submitted_version_asks_for_its_policy", "submitted_version_has_its_document"],
    "approved": ["approved_version_is_fully_signed"],
    "released": ["released_version_has_an_edition"],
}


@pytest.fixture
def newsroom(stage):
    return stage.room


@pytest.mark.parametrize("before", State.values)
def test_a_version_cannot_jump_to_a_state_that_does_not_follow(newsroom, stage, before):
    version = stage.version(before)
    for after in State.values:
        if after == before or (before, after) in LEGAL:
            continue
        written = step(version, "approve", after, actor=newsroom.editor)
        refused_every_way(
            ["state_moves_are_legal", *ALSO_REFUSES.get(before, ()), *ALSO_REFUSES.get(after, ())],
            version,
            state=after,
            state_since=written.at,
            return_remarks=version.return_remarks or "x" * (after == "returned"),
        )


@pytest.mark.parametrize(("before", "after"), sorted(LEGAL))
def test_a_state_does_not_move_past_the_door_even_where_the_step_exists(stage, before, after):
    version = stage.version(before)
    for way in WAYS:
        with pytest.raises(IntegrityError), transaction.atomic():
            way(version, state=after)
    version.refresh_from_db()
    assert version.state == before


def test_a_state_does_not_move_without_a_ledger_entry(stage):
    version = stage.assigned
    refused_every_way("state_moves_with_its_audit_entry", version, state="medical_review")


def test_a_state_does_not_move_on_an_entry_that_was_used_by_an_earlier_step(newsroom, stage):
    version = stage.assigned
    other = make.in_medical_review(newsroom, stage.draft)
    assert other.audit_entries.first().to_state == "medical_review"
    refused_every_way(
        "state_moves_with_its_audit_entry",
        version,
        state="medical_review",
        state_since=other.state_since,
    )


def test_a_state_moves_with_its_ledger_entry(newsroom, stage):
    version = stage.assigned
    written = step(version, "send", "medical_review", actor=newsroom.editor)
    Version.objects.filter(pk=version.pk).update(state="medical_review", state_since=written.at)


def test_a_state_cannot_be_dated_otherwise_than_its_ledger_entry(newsroom, stage):
    version = stage.assigned
    written = step(version, "send", "medical_review", actor=newsroom.editor)
    refused_every_way(
        "state_moves_with_its_audit_entry",
        version,
        state="medical_review",
        state_since=written.at - timedelta(days=1),
    )


def test_a_version_is_not_approved_while_a_role_has_not_signed(newsroom, stage):
    version = make.sign(stage.in_medical_review, newsroom.primary)
    written = step(version, "approve", "approved", actor=newsroom.editor)
    refused_every_way(
        "approved_version_is_fully_signed", version, state="approved", state_since=written.at
    )


def test_an_unknown_state_is_refused(stage):
    version = stage.draft
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(state="published")


def test_a_version_is_not_released_without_an_edition(newsroom, stage):
    version = stage.approved
    written = step(version, "release", "released", actor=newsroom.publisher)
    refused_every_way(
        "released_version_has_an_edition", version, state="released", state_since=written.at
    )


def new_row(article, room, **fields):
    now = timezone.now()
    return Version(
        **{
            "article": article,
            "number": 2,
            "state_since": now,
            "created_by": room.writer,
            "created_at": now,
            "edited_by": room.writer,
            "edited_at": now,
            **fields,
        }
    )


@pytest.mark.parametrize("state", ["editorial_review", "medical_review", "approved", "released"])
def test_a_version_cannot_be_inserted_in_a_later_state(newsroom, stage, state):
    article = stage.edition.article
    row = new_row(article, newsroom, state=state)
    with refused_by("version_begins_as_a_draft"):
        row.save()
    with refused_by("version_begins_as_a_draft"):
        Version.objects.bulk_create([row])
    new_row(article, newsroom).save()
    columns = "number, article_id, state, state_since, title, also_called, audience, summary, body"
    more = "change_kind, change_note, internal_note, created_by_id, created_at, edited_by_id, edited_at"
    with refused_by("version_begins_as_a_draft"):
        sql(
            f"INSERT INTO topics_version ({columns}, {more}, "
            "revision, document, digest, return_remarks) "
            "SELECT 3, article_id, 'approved', state_since, title, also_called, audience, summary, "
            f"body, {more}, 1, document, digest, return_remarks FROM topics_version WHERE number = 1"
        )


def test_a_draft_cannot_be_inserted_with_a_document_of_its_own(newsroom, stage):
    article = stage.edition.article
    with refused_by("version_begins_as_a_draft"):
        new_row(article, newsroom, document="{}", digest=digest("{}")).save()


def test_a_draft_cannot_be_inserted_as_edited_by_somebody_else(newsroom, stage):
    article = stage.edition.article
    with refused_by("version_begins_as_a_draft"):
        new_row(article, newsroom, edited_by=newsroom.editor).save()


def test_an_article_has_no_second_open_version(newsroom, stage):
    version = stage.draft
    with refused_by("one_open_version_per_article"):
        new_row(version.article, newsroom).save()
    with refused_by("one_open_version_per_article"):
        Version.objects.bulk_create([new_row(version.article, newsroom)])
    with refused_with("one_open_version_per_article", kind=IllegalMove):
        drafting.open_version(version.article, change_kind="new", actor=newsroom.writer)


def test_a_returned_version_cannot_be_opened_again(newsroom, stage):
    version = stage.version("returned")
    for act in ("edit", "submit", "send", "sign_off", "release"):
        with refused_with("illegal_move", kind=IllegalMove):
            transition(version, act, actor=newsroom.writer)
    names = ["state_moves_are_legal", "return_remarks_stay_as_given"]
    refused_every_way(names, version, state="draft", return_remarks="")
