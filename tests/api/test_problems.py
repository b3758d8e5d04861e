"""Errors anywhere under /api/ are problem details, and the rest of the site keeps its own pages."""

import pytest
from django.test import Client

from tests import make
from tests.api import ask
from tests.api.contract import address, operations
from topics.api import articles
from topics.api.problems import KINDS


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1/nothing/", "/api/v1/articles/a/b/"])
def test_an_unknown_address_is_a_problem(client, db, path):
    reply = client.get(path)
    assert reply.status_code == 404
    assert reply["Content-Type"] == "application/problem+json"
    assert reply.json() == {
        "type": "/api/v1/problems/not-found",
        "title": "Not found",
        "status": 404,
        "detail": "Nothing of that name is public, or was at the instant asked for.",
        "instance": path,
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["", "articles/", "articles/cough/", "changes/", "schema/", "docs/"])
def test_only_reading_is_allowed(db, method, path):
    client = Client(enforce_csrf_checks=True)
    reply = getattr(client, method)(f"/api/v1/{path}")
    assert reply.status_code == 405
    assert reply["Content-Type"] == "application/problem+json"
    assert reply["Allow"] == "GET, HEAD, OPTIONS"


def test_options_names_the_methods(client, db):
    reply = client.options("/api/v1/articles/")
    assert reply.status_code == 204
    assert set(reply["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_what_excludes_json_is_not_acceptable(client, db):
    reply = ask.get(client, "articles/", accept="text/csv")
    assert reply.status_code == 406
    assert reply["Content-Type"] == "application/problem+json"


def test_a_failure_is_a_problem_that_tells_nothing(db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a secret")

    monkeypatch.setattr(articles.shelf, "find", fail)
    reply = Client(raise_request_exception=False).get("/api/v1/articles/cough/")
    assert reply.status_code == 500
    assert reply["Content-Type"] == "application/problem+json"
    assert b"secret" not in reply.content


def test_a_wrong_host_is_a_problem(client, db):
    reply = ask.get(client, "articles/", host="evil.example")
    assert reply.status_code == 400
    assert reply["Content-Type"] == "application/problem+json"


def test_a_missing_slash_is_added(client, newsroom):
    make.released(newsroom, slug="cough")
    reply = client.get("/api/v1/articles/cough")
    assert reply.status_code == 301
    assert reply["Location"] == "/api/v1/articles/cough/"


def test_other_addresses_keep_their_own_pages(client, db):
    reply = client.get("/nothing/")
    assert reply.status_code == 404
    assert reply["Content-Type"].startswith("text/html")


def test_the_type_of_a_problem_leads_to_what_it_means(client, db):
    listed = ask.get(client, "problems/").json()["problems"]
    assert [item["type"] for item in listed] == [f"/api/v1/problems/{name}" for name in KINDS]
    for item in listed:
        assert client.get(item["type"], follow=True).json() == item
    assert ask.get(client, "problems/none/").status_code == 404


def test_the_root_lists_addresses_that_answer(client, db):
    known = dict(operations())
    for path in ask.get(client, "").json().values():
        asked = address(path, known[path]) if path in known else path
        assert client.get(asked).status_code == 200


def test_the_front_page_links_admin_and_api(client, db):
    page = client.get("/").content.decode()
    for path in ("/admin/", "/api/v1/", "/api/v1/docs/"):
        assert f'href="{path}"' in page
