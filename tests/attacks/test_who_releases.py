"""Attempts to release alone what one wrote, without the role, or past credentials that have ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.signers import expire, superuser
from tests.attacks.ways import forged_edition, refused_by, refused_with
from topics.publishing.release import release
from topics.rules.refusal import NotPermitted, Refused, Unmet
from topics.rules.review_dates import utc_day
from topics.workflow import drafting
from topics.workflow.door import why_not


@pytest.fixture
def newsroom(stage):
    return stage.room


DAY = timedelta(days=1)


def codes(refusals):
    return [refusal.code for refusal in refusals]


def test_the_only_author_does_not_release(newsroom, stage):
    newsroom.writer.groups.add(*newsroom.publisher.groups.all())
    version = stage.approved
    with refused_with("releaser_is_only_author", kind=Unmet):
        release(version, actor=newsroom.writer)


def test_a_superuser_who_is_the_only_author_does_not_release(newsroom, stage):
    newsroom.writer = superuser()
    version = make.approved(newsroom)
    with refused_with("releaser_is_only_author", kind=Unmet):
        release(version, actor=newsroom.writer)


def test_one_of_two_authors_releases(newsroom, stage):
    newsroom.writer.groups.add(*newsroom.publisher.groups.all())
    draft = stage.draft
    drafting.edit(draft, actor=newsroom.editor, revision=draft.revision, summary="Other.")
    draft.refresh_from_db()
    assert release(make.approved(newsroom, draft), actor=newsroom.writer).number == 1


def test_an_edition_forged_in_the_name_of_the_only_author_is_refused(newsroom, stage):
    version = stage.approved
    with refused_by("releaser_is_not_the_only_author"):
        forged_edition(newsroom, version, released_by=newsroom.writer)


def test_a_credential_that_expired_since_the_sign_off_stops_the_release(newsroom, stage):
    version = stage.approved
    expire(newsroom.specialist, utc_day(timezone.now()) - DAY)
    with refused_with("credential_expired", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_a_credential_that_expires_before_a_scheduled_start_stops_the_release(newsroom, stage):
    version = stage.approved
    start = timezone.now() + 30 * DAY
    expire(newsroom.specialist, utc_day(start) - DAY)
    with refused_with("credential_expired", kind=Unmet):
        release(version, actor=newsroom.publisher, starts_at=start)
    with refused_by("edition_signers_hold_valid_credentials"):
        forged_edition(newsroom, version, starts_at=start)
    release(version, actor=newsroom.publisher, starts_at=start - DAY)


def test_nobody_acts_without_the_role_whatever_the_state(newsroom, stage):
    version = stage.approved
    for person in (newsroom.writer, newsroom.editor, newsroom.primary.user, newsroom.administrator):
        with pytest.raises(NotPermitted):
            release(version, actor=person)
    assert codes(why_not(version, "release", actor=newsroom.writer)) == [
        "not_permitted",
        "releaser_is_only_author",
    ]


def test_an_inactive_publisher_does_not_release(newsroom, stage):
    version = stage.approved
    newsroom.publisher.is_active = False
    newsroom.publisher.save()
    with refused_with("not_permitted", kind=NotPermitted):
        release(version, actor=newsroom.publisher)


def test_an_administrator_neither_writes_nor_signs_nor_releases(newsroom, stage):
    version = stage.draft
    for act in ("edit", "submit"):
        assert "not_permitted" in codes(why_not(version, act, actor=newsroom.administrator))


def test_a_refused_act_leaves_no_trace(newsroom, stage):
    version = stage.approved
    before = version.audit_entries.count()
    with pytest.raises(Refused):
        release(version, actor=newsroom.writer)
    assert version.audit_entries.count() == before
