"""The strict content security policy holds on every page of the admin."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.pages import draft_page, refused_by_csp, sign_in, superuser, url
from topics.admin.editor import WRITES, extensions
from topics.content.html import ALLOWED

MODELS = (
    *("article", "author", "notice", "user", "reviewer", "specialty", "category", "reviewpolicy"),
    *("version", "edition", "auditentry"),
)


def pages(newsroom):
    edition = make.released(newsroom)
    draft = make.next_draft(newsroom, edition.article)
    yield reverse("admin:index")
    yield reverse("admin:password_change")
    yield reverse("admin:app_list", args=["topics"])
    for model in MODELS:
        yield url(f"{model}_changelist")
    for model in MODELS[:8]:
        yield url(f"{model}_add")
    yield draft_page(draft)
    yield draft_page(edition.version)
    yield url("version_preview", draft.pk)
    yield url("article_change", edition.article_id)
    yield url("edition_change", edition.pk)
    yield url("reviewer_change", newsroom.primary.pk)
    yield url("reviewpolicy_change", newsroom.policy.pk)
    yield url("user_change", newsroom.writer.pk)
    yield url("category_history", newsroom.category.pk)
    yield url("auditentry_change", 1)


def test_no_page_has_inline_scripts_or_styles_without_the_nonce(client, newsroom):
    sign_in(client, superuser())
    for page in pages(newsroom):
        response = client.get(page)
        assert response.status_code == 200, page
        policy = response["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, page
        assert "unsafe-eval" not in policy, page
        assert refused_by_csp(response) == [], page


def test_the_editor_has_its_import_map_with_the_nonce_of_the_answer(client, newsroom):
    draft = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    response = client.get(draft_page(draft))
    nonce = response["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()


def test_the_login_page_keeps_the_policy(client, db):
    response = client.get(reverse("admin:login"))
    assert refused_by_csp(response) == []


def test_the_editor_writes_every_element_of_the_vocabulary_and_no_other():
    assert set().union(*WRITES.values()) == set(ALLOWED)


def test_an_element_that_leaves_the_vocabulary_leaves_the_editor(monkeypatch):
    monkeypatch.delitem(ALLOWED, "aside")
    assert "CallOut" not in extensions()
    assert "Table" in extensions()


@pytest.mark.parametrize("setting", ["levels", "protocols"])
def test_the_editor_takes_its_settings_from_the_vocabulary(setting):
    offered = {"levels": extensions()["Heading"], "protocols": extensions()["Link"]}[setting]
    wanted = {"levels": [2, 3, 4], "protocols": ["http", "https", "mailto", "tel"]}[setting]
    assert offered[setting] == wanted
