"""The strict content security policy: in every template, for the editor, and before signing in."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import topics
from tests import make
from tests.admin.pages import draft_page, refused_by_csp, sign_in
from topics.admin.editor import WRITES, extensions
from topics.content.html import ALLOWED

TEMPLATES = Path(topics.__file__).parent / "templates"
FORBIDDEN = {
    "an inline handler": r"<[^>{}%]*\son[a-z]+\s*=",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "a script without nonce": r"<(?:script|style)\b(?![^>]*(?:nonce|src)=)[^>]*>",
    "a script address": r"javascript:",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    for template in TEMPLATES.rglob("*.html"):
        found = re.findall(FORBIDDEN[what], template.read_text(encoding="utf-8"))
        assert found == [], template


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
    addresses = ["article", "http", "https", "mailto", "tel"]
    wanted = {"levels": [2, 3, 4], "protocols": addresses}[setting]
    assert offered[setting] == wanted
