"""Lists answer with the same number of queries however long they are, and filters find what they say."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from tests import make
from tests.admin.pages import sign_in, superuser, url
from topics.publishing.withdraw import withdraw

LISTS = (
    *("article", "version", "edition", "author", "notice", "user", "reviewer"),
    *("specialty", "category", "reviewpolicy", "auditentry"),
)


@pytest.fixture
def newsroom(stage):
    return stage.room


def more(newsroom, number):
    for _ in range(number):
        make.released(newsroom, category=make.category(parent=newsroom.category))
        make.reviewer("Cardiology", "Oncology")
        make.policy()


def queries_of(client):
    counts = {}
    for model in LISTS:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(f"{model}_changelist")).status_code == 200
        counts[model] = len(queries)
    return counts


def test_a_longer_list_needs_no_more_queries(client, newsroom):
    sign_in(client, superuser())
    more(newsroom, 2)
    few = queries_of(client)
    more(newsroom, 2)
    assert queries_of(client) == few


@pytest.mark.parametrize("page", ["article_change", "version_change", "edition_change"])
def test_every_role_that_may_opens_a_page(client, newsroom, stage, page):
    edition = stage.edition
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
def test_a_nonsense_filter_is_no_server_error(client, stage, model):
    sign_in(client, superuser())
    nonsense = {"standing": "x", "language": "'", "category": "x", "review": "x", "state": "x"}
    for name, value in nonsense.items():
        assert client.get(url(f"{model}_changelist"), {name: value}).status_code in (200, 302)


def test_an_article_says_when_it_was_reviewed_and_when_it_is_due(client, newsroom, stage):
    edition = stage.edition
    sign_in(client, newsroom.writer)
    page = client.get(url("article_changelist")).content.decode()
    assert edition.last_reviewed.isoformat() in page
    assert edition.next_review_due.isoformat() in page


@pytest.mark.parametrize(
    ("model", "name", "value", "filter_name"),
    [
        ("version", "state", "xx", "state"),
        ("article", "category", "abc", "category"),
        ("article", "category", "999999999", "category"),
        ("edition", "due", "2026-13-45", "review due"),
        ("edition", "begins", "9999-12-31", "in force from"),
        ("edition", "ends", "0001-01-01", "ends"),
        ("auditentry", "act", "<b>", "act"),
    ],
)
def test_an_unknown_value_of_a_filter_lists_nothing_and_says_so(
    client, stage, model, name, value, filter_name
):
    sign_in(client, superuser())
    response = client.get(url(f"{model}_changelist"), {name: value})
    assert response.context["cl"].result_count == 0
    page = response.content.decode()
    sentence = (
        f"Nothing is listed, because “{escape(value)}” is no choice of the filter “{filter_name}”."
    )
    assert page.count(sentence) == 1
    export = client.get(url(f"{model}_export"), {name: value})
    assert len(b"".join(export.streaming_content).splitlines()) == 1
    # Told once: not again on the next page.
    assert "Nothing is listed" not in client.get(url(f"{model}_changelist")).content.decode()


@pytest.mark.parametrize(
    ("model", "name", "filter_name"),
    [
        ("reviewer", "queue", "my work"),
        ("reviewer", "credential", "credential"),
        ("reviewer", "reads", "reviews in"),
        ("category", "queue", "my work"),
        ("user", "role", "role"),
    ],
)
def test_so_does_a_short_list(client, newsroom, model, name, filter_name):
    sign_in(client, newsroom.administrator)
    address = url(f"{model}_changelist")
    assert client.get(address).context["cl"].result_count > 0
    response = client.get(address, {name: "xx"})
    assert response.context["cl"].result_count == 0
    assert f"“xx” is no choice of the filter “{filter_name}”" in response.content.decode()


def test_an_export_is_named_after_what_it_lists(client, newsroom):
    sign_in(client, superuser())
    for model, name in (("auditentry", "audit-entries"), ("version", "versions")):
        for language in ("en", "es"):
            response = client.get(url(f"{model}_export"), headers={"accept-language": language})
            assert f'filename="{name}-2' in response["Content-Disposition"]
