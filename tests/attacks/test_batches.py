"""A batch that is taken apart, added to or rewritten past its doors: refused, or found afterwards."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    by_queryset,
    delete_refused_every_way,
    entry,
    forged_edition,
    refused_by,
    refused_by_a_wall_of,
    refused_every_way,
    replace,
)
from tests.once import once
from topics.models import Edition, ReleaseBatch, walls
from topics.models.batch import CANCELLED
from topics.models.walls import dialect
from topics.publishing.release import let_out, release
from topics.publishing.together import release_together, reschedule
from topics.publishing.trail import broken_batches
from topics.publishing.withdraw import cancel_release
from topics.workflow.ledger import begin_act, record


def in_days(days):
    return timezone.now() + timedelta(days=days)


@dataclass
class Made:
    """A newsroom, a scheduled batch of two editions, and three more versions that are approved."""

    room: make.Newsroom
    batch: ReleaseBatch
    versions: list


@once
def content():
    room = make.newsroom()
    two = [make.approved(room, title=title) for title in ("Alpha", "Beta")]
    edition, _ = release_together(two, starts_at=in_days(3), actor=room.publisher)
    return Made(room, edition.batch, [make.approved(room) for _ in range(3)])


@pytest.fixture
def batch(made):
    return made.batch


@pytest.fixture
def versions(made):
    return made.versions


def cancelling(edition, room):
    return entry("cancel_release", actor=room.publisher, version=edition.version)


def test_one_edition_alone_is_not_cancelled(newsroom, batch):
    edition = batch.editions.first()
    with refused_by("edition_is_cancelled_with_its_batch"):
        end = cancelling(edition, newsroom)
        by_queryset(edition, ends_at=edition.starts_at, end_entry=end)


def test_one_edition_does_not_leave_its_batch(newsroom, batch, versions):
    edition = batch.editions.first()
    other = release_together(versions[:2], actor=newsroom.publisher)[0].batch
    for goal in (None, other):
        refused_every_way("edition_is_cancelled_with_its_batch", edition, batch=goal)
    alone = release(versions[2], starts_at=in_days(3), actor=newsroom.publisher)
    refused_every_way("edition_is_cancelled_with_its_batch", alone, batch=batch)


def test_one_edition_does_not_follow_a_cancellation_that_never_was(newsroom, batch):
    edition = batch.editions.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            ends_at=edition.starts_at,
            end_entry=cancelling(edition, newsroom),
            batch=batch.key + CANCELLED,
        )
        connection.check_constraints()


def test_no_edition_stays_behind_when_its_batch_is_cancelled(newsroom, batch):
    edition = batch.editions.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        end = cancelling(edition, newsroom)
        cancelled = batch.key + CANCELLED
        ReleaseBatch.objects.filter(pk=batch.pk).update(key=cancelled, cancelled_entry=end)
        by_queryset(edition, ends_at=edition.starts_at, end_entry=end, batch_id=cancelled)
        connection.check_constraints()
    assert Edition.objects.scheduled(at=timezone.now()).count() == 2


def test_a_batch_is_not_cancelled_without_its_entry(newsroom, batch, versions):
    newest = record("configure", actor=newsroom.publisher, at=begin_act())
    for end in (None, newest, batch.entry):
        refused_every_way(
            "release_batch_is_only_cancelled", batch, key=batch.key + CANCELLED, cancelled_entry=end
        )
    stranger = release(versions[0], starts_at=in_days(3), actor=newsroom.publisher)
    with refused_by("release_batch_is_only_cancelled"):
        end = cancelling(stranger, newsroom)
        by_queryset(batch, key=batch.key + CANCELLED, cancelled_entry=end)


def test_a_batch_is_not_moved_or_renamed(newsroom, batch):
    refused_every_way("release_batch_is_only_cancelled", batch, starts_at=in_days(9))
    refused_every_way("release_batch_is_only_cancelled", batch, created_by=newsroom.editor)
    with refused_by("release_batch_is_only_cancelled"):
        end = cancelling(batch.editions.first(), newsroom)
        by_queryset(batch, key="another", cancelled_entry=end)


def test_a_cancelled_batch_does_not_come_back(newsroom, batch):
    cancel_release(batch.editions.first(), actor=newsroom.publisher)
    key = batch.key
    batch.refresh_from_db()
    refused_every_way("release_batch_is_only_cancelled", batch, key=key, cancelled_entry=None)


def test_a_batch_is_not_made_past_the_door(newsroom):
    written = record("configure", actor=newsroom.publisher, at=begin_act())
    with refused_by("release_batch_has_its_audit_entry"):
        ReleaseBatch.objects.create(
            key=str(written.number),
            starts_at=in_days(3),
            created_by=newsroom.publisher,
            created_at=written.at,
            entry=written,
            last_id=written.number + 2,
        )


def test_an_edition_is_not_added_to_a_batch_that_does_not_name_it(newsroom, batch, versions):
    with refused_by("edition_starts_with_its_batch", "editions_of_a_batch_follow_its_entry"):
        forged_edition(newsroom, versions[0], batch=batch, starts_at=batch.starts_at)


def forged_batch(room, versions, /, **fields):
    """The row and the entry of a batch of these versions, before any of them is released."""
    starts_at = in_days(3).replace(microsecond=0)
    written = entry(
        "release_together",
        actor=room.publisher,
        version=None,
        starts_at=f"{starts_at:%Y-%m-%dT%H:%M:%SZ}",
        versions=[version.pk for version in versions],
    )
    given = {
        "key": str(written.number),
        "starts_at": starts_at,
        "created_by": room.publisher,
        "created_at": written.at,
        "entry": written,
        "last_id": written.number + len(versions),
    }
    return ReleaseBatch.objects.create(**{**given, **fields})


def test_an_edition_does_not_start_before_the_others_of_its_batch(newsroom, versions):
    with refused_by("edition_starts_with_its_batch"):
        made = forged_batch(newsroom, versions[:2])
        let_out(versions[0], actor=newsroom.publisher, at=begin_act(), batch=made)


# All of it or nothing ---------------------------------------------------------------------------------


@contextmanager
def refused_at_the_end():
    """The database lets the block do it all, and refuses to let its transaction end."""
    done = False
    with pytest.raises(IntegrityError), transaction.atomic():
        yield
        done = True
        connection.check_constraints()
    assert done


def released_in(batch, version):
    """What the door writes of one version of a batch, and no more."""
    given = {"starts_at": batch.starts_at, "together": batch.entry_id, "batch": batch}
    return let_out(version, actor=batch.created_by, at=batch.created_at, **given)


def test_a_batch_of_none_of_its_versions_is_refused(newsroom, versions):
    with refused_at_the_end():
        forged_batch(newsroom, versions[:2])


@pytest.mark.parametrize("released", [[0], [1], [0, 1], [2], [1, 2]])
def test_a_batch_of_some_of_its_versions_is_refused(newsroom, released, versions):
    with refused_at_the_end():
        made = forged_batch(newsroom, versions)
        for place in released:
            released_in(made, versions[place])
        assert [wrong for _batch, wrong in broken_batches()] == [
            "does not hold the versions that its release says"
        ]


def test_a_batch_of_all_of_its_versions_is_what_the_door_writes(newsroom, versions):
    made = forged_batch(newsroom, versions)
    for version in reversed(versions):
        released_in(made, version)
    connection.check_constraints()
    assert list(broken_batches()) == []


def test_another_release_does_not_stand_in_for_a_version_of_the_batch(newsroom, versions):
    first, left_out, other = versions
    with refused_by("editions_of_a_batch_follow_its_entry"):
        made = forged_batch(newsroom, [first, left_out])
        released_in(made, first)
        release(other, actor=newsroom.publisher)


def test_the_last_of_a_batch_does_not_come_without_those_before_it(newsroom, versions):
    first, last, _ = versions
    with refused_by("editions_of_a_batch_follow_its_entry"):
        made = forged_batch(newsroom, [first, last])
        record("configure", actor=newsroom.publisher, at=made.created_at)
        released_in(made, last)


def test_a_version_that_is_named_twice_does_not_count_for_two(newsroom, versions):
    with refused_at_the_end():
        made = forged_batch(newsroom, [versions[0]] * 2)
        released_in(made, versions[0])


def test_a_batch_does_not_name_an_earlier_last_edition(newsroom, batch, versions):
    with refused_by("release_batch_has_its_audit_entry"):
        forged_batch(newsroom, versions[:2], last_id=batch.last_id)
    refused_every_way("release_batch_is_only_cancelled", batch, last=batch.editions.first())


@pytest.mark.parametrize("number", [0, 1])
def test_fewer_than_two_are_no_batch(newsroom, versions, number):
    with refused_by("release_batch_has_its_audit_entry"):
        forged_batch(newsroom, versions[:number])


def test_a_batch_that_was_begun_is_not_cancelled_in_place_of_its_rest(newsroom, versions):
    with refused_at_the_end():
        made = forged_batch(newsroom, versions[:2])
        edition = released_in(made, versions[0])
        end, cancelled = cancelling(edition, newsroom), made.key + CANCELLED
        ReleaseBatch.objects.filter(pk=made.pk).update(key=cancelled, cancelled_entry=end)
        by_queryset(edition, ends_at=edition.starts_at, end_entry=end, batch_id=cancelled)


def test_a_later_release_ends_no_edition_of_a_batch_before_it_starts(newsroom, batch):
    edition = batch.editions.first()
    following = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="Gamma"))
    with refused_by("edition_is_cancelled_with_its_batch"):
        end = entry("release", actor=newsroom.publisher, version=following)
        by_queryset(edition, ends_at=edition.starts_at, end_entry=end)


def test_an_edition_of_a_batch_that_was_ended_by_a_release_before_it_started_is_found(newsroom, batch):
    edition = batch.editions.first()
    connection.check_constraints()
    end = entry("release", actor=newsroom.publisher, version=edition.version)
    with walls.lifted():
        by_queryset(edition, ends_at=edition.starts_at, end_entry=end)
    assert [(found.pk, "not cancelled" in wrong) for found, wrong in broken_batches()] == [
        (batch.pk, True)
    ]


def test_a_batch_is_kept(newsroom, batch):
    delete_refused_every_way("release_batches_are_never_deleted", batch)
    with refused_by_a_wall_of("topics_releasebatch", "INSERT"):
        replace(batch)
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(dialect.drop(wall_named("release_batch_has_its_audit_entry"), "default"))
    with refused_by("release_batches_are_never_replaced"):
        replace(batch)
    walls.install()


def wall_named(name):
    return next(wall for wall in walls.WALLS if wall.name == name)


def test_a_batch_does_not_start_before_it_was_released(newsroom):
    at = begin_act()
    past = at - timedelta(days=1)
    stamp = f"{past.isoformat().replace('+00:00', 'Z')}"
    details = {"starts_at": stamp, "versions": [1, 2]}
    written = record("release_together", actor=newsroom.publisher, at=at, **details)
    with refused_by("release_batch_is_not_backdated"):
        ReleaseBatch.objects.create(
            key=str(written.number),
            starts_at=past,
            created_by=newsroom.publisher,
            created_at=at,
            entry=written,
            last_id=written.number + 2,
        )


def test_a_batch_taken_apart_while_the_walls_were_down_is_found(newsroom, batch):
    edition = batch.editions.first()
    assert list(broken_batches()) == []
    connection.check_constraints()
    with walls.lifted():
        by_queryset(edition, ends_at=edition.starts_at)
    assert [(found.pk, "not cancelled" in wrong) for found, wrong in broken_batches()] == [
        (batch.pk, True)
    ]


def test_a_superuser_moves_no_schedule_of_what_they_alone_wrote(newsroom):
    root = make.user(is_superuser=True)
    newsroom.writer = root
    mine = make.approved(newsroom, title="Mine")
    edition = release(mine, starts_at=in_days(3), actor=newsroom.publisher)
    with pytest.raises(Exception, match="You are the only author"):
        reschedule(edition, starts_at=in_days(4), actor=root)
    edition.refresh_from_db()
    assert not edition.was_cancelled()
