"""The dark: a version is assigned, signed and released in it, and the theme button outlives a page."""

import pytest
from playwright.sync_api import expect

from tests import make
from topics.vocabulary import State

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = "getComputedStyle(document.body).backgroundColor"


def is_dark(page):
    red, green, blue = (int(part) for part in page.evaluate(GROUND).strip("rgb()").split(","))
    return red + green + blue < 200


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messagelist .success").first).to_be_visible()


def test_a_version_goes_its_way_in_the_dark(desk, newsroom):
    version = make.in_medical_review(newsroom)
    for reviewer in (newsroom.primary, newsroom.specialist):
        at = desk(reviewer.user, color_scheme="dark")
        assert is_dark(at.page)
        at.photograph(f"landing-{reviewer.name}")
        page = at.open(f"/admin/desk/versions/{version.pk}/sign_off/")
        at.photograph(f"sign-off-{reviewer.name}")
        page.fill("#id_password", make.PASSWORD)
        press(page, "Sign off")
        at.photograph(f"signed-{reviewer.name}")
        at.leave()
    version.refresh_from_db()
    assert version.state == State.APPROVED
    at = desk(newsroom.publisher, color_scheme="dark")
    page = at.open(f"/admin/desk/versions/{version.pk}/release/")
    press(page, "Release")
    at.photograph("released")
    at.leave()
    version.refresh_from_db()
    assert version.state == State.RELEASED


def test_the_theme_button_is_kept_from_page_to_page(desk, newsroom):
    at = desk(newsroom.editor, color_scheme="light")
    page = at.page
    assert not is_dark(page)
    page.get_by_role("button", name=newsroom.editor.username).click()
    at.photograph("menu")
    page.get_by_role("button", name="Light or dark").click()
    assert is_dark(page)
    at.open("/admin/topics/version/")
    assert is_dark(page)
    at.photograph("list")
    at.leave()
