"""A real HTTP cache (hishel, RFC 9111) reads through the server, and shows nothing past its time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheClient

from tests import make
from tests.api import ask

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 300
"""The default of `API_MAX_AGE`."""


@pytest.fixture
def clock():
    start = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    with time_machine.travel(start, tick=False) as clock:
        yield clock


@pytest.fixture
def room():
    return make.newsroom()


@pytest.fixture
def edition(room):
    return make.released(room, slug="cough")


@pytest.fixture(params=[True, False], ids=["shared", "private"])
def cached(request, live_server, tmp_path):
    storage = SqliteStorage(database_path=tmp_path / "copies.db")
    options = CacheOptions(shared=request.param)
    with CacheClient(
        base_url=f"{live_server.url}/api/v1/", storage=storage, rfc=options, trust_env=False
    ) as client:
        yield client


def how(reply):
    status = reply.extensions["caching"]
    return "revalidated" if status["revalidated"] else "copy" if status["from_cache"] else "server"


def test_a_copy_is_kept_then_asked_for_by_its_tag(edition, clock, cached):
    seen = []
    for seconds in (0, 200, 200, 0):
        clock.shift(seconds)
        reply = cached.get("articles/cough/")
        assert reply.status_code == 200
        assert reply.json()["digest"] == edition.digest
        seen.append(how(reply))
    assert seen == ["server", "copy", "revalidated", "copy"]


@pytest.mark.parametrize("path", ["articles/cough/", "articles/cough/provenance/", "articles/"])
def test_what_was_recalled_is_not_shown_longer_than_the_age_says(edition, room, clock, cached, path):
    assert "cough" in cached.get(path).text
    clock.shift(5)
    ask.taken_back(room, edition)
    shown = []
    for seconds in range(0, 420, 20):
        reply = cached.get(path)
        if reply.status_code == 200 and "cough" in reply.text:
            shown.append(seconds)
        clock.shift(20)
    assert 0 < max(shown) <= LONGEST


def test_what_ends_as_planned_is_not_shown_a_second_longer(edition, room, clock, cached):
    ends = timezone.now() + timedelta(seconds=450)
    ask.taken_back(room, edition, kind="retired", effective_at=ends)
    seen = set()
    for _ in range(24):
        for path in ("articles/cough/", "articles/cough/provenance/", "articles/cough/editions/1/"):
            reply = cached.get(path)
            assert reply.status_code == (200 if timezone.now() < ends else 410), path
            seen.add(how(reply))
        listed = cached.get("articles/").json()["articles"]
        assert len(listed) == (1 if timezone.now() < ends else 0)
        clock.shift(25)
    assert "copy" in seen


def test_what_becomes_due_is_not_shown_as_current_a_second_longer(edition, clock, cached):
    warned = timezone.datetime.combine(
        edition.review_warning_on, timezone.datetime.min.time(), timezone.now().tzinfo
    )
    clock.move_to(warned - timedelta(seconds=400))
    for _ in range(20):
        status = cached.get("articles/cough/").json()["review_status"]
        assert status == ("current" if timezone.now() < warned else "due")
        clock.shift(25)


def test_a_licensee_s_reply_is_given_to_nobody_else(edition, room, clock, cached):
    licensee = make.licensee(room, "Harbour")
    key = make.key(room, licensee)
    for headers in ({"X-Api-Key": key}, {"Authorization": f"Api-Key {key}"}):
        assert cached.get("articles/cough/", headers=headers).json()["site"]["organisation"] == "Harbour"
        assert "site" not in cached.get("articles/cough/").json()
    clock.shift(10)
    make.licence(room, licensee, languages=("es",))
    assert cached.get("articles/cough/", headers={"X-Api-Key": key}).status_code == 404
    assert cached.get("articles/cough/").status_code == 200


def test_a_copy_in_one_representation_is_no_answer_in_another(edition, clock, cached):
    for _ in range(2):
        for accept in ("application/json", "text/markdown", "text/html", "application/fhir+json"):
            reply = cached.get("articles/cough/", headers={"Accept": accept})
            assert reply.headers["content-type"].partition(";")[0] == accept


def test_the_feed_is_always_the_server_s_own(edition, room, clock, cached):
    for _ in range(2):
        assert how(cached.get("changes/")) == "server"
    clock.shift(1)
    ask.taken_back(room, edition)
    assert cached.get("changes/").json()["changes"][0]["recall"] is True
