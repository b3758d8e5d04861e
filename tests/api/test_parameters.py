"""Query parameters: what is unknown, repeated or malformed gets a 400 that names it."""

import base64
import json
from urllib.parse import quote

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import make
from tests.api import ask
from tests.once import once

LONG = "a" * 100_000


def b64(text):
    return base64.urlsafe_b64encode(text.encode()).decode()


BAD = [
    ("articles/", "lang=en", "unknown-parameter", "lang"),
    ("articles/", "format=json", "unknown-parameter", "format"),
    ("articles/", "status=draft", "unknown-parameter", "status"),
    ("articles/", "as_of=2026-01-01T00:00:00Z", "unknown-parameter", "as_of"),
    ("articles/", "language=en&language=es", "repeated-parameter", "language"),
    ("articles/", "language=", "bad-parameter", "language"),
    ("articles/", "language=english", "bad-parameter", "language"),
    ("articles/", "language=en_US", "bad-parameter", "language"),
    ("articles/", "language=en%00", "bad-parameter", "language"),
    ("articles/", "language=en%0A", "bad-parameter", "language"),
    ("articles/", f"language={LONG}", "bad-parameter", "language"),
    ("articles/", "category=nowhere", "bad-parameter", "category"),
    ("articles/", "category=", "bad-parameter", "category"),
    ("articles/", "category=%00", "bad-parameter", "category"),
    ("articles/", f"category={LONG}", "bad-parameter", "category"),
    ("articles/", "review_status=fine", "bad-parameter", "review_status"),
    ("articles/", "review_status=Current", "bad-parameter", "review_status"),
    ("articles/", "modified_after=yesterday", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=2026-02-30", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=2026-03-02T08:30:00", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=2026-03-02T25:00:00Z", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=2026-03-02T08:30:00+01:00", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=0001-01-01T00:00:00%2B14:00", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=0000-01-01", "bad-parameter", "modified_after"),
    ("articles/", "modified_after=1772440200", "bad-parameter", "modified_after"),
    ("articles/", "page_size=0", "bad-parameter", "page_size"),
    ("articles/", "page_size=201", "bad-parameter", "page_size"),
    ("articles/", "page_size=-1", "bad-parameter", "page_size"),
    ("articles/", "page_size=ten", "bad-parameter", "page_size"),
    ("articles/", "page_size=%D9%A3", "bad-parameter", "page_size"),
    ("articles/", "cursor=", "bad-cursor", "cursor"),
    ("articles/", "cursor=nonsense", "bad-cursor", "cursor"),
    ("articles/", "cursor=%00", "bad-cursor", "cursor"),
    *(
        ("articles/", f"{ordering}cursor={b64(text)}", "bad-cursor", "cursor")
        for ordering, text in (
            ("", "[]"),
            ("", "7"),
            ("", '["f"]'),
            ("", '["f","1"]'),
            ("", '["f",true]'),
            ("", '["f",-1]'),
            ("", '["f", 1]'),
            ("", '["x",1]'),
            ("", '["n",20]'),
            ("", '["f","Cough",1]'),
            ("", f'["f",{"9" * 40}]'),
            ("", "[" * 400),
            ("ordering=title&", '["f",1]'),
            ("ordering=title&", '["f","a\\u0000",1]'),
            ("ordering=modified&", '["f","2026-01-01",1]'),
            ("ordering=modified&", '["f","2026-01-01T00:00:00",1]'),
            ("ordering=modified&", '["f","0001-01-01T00:00:00+14:00",1]'),
            ("ordering=-published&", '["b","9999-12-31T23:59:59-14:00",1]'),
            ("ordering=last_reviewed&", '["f","9999-99-99",1]'),
            ("q=cough&", '["f",1]'),
            ("q=cough&", '["n",-1]'),
            ("q=cough&", '["n",1001]'),
            ("q=cough&", '["n",1.5]'),
        )
    ),
    ("articles/", "audience=everyone", "bad-parameter", "audience"),
    ("articles/", "author=", "bad-parameter", "author"),
    ("articles/", "author=%00", "bad-parameter", "author"),
    ("articles/", f"reviewer={LONG}", "bad-parameter", "reviewer"),
    ("articles/", "specialty=..", "bad-parameter", "specialty"),
    ("articles/", "author=a&author=b", "repeated-parameter", "author"),
    ("articles/", "code=R05", "bad-parameter", "code"),
    ("articles/", "code=icd-10-cm%7C", "bad-parameter", "code"),
    ("articles/", "code=icd-11%7CR05", "bad-parameter", "code"),
    ("articles/", "code=icd-10-cm%7CR05%00", "bad-parameter", "code"),
    ("articles/", f"code=icd-10-cm%7C{LONG}", "bad-parameter", "code"),
    ("articles/", "code=icd-10-cm%7CR05&" * 51, "bad-parameter", "code"),
    ("articles/", "last_reviewed_before=soon", "bad-parameter", "last_reviewed_before"),
    ("articles/", "next_review_due_after=0000-01-01", "bad-parameter", "next_review_due_after"),
    ("articles/", "ordering=digest", "bad-parameter", "ordering"),
    ("articles/", "ordering=--title", "bad-parameter", "ordering"),
    ("articles/", "fields=", "bad-parameter", "fields"),
    ("articles/", "fields=internal_note", "bad-parameter", "fields"),
    ("articles/", "fields=category.policy", "bad-parameter", "fields"),
    ("articles/", "fields=title.x", "bad-parameter", "fields"),
    ("articles/", "fields=__class__", "bad-parameter", "fields"),
    ("articles/", f"omit={'title,' * 60}", "bad-parameter", "omit"),
    ("articles/", f"omit={'a.' * 60}", "bad-parameter", "omit"),
    ("search/", "q=", "bad-parameter", "q"),
    ("search/", "language=en", "bad-parameter", "q"),
    ("search/", "q=a&ordering=title", "unknown-parameter", "ordering"),
    ("suggest/", "q=a&limit=21", "bad-parameter", "limit"),
    ("articles/", f"cursor={LONG}", "bad-cursor", "cursor"),
    ("articles/cough/", "lang=en", "unknown-parameter", "lang"),
    ("articles/cough/", "as_of=2026-01-01", "bad-parameter", "as_of"),
    ("articles/cough/", "as_of=2026-01-01T00:00:00", "bad-parameter", "as_of"),
    ("articles/cough/", "as_of=2026-01-01T00:00:00+01:00", "bad-parameter", "as_of"),
    ("articles/cough/", "as_of=9998-01-01T00:00:00Z", "bad-parameter", "as_of"),
    ("articles/cough/", "as_of=9999-12-31T23:59:59-14:00", "bad-parameter", "as_of"),
    ("articles/cough/", "as_of=", "bad-parameter", "as_of"),
    ("articles/cough/", "version=2", "unknown-parameter", "version"),
    ("articles/cough/editions/", "as_of=2026-01-01T00:00:00Z", "unknown-parameter", "as_of"),
    ("articles/cough/editions/1/", "page_size=2", "unknown-parameter", "page_size"),
    ("changes/", "limit=0", "bad-parameter", "limit"),
    ("changes/", "limit=501", "bad-parameter", "limit"),
    ("changes/", "cursor=nonsense", "bad-cursor", "cursor"),
    ("changes/", "cursor=", "bad-cursor", "cursor"),
    ("changes/", f"cursor={LONG}", "bad-cursor", "cursor"),
    ("changes/", "until=2026-01-01", "unknown-parameter", "until"),
    ("categories/", "language=en", "unknown-parameter", "language"),
    ("schema/", "lang=en%00", "unknown-parameter", "lang"),
    ("docs/", "lang=en", "unknown-parameter", "lang"),
    ("", "a=b", "unknown-parameter", "a"),
]


@pytest.mark.parametrize(("path", "query", "kind", "name"), BAD)
def test_a_bad_parameter_is_named(client, published, path, query, kind, name):
    reply = client.get(f"/api/v1/{path}?{query}")
    assert reply.status_code == 400
    assert reply["Content-Type"] == "application/problem+json"
    body = reply.json()
    assert body["type"] == f"/api/v1/problems/{kind}"
    assert body["status"] == 400
    assert body["parameter"] == name
    assert len(reply.content) < 3000


def test_an_unknown_parameter_is_told_what_is_accepted(client, db):
    body = ask.get(client, "articles/cough/provenance/", {"since": "x"}).json()
    assert body["accepted"] == ["language"]
    assert body["detail"] == "There is no parameter “since” here. It accepts: language."


def test_a_plus_that_became_a_space_is_explained(client, published):
    reply = client.get("/api/v1/articles/cough/?as_of=2026-03-02T08:30:00+01:00")
    assert "%2B" in reply.json()["detail"]
    sent = client.get("/api/v1/articles/cough/?as_of=2026-03-02T08:30:00%2B01:00")
    assert sent.status_code == 404


def test_too_many_parameters_are_a_bad_request(client, db):
    query = "&".join(f"a{n}=1" for n in range(10_001))
    reply = client.get(f"/api/v1/articles/?{query}")
    assert reply.status_code == 400
    assert reply.json()["type"] == "/api/v1/problems/bad-request"


WINDOW = [0, "1970-01-01T00:00:00Z", None, None, None]
PAGE = [0, "1970-01-01T00:00:00Z", 5, "2026-01-01T00:00:00Z", [0, "2025-01-01T00:00:00Z", 7]]


def forged(change, window=PAGE):
    parts = list(window)
    for place, value in change.items():
        parts[place] = value
    return b64(json.dumps(parts, separators=(",", ":")))


@pytest.mark.parametrize(
    "cursor",
    [
        forged({0: -1}),
        forged({0: "0"}),
        forged({0: True}),
        forged({0: 1.0}),
        forged({0: 10**30}),
        forged({0: None}),
        forged({1: "1969-12-31T23:59:59Z"}),
        forged({1: "2026-01-01T00:00:00"}),
        forged({1: "2026-01-01T00:00:00+00:00"}),
        forged({1: "0001-01-01T00:00:00+14:00"}),
        forged({1: "9999-12-31T23:59:59Z"}),
        forged({1: 5}),
        forged({2: None}),
        forged({3: None}),
        forged({2: None, 3: None}),
        forged({3: "9999-12-31T23:59:59Z"}),
        forged({2: 10**12}),
        forged({4: []}),
        forged({4: [0, "2025-01-01T00:00:00Z"]}),
        forged({4: ["0", "2025-01-01T00:00:00Z", 7]}),
        forged({4: {"a": 1, "b": 2, "c": 3}}),
        forged({0: 10**12}, WINDOW),
        b64("[]"),
        b64("null"),
        b64("{}"),
        b64("[" * 290),
        b64(" " + json.dumps(WINDOW, separators=(",", ":"))),
        forged({}, WINDOW).rstrip("=") + "!",
        "é",
    ],
)
def test_a_forged_feed_cursor_is_refused(client, published, cursor):
    reply = ask.get(client, "changes/", {"cursor": cursor})
    assert reply.status_code == 400
    assert reply.json()["type"] == "/api/v1/problems/bad-cursor"


def test_the_forger_of_cursors_can_spell(client, published):
    assert ask.get(client, "changes/", {"cursor": forged({}, WINDOW)}).status_code == 200


SAYS_WHAT = [
    ("changes/", "since=soon", "2026-03-03T12:00:00Z, or a day such as 2026-03-03."),
    ("articles/", "modified_after=soon", "2026-03-03T12:00:00Z, or a day such as 2026-03-03."),
    ("articles/", "author=..", "letters, in up to 200 characters."),
]


@pytest.mark.parametrize("path, query, says", SAYS_WHAT)
def test_a_refusal_says_what_is_accepted(client, published, path, query, says):
    assert ask.get(client, f"{path}?{query}").json()["detail"].endswith(says)


NAMES = ["language", "category", "modified_after", "review_status", "cursor", "page_size", "as_of"]
NAMES += ["limit", "format", "heading_level", "script"]
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["en", "lungs", "current", "2026-01-01T00:00:00Z", "1", "cD0x", "\x00"]),
    st.datetimes().map(lambda at: at.isoformat() + "Z"),
    st.dates().map(str),
    st.integers().map(str),
    st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode()),
    st.lists(st.one_of(st.integers(), st.text(max_size=5), st.none()), max_size=6).map(
        lambda value: b64(json.dumps(value))
    ),
    st.tuples(st.sampled_from("por"), st.text(max_size=9)).map(lambda pair: b64(urlencode([pair]))),
)
PATHS = ["", "articles/", "articles/cough/", "articles/cough/editions/", "articles/cough/editions/1/"]
PATHS += ["changes/", "categories/", "problems/"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(PATHS),
    query=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=3),
)
@example(path="articles/", query=[("modified_after", "9999-12-31T23:59:59.999999Z")])
def test_no_query_is_a_server_error(client, published, path, query):
    reply = client.get(f"/api/v1/{path}?{urlencode(query)}")
    assert reply.status_code in (200, 400, 404)
    assert reply["Content-Type"].startswith(
        "application/json" if reply.status_code == 200 else "application/problem+json"
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reference=st.text(min_size=1, max_size=40), number=st.integers(min_value=0))
@example(reference="?", number=0)
@example(reference="cough\n", number=1)
@example(reference="\0", number=10**30)
@example(reference="..", number=1)
def test_no_path_is_a_server_error(client, published, reference, number):
    for tail in ("", "editions/", f"editions/{number}/"):
        reply = ask.get(client, f"articles/{quote(reference, safe='')}/{tail}")
        assert reply.status_code in (200, 301, 404)


@once
def told():
    return make.released(make.newsroom(), slug="cough")


@pytest.fixture
def published(told, db):
    """An article that is public, of slug “cough”. No test here changes anything."""
    return told
