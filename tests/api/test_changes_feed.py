"""The Atom feed: what feed readers make of it, and that it is valid by RFC 4287, 5005 and 6721."""

import re
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine

from tests import make
from tests.api import ask

ATOM, TOMB = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")
IRI = re.compile(r"(https?://\S+|urn:uuid:[0-9a-f-]{36})\Z")


def feed(client, **query):
    reply = ask.get(client, "changes/feed/", query)
    assert reply.status_code == 200, reply.content
    check(ElementTree.fromstring(reply.content))
    parsed = feedparser.parse(reply.content, response_headers={"content-type": reply["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def check(root):
    """What RFC 4287 demands of a feed and its entries, and RFC 6721 of a tombstone."""
    assert root.tag == f"{ATOM}feed"
    check_parts(
        root, once=("id", "title", "updated"), all_of={"id", "title", "updated", "author", "link"}
    )
    assert len([link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]) == 1
    ids = []
    for entry in root.findall(f"{ATOM}entry"):
        check_parts(entry, once=("id", "title", "updated", "summary"), all_of={"id", "title", "updated"})
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert alternates, "an entry without content has an alternate"
        assert len(alternates) == len(set(alternates))
        ids.append(entry.findtext(f"{ATOM}id"))
    assert len(ids) == len(set(ids))
    for grave in root.findall(f"{TOMB}deleted-entry"):
        assert IRI.match(grave.get("ref"))
        assert DATE.match(grave.get("when"))
        assert {child.tag for child in grave} <= {f"{TOMB}comment", f"{ATOM}link"}
        # An entry with that id and a later date would bring the deleted one back.
        assert grave.get("ref") not in ids
    known = {f"{ATOM}{name}" for name in ("id", "title", "updated", "author", "link", "entry")}
    assert {child.tag for child in root} <= known | {f"{TOMB}deleted-entry"}


def check_parts(element, *, once, all_of):
    found = [child.tag.removeprefix(ATOM) for child in element]
    assert set(found) >= all_of
    assert all(found.count(name) == 1 for name in once)
    assert IRI.match(element.findtext(f"{ATOM}id"))
    assert all(
        DATE.match(date.text)
        for name in ("updated", "published")
        for date in element.findall(f"{ATOM}{name}")
    )
    for link in element.findall(f"{ATOM}link"):
        assert IRI.match(link.get("href"))
    for category in element.findall(f"{ATOM}category"):
        assert category.get("term")
        assert IRI.match(category.get("scheme"))


def graves(client, **query):
    root = ElementTree.fromstring(ask.get(client, "changes/feed/", query).content)
    return [
        (grave.get("ref"), grave.findtext(f"{TOMB}comment"))
        for grave in root.findall(f"{TOMB}deleted-entry")
    ]


def terms(entry):
    return [tag["term"] for tag in entry.get("tags", [])]


def test_a_feed_reader_reads_an_article(client, newsroom):
    edition = make.released(
        newsroom, slug="cough", title="Cough & “cold”", summary="a < b, for 10⁹ people"
    )
    parsed = feed(client)
    (entry,) = parsed.entries
    assert entry.id == f"urn:uuid:{edition.article.public_id}"
    assert entry.title == "Cough & “cold”"
    assert entry.summary == "a < b, for 10⁹ people"
    assert terms(entry) == ["lungs", "new"]
    assert datetime(*entry.updated_parsed[:6], tzinfo=timezone.utc) == edition.starts_at.replace(
        microsecond=0
    )
    for link in entry.links:
        reply = client.get(link["href"])
        assert reply.status_code == 200
        assert reply["Content-Type"].startswith(link["type"])
    assert parsed.feed.id == "http://testserver/api/v1/changes/feed/"


def test_an_entry_keeps_its_id_through_every_edition(client, newsroom):
    edition = make.released(newsroom)
    (first,) = feed(client).entries
    make.released(newsroom, make.next_draft(newsroom, edition.article, title="Cough anew"))
    (second,) = feed(client).entries
    assert (second.id, second.title) == (first.id, "Cough anew")
    assert second.updated > first.updated


def test_a_recall_is_a_tombstone_and_an_entry_that_people_see_first(client, newsroom):
    there = make.released(newsroom, slug="there").article
    edition = make.released(newsroom, slug="cough", title="SECRETTITLE")
    make.released(newsroom, slug="later")
    ask.taken_back(newsroom, edition, replacement=there)
    make.released(newsroom, slug="last")
    parsed = feed(client)
    recall = parsed.entries[0]
    assert recall.title == "Safety recall: cough (en)"
    assert recall.summary == "The dose was wrong."
    assert terms(recall) == ["safety_recall", "severity-high"]
    related = [link["href"] for link in recall.links if link["rel"] == "related"]
    assert related == [f"http://testserver/api/v1/articles/{there.public_id}/"]
    assert graves(client) == [
        (f"urn:uuid:{edition.article.public_id}", "safety_recall (high): The dose was wrong.")
    ]
    # Then the newest first; of the recalled text nothing.
    assert [entry.title for entry in parsed.entries[1:]] == ["Cough"] * 3
    assert "SECRETTITLE" not in str(parsed)


@pytest.mark.parametrize(
    ("kind", "title"),
    [("correction", "Withdrawn to be corrected: cough (en)"), ("retired", "Retired: cough (en)")],
)
def test_other_withdrawals_say_what_they_are(client, newsroom, kind, title):
    ask.taken_back(newsroom, make.released(newsroom, slug="cough"), kind=kind)
    assert feed(client).entries[0].title == title


def test_what_is_withheld_because_its_review_is_overdue_is_told(client, db):
    room = make.newsroom(interval_months=1, warning_days=5, when_overdue="withhold", grace_days=3)
    make.released(room, slug="cough")
    with time_machine.travel(ask.soon(days=40)):
        (entry,) = feed(client).entries
        assert entry.title == "Withheld, its review is overdue: cough (en)"
        assert terms(entry) == ["review_overdue", "severity-medium"]
        assert len(graves(client)) == 1


def test_what_left_a_licence_is_a_tombstone_alone(client, newsroom):
    skin = make.category("skin", policy=newsroom.policy)
    licensee = make.licensee(newsroom, categories=[newsroom.category])
    key = make.key(newsroom, licensee)
    edition = make.released(newsroom, slug="cough")
    with time_machine.travel(ask.soon(days=40)):
        make.licence(newsroom, licensee, categories=[skin])
    with time_machine.travel(ask.soon(days=41)):
        reply = ask.get(client, "changes/feed/", x_api_key=key)
        again = ask.get(client, "changes/feed/", x_api_key=key)
    assert reply.content == again.content
    root = ElementTree.fromstring(reply.content)
    check(root)
    assert root.findall(f"{ATOM}entry") == []
    (grave,) = root.findall(f"{TOMB}deleted-entry")
    assert grave.get("ref") == f"urn:uuid:{edition.article.public_id}"
    assert "outside_licence (low)" in grave.findtext(f"{TOMB}comment")
    assert reply["Cache-Control"] == "private, no-cache"


def test_pages_lead_to_each_change_once(client, newsroom):
    editions = [make.released(newsroom) for _ in range(5)]
    ask.taken_back(newsroom, editions[2], kind="retired")
    address, seen, feeds = "/api/v1/changes/feed/?limit=2&language=en", [], set()
    while address:
        reply = client.get(address)
        check(ElementTree.fromstring(reply.content))
        parsed = feedparser.parse(reply.content)
        seen += [entry.id for entry in parsed.entries]
        feeds.add(parsed.feed.id)
        address = next((link["href"] for link in parsed.feed.links if link["rel"] == "next"), None)
    newest_first = [f"urn:uuid:{editions[n].article.public_id}" for n in (4, 3, 1, 0)]
    assert [entry for entry in seen if entry in newest_first] == newest_first
    assert len(seen) == 5
    assert feeds == {"http://testserver/api/v1/changes/feed/?language=en"}


def test_it_goes_back_thirty_days_or_since(client, newsroom):
    make.released(newsroom, slug="old")
    with time_machine.travel(ask.soon(days=45)):
        make.released(newsroom, slug="new")
        assert len(feed(client).entries) == 1
        assert len(feed(client, since="2020-01-01").entries) == 2
        assert feed(client, category="lungs", type="removed").entries == []


def test_nothing_new_is_a_304_and_a_recall_is_not(client, newsroom):
    edition = make.released(newsroom)
    with time_machine.travel(ask.soon(minutes=1), tick=False) as clock:
        reply = ask.get(client, "changes/feed/")
        assert reply["Cache-Control"] == "no-cache"
        assert reply["Content-Type"] == "application/atom+xml"
        assert "Accept" in reply["Vary"]
        clock.shift(timedelta(minutes=1))
        again = ask.get(client, "changes/feed/", if_none_match=reply["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        ask.taken_back(newsroom, edition)
        clock.shift(1)
        after = ask.get(client, "changes/feed/", if_none_match=reply["ETag"])
        assert after.status_code == 200


def test_a_feed_of_nothing_is_still_a_feed(client, db):
    assert feed(client).entries == []
    assert feed(client, since="2026-01-01").feed.updated == "2026-01-01T00:00:00Z"


def test_other_media_types_are_not_to_be_had(client, db):
    assert ask.get(client, "changes/feed/", accept="application/atom+xml").status_code == 200
    assert ask.get(client, "changes/feed/", accept="text/html,*/*;q=0.1").status_code == 200
    assert ask.get(client, "changes/feed/", accept="application/json").status_code == 406


def test_characters_that_xml_cannot_carry_do_not_break_it(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    ask.taken_back(
        newsroom,
        edition,
        explanation="Wrong\x0b \x1b dose \ud83d\ude00".encode("utf-16", "surrogatepass").decode(
            "utf-16"
        ),
    )
    (entry,) = feed(client).entries
    assert entry.summary.startswith("Wrong")
    assert "😀" in entry.summary
