"""Notices put in force past the door, each with the wall that refused it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    changed,
    refused_by,
    refused_every_way,
)
from topics.models import (
    Notice,
)
from topics.publishing.notices import put_in_force, what
from topics.workflow.ledger import begin_act, record

DAY = timedelta(days=1)


@pytest.fixture
def newsroom(stage):
    return stage.room


def notice_entry(notice, actor):
    """The entry of a notice that is put in force, without the row that follows it."""
    return record("notice", actor=actor, at=begin_act(), **what(notice))


def evil(actor, **fields):
    now = timezone.now()
    return Notice(
        kind="disclaimer",
        text="Take all of them.",
        created_by=actor,
        **{"created_at": now, "in_force_from": now, **fields},
    )


def test_a_notice_is_not_put_in_force_past_the_door(newsroom):
    with refused_by("notice_has_its_audit_entry_insert"):
        evil(newsroom.publisher).save()
    with refused_by("notice_has_its_audit_entry_insert"):
        Notice.objects.bulk_create([evil(newsroom.publisher)])
    waiting = make.waiting_notice(newsroom)
    later = timezone.now() + DAY
    refused_every_way("notice_has_its_audit_entry_update", waiting, in_force_from=later)


@pytest.mark.parametrize(
    "field", ["kind", "language", "text", "in_force_from", "created_by", "created_at"]
)
def test_the_entry_of_another_notice_does_not_put_this_one_in_force(newsroom, field):
    made = evil(newsroom.publisher, in_force_from=timezone.now() + DAY)
    written = notice_entry(made, newsroom.publisher)
    made.created_at = written.at
    other = {
        "kind": "terms",
        "language": "es",
        "text": "Take two.",
        "in_force_from": timezone.now() + 2 * DAY,
        "created_by": newsroom.administrator,
        "created_at": written.at - DAY,
    }
    setattr(made, field, other[field])
    with refused_by("notice_has_its_audit_entry_insert"):
        made.save()


def test_a_notice_does_not_begin_before_the_newest_act(newsroom):
    before = timezone.now()
    make.draft(newsroom)
    made = evil(newsroom.publisher, in_force_from=before)
    made.created_at = notice_entry(made, newsroom.publisher).at
    with refused_by("notice_begins_now_or_later_insert", "notice_is_not_backdated"):
        made.save()


def test_a_notice_that_waits_is_not_put_in_force_in_the_past(newsroom):
    waiting = make.waiting_notice(newsroom)
    before = timezone.now()
    make.draft(newsroom)
    notice_entry(changed(waiting, in_force_from=before), newsroom.publisher)
    refused_every_way("notice_begins_now_or_later_update", waiting, in_force_from=before)
    assert put_in_force(waiting, actor=newsroom.publisher).in_force_from > before


def test_a_notice_that_is_in_force_is_not_dated_otherwise(newsroom):
    made = make.notice(newsroom)
    for instant in (None, timezone.now() + DAY):
        refused_every_way("notices_are_never_changed", made, in_force_from=instant)
