"""A preview made by an editor and opened by somebody without an account, in a browser of their own."""

import json

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser import axe
from topics.publishing.release import release

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_without_an_account_reads_exactly_the_version_until_it_is_out(
    desk, new_context, live_server
):
    room = make.newsroom()
    version = make.approved(room, title="Cough")
    at = desk(room.editor)
    page = at.open(f"/admin/topics/version/{version.pk}/change/")
    page.get_by_role("link", name="Preview links").click()
    page.select_option("#id_days", "3")
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("For people").input_value()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    at.photograph("links")

    context = new_context(base_url=live_server.url)
    stranger, faults = context.new_page(), []
    stranger.on("pageerror", lambda error: faults.append(str(error)))
    stranger.on("console", lambda message: message.type == "error" and faults.append(message.text))
    reply = stranger.goto(address)
    assert reply.headers["cache-control"] == "no-store, private"
    expect(stranger.get_by_text("Not approved. Not for patients.")).to_be_in_viewport()
    expect(stranger.get_by_role("heading", name="Cough", level=1)).to_be_visible()
    stranger.mouse.wheel(0, 5000)
    expect(stranger.get_by_text("Not approved. Not for patients.")).to_be_in_viewport()
    stranger.emulate_media(media="print")
    expect(stranger.get_by_text("Not approved. Not for patients.")).to_be_visible()
    stranger.emulate_media(media="screen", color_scheme="dark")
    stranger.set_viewport_size({"width": 390, "height": 844})
    wide = stranger.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    if axe.is_installed():
        assert axe.violations(stranger) == []
    assert context.cookies() == []
    assert [fault for fault in faults if "inline style" not in fault] == []

    body = json.loads(stranger.goto(address.removesuffix("/") + ".json").text())
    assert (body["title"], body["preview"], body["approved"]) == ("Cough", True, False)

    release(version, actor=room.publisher)
    assert stranger.goto(address).status == 404
    expect(stranger.get_by_role("heading", name="Nothing to preview")).to_be_visible()
    at.leave()
