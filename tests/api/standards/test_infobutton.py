"""The address that HL7 Infobutton asks at: what chooses, what is given back, and what is refused."""

import xml.etree.ElementTree as ElementTree

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.api import ask
from tests.api.standards import records
from tests.api.standards.records import aggregate, asked, terms, titles
from tests.once import once
from topics.api.standards import context

ATOM = "{http://www.w3.org/2005/Atom}"
FULL = {
    "taskContext.c.c": "PROBLISTREV",
    "subTopic.v.c": "Q000628",
    "subTopic.v.cs": "2.16.840.1.113883.6.177",
    "subTopic.v.dn": "therapy",
    "mainSearchCriteria.v.c": "R05",
    "mainSearchCriteria.v.cs": records.ICD_10_CM,
    "mainSearchCriteria.v.dn": "Cough",
    "mainSearchCriteria.v.c1": "J06.9",
    "mainSearchCriteria.v.cs1": records.ICD_10_CM,
    "patientPerson.administrativeGenderCode.c": "F",
    "age.v.v": "0.5",
    "age.v.u": "mo",
    "ageGroup.v.c": "D007231",
    "ageGroup.v.cs": "2.16.840.1.113883.6.177",
    "informationRecipient": "PAT",
    "informationRecipient.languageCode.c": "en",
    "performer": "PROV",
    "performer.languageCode.c": "es",
    "performer.healthCareProvider.c.c": "163W00000X",
    "encounter.c.c": "AMB",
    "representedOrganization.id.root": "1.3.6.1.4.1.5884",
    "executionMode": "TEST",
}

content = once(records.room_with_cough)


@pytest.fixture
def cough(made):
    return made.cough


@pytest.mark.usefixtures("cough")
def test_the_request_is_given_back_as_categories(client):
    proof = {"holder.assignedEntity.certificateText": "PROOFWORDS"}
    reply = ask.get(client, "infobutton/", {**FULL, **proof, "knowledgeResponseType": records.JSON})
    (found,) = reply.json()["aggregateKnowledgeResponse"]["feed"]
    assert terms(found) == FULL
    assert records.missing(found, records.RECORDED) == []
    assert titles(found) == ["Cough"]
    # What a system proves itself with is not.
    assert "PROOFWORDS" not in reply.content.decode()


@pytest.mark.usefixtures("cough")
def test_as_xml_the_feed_stands_in_an_aggregate(client):
    reply = ask.get(client, "infobutton/", FULL)
    assert reply["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(reply.content)
    assert root.tag == f"{ATOM}aggregateKnowledgeResponse"
    assert [one.tag for one in root] == [f"{ATOM}feed"]
    assert {one.get("scheme"): one.get("term") for one in root[0].findall(f"{ATOM}category")} == FULL
    read = feedparser.parse(reply.content)
    assert not read.bozo
    (entry,) = read.entries
    assert entry.title == "Cough"
    assert [one.name for one in entry.contributors] == [
        "Pia Primary, MD, MPH, Family Medicine",
        "Sam Specialist, MD, Respiratory Medicine",
    ]


def test_an_entry_tells_when_it_was_reviewed(client, cough):
    (entry,) = aggregate(client)["entry"]
    told = terms(entry)
    assert told["lastReviewed"] == cough.last_reviewed.isoformat()
    assert told["nextReviewDue"] == cough.next_review_due.isoformat()
    assert (told["reviewStatus"], told["edition"], told["audience"]) == ("current", "1", "patient")
    assert told["digest"] == cough.digest
    assert {"scheme": f"urn:oid:{records.ICD_10_CM}", "term": "R05", "label": "Cough"} in entry[
        "category"
    ]


def test_any_of_several_codes_is_found(client, newsroom, cough):
    make.released(newsroom, records.coded(make.draft(newsroom, title="Fever"), "R50.9"))
    make.released(newsroom, records.coded(make.draft(newsroom, title="Rash"), "R21"))
    more = {"mainSearchCriteria.v.c1": "R50.9", "mainSearchCriteria.v.cs1": records.ICD_10_CM}
    assert titles(aggregate(client, **more)) == ["Cough", "Fever"]
    # Some systems begin to count at 0, and leave out the parameter without an index.
    from_zero = {"mainSearchCriteria.v.c0": "R21", "mainSearchCriteria.v.cs0": records.ICD_10_CM}
    assert titles(aggregate(client, code=None, system=None, **from_zero, **more)) == ["Fever", "Rash"]


def test_the_readers_language_counts_before_that_of_who_asks(client, newsroom, cough):
    for language, title in (("es", "Tos"), ("es-MX", "Tos mexicana"), ("de", "Husten")):
        make.released(newsroom, ask.rich_draft(newsroom, language=language, title=title))
    reader, asker = "informationRecipient.languageCode.c", "performer.languageCode.c"
    assert titles(aggregate(client)) == ["Cough"]
    assert titles(aggregate(client, **{asker: "de"})) == ["Husten"]
    assert titles(aggregate(client, **{reader: "en", asker: "de"})) == ["Cough"]
    for spanish in ("es", "sp", "es-US", "ES"):
        assert titles(aggregate(client, **{reader: spanish})) == ["Tos", "Tos mexicana"]
    assert titles(aggregate(client, **{reader: "fr"})) == []


def test_the_recipient_chooses_the_audience(client, newsroom, cough):
    make.released(newsroom, ask.rich_draft(newsroom, title="For doctors", audience="professional"))
    for recipient, expected in {
        None: ["Cough"],
        "PAT": ["Cough"],
        "PROV": ["For doctors"],
        "PAYOR": ["Cough", "For doctors"],
    }.items():
        # Who asks doesn't choose: a nurse who prints a page for a patient.
        found = aggregate(client, informationRecipient=recipient, performer="PROV")
        assert titles(found) == expected, recipient


CHOOSING = {
    "informationRecipient",
    "performer",
    "informationRecipient.languageCode.c",
    "performer.languageCode.c",
    "mainSearchCriteria.v.c",
    "mainSearchCriteria.v.cs",
}
FEW_VALUES = {"patientPerson.administrativeGenderCode.c": "M", "age.v.v": "99", "age.v.u": "a"}


@pytest.mark.usefixtures("cough")
@pytest.mark.parametrize(
    "name", [name for name in context.ECHOED if not name[-1].isdigit() and name not in CHOOSING]
)
def test_nothing_else_chooses(client, name):
    given = FEW_VALUES.get(name, "Anything")
    found = aggregate(client, **{name: given})
    assert titles(found) == ["Cough"]
    assert terms(found)[name] == given


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "mainSearchCriteria.v.c"),
        ({"taskContext.c.c": "PROBLISTREV"}, "mainSearchCriteria.v.c"),
        ({"mainSearchCriteria.v.c": ""}, "mainSearchCriteria.v.c"),
        ({"mainSearchCriteria.v.c": "R05"}, "mainSearchCriteria.v.cs"),
        ({"mainSearchCriteria.v.c3": "R05"}, "mainSearchCriteria.v.cs3"),
        ({**FULL, "mainSearchCriteria.v.c": "R05'--"}, "mainSearchCriteria.v.c"),
        ({**FULL, "mainSearchCriteria.v.cs1": "ICD-10"}, "mainSearchCriteria.v.cs1"),
        ({**FULL, "informationRecipient": "pat"}, "informationRecipient"),
        ({**FULL, "performer": "NURSE"}, "performer"),
        ({**FULL, "age.v.v": "old"}, "age.v.v"),
        ({**FULL, "age.v.v": "-1"}, "age.v.v"),
        ({**FULL, "age.v.u": "years"}, "age.v.u"),
        (
            {**FULL, "patientPerson.administrativeGenderCode.c": "X"},
            "patientPerson.administrativeGenderCode.c",
        ),
        (
            {**FULL, "informationRecipient.languageCode.c": "english"},
            "informationRecipient.languageCode.c",
        ),
        ({**FULL, "knowledgeResponseType": "text/html"}, "knowledgeResponseType"),
        ({**FULL, "executionMode": "x" * 201}, "executionMode"),
        ({**FULL, "subTopic.v.dn": "a\x00b"}, "subTopic.v.dn"),
        ({**FULL, "_": "now"}, "_"),
    ],
)
def test_a_bad_value_is_refused_by_its_name(client, db, query, parameter):
    reply = ask.get(client, "infobutton/", query)
    assert reply.status_code == 400
    assert reply.json()["parameter"] == parameter
    assert reply["Content-Type"] == "application/problem+json"


def test_an_unknown_and_a_repeated_parameter_are_refused(client, db):
    reply = ask.get(client, "infobutton/", {**FULL, "mainSearchCriteria.v.c10": "R05"})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "mainSearchCriteria.v.c10")
    reply = ask.get(client, "infobutton/", {**FULL, "age.v.v": ["1", "2"]})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "age.v.v")


HOSTILE = (
    '"/><script>alert(1)</script>',
    "]]>&lt;!--<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "' onload='x' & <b>",
    "ünï–çødé 🩺 العربية",
    "\ufffd",
)


@pytest.mark.usefixtures("cough")
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_as_words(client, words):
    for name in ("mainSearchCriteria.v.dn", "executionMode", "taskContext.c.dn", "subTopic.v.ot9"):
        reply = ask.get(client, "infobutton/", {**FULL, name: words})
        root = ElementTree.fromstring(reply.content)
        given = {one.get("scheme"): one.get("term") for one in root[0].findall(f"{ATOM}category")}
        assert given == {**FULL, name: words}
        assert {one.tag for one in root.iter()} <= {f"{ATOM}{name}" for name in KNOWN}


KNOWN = ("aggregateKnowledgeResponse", "feed", "title", "subtitle", "author", "name", "uri", "updated")
KNOWN += ("category", "id", "entry", "link", "published", "contributor", "summary")


@pytest.mark.parametrize(
    "char", ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff", "\n"]
)
def test_what_xml_cannot_hold_is_refused(client, db, char):
    for address in ("connect/", "infobutton/"):
        reply = asked(client, address, kind=None, **{"mainSearchCriteria.v.dn": f"Cough{char}"})
        assert reply.status_code == 400
        assert reply.json()["parameter"] == "mainSearchCriteria.v.dn"


def test_broken_utf_8_is_no_failure(client, db):
    query = "mainSearchCriteria.v.dn=%ff%fe%ed%a0%80&mainSearchCriteria.v.c=R05"
    reply = client.get(f"/api/v1/infobutton/?{query}&mainSearchCriteria.v.cs={records.ICD_10_CM}")
    assert reply.status_code == 200
    ElementTree.fromstring(reply.content)


def test_a_document_with_markup_in_every_text_is_well_formed(client, newsroom):
    evil = "</title><x>&amp;]]> \"'"
    version = ask.rich_draft(newsroom, title=evil, summary=evil, also_called=[evil])
    version.codes.update(code="R21", display=evil)
    make.released(newsroom, version)
    root = ElementTree.fromstring(asked(client, "infobutton/", code="R21", kind="text/xml").content)
    (entry,) = root[0].findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == evil
    assert entry.findall(f"{ATOM}category")[-1].get("label") == evil
    assert "&lt;/title&gt;&lt;x&gt;" in entry.find(f"{ATOM}summary").text


@pytest.mark.usefixtures("cough")
def test_the_longest_request_is_answered(client):
    codes = {f"mainSearchCriteria.v.c{n}": f"{n}{'A' * 39}" for n in context.INDEXES}
    systems = {f"mainSearchCriteria.v.cs{n}": records.ICD_10_CM for n in context.INDEXES}
    words = {name: "é" * 200 for name, parse in context.ECHOED.items() if parse is context.echoed}
    assert titles(aggregate(client, **codes, **systems, **words)) == []
    assert titles(aggregate(client, **{**codes, "mainSearchCriteria.v.c": "R05"}, **systems)) == [
        "Cough"
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([name for name in context.ACCEPTED if name != "callback"]),
    words=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    kind=st.sampled_from([None, "application/json"]),
)
def test_any_words_are_refused_or_given_back(client, cough, name, words, kind):
    query = {**FULL, name: words}
    if name != "knowledgeResponseType" and kind:
        query["knowledgeResponseType"] = kind
    reply = ask.get(client, "infobutton/", query)
    if reply.status_code == 400:
        # A code that is there without its system is refused for what is missing.
        assert reply.json()["parameter"].partition(".v.")[0] == name.partition(".v.")[0]
        return
    assert reply.status_code == 200
    if reply["Content-Type"].startswith("text/xml"):
        ElementTree.fromstring(reply.content)
    else:
        assert reply.json()
