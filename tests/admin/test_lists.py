"""Lists answer with the same number of queries however long they are, and filters find what they say."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.admin.pages import sign_in, superuser, url
from topics.publishing.withdraw import withdraw

LISTS = (
    *("article", "version", "edition", "author", "notice", "user", "reviewer"),
    *("specialty", "category", "reviewpolicy", "auditentry"),
)


def more(newsroom, number):
    for _ in range(number):
        make.released(newsroom, category=make.category(parent=newsroom.category))
        make.reviewer("Cardiology", "Oncology")
        make.policy()


@pytest.mark.parametrize("model", LISTS)
def test_a_longer_list_needs_no_more_queries(client, newsroom, model):
    sign_in(client, superuser())
    counts = []
    for _ in range(2):
        more(newsroom, 2)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url(f"{model}_changelist")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["article_change", "version_change", "edition_change"])
def test_every_role_that_may_opens_a_page(client, newsroom, page):
    edition = make.released(newsroom)
    row = edition if page == "edition_change" else getattr(edition, page.removesuffix("_change"))
    people = [newsroom.writer, newsroom.editor, newsroom.publisher, newsroom.administrator]
    for person in [*people, newsroom.primary.user, superuser()]:
        sign_in(client, person)
        assert client.get(url(page, row.pk)).status_code == 200


def titles(client, model, **query):
    page = client.get(url(f"{model}_changelist"), query).content.decode()
    return {title for title in ("Alpha", "Beta", "Gamma", "Delta") if title in page}


def test_editions_are_found_by_how_they_stand(client, newsroom):
    make.released(newsroom, title="Alpha")
    make.released(newsroom, title="Beta", starts_at=timezone.now() + timedelta(days=2))
    gone = make.released(newsroom, title="Gamma")
    withdraw(gone, kind="retired", explanation="Out of date.", actor=newsroom.publisher)
    sign_in(client, newsroom.publisher)
    assert titles(client, "edition", standing="in_force") == {"Alpha"}
    assert titles(client, "edition", standing="scheduled") == {"Beta"}
    assert titles(client, "edition", standing="withdrawn") == {"Gamma"}
    assert titles(client, "edition", standing="superseded") == set()
    assert titles(client, "edition", standing="expired") == set()
    assert titles(client, "edition", standing="cancelled") == set()


def test_articles_are_found_by_state_language_category_and_review(client, newsroom):
    below = make.category(parent=newsroom.category)
    make.released(newsroom, title="Alpha")
    make.draft(newsroom, title="Beta", language="es")
    make.submitted(newsroom, title="Gamma", category=below)
    make.draft(newsroom, title="Delta", category=make.category(policy=newsroom.policy))
    sign_in(client, newsroom.editor)
    assert titles(client, "article", state="draft") == {"Beta", "Delta"}
    assert titles(client, "article", language="es") == {"Beta"}
    assert titles(client, "article", category=newsroom.category.pk) == {"Alpha", "Beta", "Gamma"}
    assert titles(client, "article", category=below.pk) == {"Gamma"}
    assert titles(client, "article", review="current") == {"Alpha"}
    assert titles(client, "article", review="overdue") == set()
    assert titles(client, "article", public="yes") == {"Alpha"}
    assert titles(client, "article", public="no") == {"Beta", "Gamma", "Delta"}
    assert titles(client, "article", q="Gam") == {"Gamma"}


def test_versions_are_found_by_state_and_kind(client, newsroom):
    edition = make.released(newsroom, title="Alpha")
    make.next_draft(newsroom, edition.article, title="Beta")
    sign_in(client, newsroom.writer)
    assert titles(client, "version", state="draft") == {"Beta"}
    assert titles(client, "version", change_kind="new") == {"Alpha"}


@pytest.mark.parametrize("model", LISTS)
def test_a_nonsense_filter_is_no_server_error(client, newsroom, model):
    make.released(newsroom)
    sign_in(client, superuser())
    nonsense = {"standing": "x", "language": "'", "category": "x", "review": "x", "state": "x"}
    for name, value in nonsense.items():
        assert client.get(url(f"{model}_changelist"), {name: value}).status_code in (200, 302)


def test_an_article_says_when_it_was_reviewed_and_when_it_is_due(client, newsroom):
    edition = make.released(newsroom)
    sign_in(client, newsroom.writer)
    page = client.get(url("article_changelist")).content.decode()
    assert edition.last_reviewed.isoformat() in page
    assert edition.next_review_due.isoformat() in page
