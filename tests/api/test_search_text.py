"""What is typed into a search is words, whatever it looks like: never a syntax, never a failure."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests import make
from tests.api import ask
from tests.once import once

pytestmark = pytest.mark.usefixtures("cough")


def found(client):
    reply = ask.get(client, "search/", {"q": "cough"})
    assert reply.status_code == 200, reply.content
    return [item["slug"] for item in reply.json()["articles"]]


@once
def cough():
    """An article that is found. No test here changes anything."""
    make.released(make.newsroom(), slug="cough")
    assert found(Client()) == ["cough"]


HOSTILE = [
    '"',
    '"cough',
    'cough"',
    '""',
    "'",
    "cough' OR '1'='1",
    "cough'; DROP TABLE topics_edition; --",
    "cough AND",
    "AND OR NOT",
    "NEAR(cough fever, 2)",
    "cough*",
    "*",
    "^cough",
    "title:cough",
    "{title body}:cough",
    "-cough",
    "cough -fever",
    "(cough",
    "cough)",
    "cough & | ! <-> fever:*",
    "cough <2> fever",
    ":*",
    "!!!",
    "\\",
    "cough\\",
    "%",
    "%s %(q)s {0}",
    "cough\x00fever",
    "\x00",
    "cough\x1a\x7f\x85",
    "\ufffd\ufffe\uffff",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\u202ecough",
    "e\u0301" * 200,
    "İSTANBUL ß ﬁ Ǆ",
    "咳嗽 سعال кашель",
    "𝕔𝕠𝕦𝕘𝕙",
    "١٢٣ ² ½",
    "cough " * 80,
    " ".join(f"w{n}" for n in range(100)),
    "x" * 500,
    "_" * 100,
    "_cough _ cough_",
    "0",
    "names every rowid",
    "SELECT sqlite_version()",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_syntax(client, db, text):
    for path in ("search/", "articles/", "suggest/"):
        for more in ("", "&language=en", "&language=fr"):
            reply = client.get(f"/api/v1/{path}?q={quote(text)}{more}")
            assert reply.status_code in (200, 400), (path, text)
            if reply.status_code == 400:
                assert reply.json()["parameter"] == "q"
    assert found(client) == ["cough"]


@pytest.mark.parametrize("raw", ["%ff%fe", "%c3%28", "%00", "%ED%A0%80", "cough%00", "a" * 100_000])
def test_no_bytes_are_a_failure(client, db, raw):
    for path in ("search/", "articles/", "suggest/"):
        for name in ("q", "author", "code", "cursor", "fields", "ordering"):
            query = f"q={raw}" if name == "q" else f"q=cough&{name}={raw}"
            reply = client.get(f"/api/v1/{path}?{query}")
            assert reply.status_code in (200, 400), (path, name)
            assert len(reply.content) < 5_000
