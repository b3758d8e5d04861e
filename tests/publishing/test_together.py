"""Several editions at one instant or none; a schedule that moves; a batch that stays a unit."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from tests import make
from tests.attacks.ways import refused_with
from tests.once import once
from topics.models import AuditEntry, Edition, ReleaseBatch
from topics.publishing.evidence import unproven_editions
from topics.publishing.feed import Window, changes
from topics.publishing.licensing import OPEN
from topics.publishing.release import release
from topics.publishing.together import RefusedTogether, release_together, reschedule, why_not_together
from topics.publishing.trail import broken_batches, lost_acts
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import Refused
from topics.workflow.ledger import broken_links


def in_days(days):
    return timezone.now() + timedelta(days=days)


@once
def content():
    """A newsroom, and three versions that are approved: Alpha, Beta and Gamma."""
    room = make.newsroom()
    three = [make.approved(room, title=title) for title in ("Alpha", "Beta", "Gamma")]
    return SimpleNamespace(room=room, three=three)


@pytest.fixture
def three(made):
    return made.three


@pytest.fixture
def again(newsroom, three):
    """Alpha was released, and its next version is approved, as are Beta and Gamma."""
    first = release(three[0], actor=newsroom.publisher)
    following = make.next_draft(newsroom, first.article, title="Alpha 2")
    return first, [make.approved(newsroom, following), *three[1:]]


def standing():
    """Title to start of what is public now or later."""
    return {e.title: e.starts_at for e in Edition.objects.ever_in_force()}


def all_is_in_order():
    connection.check_constraints()
    found = [*broken_links(), *unproven_editions(), *broken_batches(), *lost_acts()]
    assert found == []


def test_several_versions_take_effect_at_the_same_instant_now(newsroom, three):
    editions = release_together(three, actor=newsroom.publisher)
    assert len({edition.starts_at for edition in editions}) == 1
    assert Edition.objects.in_force(at=editions[0].starts_at).count() == 3
    assert Edition.objects.in_force(at=editions[0].starts_at - timedelta(microseconds=1)).count() == 0
    all_is_in_order()


def test_several_versions_take_effect_at_the_same_instant_later(newsroom, three):
    starts_at = in_days(3)
    editions = release_together(three, starts_at=starts_at, actor=newsroom.publisher)
    assert standing() == {"Alpha": starts_at, "Beta": starts_at, "Gamma": starts_at}
    assert {edition.batch.starts_at for edition in editions} == {starts_at}
    all_is_in_order()


def test_each_edition_ends_the_one_in_place_at_that_instant(newsroom, again):
    first, versions = again
    starts_at = in_days(3)
    release_together(versions[:2], starts_at=starts_at, actor=newsroom.publisher)
    first.refresh_from_db()
    assert first.ends_at == starts_at
    all_is_in_order()


def test_one_refusal_refuses_all_and_each_article_says_why(newsroom, three):
    good, other, _ = three
    returned = make.in_medical_review(newsroom, title="Not yet")
    entries = AuditEntry.objects.count()
    with pytest.raises(RefusedTogether) as caught:
        release_together([good, returned, other], actor=newsroom.publisher)
    assert {pk: [r.code for r in found] for pk, found in caught.value.of.items()} == {
        returned.pk: ["illegal_move"]
    }
    assert not Edition.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_every_refusal_is_told_not_only_the_first(newsroom, three):
    for version in three[:2]:
        release(version, actor=newsroom.publisher)
    found = why_not_together(
        [type(version).objects.get(pk=version.pk) for version in three], actor=newsroom.publisher
    )
    assert {pk: [r.code for r in refusals] for pk, refusals in found.items()} == {
        three[0].pk: ["released_already"],
        three[1].pk: ["released_already"],
    }


def test_one_version_is_no_batch(newsroom, three):
    with refused_with("too_few"):
        release_together(three[:1], actor=newsroom.publisher)


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_only_publishers_release_together(newsroom, role, three):
    with pytest.raises(RefusedTogether) as caught:
        release_together(three, actor=getattr(newsroom, role))
    assert caught.value.codes.count("not_permitted") == 3


def test_cancelling_one_of_a_batch_cancels_all_of_it(newsroom, again):
    first, versions = again
    editions = release_together(versions, starts_at=in_days(3), actor=newsroom.publisher)
    cancel_release(editions[1], actor=newsroom.publisher)
    assert list(standing()) == ["Alpha"]
    first.refresh_from_db()
    assert first.ends_at is None
    assert AuditEntry.objects.filter(act="cancel_release").count() == 3
    all_is_in_order()


def test_a_cancelled_batch_can_be_released_again_together_or_alone(newsroom, three):
    editions = release_together(three, starts_at=in_days(3), actor=newsroom.publisher)
    cancel_release(editions[0], actor=newsroom.publisher)
    release(three[0], actor=newsroom.publisher)
    release_together(three[1:], actor=newsroom.publisher)
    assert sorted(standing()) == ["Alpha", "Beta", "Gamma"]
    all_is_in_order()


def test_a_batch_that_started_is_a_unit_no_more(newsroom, three):
    editions = release_together(three, actor=newsroom.publisher)
    with refused_with("already_public"):
        cancel_release(editions[0], actor=newsroom.publisher)
    withdraw(editions[0], kind="retired", explanation="Old.", actor=newsroom.publisher)
    now = in_days(0)
    assert {e.title for e in Edition.objects.in_force(at=now)} == {"Beta", "Gamma"}
    all_is_in_order()


@pytest.mark.parametrize("kind", ["safety_recall", "correction"])
def test_a_withdrawal_before_the_start_cancels_the_whole_batch(newsroom, again, kind):
    first, versions = again
    release_together(versions, starts_at=in_days(3), actor=newsroom.publisher)
    withdraw(first, kind=kind, explanation="Wrong.", actor=newsroom.publisher)
    assert not Edition.objects.scheduled(at=in_days(0)).exists()
    assert list(standing()) == ["Alpha"]
    first.refresh_from_db()
    assert first.ends_at == first.withdrawal.effective_at
    all_is_in_order()


def test_a_scheduled_release_moves_and_leaves_a_gap_in_the_numbers(newsroom, again):
    first, versions = again
    edition = release(versions[0], starts_at=in_days(3), actor=newsroom.publisher)
    later = in_days(5)
    (moved,) = reschedule(edition, starts_at=later, actor=newsroom.publisher)
    first.refresh_from_db()
    assert (moved.number, moved.starts_at, first.ends_at) == (3, later, later)
    edition.refresh_from_db()
    assert edition.was_cancelled()
    all_is_in_order()


def test_a_scheduled_release_moves_to_now(newsroom, three):
    edition = release(three[0], starts_at=in_days(3), actor=newsroom.publisher)
    (moved,) = reschedule(edition, actor=newsroom.publisher)
    assert moved.is_in_force(at=in_days(0))
    all_is_in_order()


def test_a_batch_moves_as_one(newsroom, three):
    editions = release_together(three, starts_at=in_days(3), actor=newsroom.publisher)
    later = in_days(4)
    reschedule(editions[2], starts_at=later, actor=newsroom.publisher)
    assert standing() == {"Alpha": later, "Beta": later, "Gamma": later}
    assert ReleaseBatch.objects.filter(cancelled_entry=None).count() == 1
    all_is_in_order()


def test_a_move_that_is_refused_leaves_the_schedule_as_it_was(newsroom, three):
    starts_at = in_days(3)
    editions = release_together(three, starts_at=starts_at, actor=newsroom.publisher)
    newsroom.primary.credential_set.update(expires_on=in_days(10).date())
    before = list(Edition.objects.order_by("pk").values()), AuditEntry.objects.count()
    with pytest.raises(RefusedTogether) as caught:
        reschedule(editions[0], starts_at=in_days(20), actor=newsroom.publisher)
    assert caught.value.codes == ["credential_expired"] * 3
    assert (list(Edition.objects.order_by("pk").values()), AuditEntry.objects.count()) == before
    assert set(standing().values()) == {starts_at}


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "start_is_past"), (3000, "credential_expired"), (800, "review_is_overdue")]
)
def test_an_instant_that_a_release_could_not_have_is_refused_to_a_move(newsroom, days, code, three):
    newsroom.primary.credential_set.update(expires_on=in_days(2000).date())
    edition = release(three[0], starts_at=in_days(3), actor=newsroom.publisher)
    with pytest.raises(Refused) as caught:
        reschedule(edition, starts_at=in_days(days), actor=newsroom.publisher)
    assert code in caught.value.codes
    edition.refresh_from_db()
    assert not edition.was_cancelled()


def test_a_move_to_the_same_instant_and_of_what_is_public_are_refused(newsroom, three):
    edition = release(three[0], starts_at=in_days(3), actor=newsroom.publisher)
    with refused_with("starts_then_already"):
        reschedule(edition, starts_at=edition.starts_at, actor=newsroom.publisher)
    public = release(three[1], actor=newsroom.publisher)
    with refused_with("already_public"):
        reschedule(public, starts_at=in_days(3), actor=newsroom.publisher)


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_only_publishers_move_a_schedule(newsroom, role, three):
    edition = release(three[0], starts_at=in_days(3), actor=newsroom.publisher)
    with refused_with("not_permitted"):
        reschedule(edition, starts_at=in_days(4), actor=getattr(newsroom, role))


def test_a_follower_of_the_feed_ends_with_the_batch_as_it_was_moved(newsroom, three):
    _none, cursor, _more = changes(Window(), at=in_days(0), limit=10, reader=OPEN)
    editions = release_together(three, starts_at=in_days(3), actor=newsroom.publisher)
    reschedule(editions[0], starts_at=in_days(5), actor=newsroom.publisher)
    at_old, cursor, _more = changes(cursor, at=in_days(4), limit=10, reader=OPEN)
    assert at_old == []
    at_new, _cursor, _more = changes(cursor, at=in_days(6), limit=10, reader=OPEN)
    assert {(change.edition.title, change.in_force) for change in at_new} == {
        ("Alpha", True),
        ("Beta", True),
        ("Gamma", True),
    }
    assert len({change.effective_at for change in at_new}) == 1
