"""Attempts by way of time: backdating, futures, clocks that run back, schedules."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone as django_timezone

from tests import make
from tests.attacks.ways import forged_edition, refused_by, refused_with
from tests.noon import NOON
from topics.models import AuditEntry, Edition
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.notices import put_in_force
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import IllegalMove, Unmet
from topics.workflow import acts
from topics.workflow.ledger import SKEW, ClockError, broken_links

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_an_act_is_not_dated_in_the_future(newsroom, clock):
    with pytest.raises(ClockError):
        make.draft(newsroom, at=NOON + SKEW + SECOND)
    make.draft(newsroom, at=NOON + SKEW)


def test_an_act_is_not_dated_before_one_that_is_on_record(newsroom, clock):
    version = make.draft(newsroom)
    with pytest.raises(ClockError):
        acts.submit(version, actor=newsroom.writer, at=NOON - SKEW - SECOND)


def test_a_server_clock_set_back_stops_the_acts_and_redates_none(newsroom, clock):
    version = make.approved(newsroom)
    clock.move_to(NOON - timedelta(hours=1))
    with pytest.raises(ClockError):
        release(version, actor=newsroom.publisher)
    assert not Edition.objects.exists()


def test_a_server_clock_a_little_behind_is_evened_out(newsroom, clock):
    version = make.approved(newsroom)
    clock.move_to(NOON - 3 * SECOND)
    assert release(version, actor=newsroom.publisher).starts_at == NOON
    instants = list(AuditEntry.objects.order_by("number").values_list("at", flat=True))
    assert instants == sorted(instants)


def test_an_instant_of_another_time_zone_leaves_the_chain_whole(newsroom, clock):
    make.submitted(newsroom, at=NOON.astimezone(ZoneInfo("Asia/Kolkata")))
    assert list(broken_links()) == []


def test_a_release_does_not_start_in_the_past(newsroom, clock):
    version = make.approved(newsroom)
    with refused_with("start_is_past", kind=Unmet):
        release(version, actor=newsroom.publisher, starts_at=NOON - SECOND)


def test_an_edition_is_not_backdated_past_the_door(newsroom, clock):
    version = make.approved(newsroom)
    with refused_by("edition_is_not_backdated"):
        forged_edition(newsroom, version, starts_at=NOON - SECOND)


def test_a_scheduled_edition_is_not_public_a_microsecond_early(newsroom, clock):
    start = NOON + DAY
    edition = make.released(newsroom, starts_at=start)
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(edition.article.slug, at=start - timedelta(microseconds=1), reader=OPEN)
    assert shelf.find(edition.article.slug, at=start, reader=OPEN) == edition


def test_a_scheduled_edition_becomes_public_without_any_worker(newsroom, clock):
    edition = make.released(newsroom, starts_at=NOON + DAY)
    assert not Edition.objects.in_force(at=django_timezone.now()).exists()
    clock.move_to(NOON + DAY)
    assert Edition.objects.in_force(at=django_timezone.now()).get() == edition


def test_an_edition_that_was_cancelled_does_not_become_public_when_its_time_comes(newsroom, clock):
    edition = make.released(newsroom, starts_at=NOON + DAY)
    cancel_release(edition, actor=newsroom.publisher)
    clock.move_to(NOON + 2 * DAY)
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(edition.article.slug, at=django_timezone.now(), reader=OPEN)


def test_a_release_that_has_come_is_not_cancelled(newsroom, clock):
    edition = make.released(newsroom, starts_at=NOON + DAY)
    clock.move_to(NOON + DAY)
    with refused_with("already_public", kind=IllegalMove):
        cancel_release(edition, actor=newsroom.publisher)


def test_an_edition_is_not_withdrawn_in_the_past(newsroom, clock):
    edition = make.released(newsroom)
    clock.move_to(NOON + 2 * DAY)
    with refused_with("effective_at_is_wrong", kind=Unmet):
        withdraw(
            edition,
            kind="retired",
            explanation="Old.",
            effective_at=NOON + DAY,
            actor=newsroom.publisher,
        )


def test_an_edition_that_ended_is_not_withdrawn(newsroom, clock):
    first = make.released(newsroom)
    clock.move_to(NOON + DAY)
    make.released(newsroom, make.next_draft(newsroom, first.article, title="New"))
    with refused_with("not_in_force", kind=IllegalMove):
        withdraw(first, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)


def test_what_was_read_on_a_day_stays_what_was_read_on_that_day(newsroom, clock):
    first = make.released(newsroom)
    clock.move_to(NOON + 2 * DAY)
    make.released(newsroom, make.next_draft(newsroom, first.article, title="New"))
    clock.move_to(NOON + 9 * DAY)
    assert shelf.find(first.article.slug, at=NOON + DAY, reader=OPEN).title == "Cough"
    assert shelf.find(first.article.slug, at=NOON + 3 * DAY, reader=OPEN).title == "New"


def test_content_whose_review_would_be_overdue_at_its_start_is_not_scheduled(newsroom, clock):
    version = make.approved(newsroom)
    with refused_with("review_is_overdue", kind=Unmet):
        release(
            version,
            actor=newsroom.publisher,
            starts_at=datetime(2028, 3, 3, tzinfo=timezone.utc),
        )
    last_day = datetime(2028, 3, 2, 23, 59, tzinfo=timezone.utc)
    assert release(version, actor=newsroom.publisher, starts_at=last_day).number == 1


def test_a_reviewer_is_not_asked_for_a_day_that_is_past(newsroom, clock):
    version = make.submitted(newsroom)
    with refused_with("due_date_is_past", kind=Unmet):
        acts.assign(
            version,
            requirement=version.requirements.first(),
            reviewer=newsroom.primary,
            due_on=date(2026, 3, 2),
            actor=newsroom.editor,
        )


def test_a_notice_is_not_backdated(newsroom, clock):
    with refused_with("start_is_past", kind=Unmet):
        make.notice(newsroom, starts_at=NOON - SECOND)
    waiting = make.waiting_notice(newsroom)
    with refused_with("start_is_past", kind=Unmet):
        put_in_force(waiting, actor=newsroom.publisher, starts_at=NOON - SECOND)


def test_a_notice_is_not_in_force_before_it_was_written(newsroom, clock):
    waiting = make.waiting_notice(newsroom)
    with refused_by("notice_is_not_backdated"):
        put_in_force(waiting, actor=newsroom.publisher, at=NOON - DAY)


def test_two_releases_within_one_instant_leave_one_edition_and_its_dates(newsroom, clock):
    first = make.released(newsroom)
    second = make.released(
        newsroom, make.next_draft(newsroom, first.article, change_kind="minor", change_note="Same.")
    )
    assert [e.number for e in Edition.objects.in_force(at=NOON)] == [2]
    assert second.last_reviewed == first.last_reviewed
    assert second.first_published == NOON
