"""Pages of any origin may read the API from a browser; nothing there knows who is signed in."""

import pytest
from django.core.cache import cache

from cms.cors import READABLE, SENDABLE
from tests import make
from tests.api import ask
from tests.api.contract import address, operations

ORIGIN = {"origin": "https://portal.example"}
ALWAYS_READABLE = {
    *("Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires"),
    *("Last-Modified", "Pragma"),
}
"""The Fetch standard's safelist."""

NONE_OF_A_PAGE_S = {
    *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Vary", "Location"),
    *("Surrogate-Key", "Cache-Tag"),
    *("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"),
    *("X-Content-Type-Options", "X-Frame-Options"),
}
"""For the browser and for caches, not for scripts."""


@pytest.fixture
def published(newsroom):
    make.released(newsroom, slug="cough")


def test_a_page_may_read_every_reply_with_its_headers(client, published, settings):
    settings.API_RATES = {"address": (2, 60)}
    for path, operation in operations():
        here = address(path, operation, number=1)
        cache.clear()
        replies = [
            client.get(here, headers=ORIGIN),
            client.get(address(path, operation, [("surely", "unknown")], number=1), headers=ORIGIN),
            client.get(here, headers=ORIGIN),
            client.post(here, headers=ORIGIN),
        ]
        assert [reply.status_code for reply in replies] == [200, 400, 429, 405], path
        for reply in replies:
            assert reply["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in reply
            assert set(reply.headers) <= {*ALWAYS_READABLE, *READABLE, *NONE_OF_A_PAGE_S}


def test_a_304_may_be_read_too(client, published):
    tag = ask.article(client, "cough")["ETag"]
    assert ask.article(client, "cough", if_none_match=tag)["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_there_may_be_read_too(client, db):
    for path in ("/api/v2/", "/api/v1/nothing/", "/.well-known/jwks.json?x=1"):
        assert client.get(path, headers=ORIGIN)["Access-Control-Allow-Origin"] == "*"
    refused = client.get("/api/v1/", headers={**ORIGIN, "host": "evil.example"})
    assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (400, "*")


def test_a_preflight_is_answered(client, published):
    asked = {"access-control-request-method": "GET", "access-control-request-headers": "x-api-key"}
    for path, operation in operations():
        reply = client.options(address(path, operation, number=1), headers={**ORIGIN, **asked})
        assert reply.status_code == 204, path
        assert reply["Access-Control-Allow-Origin"] == "*"
        assert reply["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert set(reply["Access-Control-Allow-Headers"].split(", ")) == set(SENDABLE)
        assert int(reply["Access-Control-Max-Age"]) > 0
    # The Fetch standard: no wildcard stands for this one.
    assert "Authorization" in SENDABLE


def test_a_preflight_needs_no_key_and_counts_for_nothing(client, published, settings):
    settings.API_OPEN, settings.API_RATES = False, {"address": (1, 60)}
    asked = {**ORIGIN, "access-control-request-method": "GET"}
    replies = [client.options("/api/v1/articles/cough/", headers=asked) for _ in range(3)]
    assert {reply.status_code for reply in replies} == {204}


def test_the_reply_is_the_same_with_an_origin_or_without(client, published):
    with_origin, without = (ask.article(client, "cough", **more) for more in (ORIGIN, {}))
    assert with_origin.content == without.content
    assert with_origin.headers == without.headers
    assert "origin" not in without["Vary"].lower()


def test_no_other_page_may_be_read(client, db):
    for path in ("/", "/admin/login/", "/preview/none/"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers=ORIGIN)
