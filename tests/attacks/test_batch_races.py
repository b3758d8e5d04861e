"""Two publishers who release, move, cancel or recall at the same moment, on PostgreSQL."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.test_races import ROUNDS, all_is_in_order, race
from topics.models import Edition
from topics.publishing.together import release_together, reschedule
from topics.publishing.trail import broken_batches
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def in_days(days):
    return timezone.now() + timedelta(days=days)


def refused(results):
    return [isinstance(result, Refused) for result in results]


def units_are_whole():
    all_is_in_order()
    assert list(broken_batches()) == []


def test_two_batches_that_share_a_version_are_one_batch():
    room = make.newsroom()
    for _ in range(ROUNDS):
        first, shared, last = (make.approved(room) for _ in range(3))
        starts_at = in_days(2)
        results = race(
            lambda v=(first, shared), s=starts_at: release_together(
                v, starts_at=s, actor=room.publisher
            ),
            lambda v=(shared, last), s=starts_at: release_together(v, starts_at=s, actor=room.publisher),
        )
        assert sorted(refused(results)) == [False, True]
        made = Edition.objects.filter(version__in=[first, shared, last])
        assert made.count() == 2
        assert len({edition.batch_id for edition in made}) == 1
    units_are_whole()


def test_a_batch_that_is_moved_and_cancelled_at_once_is_a_unit_after_it():
    room = make.newsroom()
    for _ in range(ROUNDS):
        versions = [make.approved(room) for _ in range(3)]
        editions = release_together(versions, starts_at=in_days(2), actor=room.publisher)
        results = race(
            lambda e=editions[0]: reschedule(e, starts_at=in_days(3), actor=room.publisher),
            lambda e=editions[2]: cancel_release(e, actor=room.publisher),
        )
        assert sorted(refused(results)) == [False, True]
        left = Edition.objects.ever_in_force().filter(version__in=versions).count()
        assert left == (0 if refused(results)[0] else 3)
    units_are_whole()


def test_a_batch_that_is_moved_twice_at_once_moves_once():
    room = make.newsroom()
    for _ in range(ROUNDS):
        versions = [make.approved(room) for _ in range(2)]
        editions = release_together(versions, starts_at=in_days(2), actor=room.publisher)
        results = race(
            lambda e=editions[0]: reschedule(e, starts_at=in_days(3), actor=room.publisher),
            lambda e=editions[1]: reschedule(e, starts_at=in_days(4), actor=room.publisher),
        )
        assert sorted(refused(results)) == [False, True]
        left = Edition.objects.ever_in_force().filter(version__in=versions)
        assert len({edition.starts_at for edition in left}) == 1
        assert left.count() == 2
    units_are_whole()


def test_a_recall_that_races_a_batch_leaves_no_part_of_it_scheduled():
    room = make.newsroom()
    for _ in range(ROUNDS):
        first = make.released(room)
        following = make.approved(room, make.next_draft(room, first.article, title="New"))
        other = make.approved(room)
        released, _withdrawn = race(
            lambda v=(following, other): release_together(v, starts_at=in_days(2), actor=room.publisher),
            lambda e=first: withdraw(
                e, kind="safety_recall", explanation="Wrong.", actor=room.publisher
            ),
        )
        left = Edition.objects.scheduled(at=timezone.now()).filter(version__in=[following, other])
        assert left.count() in (0, 2)
        assert isinstance(released, list)
    units_are_whole()
