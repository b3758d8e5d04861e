"""Releasing: now or later, cancelled, minor, periodic, expiring; and what an edition says of itself."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import pytest
import time_machine

from tests import make
from tests.attacks.ways import refused_with
from tests.noon import NOON
from tests.once import once
from topics.models import Edition, Version
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release
from topics.rules.refusal import IllegalMove, NotPermitted, Unmet

DAY = timedelta(days=1)


@dataclass
class Made:
    """What was done at `NOON`: `version` was approved, and `edition`, of another article, released."""

    room: make.Newsroom
    version: Version
    edition: Edition


@once
def content():
    with time_machine.travel(NOON, tick=False):
        room = make.newsroom()
        return Made(room, make.approved(room), make.released(room))


@pytest.fixture
def version(made):
    return made.version


@pytest.fixture
def edition(made, clock):
    return made.edition


@pytest.fixture
def first(edition, clock):
    """The edition, ten days later."""
    clock.move_to(NOON + 10 * DAY)
    return edition


def next_edition(room, first, *, starts_at=None, **changes):
    return make.released(room, make.next_draft(room, first.article, **changes), starts_at=starts_at)


def test_a_release_now_is_public_from_the_instant_of_the_act(newsroom, version, clock):
    edition = release(version, actor=newsroom.publisher)
    assert (edition.number, edition.starts_at, edition.ends_at) == (1, NOON, None)
    assert edition.version.state == "released"
    assert edition.first_published == edition.modified == NOON
    public = Edition.objects.in_force(at=NOON).filter(article=version.article_id)
    assert list(public) == [edition]


def test_an_edition_serves_the_bytes_that_were_signed(newsroom, version, clock):
    edition = release(version, actor=newsroom.publisher)
    assert (edition.document, edition.digest) == (version.document, version.digest)
    assert {sign_off.digest for sign_off in version.sign_offs.all()} == {edition.digest}


def test_an_edition_prints_its_sign_offs_and_dates(edition):
    record = json.loads(edition.record)
    assert [(r["role"], r["name"]) for r in record["reviews"]] == [
        ("Primary reviewer", "Pia Primary"),
        ("Specialist", "Sam Specialist"),
    ]
    assert record["last_reviewed"] == "2026-03-03"
    assert record["next_review_due"] == "2028-03-03"
    assert record["published"] == record["first_published"] == "2026-03-03T12:00:00Z"


def test_a_new_edition_takes_the_place_of_the_one_before_at_that_instant(newsroom, clock, first):
    second = next_edition(newsroom, first, title="New")
    first.refresh_from_db()
    assert first.ends_at == second.starts_at == NOON + 10 * DAY
    assert second.first_published == NOON
    assert second.modified == second.starts_at
    assert second.last_reviewed == date(2026, 3, 13)


def test_a_scheduled_release_leaves_the_edition_in_place_until_it_starts(newsroom, clock, first):
    start = NOON + 20 * DAY
    second = next_edition(newsroom, first, title="New", starts_at=start)
    assert shelf.find(first.article.slug, at=start - DAY, reader=OPEN) == first
    assert shelf.find(first.article.slug, at=start, reader=OPEN) == second


def test_a_second_release_is_not_scheduled_beside_the_first(newsroom, clock, first):
    next_edition(newsroom, first, title="New", starts_at=NOON + 20 * DAY)
    third = make.approved(newsroom, make.next_draft(newsroom, first.article, title="Third"))
    for start in (None, NOON + 15 * DAY, NOON + 30 * DAY):
        with refused_with("another_is_scheduled", kind=Unmet):
            release(third, actor=newsroom.publisher, starts_at=start)


# Cancelling -------------------------------------------------------------------------------------------


def test_cancelling_a_release_leaves_the_edition_in_place_without_an_end(newsroom, clock, first):
    second = next_edition(newsroom, first, title="New", starts_at=NOON + 20 * DAY)
    cancelled = cancel_release(second, actor=newsroom.publisher)
    first.refresh_from_db()
    assert cancelled.was_cancelled()
    assert first.ends_at is None
    assert shelf.find(first.article.slug, at=NOON + 30 * DAY, reader=OPEN) == first


def test_cancelling_a_release_gives_the_edition_in_place_its_expiry_back(newsroom, clock):
    newsroom.policy.when_overdue, newsroom.policy.grace_days = "withhold", 30
    newsroom.policy.save()
    first = make.released(newsroom)
    expiry = first.ends_at
    second = next_edition(newsroom, first, title="New", starts_at=NOON + 20 * DAY)
    first.refresh_from_db()
    assert first.ends_at == second.starts_at
    cancel_release(second, actor=newsroom.publisher)
    first.refresh_from_db()
    assert first.ends_at == first.expires_at == expiry


def test_a_cancelled_release_may_be_released_again(newsroom, clock, first):
    second = next_edition(newsroom, first, title="New", starts_at=NOON + 20 * DAY)
    cancel_release(second, actor=newsroom.publisher)
    again = release(second.version, actor=newsroom.publisher)
    assert (again.number, again.version) == (3, second.version)
    assert shelf.find(first.article.slug, at=NOON + 10 * DAY, reader=OPEN) == again


def test_a_release_is_cancelled_once_and_by_a_publisher(newsroom, version, clock):
    edition = release(version, actor=newsroom.publisher, starts_at=NOON + DAY)
    with refused_with("not_permitted", kind=NotPermitted):
        cancel_release(edition, actor=newsroom.editor)
    cancel_release(edition, actor=newsroom.publisher)
    with refused_with("cancelled_already", kind=IllegalMove):
        cancel_release(edition, actor=newsroom.publisher)


def test_an_older_version_is_not_released_after_a_newer_one(newsroom, clock, first):
    second = next_edition(newsroom, first, title="Second", starts_at=NOON + 20 * DAY)
    cancel_release(second, actor=newsroom.publisher)
    next_edition(newsroom, first, title="Third")
    with refused_with("newer_was_released", kind=Unmet):
        release(second.version, actor=newsroom.publisher)


# Kinds of change --------------------------------------------------------------------------------------


def test_a_minor_change_keeps_the_review_date_and_the_reviews(newsroom, clock, first):
    second = next_edition(
        newsroom, first, change_kind="minor", body=make.BODY.replace("plenty", "a lot")
    )
    assert second.last_reviewed == first.last_reviewed == date(2026, 3, 3)
    assert second.next_review_due == first.next_review_due
    assert second.modified == NOON + 10 * DAY
    reviews = json.loads(second.record)["reviews"]
    assert [(r["meaning"], r["version"]) for r in reviews] == [
        ("accurate", 1),
        ("accurate", 1),
        ("not_clinical", 2),
    ]


def test_a_periodic_review_moves_the_review_date_and_nothing_else(newsroom, clock, first):
    second = next_edition(newsroom, first, change_kind="periodic_review")
    assert (second.digest, second.document) == (first.digest, first.document)
    assert second.modified == first.modified == NOON
    assert second.last_reviewed == date(2026, 3, 13)
    assert second.next_review_due == date(2028, 3, 13)
    assert {r["meaning"] for r in json.loads(second.record)["reviews"]} == {"still_current"}


def test_a_review_is_dated_by_the_last_signature_not_by_the_release(newsroom, version, clock):
    clock.move_to(NOON + 5 * DAY)
    edition = release(version, actor=newsroom.publisher)
    assert edition.last_reviewed == date(2026, 3, 3)
    assert edition.first_published == NOON + 5 * DAY


# Expiry -----------------------------------------------------------------------------------------------


def test_an_edition_whose_policy_withholds_stops_by_itself(newsroom, clock):
    newsroom.policy.when_overdue, newsroom.policy.grace_days = "withhold", 30
    newsroom.policy.save()
    edition = make.released(newsroom)
    end = datetime(2028, 4, 2, tzinfo=timezone.utc)
    assert edition.ends_at == end
    clock.move_to(end - timedelta(seconds=1))
    assert Edition.objects.in_force(at=end - timedelta(seconds=1)).filter(pk=edition.pk).exists()
    clock.move_to(end)
    assert not Edition.objects.in_force(at=end).filter(pk=edition.pk).exists()


def test_an_edition_whose_policy_flags_is_served_on_and_called_overdue(edition):
    later = NOON + 5 * 365 * DAY
    assert Edition.objects.in_force(at=later).overdue(on=later.date()).get() == edition
    assert edition.review_status(on=later.date()) == "overdue"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2027, 12, 3), "current"),
        (date(2027, 12, 4), "due"),
        (date(2028, 3, 2), "due"),
        (date(2028, 3, 3), "overdue"),
    ],
)
def test_the_status_of_a_review_is_that_of_the_day(edition, day, status):
    assert edition.review_status(on=day) == status
    for name in ("current", "due", "overdue"):
        found = getattr(Edition.objects.in_force(at=NOON), name)(on=day).exists()
        assert found == (name == status)
