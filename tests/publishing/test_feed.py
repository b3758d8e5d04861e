"""The change feed: whoever follows it ends with the live set, whatever was written while they read."""

from datetime import datetime, timezone

import pytest

from tests import make
from tests.publishing.consumer import Consumer, articles, live
from tests.publishing.story import DAY, HOUR, MOMENT, SECOND, T, next_approved, taken_back
from topics.models import AuditEntry
from topics.publishing import feed
from topics.publishing.feed import CursorAhead, Window, changes
from topics.publishing.licensing import OPEN
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release

# Cursors ----------------------------------------------------------------------------------------


def test_from_the_beginning_every_article_in_force_is_given(newsroom):
    editions = [make.released(newsroom, at=T + n * HOUR) for n in range(3)]
    consumer = Consumer()
    assert articles(consumer.sync(at=T + DAY)) == [edition.article_id for edition in editions]
    assert consumer.holds == live(T + DAY)


def test_a_second_sync_gives_nothing(newsroom):
    make.released(newsroom, at=T)
    consumer = Consumer()
    consumer.sync(at=T + HOUR)
    assert consumer.sync(at=T + HOUR) == consumer.sync(at=T + 300 * DAY) == []


def test_drafts_reviews_and_approvals_are_no_news(newsroom):
    consumer = Consumer()
    make.approved(newsroom, at=T)
    assert consumer.sync(at=T + DAY) == []


def test_a_release_is_given_from_the_very_instant_of_its_start(newsroom):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    consumer = Consumer()
    assert consumer.sync(at=T + DAY - MOMENT) == []
    assert articles(consumer.sync(at=T + DAY)) == [edition.article_id]


def test_a_schedule_set_long_ago_is_given_to_those_who_read_after_it_was_set(newsroom):
    first = make.released(newsroom, at=T)
    release(
        next_approved(newsroom, first, at=T),
        actor=newsroom.publisher,
        at=T,
        starts_at=T + 90 * DAY,
    )
    consumer = Consumer()
    consumer.sync(at=T + DAY)
    make.released(newsroom, at=T + 2 * DAY)
    consumer.sync(at=T + 3 * DAY)
    (change,) = consumer.sync(at=T + 90 * DAY)
    assert change.edition.title == "Cough, revised"
    assert change.effective_at == T + 90 * DAY
    assert consumer.holds == live(T + 90 * DAY)


def test_an_expiry_that_nobody_fired_is_given(newsroom):
    rules = make.policy(interval_months=1, when_overdue="withhold", grace_days=3)
    make.released(newsroom, at=T, category=make.category(policy=rules))
    consumer = Consumer()
    consumer.sync(at=T)
    assert consumer.sync(at=datetime(2025, 2, 13, tzinfo=timezone.utc) - MOMENT) == []
    (change,) = consumer.sync(at=datetime(2025, 2, 13, tzinfo=timezone.utc))
    assert not change.in_force
    assert consumer.holds == {}


def test_a_planned_withdrawal_is_given_when_it_takes_effect(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR, effective_at=T + DAY)
    consumer = Consumer()
    consumer.sync(at=T + DAY - MOMENT)
    assert consumer.holds == {edition.article_id: edition.digest}
    (change,) = consumer.sync(at=T + DAY)
    assert (change.in_force, change.effective_at) == (False, T + DAY)


def test_an_edition_that_came_and_went_within_one_window_leaves_a_tombstone(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR)
    (change,) = Consumer().sync(at=T + DAY)
    assert not change.in_force
    assert change.edition == edition


# Those who write late ---------------------------------------------------------------------------


def test_an_act_of_an_earlier_instant_than_one_already_given_is_given(newsroom):
    slow = make.approved(newsroom, at=T)
    quick = make.released(newsroom, at=T)
    consumer = Consumer()
    consumer.sync(at=T + 10 * SECOND)
    assert consumer.holds == {quick.article_id: quick.digest}
    late = release(slow, actor=newsroom.publisher, at=T + 3 * SECOND)
    (change,) = consumer.sync(at=T + 11 * SECOND)
    assert change.edition == late
    assert change.effective_at == T + 3 * SECOND
    assert consumer.holds == live(T + 11 * SECOND)


def test_a_withdrawal_of_an_earlier_instant_than_the_last_sync_is_given(newsroom):
    edition = make.released(newsroom, at=T)
    consumer = Consumer()
    consumer.sync(at=T + 10 * SECOND)
    taken_back(newsroom, edition, at=T + 3 * SECOND)
    (change,) = consumer.sync(at=T + 10 * SECOND)
    assert not change.in_force


def test_a_release_cancelled_in_time_is_never_given(newsroom):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    consumer = Consumer()
    consumer.sync(at=T + HOUR)
    cancel_release(edition, actor=newsroom.publisher, at=T + 2 * HOUR)
    assert consumer.sync(at=T + 2 * DAY) == []
    assert Consumer().sync(at=T + 2 * DAY) == []


def test_a_release_cancelled_in_time_is_not_given_to_a_forged_cursor(newsroom):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    cancel_release(edition, actor=newsroom.publisher, at=T + DAY - HOUR)
    found, _, _ = changes(Window(seq=1, until=T + 2 * DAY), at=T + 2 * DAY, limit=100, reader=OPEN)
    assert found == []


def test_a_cancelled_successor_leaves_those_who_follow_with_the_edition_in_place(newsroom):
    first = make.released(newsroom, at=T)
    second = release(
        next_approved(newsroom, first, at=T), actor=newsroom.publisher, at=T, starts_at=T + DAY
    )
    consumer = Consumer()
    consumer.sync(at=T + HOUR)
    cancel_release(second, actor=newsroom.publisher, at=T + 2 * HOUR)
    consumer.sync(at=T + 2 * DAY)
    assert consumer.holds == live(T + 2 * DAY) == {first.article_id: first.digest}


@pytest.mark.parametrize("has_one_before", [True, False])
def test_a_cancellation_that_is_committed_after_the_start_is_given(newsroom, has_one_before):
    """The act began a second before the start, and a consumer read a second after it."""
    version = make.approved(newsroom, at=T)
    if has_one_before:
        first = release(version, actor=newsroom.publisher, at=T)
        version = next_approved(newsroom, first, at=T)
    edition = release(version, actor=newsroom.publisher, at=T, starts_at=T + DAY)
    consumer = Consumer()
    consumer.sync(at=T + DAY + SECOND)
    assert consumer.holds == {edition.article_id: edition.digest}
    cancel_release(edition, actor=newsroom.publisher, at=T + DAY - SECOND)
    (change,) = consumer.sync(at=T + DAY + 2 * SECOND)
    assert change.in_force == has_one_before
    assert consumer.holds == live(T + DAY + 2 * SECOND)


def test_a_recall_that_cancels_a_successor_after_its_start_is_given(newsroom):
    first = make.released(newsroom, at=T)
    release(next_approved(newsroom, first, at=T), actor=newsroom.publisher, at=T, starts_at=T + DAY)
    consumer = Consumer()
    consumer.sync(at=T + DAY + SECOND)
    taken_back(newsroom, first, at=T + DAY - SECOND, kind="safety_recall")
    (change,) = consumer.sync(at=T + DAY + 2 * SECOND)
    assert (change.in_force, change.recall) == (False, True)


# Changes ------------------------------------------------------------------------------------------


def test_an_article_touched_several_times_is_given_once(newsroom):
    first = make.released(newsroom, at=T)
    release(next_approved(newsroom, first, at=T + HOUR), actor=newsroom.publisher, at=T + HOUR)
    third = next_approved(newsroom, first, at=T + 2 * HOUR, title="Third")
    third = release(third, actor=newsroom.publisher, at=T + 2 * HOUR)
    (change,) = Consumer().sync(at=T + DAY)
    assert change.edition == third
    assert change.effective_at == T + 2 * HOUR


def test_changes_come_in_the_order_in_which_they_took_effect(newsroom):
    late = make.released(newsroom, at=T, starts_at=T + 2 * DAY)
    early = make.released(newsroom, at=T + HOUR)
    between = make.released(newsroom, at=T + 2 * HOUR, starts_at=T + DAY)
    found = Consumer().sync(at=T + 3 * DAY)
    assert articles(found) == [edition.article_id for edition in (early, between, late)]


def test_a_planned_recall_that_a_new_edition_overtook_is_no_recall(newsroom):
    edition = make.released(newsroom, at=T)
    version = next_approved(newsroom, edition, at=T)
    taken_back(newsroom, edition, at=T, kind="safety_recall", effective_at=T + 9 * DAY)
    release(version, actor=newsroom.publisher, at=T + DAY)
    (change,) = Consumer().sync(at=T + 10 * DAY)
    assert (change.recall, change.in_force) == (False, True)


# Cursors that were not given out ----------------------------------------------------------------


@pytest.mark.parametrize(
    "forged",
    [
        {"until": T + DAY + MOMENT},
        {"to": T + DAY + MOMENT, "to_seq": 1},
        {"until": T + 9 * DAY, "to": T + 9 * DAY, "to_seq": 1},
        {"seq": 10_000},
        {"to_seq": 10_000, "to": T},
        {"seq": 5, "to_seq": 4, "to": T},
    ],
)
def test_a_cursor_from_the_future_or_from_elsewhere_is_refused(newsroom, forged):
    make.released(newsroom, at=T, starts_at=T + 2 * DAY)
    with pytest.raises(CursorAhead):
        changes(Window(**forged), at=T + DAY, limit=100, reader=OPEN)


def test_a_cursor_that_stands_at_this_instant_and_number_is_accepted(newsroom):
    make.released(newsroom, at=T, starts_at=T + 2 * DAY)
    head = AuditEntry.objects.count()
    for window in (Window(seq=head, until=T + DAY), Window(0, feed.BEGINNING, head, T + DAY)):
        assert changes(window, at=T + DAY, limit=100, reader=OPEN) == ([], Window(head, T + DAY), False)
