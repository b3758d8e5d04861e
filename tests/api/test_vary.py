"""The API's replies say what they depend on, and depend on nothing else: caches can share them."""

import pytest

from tests import make
from tests.api import ask
from tests.api.contract import address, operations

pytestmark = pytest.mark.django_db
KEYS = {"authorization", "x-api-key"}


def varies(reply):
    return {name.strip().lower() for name in reply.get("Vary", "").split(",") if name.strip()}


def test_replies_do_not_vary_by_the_reader_s_language(newsroom, client):
    make.released(newsroom, slug="cough")
    replies = {
        client.get("/api/v1/articles/cough/", headers={"accept-language": tag}).content
        for tag in ("en", "es", "de")
    }
    assert len(replies) == 1


def test_every_reply_says_what_it_depends_on(newsroom, client, settings):
    make.released(newsroom, slug="cough")
    key = make.key(newsroom, make.licensee(newsroom))
    for path, operation in operations():
        here = address(path, operation, number=1)
        types = [*operation["responses"]["200"]["content"], "image/png"]
        by_type = [client.get(here, headers={"Accept": one}) for one in types]
        chosen = {reply["Content-Type"] for reply in by_type if reply.status_code == 200}
        with_key = client.get(here, headers={"X-Api-Key": key})
        refused = client.get(address(path, operation, [("surely", "unknown")], number=1))
        tag = by_type[0].get("ETag")
        unchanged = client.get(here, headers={"Accept": types[0], "If-None-Match": tag or '"none"'})
        assert unchanged.status_code == (304 if tag else 200)
        for reply in (*by_type, with_key, refused, unchanged):
            asks_who = "401" in operation["responses"]
            assert (varies(reply) >= KEYS) == asks_who, (path, reply.status_code)
            assert varies(reply) <= {*KEYS, "accept"}
            if len(chosen) > 1 and reply is not refused:
                assert "accept" in varies(reply), (path, reply.status_code)


@pytest.mark.parametrize("status", [404, 410, 301])
def test_every_refusal_of_an_article_depends_on_who_asks(newsroom, client, status):
    there = make.released(newsroom, slug="there").article
    edition = make.released(newsroom, slug="cough" if status != 404 else "other")
    kind = "moved" if status == 301 else "retired"
    ask.taken_back(newsroom, edition, kind=kind, replacement=there)
    reply = ask.article(client, "cough")
    assert reply.status_code == status
    assert varies(reply) >= KEYS
    assert reply["Cache-Control"] == "no-cache"


def test_the_interface_s_language_is_still_the_reader_s(client):
    reply = client.get("/admin/login/", headers={"accept-language": "es"})
    assert 'lang="es"' in reply.content.decode()
