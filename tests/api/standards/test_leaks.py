"""What is not public is at none of these addresses, by code, name, letter or id."""

from datetime import timedelta

import time_machine

from tests import make
from tests.api import ask
from tests.api.standards import records
from tests.api.standards.secrets_told import SECRET, coded_draft, said, shown_at
from topics.models import Usage
from topics.publishing.usage import BUFFER
from topics.publishing.withdraw import cancel_release


def test_what_is_released_is_at_all_of_these_addresses(client, newsroom):
    """The twin of all below: released, it is shown, so that its absence means something."""
    edition = make.released(newsroom, coded_draft(newsroom))
    names = ("hidden", str(edition.article.public_id))
    shown = shown_at(client, *names)
    asked = records.addresses(*names, called=SECRET.lower())
    hidden = [one for one in asked if one not in shown]
    # It was written for patients.
    assert all(query.get("informationRecipient") == "PROV" for _, query in hidden)
    assert len(hidden) == 6


def is_shown(client, key=None):
    """Whether the secret is shown where a health record asks about its code."""
    return records.titles(records.feed(client, code="R05.1", key=key)) == [SECRET]


def test_a_scheduled_edition_is_nowhere_before_its_instant(client, newsroom):
    starts = ask.soon(days=2)
    edition = make.released(newsroom, coded_draft(newsroom), starts_at=starts)
    names = ("hidden", str(edition.article.public_id))
    assert shown_at(client, *names) == []
    with time_machine.travel(starts - timedelta(seconds=1), tick=False):
        assert shown_at(client, *names) == []
    with time_machine.travel(starts, tick=False):
        assert is_shown(client)


def test_a_cancelled_release_is_nowhere(client, newsroom):
    starts = ask.soon(days=2)
    edition = make.released(newsroom, coded_draft(newsroom), starts_at=starts)
    cancel_release(edition, actor=newsroom.publisher)
    with time_machine.travel(starts + timedelta(days=1), tick=False):
        assert shown_at(client, "hidden", str(edition.article.public_id)) == []


def test_a_withdrawn_edition_is_nowhere(client, newsroom):
    shelf = {}
    for kind in ("safety_recall", "correction", "retired"):
        version = coded_draft(newsroom, slug=kind.replace("_", "-"), title=f"{SECRET} {kind}")
        shelf[kind] = make.released(newsroom, version)
    names = [name for one in shelf.values() for name in (one.article.slug, str(one.article.public_id))]
    before = [text for _, _, text in said(client, *names)]
    for kind, edition in shelf.items():
        assert any(f"{SECRET} {kind}" in text for text in before)
        ask.taken_back(newsroom, edition, kind=kind, explanation="It was wrong.")
    after = list(said(client, *names))
    for kind in shelf:
        assert [(path, query) for path, query, text in after if f"{SECRET} {kind}" in text] == []
    assert [(path, query) for path, query, text in after if SECRET in text] == []


def test_an_edition_that_is_withheld_as_overdue_is_nowhere(client, db):
    room = make.newsroom(when_overdue="withhold")
    edition = make.released(room, coded_draft(room))
    names = ("hidden", str(edition.article.public_id))
    with time_machine.travel(edition.expires_at - timedelta(seconds=1), tick=False):
        assert is_shown(client)
    with time_machine.travel(edition.expires_at, tick=False):
        assert shown_at(client, *names) == []


def test_what_is_outside_of_a_licence_is_nowhere(client, newsroom):
    skin = make.category("skin", policy=newsroom.policy)
    edition = make.released(newsroom, coded_draft(newsroom, category=skin))
    names = ("hidden", str(edition.article.public_id))
    with_skin = make.key(newsroom, make.licensee(newsroom, languages=["en"], categories=[skin]))
    with_lungs = make.key(
        newsroom, make.licensee(newsroom, languages=["en"], categories=[newsroom.category])
    )
    assert is_shown(client, key=with_skin)
    assert shown_at(client, *names, key=with_lungs) == []
    # Nor does a code that only others have keep its parent from standing for it.
    make.released(newsroom, records.coded(make.draft(newsroom, title="Mine"), "R05"))
    found = records.feed(client, code="R05.1", key=with_lungs)
    assert records.titles(found) == ["Mine"]
    assert is_shown(client, key=with_skin)


def test_a_language_outside_of_a_licence_is_nowhere(client, newsroom):
    tos = coded_draft(newsroom, language="es")
    edition = make.released(newsroom, tos)
    key = make.key(newsroom, make.licensee(newsroom, languages=["en"], categories=[newsroom.category]))
    language = {"informationRecipient.languageCode.c": "es"}
    assert records.titles(records.feed(client, code="R05.1", **language)) == [SECRET]
    assert records.titles(records.feed(client, code="R05.1", key=key, **language)) == []
    assert shown_at(client, "hidden", str(edition.article.public_id), key=key) == []


def counted():
    """The requests that were counted, by slug."""
    BUFFER.flush()
    return {row.article.slug: row.requests for row in Usage.objects.select_related("article")}


def test_a_page_counts_as_read_and_a_list_does_not(client, newsroom):
    make.released(newsroom, coded_draft(newsroom))
    make.released(newsroom, slug="doctors", audience="professional")
    key = make.key(newsroom, make.licensee(newsroom))
    list(said(client, key=key))
    assert counted() == {}
    ask.get(client, "nhs/conditions/doctors/", x_api_key=key)
    assert counted() == {}
    reply = ask.get(client, "nhs/conditions/hidden/", x_api_key=key)
    ask.get(client, "nhs/conditions/hidden/", x_api_key=key, if_none_match=reply["ETag"])
    assert counted() == {"hidden": 2}
