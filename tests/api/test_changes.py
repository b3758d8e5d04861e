"""The feed: a consumer that follows it, from anywhere, ends with exactly what is in force."""

import base64
import json
import random
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make
from tests.api import ask
from tests.api.ask import DAY_ONE
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release


def test_a_published_change_carries_exactly_these_fields(client, newsroom):
    edition = make.released(newsroom, slug="cough", at=DAY_ONE)
    body = ask.get(client, "changes/").json()
    assert set(body) == {"changes", "next_cursor", "next", "more"}
    assert body["more"] is False
    assert body["changes"] == [
        {
            "type": "published",
            "id": str(edition.article.public_id),
            "slug": "cough",
            "language": "en",
            "effective_at": "2026-03-02T08:30:00Z",
            "recall": False,
            "severity": None,
            "title": "Cough",
            **ask.of_a_first_edition(edition),
            "url": f"/api/v1/articles/{edition.article.public_id}/",
        }
    ]


def test_a_removal_says_why_and_what_to_show_instead(client, newsroom):
    there = make.released(newsroom, slug="there").article
    edition = make.released(newsroom, slug="cough")
    cursor, _, _ = ask.follow(client)
    withdrawal = ask.taken_back(newsroom, edition, replacement=there)
    _, _, changes = ask.follow(client, cursor)
    assert changes == [
        {
            "type": "removed",
            "id": str(edition.article.public_id),
            "slug": "cough",
            "language": "en",
            "effective_at": withdrawal.effective_at.isoformat().replace("+00:00", "Z"),
            "recall": True,
            "reason": "safety_recall",
            "severity": "high",
            "explanation": "The dose was wrong.",
            "replacement": {
                "id": str(there.public_id),
                "slug": "there",
                "language": "en",
                "title": "Cough",
                "url": f"/api/v1/articles/{there.public_id}/",
            },
        }
    ]


def test_a_recall_comes_before_all_else(client, newsroom):
    edition = make.released(newsroom, slug="recalled")
    cursor, _, _ = ask.follow(client)
    make.released(newsroom, slug="first")
    ask.taken_back(newsroom, edition)
    make.released(newsroom, slug="last")
    _, _, changes = ask.follow(client, cursor, limit=1)
    assert [change["slug"] for change in changes] == ["recalled", "first", "last"]


def test_the_feed_is_never_stored(client, db):
    assert ask.get(client, "changes/")["Cache-Control"] == "no-store"


def test_nothing_new_gives_nothing_and_a_cursor_that_goes_on(client, newsroom):
    make.released(newsroom)
    cursor, _, _ = ask.follow(client)
    make.draft(newsroom)
    cursor, _, changes = ask.follow(client, cursor)
    assert changes == []
    make.released(newsroom, slug="new")
    _, _, changes = ask.follow(client, cursor)
    assert [change["slug"] for change in changes] == ["new"]


def test_a_schedule_shows_at_its_instant_though_the_cursor_is_younger_than_its_release(client, newsroom):
    starts = ask.soon(hours=1)
    make.released(newsroom, slug="scheduled", starts_at=starts)
    cursor, _, changes = ask.follow(client)
    assert changes == []
    with time_machine.travel(starts + timedelta(seconds=1)):
        _, _, changes = ask.follow(client, cursor)
        assert [change["slug"] for change in changes] == ["scheduled"]


def test_a_cursor_from_the_future_is_refused(client, newsroom):
    make.released(newsroom, slug="scheduled", starts_at=ask.soon(hours=1))
    with time_machine.travel(ask.soon(hours=2)):
        future, _, _ = ask.follow(client)
    parts = json.loads(base64.urlsafe_b64decode(future))
    parts[1] = ask.soon(minutes=90).isoformat().replace("+00:00", "Z")
    for cursor in (future, base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()):
        assert ask.get(client, "changes/", {"cursor": cursor}).status_code == 400


def test_a_cursor_of_a_server_whose_clock_is_a_little_ahead_waits(client, newsroom):
    make.released(newsroom, slug="one")
    make.released(newsroom, slug="two")
    make.released(newsroom, slug="scheduled", starts_at=ask.soon(seconds=40))
    now = timezone.now()
    with time_machine.travel(now + timedelta(seconds=33), tick=False):
        final, _, _ = ask.follow(client)
        midway = ask.get(client, "changes/", {"limit": 1}).json()["next_cursor"]
    with time_machine.travel(now + timedelta(seconds=30), tick=False):
        for cursor, more in ((final, False), (midway, True)):
            reply = ask.get(client, "changes/", {"cursor": cursor})
            body = reply.json()
            assert (body["changes"], body["next_cursor"], body["more"]) == ([], cursor, more)
    with time_machine.travel(now + timedelta(seconds=34), tick=False):
        _, _, changes = ask.follow(client, midway)
        assert [change["slug"] for change in changes] == ["two"]


@pytest.mark.parametrize("seed", range(2))
def test_following_from_any_cursor_ends_with_the_live_set(client, db, seed):
    """Random acts with time moving; each cursor that was ever given is followed to the end."""
    chance = random.Random(seed)
    room = make.newsroom(
        interval_months=1, warning_days=5, when_overdue="withhold", grace_days=chance.randint(1, 5)
    )
    shelves = [(None, {})]
    editions = []
    with time_machine.travel(ask.soon(minutes=1)) as clock:
        for _ in range(12):
            act_at_random(room, editions, chance)
            clock.shift(timedelta(hours=chance.choice([1, 30, 120])))
            cursor, shelf = shelves[chance.randrange(len(shelves))]
            cursor, shelf, _ = ask.follow(client, cursor, limit=chance.choice([1, 2, 50]), shelf=shelf)
            assert shelf == ask.live(client)
            shelves.append((cursor, shelf))
        # A page is asked for in the middle of a window, while others go on publishing.
        first = ask.get(client, "changes/", {"limit": 1}).json()
        make.released(room)
        begun = {c["id"]: c["digest"] for c in first["changes"] if c["type"] == "published"}
        shelves.append((first["next_cursor"], begun))
        live = ask.live(client)
        for cursor, shelf in shelves:
            _, shelf, _ = ask.follow(client, cursor, limit=2, shelf=shelf)
            assert shelf == live


def act_at_random(room, editions, chance):
    """Releases, schedules, cancels, withdraws or renews something, as far as it is possible."""
    now = timezone.now()
    live = [e for e in refreshed(editions) if e.is_in_force(at=now)]
    ahead = [e for e in refreshed(editions) if e.starts_at > now and not e.was_cancelled()]
    match chance.choice(["release", "schedule", "cancel", "withdraw", "plan", "renew", "release"]):
        case "release":
            editions.append(make.released(room))
        case "schedule":
            starts = now + timedelta(hours=chance.randint(1, 200))
            editions.append(make.released(room, starts_at=starts))
        case "cancel" if ahead:
            cancel_release(chance.choice(ahead), actor=room.publisher)
        case "withdraw" if live:
            kind = chance.choice(["safety_recall", "correction", "retired"])
            ask.taken_back(room, chance.choice(live), kind=kind)
        case "plan" if live:
            edition = chance.choice(live)
            effective = min(edition.ends_at, now + timedelta(hours=chance.randint(1, 100)))
            ask.taken_back(room, edition, kind="retired", effective_at=effective)
        case "renew" if live:
            article = chance.choice(live).article
            if article.versions.open().exists() or any(e.article_id == article.pk for e in ahead):
                return
            draft = make.next_draft(room, article, summary=f"Renewed {now}.")
            editions.append(release(make.approved(room, draft), actor=room.publisher))


def refreshed(editions):
    for edition in editions:
        edition.refresh_from_db()
    return editions


def test_a_recall_at_the_very_instant_of_the_start_still_reaches_everyone(client, newsroom):
    """Clocks of two servers are evened out to one instant; who has the edition must hear of it."""
    with time_machine.travel(ask.soon(minutes=1), tick=False) as clock:
        edition = make.released(newsroom, slug="cough")
        cursor, shelf, _ = ask.follow(client)
        assert len(shelf) == 1
        ask.taken_back(newsroom, edition)
        clock.shift(1)
        _, shelf, changes = ask.follow(client, cursor, shelf=shelf)
        assert shelf == {}
        assert changes[0]["recall"] is True
        assert ask.article(client, "cough").status_code == 410


def test_a_release_cancelled_as_it_began_is_taken_back_from_who_has_it(client, newsroom):
    starts = ask.soon(hours=1)
    edition = make.released(newsroom, slug="cough", starts_at=starts)
    with time_machine.travel(starts + timedelta(seconds=2)):
        cursor, shelf, _ = ask.follow(client)
        assert len(shelf) == 1
        # Dated before the start, committed after it.
        cancel_release(edition, actor=newsroom.publisher, at=starts - timedelta(seconds=1))
        _, shelf, changes = ask.follow(client, cursor, shelf=shelf)
        assert shelf == {}
        assert [change["reason"] for change in changes] == ["release_cancelled"]
