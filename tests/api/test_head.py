"""HEAD on every address: the status and headers of GET, and no body."""

import pytest
from django.urls import get_resolver

from tests import make
from tests.api import ask
from tests.once import once
from topics.api.formats.table import ARTICLE_FORMATS

OF_THE_MOMENT = {"RateLimit", "Content-Digest", "Repr-Digest"}
"""What differs between two requests, and the digest, which has another name without its content."""

CODE = "mainSearchCriteria.v.c=R05&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"
QUERIES = {
    "articles": ["", "?q=cough", "?page_size=1&category=lungs"],
    "article": [*(f"?format={form}" for form in ARTICLE_FORMATS), "?as_of=2999-01-01T00:00:00Z"],
    "search": ["?q=cough", ""],
    "suggest": ["?q=co"],
    "changes": ["?since=2026-01-01", "?cursor=x"],
    "changes-feed": ["", "?type=removed"],
    "connect": [f"?{CODE}", f"?{CODE}&knowledgeResponseType=application/json", ""],
    "infobutton": [f"?{CODE}&age.v.v=4", "?mainSearchCriteria.v.dn=Cough"],
    "nhs": ["", "?category=c", "?page=2"],
}
ARGUMENTS = {"<str:reference>": "cough", "<int:number>": "1", "<slug:name>": "withdrawn"}


def addresses():
    """Every address of the API, by its name, with examples for what it takes."""
    for path, name in routes(get_resolver().url_patterns):
        if path.startswith("api/v1/") or path.startswith(".well-known/"):
            for argument, example in ARGUMENTS.items():
                path = path.replace(argument, example)
            yield from ((name, f"/{path}{query}") for query in QUERIES.get(name, [""]))


def routes(patterns, before=""):
    for one in patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, route)
        else:
            yield route, one.name


FOUND = list(addresses())


def test_every_route_has_an_example():
    assert {name for name, _ in FOUND} >= {
        "root",
        "article",
        "edition-provenance",
        "changes-feed",
        "docs",
    }
    assert not [path for _, path in FOUND if "<" in path]


@once
def house():
    """A newsroom whose article “cough” is public, and a licensee's key."""
    room = make.newsroom()
    make.released(room, slug="cough")
    return room, make.key(room, make.licensee(room))


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for _, path in FOUND])
@pytest.mark.parametrize("licensed", [False, True])
def test_head_has_the_headers_of_get_and_no_body(client, house, path, licensed):
    _room, key = house
    headers = {"X-Api-Key": key} if licensed else {}
    client.get(path, headers=headers)
    got = client.get(path, headers=headers)
    head = client.head(path, headers=headers)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert compared(head) == compared(got)
    if "ETag" in got:
        again = client.head(path, headers=headers | {"If-None-Match": got["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def compared(reply):
    return {
        name: value
        for name, value in reply.items()
        if name not in OF_THE_MOMENT and "nonce" not in value and name != "Set-Cookie"
    }


@pytest.mark.django_db
def test_head_of_what_is_not_there_is_as_get(client, house):
    room, _key = house
    there = make.released(room, slug="there").article
    ask.taken_back(room, make.released(room, slug="gone"))
    ask.taken_back(room, make.released(room, slug="moved"), kind="moved", replacement=there)
    for path in ("articles/gone/", "articles/none/", "articles/moved/"):
        got, head = ask.get(client, path), client.head(f"/api/v1/{path}")
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert compared(head) == compared(got)
