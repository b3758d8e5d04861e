"""The feed's parameters: filters that hold as long as a cursor does, and where to begin."""

import base64
import json

import pytest
import time_machine

from tests import make
from tests.api import ask


def changes(client, **query):
    reply = ask.get(client, "changes/", query)
    assert reply.status_code == 200, reply.content
    return reply.json()


def slugs(body):
    return [change["slug"] for change in body["changes"]]


def test_each_filter_chooses_as_the_list_does(client, newsroom):
    below = make.category("asthma", parent=newsroom.category, policy=newsroom.policy)
    other = make.category("skin", policy=newsroom.policy)
    make.released(newsroom, slug="cough")
    make.released(newsroom, slug="wheeze", category=below)
    make.released(newsroom, slug="rash", category=other, audience="professional")
    make.released(newsroom, slug="tos", language="es")
    for query, expected in (
        ({"language": "es"}, {"tos"}),
        ({"category": "lungs"}, {"cough", "wheeze", "tos"}),
        ({"audience": "professional"}, {"rash"}),
        ({"author": "ada AUTHOR"}, {"cough", "wheeze", "rash", "tos"}),
        ({"author": "Nobody"}, set()),
        ({"reviewer": "Pia Primary", "category": "asthma"}, {"wheeze"}),
        ({"specialty": "Family Medicine", "language": "en", "audience": "patient"}, {"cough", "wheeze"}),
    ):
        assert set(slugs(changes(client, **query))) == expected, query
        assert set(ask.slugs(client, query)) == expected, query


def test_a_cursor_goes_on_with_its_filters_given_again_or_not(client, newsroom):
    make.released(newsroom, slug="cough")
    begun = changes(client, language="es")
    make.released(newsroom, slug="fever")
    make.released(newsroom, slug="tos", language="es")
    cursor = begun["next_cursor"]
    assert slugs(changes(client, cursor=cursor)) == ["tos"]
    assert slugs(changes(client, cursor=cursor, language="ES")) == ["tos"]
    assert client.get(begun["next"]).json()["changes"] == changes(client, cursor=cursor)["changes"]


@pytest.mark.parametrize(
    "query", [{"language": "en"}, {"category": "lungs"}, {"type": "removed"}, {"since": "2026-01-01"}]
)
def test_a_cursor_takes_no_other_filter(client, newsroom, query):
    cursor = changes(client, language="es")["next_cursor"]
    reply = ask.get(client, "changes/", {"cursor": cursor, **query})
    assert reply.status_code == 400
    assert reply.json()["parameter"] == next(iter(query))


def test_a_cursor_of_the_whole_feed_takes_no_filter_either(client, newsroom):
    cursor = changes(client)["next_cursor"]
    reply = ask.get(client, "changes/", {"cursor": cursor, "language": "en"})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "language")


def test_next_keeps_the_limit_and_pages_to_the_end(client, newsroom):
    for _ in range(5):
        make.released(newsroom)
    body, pages = changes(client, limit=2, category="lungs"), []
    while True:
        pages.append(len(body["changes"]))
        if not body["more"]:
            break
        body = client.get(body["next"]).json()
    assert pages[:3] == [2, 2, 1]
    assert sum(pages) == 5


def test_what_left_the_filter_is_removed_and_says_that_it_is_public_still(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    begun = changes(client, audience="patient")
    draft = make.next_draft(newsroom, edition.article, audience="professional", title="Tussis")
    make.released(newsroom, draft)
    (change,) = changes(client, cursor=begun["next_cursor"])["changes"]
    assert change["effective_at"]
    assert {name: change[name] for name in change if name != "effective_at"} == {
        "type": "removed",
        "id": str(edition.article.public_id),
        "slug": "cough",
        "language": "en",
        "recall": False,
        "reason": "outside_filter",
        "severity": "low",
        "explanation": "It is still public, but your filters do not choose it any more.",
        "replacement": None,
    }


def test_since_takes_a_day_or_an_instant_that_has_been(client, newsroom):
    make.released(newsroom, slug="cough")
    for since in ("2020-01-01", "2020-01-01T12:00:00+01:00", "0001-01-01T00:00:00Z"):
        assert slugs(changes(client, since=since)) == ["cough"], since
    with time_machine.travel(ask.soon(days=2)):
        body = changes(client, since=ask.now())
        assert slugs(body) == []
        make.released(newsroom, slug="fever")
        assert slugs(changes(client, cursor=body["next_cursor"])) == ["fever"]
    reply = ask.get(client, "changes/", {"since": "2999-01-01"})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "since")


@pytest.mark.parametrize("path", ["changes/", "changes/feed/"])
def test_a_filter_that_would_not_stay_exact_is_refused_with_the_reason(client, db, path):
    for name, value, reason in (
        ("code", "icd-10-cm|R05", "other articles"),
        ("review_status", "current", "changes by itself"),
        ("modified_after", "2026-01-01", "“since”"),
        ("q", "cough", "search/"),
    ):
        reply = ask.get(client, path, {name: value})
        assert (reply.status_code, reply.json()["parameter"]) == (400, name)
        assert reason in reply.json()["detail"]


@pytest.mark.parametrize("path", ["changes/", "changes/feed/"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("category", "none"),
        ("category", "NOT A SLUG"),
        ("language", "english"),
        ("audience", "children"),
        ("type", "moved"),
        ("severity", "deadly"),
        ("author", "\0"),
        ("limit", "0"),
        ("limit", "501"),
        ("since", "yesterday"),
        ("cursor", "x"),
        ("cursor", ""),
        ("cursor", "A" * 5000),
    ],
)
def test_bad_values_name_their_parameter(client, newsroom, path, name, value):
    reply = ask.get(client, path, {name: value})
    assert (reply.status_code, reply.json()["parameter"]) == (400, name)


def test_a_category_with_very_many_below_it_is_refused_before_a_cursor_gets_too_long(client, newsroom):
    for _ in range(301):
        make.category(parent=newsroom.category, policy=newsroom.policy)
    reply = ask.get(client, "changes/", {"category": "lungs"})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "category")
    assert "300" in reply.json()["detail"]


def test_a_cursor_that_remembers_many_categories_is_short_enough_for_an_address(client, newsroom):
    for _ in range(295):
        make.category(parent=newsroom.category, policy=newsroom.policy)
    body = changes(client, category="lungs", reviewer="Pia Primary")
    assert len(body["next"]) < 4000
    assert slugs(client.get(body["next"]).json()) == []


def forged(cursor, change):
    parts = json.loads(base64.urlsafe_b64decode(cursor))
    change(parts)
    text = json.dumps(parts, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts[6].update(language="EN"),
        lambda parts: parts[6].update(language="\0"),
        lambda parts: parts[6].update(author="Ada AUTHOR"),
        lambda parts: parts[6].update(other="x"),
        lambda parts: parts[6].update(language=None),
        lambda parts: parts[6].update(language=["en"]),
        lambda parts: parts[6].update(root=-1),
        lambda parts: parts[6].update(root="1"),
        lambda parts: parts[6].update(had="zz"),
        lambda parts: parts[6].update(had="-1"),
        lambda parts: parts[6].update(had=7),
        lambda parts: parts[6].update(has="5"),
        lambda parts: parts[6].pop("root"),
        lambda parts: parts[6].pop("had"),
        lambda parts: parts[6].pop("category"),
        lambda parts: parts.append(1),
        lambda parts: parts.__setitem__(6, []),
        lambda parts: parts.__setitem__(6, "language"),
        lambda parts: parts.__setitem__(5, -1),
    ],
)
def test_a_cursor_with_tampered_filters_is_refused(client, newsroom, change):
    cursor = changes(client, language="en", category="lungs", author="Ada Author")["next_cursor"]
    assert ask.get(client, "changes/", {"cursor": cursor}).status_code == 200
    reply = ask.get(client, "changes/", {"cursor": forged(cursor, change)})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "cursor")


def test_a_request_costs_at_most_four_queries(client, newsroom, django_assert_max_num_queries):
    for _ in range(3):
        make.released(newsroom)
    query = {"category": "lungs", "language": "en", "author": "Ada Author", "limit": 2}
    for path in ("changes/", "changes/feed/"):
        for more in ({}, {"since": "2026-01-01"}, {"type": "published"}, {"severity": "medium"}):
            with django_assert_max_num_queries(4):
                assert ask.get(client, path, query | more).status_code == 200
    licensee = make.licensee(newsroom)
    key = make.key(newsroom, licensee)
    for path in ("changes/", "changes/feed/"):
        with django_assert_max_num_queries(4):
            reply = ask.get(client, path, query | {"since": "2026-01-01"}, x_api_key=key)
            assert reply.status_code == 200
