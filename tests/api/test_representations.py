"""One edition, six media types: chosen by Accept or `format`, cached apart, refused in one envelope."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fhir.resources.bundle import Bundle

from tests import make
from tests.api import ask
from tests.api.formats.reading import COMMONMARK, parsed
from tests.api.formats.vocabulary import faults
from tests.once import once
from topics.models import Edition

TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "fhir": "application/fhir+json; fhirVersion=5.0",
}
ADDRESSES = ["articles/cough/", "articles/cough/editions/1/"]


pytestmark = pytest.mark.django_db


@once
def content():
    """A newsroom, and the id of the edition “cough” that it released with all that one can have."""
    room = make.newsroom()
    ask.notice(room)
    related = make.released(room, slug="related")
    cough = make.released(room, ask.rich_draft(room, related.article, slug="cough"))
    return SimpleNamespace(room=room, cough=cough.pk)


@pytest.fixture
def cough(made):
    return Edition.objects.select_related("article").get(pk=made.cough)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("name", TYPES)
def test_a_format_is_chosen_by_accept_and_by_parameter_alike(client, cough, path, name):
    accepted = ask.get(client, path, accept=TYPES[name].partition(";")[0])
    asked = ask.get(client, path, {"format": name}, accept="image/png")
    assert accepted.status_code == asked.status_code == 200
    assert accepted["Content-Type"] == asked["Content-Type"] == TYPES[name]
    assert accepted.content == asked.content
    assert accepted["ETag"] == asked["ETag"]
    assert accepted["Content-Language"] == "en"
    # What an address fixes doesn't vary by the header.
    assert accepted["Vary"].startswith("Accept")
    assert "Accept" not in asked["Vary"]


def test_without_a_wish_it_is_json(client, cough):
    for headers in ({}, {"accept": "*/*"}, {"accept": "application/*"}):
        reply = ask.article(client, "cough", **headers)
        assert reply["Content-Type"] == "application/json"
        assert reply["Vary"].startswith("Accept")


def test_a_browser_reads_html(client, cough):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert ask.article(client, "cough", accept=accept)["Content-Type"] == TYPES["html"]


def test_each_format_has_a_tag_of_its_own_and_one_date(client, cough):
    replies = {name: ask.article(client, "cough", {"format": name}) for name in TYPES}
    assert len({reply["ETag"] for reply in replies.values()}) == len(TYPES)
    assert all(reply["ETag"].startswith('"') for reply in replies.values())
    assert len({reply["Last-Modified"] for reply in replies.values()}) == 1
    assert len({reply["Cache-Control"].split("=")[0] for reply in replies.values()}) == 1
    for name, reply in replies.items():
        for other in TYPES:
            again = ask.get(
                client,
                "articles/cough/",
                accept=TYPES[other].partition(";")[0],
                if_none_match=reply["ETag"],
            )
            assert again.status_code == (304 if other == name else 200)
            assert again["Vary"].startswith("Accept")


def test_a_heading_level_is_another_representation(client, cough):
    tags = {
        ask.article(client, "cough", {"format": "html", "heading_level": level})["ETag"]
        for level in (2, 3, 4)
    }
    assert len(tags) == 3
    html = ask.article(client, "cough", {"heading_level": 4}, accept="text/html").content.decode()
    assert "<h4>Cough</h4>" in html


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"format": "pdf"}, "format"),
        ({"format": ""}, "format"),
        ({"format": "HTML"}, "format"),
        ({"format": "html", "heading_level": "1"}, "heading_level"),
        ({"format": "html", "heading_level": "5"}, "heading_level"),
        ({"format": "html", "heading_level": "two"}, "heading_level"),
        ({"format": "html", "heading_level": "٣"}, "heading_level"),
        ({"format": "json", "heading_level": "2"}, "heading_level"),
        ({"heading_level": "2"}, "heading_level"),
    ],
)
def test_a_bad_format_or_level_is_named_with_what_is_accepted(client, cough, path, query, parameter):
    reply = ask.get(client, path, query)
    assert reply.status_code == 400
    assert reply["Content-Type"] == "application/problem+json"
    assert reply.json()["parameter"] == parameter
    if parameter == "format":
        assert reply.json()["accepted"] == list(TYPES)


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_excludes_every_format_is_told_which_there_are(client, cough, path):
    for accept in ("text/csv", "application/fhir+json; fhirVersion=4.0", "*/*;q=0", "nonsense", "\x00"):
        reply = ask.get(client, path, accept=accept)
        assert reply.status_code == 406
        assert reply["Content-Type"] == "application/problem+json"
        assert reply["Vary"].startswith("Accept")
        assert reply.json()["accepted"] == [one.partition(";")[0] for one in TYPES.values()]


@pytest.mark.parametrize(
    "path", ["articles/", "changes/", "categories/", "articles/cough/editions/", ""]
)
def test_other_addresses_are_json_and_say_so(client, cough, path):
    assert ask.get(client, path, accept="text/html, */*;q=0.1").status_code == 200
    reply = ask.get(client, path, accept="text/html")
    assert reply.status_code == 406
    assert reply.json()["accepted"] == ["application/json"]
    assert ask.get(client, path, {"format": "html"}).json()["type"].endswith("unknown-parameter")


@pytest.mark.parametrize("name", TYPES)
def test_refusals_are_problems_whatever_was_asked_for(client, newsroom, cough, name):
    ask.taken_back(newsroom, cough)
    accept = TYPES[name].partition(";")[0]
    for path, status in {
        "articles/cough/": 410,
        "articles/none/": 404,
        "articles/cough/?x=1": 400,
    }.items():
        reply = client.get(f"/api/v1/{path}", headers={"accept": accept})
        assert reply.status_code == status
        assert reply["Content-Type"] == "application/problem+json"
    assert ask.get(client, "articles/cough/editions/1/", {"format": name}).status_code == 410


@pytest.mark.parametrize("name", TYPES)
def test_what_was_withdrawn_since_says_so_as_of_earlier(client, newsroom, cough, name):
    then = timezone.now().isoformat().replace("+00:00", "Z")
    ask.taken_back(newsroom, cough, explanation="The dose was wrong.")
    with time_machine.travel(ask.soon(seconds=5)):
        reply = ask.article(client, "cough", {"as_of": then, "format": name})
    said = reply.content.decode()
    assert reply.status_code == 200
    assert reply["Cache-Control"] == "no-cache"
    assert said.index("The dose was wrong.") < said.index("Most coughs")
    assert "withdrawn" in said[: said.index("Most coughs")].lower()


@pytest.mark.parametrize("name", TYPES)
def test_an_overdue_review_is_told_from_its_day_on(client, cough, name):
    day = timezone.datetime.combine(
        cough.next_review_due, timezone.datetime.min.time(), timezone.now().tzinfo
    )
    with time_machine.travel(day - timedelta(seconds=1), tick=False):
        before = ask.article(client, "cough", {"format": name})
        assert "overdue" not in before.content.decode().lower()
    with time_machine.travel(day, tick=False):
        after = ask.article(client, "cough", {"format": name}, if_none_match=before["ETag"])
        assert after.status_code == 200
        assert "overdue" in after.content.decode().lower()


@pytest.mark.parametrize("name", TYPES)
def test_an_earlier_edition_says_that_it_is_superseded(client, newsroom, cough, name):
    make.released(newsroom, make.next_draft(newsroom, cough.article, summary="Shorter."))
    said = ask.get(client, "articles/cough/editions/1/", {"format": name}).content.decode()
    assert "superseded" in said.lower()
    said = ask.get(client, "articles/cough/editions/2/", {"format": name}).content.decode()
    assert "superseded" not in said.lower()


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("name", TYPES)
def test_a_format_costs_no_query(client, cough, path, name):
    with CaptureQueriesContext(connection) as queries:
        assert ask.get(client, path, {"format": name}).status_code == 200
    assert len(queries) == 2


def test_what_is_really_served_is_valid(client, cough):
    page = json.loads(ask.article(client, "cough", {"format": "jsonld"}).content)
    assert faults(page) == []
    assert page["url"] == f"http://testserver/api/v1/articles/{cough.article.public_id}/"
    bundle = Bundle.model_validate_json(ask.article(client, "cough", {"format": "fhir"}).content)
    assert len(bundle.entry) == 6
    (root,) = parsed(ask.article(client, "cough", {"format": "html"}).content.decode())
    assert root.get("data-digest") == cough.digest
    markdown = ask.article(client, "cough", {"format": "markdown"}).content.decode()
    assert "<h1>Cough</h1>" in COMMONMARK.render(markdown)


def test_links_lead_to_articles_in_force_alone(client, newsroom):
    there = make.released(newsroom, slug="there").article
    draft = make.draft(newsroom, slug="draft").article
    body = "".join(f'<p><a href="article:{one.public_id}">{one.slug}</a></p>' for one in (there, draft))
    make.released(newsroom, slug="linking", body=body)
    for name in ("html", "markdown", "fhir"):
        said = ask.article(client, "linking", {"format": name}).content.decode()
        assert f"http://testserver/api/v1/articles/{there.public_id}/" in said
        assert str(draft.public_id) not in said


def test_head_says_what_get_would(client, cough):
    head = client.head("/api/v1/articles/cough/", headers={"accept": "text/html"})
    assert head["Content-Type"] == TYPES["html"]
    assert head["ETag"] == ask.article(client, "cough", {"format": "html"})["ETag"]
