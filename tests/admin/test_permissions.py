"""Who sees what: the table of roles and pages is written out by hand."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests import make
from tests.admin.pages import draft_page, fields, sign_in, superuser, url
from topics.models import Version

# Columns: writer, editor, medical reviewer, publisher, administrator. y: 200, n: 403.
PAGES = """
article_changelist         y y y y y
article_add                y y n n n
version_changelist         y y y y y
edition_changelist         y y y y y
author_changelist          y y n y y
author_add                 y y n n y
notice_changelist          y y n y y
notice_add                 n n n y y
user_changelist            n n n n y
user_add                   n n n n y
reviewer_changelist        y y n y y
reviewer_add               n n n n y
specialty_changelist       y y n y y
specialty_add              n n n n y
category_changelist        y y n y y
category_add               n n n n y
reviewpolicy_changelist    y y n y y
reviewpolicy_add           n n n n y
auditentry_changelist      n y n y y
"""
ROLES = ("writer", "editor", "medical_reviewer", "publisher", "administrator")
TABLE = [
    (role, page, 200 if mark == "y" else 403)
    for page, *marks in (line.split() for line in PAGES.strip().splitlines())
    for role, mark in zip(ROLES, marks, strict=True)
]


@pytest.mark.parametrize(("role", "page", "status"), TABLE)
def test_each_role_reaches_its_pages_and_no_others(client, db, role, page, status):
    sign_in(client, make.user(role))
    assert client.get(url(page)).status_code == status


@pytest.mark.parametrize("page", [line.split()[0] for line in PAGES.strip().splitlines()])
def test_an_account_without_a_role_is_sent_to_the_login(client, db, page):
    sign_in(client, make.user())
    response = client.get(url(page))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("model", ["version", "edition", "auditentry"])
def test_not_even_a_superuser_adds_what_only_a_door_writes(client, db, model):
    sign_in(client, superuser())
    assert client.get(url(f"{model}_add")).status_code == 403


def test_a_reviewer_sees_the_versions_that_they_were_asked_to_sign_and_no_others(client, newsroom):
    asked = make.in_medical_review(newsroom, title="Asked to sign")
    other = make.submitted(newsroom, title="Nobody asked yet")
    sign_in(client, newsroom.primary.user)
    listed = client.get(url("version_changelist")).content.decode()
    assert "Asked to sign" in listed
    assert "Nobody asked yet" not in listed
    assert client.get(draft_page(asked)).status_code == 200
    assert client.get(draft_page(other)).status_code == 302  # Django's “does not exist”.
    assert client.get(url("version_preview", other.pk)).status_code == 404
    assert client.get(url("article_change", asked.article_id)).status_code == 200
    assert client.get(url("article_change", other.article_id)).status_code == 302


def test_a_reviewer_finds_no_draft_on_the_page_of_an_article_that_they_reviewed(client, newsroom):
    edition = make.released(newsroom, title="Reviewed")
    make.next_draft(newsroom, edition.article, title="Secret draft")
    sign_in(client, newsroom.primary.user)
    page = client.get(url("article_change", edition.article_id)).content.decode()
    assert "Reviewed" in page
    assert "Secret draft" not in page
    assert "Secret draft" not in client.get(url("article_changelist")).content.decode()


def test_a_reviewer_reads_no_audit_trail(client, newsroom):
    version = make.in_medical_review(newsroom)
    sign_in(client, newsroom.primary.user)
    assert client.get(url("version_history", version.pk)).status_code == 403
    assert "create_article" not in client.get(draft_page(version)).content.decode()


def test_an_editor_reads_the_audit_trail(client, newsroom):
    version = make.in_medical_review(newsroom)
    sign_in(client, newsroom.editor)
    assert client.get(url("version_history", version.pk)).status_code == 200
    assert "submit" in client.get(draft_page(version)).content.decode()


def test_a_publisher_reads_a_draft_but_has_no_form(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.publisher)
    response = client.get(draft_page(version))
    assert response.status_code == 200
    assert "title" not in fields(response)
    assert client.post(draft_page(version), {"title": "Changed"}).status_code == 403


@pytest.mark.parametrize("model", list(admin.site._registry))
def test_nobody_deletes_not_even_a_superuser(client, newsroom, model):
    make.released(newsroom)
    row = model._base_manager.first() or newsroom.policy
    sign_in(client, superuser())
    name = model._meta.model_name
    for send in (client.get, client.post):
        assert send(url(f"{name}_delete", row.pk), {"post": "yes"}).status_code in (302, 403)
    assert type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", list(admin.site._registry))
def test_the_only_acts_on_many_rows_at_once_are_those_that_lead_to_a_page(rf, db, model):
    request = rf.get("/")
    request.user = superuser()
    page = admin.site._registry[model]
    assert set(page.get_actions(request)) == {act.name for act in getattr(page, "bulk_acts", ())}
    assert page.list_editable == ()


def test_a_forged_bulk_deletion_deletes_nothing(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, superuser())
    client.post(
        url("version_changelist"),
        {"action": "delete_selected", "_selected_action": [version.pk], "post": "yes", "index": 0},
    )
    assert Version.objects.filter(pk=version.pk).exists()


def test_groups_have_no_page_because_the_roles_are_fixed(client, db):
    sign_in(client, superuser())
    assert client.get("/admin/auth/group/").status_code == 404


def test_the_sidebar_lists_only_what_the_account_may_open(client, newsroom):
    sign_in(client, newsroom.primary.user)
    page = client.get(url("version_changelist")).content.decode()
    assert url("edition_changelist") in page
    for hidden in ("user", "category", "reviewpolicy", "auditentry", "notice", "author"):
        assert url(f"{hidden}_changelist") not in page


def test_a_reviewer_cannot_look_through_accounts_or_authors_by_autocompletion(client, newsroom):
    sign_in(client, newsroom.primary.user)
    for model, field in (("versionauthor", "author"), ("relatedarticle", "article"), ("author", "user")):
        query = {"app_label": "topics", "model_name": model, "field_name": field}
        response = client.get(reverse("admin:autocomplete"), query)
        assert response.status_code == 403 or response.json()["results"] == []
