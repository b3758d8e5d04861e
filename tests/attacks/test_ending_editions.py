"""Attempts to change an edition, or when it begins and ends, each with the wall that refused it."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    POSTGRESQL,
    by_sql,
    entry,
    refused_by,
    refused_every_way,
    sql,
    withdrawn,
)
from topics.content.canonical import digest
from topics.models import (
    Edition,
    Withdrawal,
    walls,
)
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw

DAY = timedelta(days=1)


@pytest.fixture
def newsroom(stage):
    return stage.room


FIXED = {
    "document": "{}",
    "digest": digest("{}"),
    "record": "{}",
    "title": "Cough cured",
    "summary": "Take 50 mg.",
    "audience": "professional",
    "language": "es",
    "number": 7,
    "change_kind": "minor",
    "starts_at": timezone.now() + 9 * DAY,
    "expires_at": timezone.now() + 9 * DAY,
    "first_published": timezone.now() - 9 * DAY,
    "modified": timezone.now() - 9 * DAY,
    "last_reviewed": date(2100, 1, 1),
    "review_warning_on": date(2100, 1, 1),
    "next_review_due": date(2100, 1, 1),
    "released_at": timezone.now() - 9 * DAY,
}


@pytest.mark.parametrize("field", FIXED)
def test_nothing_of_an_edition_changes_but_its_end(stage, field):
    names = ["edition_is_frozen", "editions_never_overlap_on_update"][: 1 if POSTGRESQL else 2]
    refused_every_way(names, stage.edition, **{field: FIXED[field]})


def test_an_edition_is_not_moved_to_another_article_version_person_or_category(newsroom, stage):
    edition, other = stage.edition, make.released(newsroom)
    for field, value in {
        "article": stage.draft.article,
        "version": other.version,
        "category": make.category(),
        "released_by": newsroom.editor,
        "release_entry": other.release_entry,
    }.items():
        refused_every_way("edition_is_frozen", edition, **{field: value})


def test_an_edition_is_not_ended_without_a_ledger_entry(stage):
    edition = stage.edition
    refused_every_way("edition_end_has_its_audit_entry", edition, ends_at=timezone.now() + DAY)


def test_an_edition_is_not_ended_on_the_entry_of_its_own_release(stage):
    """The end would be dated back to the start: what the public read would never have been public."""
    edition = stage.edition
    refused_every_way(
        "edition_end_has_its_audit_entry",
        edition,
        ends_at=edition.release_entry.at,
        end_entry=edition.release_entry,
    )


def test_an_edition_is_not_ended_on_the_entry_of_a_release_that_is_complete(newsroom, stage):
    edition = stage.edition
    soon = timezone.now() + DAY
    withdraw(edition, kind="retired", explanation="Old.", effective_at=soon, actor=newsroom.publisher)
    version = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    later = release(version, actor=newsroom.publisher, starts_at=soon + DAY)
    refused_every_way(
        "edition_end_has_its_audit_entry",
        edition,
        ends_at=later.release_entry.at,
        end_entry=later.release_entry,
    )


def test_a_planned_withdrawal_is_not_moved_on_its_own_entry(newsroom, stage):
    edition = stage.edition
    withdrawal = withdraw(
        edition,
        kind="retired",
        explanation="Old.",
        effective_at=timezone.now() + 2 * DAY,
        actor=newsroom.publisher,
    )
    refused_every_way("edition_end_has_its_audit_entry", edition, ends_at=withdrawal.effective_at - DAY)


def test_an_edition_is_ended_by_a_withdrawal_through_the_door(newsroom, stage):
    edition = stage.edition
    withdrawal = withdraw(edition, kind="retired", explanation="Old.", actor=newsroom.publisher)
    edition.refresh_from_db()
    assert edition.ends_at == withdrawal.effective_at


def forged_withdrawal(room, edition, /, **fields):
    written = entry("withdraw", actor=room.publisher, version=edition.version)
    withdrawal = Withdrawal(
        **{
            "edition": edition,
            "kind": "safety_recall",
            "explanation": "Wrong.",
            "effective_at": written.at,
            "withdrawn_by": room.publisher,
            "withdrawn_at": written.at,
            "entry": written,
            **fields,
        }
    )
    withdrawal.save()
    return withdrawal


def test_an_edition_is_not_ended_in_the_past(newsroom, stage):
    edition = stage.edition
    past = edition.starts_at + timedelta(microseconds=1)
    with refused_by("withdrawal_has_its_audit_entry"):
        forged_withdrawal(newsroom, edition, effective_at=past)
    with refused_by("edition_end_never_rewrites_the_past", "edition_end_has_its_audit_entry"):
        written = entry("release", actor=newsroom.publisher, version=edition.version)
        by_sql(edition, ends_at=past, end_entry=written)


def test_a_withdrawal_belongs_to_the_edition_its_entry_names(newsroom, stage):
    edition, other = stage.edition, make.released(newsroom)
    forged_withdrawal(newsroom, edition)
    with refused_by("withdrawal_has_its_audit_entry"):
        forged_withdrawal(newsroom, edition, edition=other)
    with refused_by("withdrawal_has_its_audit_entry"):
        forged_withdrawal(newsroom, edition, withdrawn_by=newsroom.editor)


def test_one_act_withdraws_once(newsroom, stage):
    edition = stage.edition
    withdrawal = forged_withdrawal(newsroom, edition)
    withdrawal.pk = None
    with refused_by("withdrawal_has_its_audit_entry"):
        withdrawal.save()


def test_a_withdrawal_of_another_edition_does_not_end_this_one(newsroom, stage):
    edition, other = stage.edition, make.released(newsroom)
    withdrawal = forged_withdrawal(newsroom, edition)
    refused_every_way(
        "edition_end_has_its_audit_entry",
        other,
        ends_at=withdrawal.effective_at,
        end_entry=withdrawal.entry,
        withdrawal=withdrawal,
    )


def test_an_ended_edition_is_not_started_again(newsroom, stage):
    edition = withdrawn(stage)
    written = entry("cancel_release", actor=newsroom.publisher, version=edition.version)
    refused_every_way(
        ["edition_end_never_rewrites_the_past", "edition_end_only_moves_earlier"],
        edition,
        ends_at=None,
        end_entry=written,
        withdrawal=None,
    )


def test_the_end_of_an_edition_that_is_to_be_withdrawn_is_not_moved_later(newsroom, stage):
    edition = withdrawn(stage, effective_at=timezone.now() + DAY)
    withdrawal = forged_withdrawal(newsroom, edition, effective_at=edition.ends_at + DAY)
    refused_every_way(
        "edition_end_only_moves_earlier",
        edition,
        ends_at=withdrawal.effective_at,
        end_entry=withdrawal.entry,
        withdrawal=withdrawal,
    )


def test_the_end_of_an_edition_that_is_to_be_withdrawn_is_moved_earlier(newsroom, stage):
    edition = withdrawn(stage, effective_at=timezone.now() + 2 * DAY)
    withdrawal = forged_withdrawal(newsroom, edition, effective_at=edition.ends_at - DAY)
    by_sql(
        edition,
        ends_at=withdrawal.effective_at,
        end_entry=withdrawal.entry,
        withdrawal=withdrawal,
    )


def test_a_planned_withdrawal_is_not_undone(newsroom, stage):
    edition = withdrawn(stage, effective_at=timezone.now() + DAY)
    written = entry("cancel_release", actor=newsroom.publisher, version=edition.version)
    refused_every_way(
        "edition_end_only_moves_earlier", edition, ends_at=None, end_entry=written, withdrawal=None
    )


def test_an_edition_does_not_overlap_another_of_its_article(newsroom, stage):
    first = stage.edition
    version = make.approved(newsroom, make.next_draft(newsroom, first.article, title="New"))
    with transaction.atomic():
        second = release(version, actor=newsroom.publisher)
        transaction.set_rollback(True)
    written = entry("release", actor=newsroom.publisher, version=version)
    second.pk, second.release_entry = None, written
    second.released_at = second.starts_at = written.at
    for write in (second.save, lambda: Edition.objects.bulk_create([second])):
        with refused_by("editions_never_overlap"):
            write()


@pytest.mark.skipif(POSTGRESQL, reason="the exclusion constraint keeps both rules there")
def test_an_edition_does_not_grow_into_the_next_one(newsroom, stage):
    """Only with the other walls lifted: they refuse it before."""
    first = stage.edition
    make.released(newsroom, make.next_draft(newsroom, first.article, title="New"))
    for wall in walls.EDITIONS:
        sql(f'DROP TRIGGER "{wall.name}"')
    refused_every_way("editions_never_overlap_on_update", first, ends_at=None)
    walls.install()


def test_an_edition_does_not_end_before_it_starts(newsroom):
    edition = make.released(newsroom, starts_at=timezone.now() + 3 * DAY)
    written = entry("release", actor=newsroom.publisher, version=edition.version)
    refused_every_way(
        ["edition_ends_after_it_starts", "edition_end_has_its_audit_entry"],
        edition,
        ends_at=written.at + DAY,
    )


def test_an_edition_is_not_served_past_its_expiry(newsroom):
    newsroom.policy.when_overdue = "withhold"
    newsroom.policy.save()
    edition = make.released(newsroom)
    assert edition.ends_at == edition.expires_at
    for end in (None, edition.expires_at + DAY):
        names = ["edition_ends_by_its_expiry", "edition_end_only_moves_earlier"]
        refused_every_way([*names, "edition_end_has_its_audit_entry"], edition, ends_at=end)


def test_a_cancelled_release_is_never_in_force(newsroom):
    edition = make.released(newsroom, starts_at=timezone.now() + DAY)
    cancel_release(edition, actor=newsroom.publisher)
    assert not Edition.objects.ever_in_force().filter(pk=edition.pk).exists()
    refused_every_way("edition_end_has_its_audit_entry", edition, ends_at=None)
