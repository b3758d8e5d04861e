"""Who asks too often is told when to ask again, by key or by address; nothing is written for it."""

import re

import pytest
import time_machine

from tests import make
from tests.api import ask
from topics.api.throttling import address_of, take

RATES = {"address": (3, 60), "key": (5, 60), "unknown-key": (2, 60)}


@pytest.fixture
def limited(settings):
    settings.API_RATES = RATES
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        yield clock


@pytest.fixture
def key(newsroom):
    return make.key(newsroom, make.licensee(newsroom))


def ask_from(client, address, path="categories/", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(f"/api/v1/{path}", headers=named, REMOTE_ADDR=address)


def test_an_address_has_so_many_requests_in_a_window(client, db, limited):
    left = [ask_from(client, "192.0.2.1")["RateLimit"] for _ in range(3)]
    assert [re.fullmatch(r'"address";r=(\d+);t=\d+', one)[1] for one in left] == ["2", "1", "0"]
    refused = ask_from(client, "192.0.2.1")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["RateLimit-Policy"] == '"address";q=3;w=60'
    assert int(refused["Retry-After"]) == refused.json()["retry_after"] <= 61
    assert ask_from(client, "192.0.2.2").status_code == 200
    limited.shift(int(refused["Retry-After"]))
    assert ask_from(client, "192.0.2.1").status_code == 200


def test_a_key_is_counted_by_itself_wherever_it_comes_from(client, key, limited):
    for _ in range(3):
        ask_from(client, "192.0.2.1")
    assert ask_from(client, "192.0.2.1").status_code == 429
    for n in range(5):
        reply = ask_from(client, f"192.0.2.{n}", x_api_key=key)
        assert reply.status_code == 200
        assert reply["RateLimit-Policy"] == '"key";q=5;w=60'
    assert ask_from(client, "192.0.2.9", x_api_key=key).status_code == 429


def test_guessing_keys_ends_soon_and_holds_up_nobody_who_has_one(client, newsroom, key, limited):
    assert ask_from(client, "192.0.2.1", x_api_key=key).status_code == 200
    form = "sgn_00000000_" + "A" * 42
    statuses = [
        ask_from(client, "192.0.2.1", x_api_key=guess).status_code
        for guess in (form + "a", "nonsense", form + "b", form + "c", "more nonsense")
    ]
    assert statuses == [401, 401, 429, 429, 429]
    assert ask_from(client, "192.0.2.1", x_api_key=key).status_code == 200
    assert ask_from(client, "192.0.2.1").status_code == 200


def test_a_guess_that_is_held_up_is_not_looked_up(client, newsroom, limited, django_assert_num_queries):
    form = "sgn_00000000_" + "A" * 42
    for end in "ab":
        ask_from(client, "192.0.2.1", x_api_key=form + end)
    with django_assert_num_queries(0):
        assert ask_from(client, "192.0.2.1", x_api_key=form + "c").status_code == 429


@pytest.mark.parametrize("path", ["", "problems/", "schema/", "articles/none/", "articles/?x=1"])
def test_every_reply_says_what_is_left(client, db, limited, path):
    assert '"address";r=2' in ask_from(client, "192.0.2.1", path)["RateLimit"]


def test_a_limit_costs_no_query(client, newsroom, limited, django_assert_num_queries):
    make.released(newsroom, slug="cough")
    with django_assert_num_queries(2):
        assert ask.article(client, "cough").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "found"),
    [
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "10.0.0.1", "", "unknown"),
        (1, "10.0.0.1", "nonsense\x00", "unknown"),
        (0, "2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "", "", "unknown"),
    ],
)
def test_an_address_is_what_our_own_proxies_say(rf, settings, proxies, remote, forwarded, found):
    settings.API_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == found


def test_a_full_cache_that_forgets_a_counter_refuses_nobody(limited, monkeypatch):
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.add", lambda *a, **k: False)
    assert take("address", "nobody").used == 1
