"""Provenance and keys as they are served: of what is public alone, and with digests of every reply."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.api import ask
from topics.api import articles
from topics.models import Edition, walls
from topics.publishing import keys

WELL_KNOWN = "/.well-known/jwks.json"


def test_provenance_states_the_record_and_nothing_that_changes(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    reply = ask.get(client, "articles/cough/provenance/")
    body = reply.json()
    assert set(body) == {"statement", "signature", "keys"}
    assert body["keys"] == WELL_KNOWN
    assert body["statement"] == {
        "kind": "provenance/1",
        "article": str(edition.article.public_id),
        "language": "en",
        **json.loads(edition.record),
    }
    head, payload, _ = body["signature"].split(".")
    assert payload == ""
    assert json.loads(keys.unb64(head)) == {"alg": "Ed25519", "kid": keys.signing_key()[0]}
    assert reply["Content-Language"] == "en"


def test_an_article_says_where_its_provenance_is(client, newsroom):
    first = make.released(newsroom, slug="cough")
    make.released(newsroom, make.next_draft(newsroom, first.article, summary="Shorter."))
    for path, number in (("articles/cough/", 2), ("articles/cough/editions/1/", 1)):
        address = ask.get(client, path).json()["provenance_url"]
        assert address == f"/api/v1/articles/{first.article.public_id}/editions/{number}/provenance/"
        assert client.get(address).json()["statement"]["edition"] == number
    assert ask.get(client, "articles/cough/provenance/").json()["statement"]["edition"] == 2


def test_the_same_edition_has_the_same_provenance_until_the_key_changes(client, newsroom, settings):
    settings.SIGNING_KEYS = keys.new_key_set()
    make.released(newsroom, slug="cough")
    first = ask.get(client, "articles/cough/provenance/")
    assert ask.get(client, "articles/cough/provenance/", if_none_match=first["ETag"]).status_code == 304
    settings.SIGNING_KEYS = keys.rotated(settings.SIGNING_KEYS)
    later = ask.get(client, "articles/cough/provenance/", if_none_match=first["ETag"])
    assert later.status_code == 200
    assert later.json()["statement"] == first.json()["statement"]


def test_provenance_is_kept_no_longer_than_the_edition(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    ends = ask.soon(hours=1)
    ask.taken_back(newsroom, edition, kind="retired", effective_at=ends)
    for path in ("articles/cough/provenance/", "articles/cough/editions/1/provenance/"):
        with time_machine.travel(ends - timedelta(seconds=20), tick=False):
            assert ask.get(client, path)["Cache-Control"] == "public, max-age=20, must-revalidate"
        with time_machine.travel(ends, tick=False):
            assert ask.get(client, path).status_code == 410


def test_what_is_not_public_has_no_provenance(client, newsroom):
    make.approved(newsroom, slug="approved")
    make.released(newsroom, slug="scheduled", starts_at=ask.soon(hours=1))
    edition = make.released(newsroom, slug="cough")
    make.approved(newsroom, make.next_draft(newsroom, edition.article, title="Secret"))
    for path in ("approved/", "scheduled/", "scheduled/editions/1/", "cough/editions/2/", "none/"):
        reply = ask.get(client, f"articles/{path}provenance/")
        assert reply.status_code == 404
        assert reply["Content-Type"] == "application/problem+json"


def test_what_was_withdrawn_or_moved_is_answered_as_the_article_is(client, newsroom):
    there = make.released(newsroom, slug="there")
    for slug, kind, status in (("recalled", "safety_recall", 410), ("gone", "moved", 301)):
        edition = make.released(newsroom, slug=slug)
        ask.taken_back(newsroom, edition, kind=kind, replacement=there.article)
        reply = ask.get(client, f"articles/{slug}/provenance/")
        assert reply.status_code == status
        assert ask.get(client, f"articles/{slug}/editions/1/provenance/").status_code == 410
        if status == 301:
            assert reply["Location"] == f"/api/v1/articles/{there.article.public_id}/"


@pytest.mark.parametrize("path", ["articles/cough/provenance/", "articles/cough/editions/1/provenance/"])
def test_provenance_costs_one_query(client, newsroom, path):
    make.released(newsroom, slug="cough")
    with CaptureQueriesContext(connection) as queries:
        assert ask.get(client, path).status_code == 200
    assert len(queries) == 1


def test_nothing_is_sealed_for_a_text_that_was_changed_underneath(newsroom):
    edition = make.released(newsroom, slug="cough")
    with walls.lifted():
        document = edition.document.replace("5 mg", "50 mg")
        Edition.objects.filter(pk=edition.pk).update(document=document)
    client = Client(raise_request_exception=False)
    reply = ask.get(client, "articles/cough/provenance/")
    assert reply.status_code == 500
    assert b"signature" not in reply.content
    assert b"50 mg" not in reply.content


def test_the_keys_are_public_and_nothing_else(client, db, settings):
    settings.SIGNING_KEYS = keys.rotated(keys.new_key_set())
    reply = client.get(WELL_KNOWN)
    assert reply["Content-Type"] == "application/jwk-set+json"
    assert [set(key) for key in reply.json()["keys"]] == [{"kty", "crv", "x", "kid", "use", "alg"}] * 2
    assert (
        client.get(WELL_KNOWN, headers={"accept": "application/json"})["Content-Type"]
        == "application/json"
    )
    assert client.get(WELL_KNOWN, headers={"if-none-match": reply["ETag"]}).status_code == 304
    assert client.post(WELL_KNOWN).status_code == 405
    assert client.get(f"{WELL_KNOWN}?kid=1").status_code == 400
    assert ask.get(client, "").json()["keys"] == WELL_KNOWN
    for key in keys.key_set():
        for path in (WELL_KNOWN, "/api/v1/schema/", "/api/v1/"):
            assert key.get("d", "none of it") not in client.get(path).content.decode()


# Content-Digest ----------------------------------------------------------------------------------


def digest_of(content):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


PATHS = ["", "articles/", "articles/cough/", "articles/cough/?format=html", "articles/cough/editions/1/"]
PATHS += ["articles/cough/provenance/", "changes/", "categories/", "schema/", "docs/", "problems/"]
PATHS += ["articles/none/", "articles/?x=1", "articles/gone/", "nothing/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_reply_carries_the_digest_of_its_content(client, newsroom, path):
    make.released(newsroom, slug="cough")
    ask.taken_back(newsroom, make.released(newsroom, slug="gone"))
    reply = client.get(f"/api/v1/{path}")
    assert reply["Content-Digest"] == digest_of(reply.content)


def test_a_failure_and_the_keys_carry_it_too(client, db, monkeypatch):
    reply = client.get(WELL_KNOWN)
    assert reply["Content-Digest"] == digest_of(reply.content)
    monkeypatch.setattr(articles.shelf, "find", lambda *args, **kwargs: 1 / 0)
    reply = Client(raise_request_exception=False).get("/api/v1/articles/cough/")
    assert reply.status_code == 500
    assert reply["Content-Digest"] == digest_of(reply.content)


def test_what_has_no_content_tells_the_digest_of_the_representation_or_none(client, newsroom):
    """A cache takes the fields of a HEAD or a 304 for those of what it kept (RFC 9111, 3.2, 4.3.5)."""
    make.released(newsroom, slug="cough")
    got = ask.article(client, "cough")
    head = client.head("/api/v1/articles/cough/")
    assert not head.has_header("Content-Digest")
    assert head["Repr-Digest"] == got["Content-Digest"]
    unchanged = ask.article(client, "cough", if_none_match=got["ETag"])
    assert unchanged.status_code == 304
    assert not unchanged.has_header("Content-Digest")


def test_other_pages_carry_none(client, db):
    assert not client.get("/").has_header("Content-Digest")
