"""People's acts are dated by the clock: an earlier instant is refused outside of a replay."""

from contextvars import Context
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from topics.models import AuditEntry
from topics.publishing.release import release
from topics.workflow.ledger import ClockError

pytestmark = pytest.mark.django_db


def outside_a_replay(do):
    return Context().run(do)


def test_an_act_of_now_needs_no_replay(newsroom):
    version = make.approved(newsroom)
    edition = outside_a_replay(lambda: release(version, actor=newsroom.publisher))
    assert edition.is_in_force(at=timezone.now())


def test_a_release_is_not_dated_back_to_just_after_the_newest_entry(newsroom):
    version = make.approved(newsroom, at=timezone.now() - timedelta(days=1))
    just_after = AuditEntry.objects.order_by("-number").first().at + timedelta(seconds=1)
    with pytest.raises(ClockError, match="dated back"):
        outside_a_replay(lambda: release(version, actor=newsroom.publisher, at=just_after))
    assert not version.editions.exists()
