"""The index follows the ledger and the clock, a bounded step at a time, and can be made anew."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from topics.api.pagination import DEEPEST
from topics.models.search import SearchEntry, SearchName, SearchState
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.search import finding, index, query
from topics.publishing.search.stores import store
from topics.publishing.search.texts import FIELDS


def found(text, language=None):
    at = timezone.now()
    editions = shelf.in_force(at=at, reader=OPEN)
    asked = query.read(text, language)
    counts = finding.count(asked, editions=editions, at=at)
    return [
        edition.article.slug
        for edition in finding.page(asked, counts, editions=editions, offset=0, limit=50)
    ]


def test_one_question_waits_for_a_bounded_step(newsroom):
    for _ in range(5):
        make.released(newsroom)
    at = timezone.now()
    assert index.follow(at=at, most=2) == 3
    assert index.behind_now(at=at)
    assert index.follow(at=at, most=2) == 1
    assert index.follow(at=at, most=2) == 0
    assert not index.behind_now(at=at)
    assert SearchEntry.objects.count() == store().rows().count() == 5


def test_the_first_question_after_changes_costs_the_same_however_many_they_were(newsroom):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            found("cough")
        return len([query for query in asked if "SAVEPOINT" not in query["sql"]])

    def changed(releases):
        for _ in range(releases):
            make.released(newsroom)
        return queries()

    assert changed(1) <= 20
    after_one, known = changed(1), queries()
    assert known <= 4
    assert changed(3) == after_one <= known + 13


def test_where_it_can_not_be_written_it_stays_and_search_answers(newsroom, monkeypatch):
    make.released(newsroom, slug="old")
    assert found("cough") == ["old"]
    make.released(newsroom, slug="new")

    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(index, "follow", locked)
    assert found("cough") == ["old"]
    monkeypatch.undo()
    assert found("cough") == ["old", "new"]


def test_the_command_makes_it_anew(newsroom):
    make.released(newsroom, slug="cough")
    assert found("cough") == ["cough"]
    store().clear()
    SearchName.objects.all().delete()
    assert found("cough") == []
    out = StringIO()
    call_command("index_search", stdout=out)
    assert "in step" in out.getvalue()
    assert found("cough") == ["cough"]
    assert SearchState.objects.count() == 1


def test_rows_that_were_left_behind_are_dropped(newsroom):
    """The store's tables are no models: what a test empties, or a restore brings, may lack them."""
    make.released(newsroom, slug="cough")
    store().add({987_654: {name: ["cough"] for name in FIELDS}})
    assert found("cough") == ["cough"]


@pytest.mark.parametrize("text", ["cough", "coughing children", "zebra cough"])
def test_both_stores_are_asked_in_the_same_words(newsroom, text):
    make.released(newsroom, slug="cough")
    assert found(text, "en") == ["cough"]


def test_of_very_many_matches_those_named_so_and_the_newest_are_ranked(newsroom, monkeypatch):
    named = make.released(newsroom, title="Wheeze")
    old = make.released(newsroom, body="<p>You may wheeze.</p>")
    newer = [make.released(newsroom, body="<p>You may wheeze.</p>") for _ in range(3)]
    monkeypatch.setattr(finding, "MOST_RANKED", 3)
    at = timezone.now()
    editions = shelf.in_force(at=at, reader=OPEN)
    asked = query.read("wheeze", "en")
    counts = finding.count(asked, editions=editions, at=at)
    assert counts.total == 5
    found = finding.page(asked, counts, editions=editions, offset=0, limit=50)
    assert found[0] == named
    assert set(found) == {named, *newer}
    # With as many as are ranked, none is left out; and nobody can page to where any is.
    monkeypatch.setattr(finding, "MOST_RANKED", 5)
    assert old in finding.page(asked, counts, editions=editions, offset=0, limit=50)


def test_more_are_ranked_than_can_be_paged_through():
    assert finding.MOST_RANKED > DEEPEST
