"""The address that answers as MedlinePlus Connect does, to its parameters and in its shapes."""

import json
import re
from datetime import timedelta

import feedparser
import pytest
import time_machine

from tests import make
from tests.api import ask
from tests.api.standards import records
from tests.api.standards.records import asked, feed, titles
from tests.once import once
from topics.api.standards import answering, asking_examples
from topics.rules.code_systems import CODE_SYSTEMS

content = once(records.room_with_cough)


@pytest.fixture
def cough(made):
    return made.cough


@pytest.mark.usefixtures("cough")
def test_the_feed_has_every_member_that_connect_has(client):
    found = feed(client)
    assert records.missing(found, records.RECORDED) == []
    assert records.missing({**found, "title": "Signoff"}, records.RECORDED) == [
        "feed.title is no object"
    ]
    (entry,) = found["entry"]
    assert entry["title"] == {"_value": "Cough", "type": "text"}
    assert entry["summary"]["type"] == "html"
    assert entry["summary"]["_value"].startswith(
        '<p class="NLMalsoCalled">Also called: Tussis</p><p>What a cough is and what helps.</p>'
        '<p class="NLMattribution">Written by Ada Author, MFA.'
    )
    assert found["category"] == [
        {"scheme": "mainSearchCriteria.v.c", "term": "R05"},
        {"scheme": "mainSearchCriteria.v.cs", "term": records.ICD_10_CM},
        {"scheme": "mainSearchCriteria.v.dn", "term": ""},
        {"scheme": "informationRecipient", "term": "PAT"},
    ]


def test_the_link_leads_to_the_article(client, cough):
    (entry,) = feed(client)["entry"]
    alternate, via = entry["link"]
    assert (alternate["rel"], via["rel"]) == ("alternate", "via")
    page = client.get(alternate["href"], headers={"accept": alternate["type"]})
    assert page["Content-Type"].startswith("text/html")
    assert "Take 5 mg at night." in page.content.decode()
    assert client.get(via["href"]).json()["statement"]["article"] == str(cough.article.public_id)


@pytest.mark.usefixtures("cough")
def test_a_code_that_nothing_has_gets_an_empty_feed(client):
    found = feed(client, code="Z99")
    assert found["entry"] == []
    assert records.missing(found, records.RECORDED) == []


def test_a_code_that_nothing_has_stands_for_its_parent(client, newsroom):
    wide = records.coded(make.draft(newsroom, title="Wide"), "C50")
    make.released(newsroom, wide)
    assert titles(feed(client, code="C50.919")) == ["Wide"]
    narrow = records.coded(make.draft(newsroom, title="Narrow"), "C50.91")
    make.released(newsroom, narrow)
    assert titles(feed(client, code="C50.919")) == ["Narrow"]
    assert titles(feed(client, code="C50.912")) == ["Narrow"]
    assert titles(feed(client, code="C50.8")) == ["Wide"]


@once
def in_every_system(content):
    """An article for each code system, named as that is, with the same code."""
    for system in CODE_SYSTEMS:
        version = records.coded(make.draft(content.room, title=system), "123-4", system=system)
        make.released(content.room, version)


@pytest.mark.usefixtures("in_every_system")
@pytest.mark.parametrize("system", CODE_SYSTEMS.values(), ids=list(CODE_SYSTEMS))
def test_every_code_system_is_asked_by_oid_and_by_uri(client, db, system):
    for name in (system.oid, f"urn:oid:{system.oid}", system.uri):
        found = feed(client, code="123-4", system=name)
        assert titles(found) == [system.name]
        assert found["subtitle"]["_value"] == f"Signoff results for {system.title} 123-4"


def test_a_code_system_that_is_unknown_is_refused_with_those_that_are_known(client, db):
    reply = asked(client, system="2.16.840.1.113883.6.12")
    assert reply.status_code == 400
    assert reply.json()["parameter"] == "mainSearchCriteria.v.cs"
    assert {one.oid for one in CODE_SYSTEMS.values()} <= set(reply.json()["accepted"])
    assert all(one.oid in reply.json()["detail"] for one in CODE_SYSTEMS.values())


def test_english_or_spanish_is_given(client, newsroom, cough):
    tos = ask.rich_draft(newsroom, language="es", title="Tos", translation_of=cough.article)
    make.released(newsroom, tos)
    language = "informationRecipient.languageCode.c"
    assert titles(feed(client)) == titles(feed(client, **{language: "en"})) == ["Cough"]
    for spanish in ("es", "sp"):
        found = feed(client, **{language: spanish})
        assert titles(found) == ["Tos"]
        assert (found["lang"], found["entry"][0]["lang"]) == ("es", "es")
        assert "También llamado: Tussis" in found["entry"][0]["summary"]["_value"]
    refused = asked(client, **{language: "de"})
    assert refused.status_code == 400
    assert refused.json()["accepted"] == ["en", "es", "sp"]


def test_nothing_for_professionals_is_given_unless_one_asks(client, newsroom):
    rash = make.draft(newsroom, title="For doctors", audience="professional")
    make.released(newsroom, records.coded(rash, "R21"))
    assert titles(feed(client, code="R21")) == []
    assert titles(feed(client, code="R21", informationRecipient="PROV")) == ["For doctors"]
    assert titles(feed(client, code="R21", informationRecipient="PAYOR")) == ["For doctors"]


def test_without_a_code_the_whole_name_counts(client, newsroom):
    make.released(newsroom, title="Atenolol", also_called=["Tenormin"])
    make.released(newsroom, title="Atenolol and alcohol", also_called=[])

    def named(name):
        return titles(feed(client, code=None, system=None, **{"mainSearchCriteria.v.dn": name}))

    assert named("ATENÓLOL") == ["Atenolol"]
    assert named("tenormin") == ["Atenolol"]
    assert named("Atenolol and") == named("Atenol") == named("Tenormin 50 MG") == []
    # Real clients send the code's parameter, empty.
    assert titles(feed(client, code="", **{"mainSearchCriteria.v.dn": "Tenormin"})) == ["Atenolol"]
    # A code counts before any name.
    assert titles(feed(client, code="R05", **{"mainSearchCriteria.v.dn": "Tenormin"})) == ["Cough"]


def test_what_is_overdue_says_so_before_its_first_sentence(client, newsroom, cough):
    assert "warning" not in feed(client)["entry"][0]["summary"]["_value"]
    assert records.terms(feed(client)["entry"][0])["reviewStatus"] == "current"
    with time_machine.travel(cough.starts_at + timedelta(days=800)):
        (entry,) = feed(client)["entry"]
        assert entry["summary"]["_value"].startswith('<p class="warning"><strong>REVIEW OVERDUE.')
        assert records.terms(entry)["reviewStatus"] == "overdue"


# The types of the reply -----------------------------------------------------------------------------


@pytest.mark.usefixtures("cough")
def test_without_a_type_it_is_xml(client):
    for kind in (None, "", "text/xml"):
        reply = asked(client, kind=kind)
        assert reply["Content-Type"] == "text/xml; charset=utf-8"
        read = feedparser.parse(reply.content)
        assert not read.bozo
        assert read.version == "atom10"
        assert [entry.title for entry in read.entries] == ["Cough"]
        assert ("Accept" in reply["Vary"]) is (kind != "text/xml")


@pytest.mark.usefixtures("cough")
def test_without_a_type_accept_may_choose(client):
    for accept, served in {
        "application/json": "application/json",
        "application/atom+xml": "application/atom+xml; charset=utf-8",
        "application/xml;q=0.9": "application/xml; charset=utf-8",
        "text/html,*/*;q=0.8": "text/xml; charset=utf-8",
    }.items():
        query = {"mainSearchCriteria.v.c": "R05", "mainSearchCriteria.v.cs": records.ICD_10_CM}
        assert ask.get(client, "connect/", query, accept=accept)["Content-Type"] == served
    assert ask.get(client, "connect/", query, accept="image/png").status_code == 406
    query["knowledgeResponseType"] = "application/json"
    assert ask.get(client, "connect/", query, accept="image/png").status_code == 200


def test_xml_says_what_json_says(client, cough):
    found = feed(client)
    read = feedparser.parse(asked(client, kind="text/xml").content)
    assert read.feed.title == found["title"]["_value"]
    assert read.feed.id == found["id"]["_value"]
    assert read.feed.updated == found["updated"]["_value"]
    assert {tag.scheme: tag.term for tag in read.feed.tags} == records.terms(found)
    (entry,), (told,) = read.entries, found["entry"]
    assert entry.id == told["id"]["_value"] == f"urn:uuid:{cough.article.public_id}"
    assert [one.name for one in entry.contributors] == [
        one["name"]["_value"] for one in told["contributor"]
    ]
    assert [link.href for link in entry.links] == [link["href"] for link in told["link"]]
    assert {tag.scheme: tag.term for tag in entry.tags} == records.terms(told)
    assert entry.updated_parsed[:3] == cough.starts_at.timetuple()[:3]


@pytest.mark.usefixtures("cough")
def test_a_script_calls_the_function_that_was_named(client):
    reply = asked(client, kind="application/javascript", callback="app.show_1", _="1700000000000")
    assert reply["Content-Type"] == "application/javascript; charset=utf-8"
    assert reply["X-Content-Type-Options"] == "nosniff"
    text = reply.content.decode()
    assert text.startswith("/**/app.show_1(")
    assert json.loads(text.removeprefix("/**/app.show_1(").removesuffix(");")) == {"feed": feed(client)}
    assert asked(client)["X-Content-Type-Options"] == "nosniff"


def test_a_script_needs_its_function_and_nothing_else_takes_one(client, db):
    for query in (
        {"kind": "application/javascript"},
        {"kind": "application/javascript", "callback": ""},
        {"kind": "application/json", "callback": "show"},
        {"kind": None, "callback": "show"},
        {"kind": "application/javascript", "callback": "alert(1)"},
    ):
        reply = asked(client, **query)
        assert reply.status_code == 400
        assert reply.json()["parameter"] == "callback"
        assert reply["Content-Type"] == "application/problem+json"


# As every reply of the API --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text/xml", "application/json", "application/javascript"])
def test_it_is_cached_and_answers_to_conditions(client, newsroom, cough, kind):
    more = {"kind": kind, "callback": "show" if kind == "application/javascript" else None}
    with time_machine.travel(cough.starts_at + timedelta(hours=1), tick=False) as clock:
        reply = asked(client, **more)
        assert reply["Cache-Control"] == "public, max-age=240, stale-if-error=60"
        assert reply["Content-Language"] == "en"
        query = dict(reply.wsgi_request.GET.items())
        again = ask.get(client, "connect/", query, if_none_match=reply["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        dated = ask.get(client, "connect/", query, if_modified_since=reply["Last-Modified"])
        assert dated.status_code == 304
        head = client.head("/api/v1/connect/", query)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", reply["ETag"])
        starts = ask.soon(seconds=60)
        make.released(newsroom, make.next_draft(newsroom, cough.article, title="New"), starts_at=starts)
        assert asked(client, **more)["Cache-Control"] == "public, max-age=60, must-revalidate"
        clock.move_to(starts)
        assert ask.get(client, "connect/", query, if_none_match=reply["ETag"]).status_code == 200


def test_a_name_is_asked_anew_each_time(client, db):
    reply = asked(client, code=None, system=None, **{"mainSearchCriteria.v.dn": "Cough"})
    assert reply["Cache-Control"] == "no-cache"
    assert reply["ETag"]


def test_it_costs_few_queries(client, newsroom, cough, django_assert_max_num_queries):
    for number in range(2):
        make.released(newsroom, ask.rich_draft(newsroom, slug=f"cough-no-{number}"))
    key = make.key(newsroom, make.licensee(newsroom))
    named = {"code": None, "system": None, "mainSearchCriteria.v.dn": "Cough"}
    codes = {f"mainSearchCriteria.v.c{n}": f"R05.{n}1" for n in range(10)}
    systems = {f"mainSearchCriteria.v.cs{n}": records.ICD_10_CM for n in range(10)}
    feed(client, **named)
    for query in ({}, {"code": "R05.99"}, named, codes | systems):
        with django_assert_max_num_queries(2):
            assert len(feed(client, **query)["entry"]) == 3
        with django_assert_max_num_queries(4):
            assert len(feed(client, **query, key=key)["entry"]) == 3


def test_at_most_twenty_articles_are_given_by_title(client, newsroom, monkeypatch):
    assert answering.MOST == 20
    # As many would take long to make.
    monkeypatch.setattr(answering, "MOST", 3)
    for number in (9, 8, 7, 6):
        make.released(newsroom, ask.rich_draft(newsroom, title=f"Cough {number}"))
    assert titles(feed(client)) == ["Cough", "Cough 6", "Cough 7"]


# What the schema shows ------------------------------------------------------------------------------


@pytest.mark.usefixtures("cough")
def test_the_example_has_the_members_of_what_is_served(client):
    def members(value):
        if isinstance(value, list):
            return [members(value[0])] if value else []
        return {key: members(part) for key, part in value.items()} if isinstance(value, dict) else None

    assert members(feed(client)) == members(asking_examples.CONNECT["feed"])
    parts = re.compile(r'(<p class="[A-Za-z]+">|</?p>|[A-Z][a-z ]+ by |Last reviewed:|Next review due:)')
    assert set(parts.findall(feed(client)["entry"][0]["summary"]["_value"])) == set(
        parts.findall(asking_examples.ENTRY["summary"]["_value"])
    )
