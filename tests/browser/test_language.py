"""The interface in Spanish, chosen in the menu, and kept."""

import pytest
from playwright.sync_api import expect

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_chooses_spanish_and_keeps_it(desk, newsroom):
    make.submitted(newsroom)
    at = desk(newsroom.editor)
    page = at.page
    page.get_by_role("button", name=newsroom.editor.username).click()
    page.select_option("#menu-language", "es")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mi trabajo")
    assert page.get_attribute("html", "lang") == "es"
    at.photograph("landing")
    page = at.open("/admin/topics/version/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Versiones")
    at.photograph("list")
    at.leave()


def test_a_browser_that_asks_for_spanish_gets_it_with_the_editors_words(desk, newsroom):
    version = make.draft(newsroom)
    at = desk(newsroom.writer, locale="es-ES")
    page = at.open(f"/admin/topics/version/{version.pk}/change/")
    expect(page.get_by_role("button", name="Puntos clave")).to_be_visible()
    at.photograph("draft")
    at.leave()
