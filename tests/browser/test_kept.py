"""What is typed into a remark or a return is kept in the browser until it was sent, as drafts are."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.admin.pages import draft_page
from tests.browser.test_writing import kept, log_in_again, until_kept
from topics.models import Remark

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_remark_and_a_return_that_were_cut_off_are_offered_back_to_who_typed_them(desk, newsroom):
    version = make.in_medical_review(newsroom)
    address = reverse("admin:review_desk", args=[version.pk])
    reviewer = desk(newsroom.primary.user)
    page = reviewer.open(address)
    page.locator("#return > summary").click()
    page.fill("#return textarea", "Please cite the dose.")
    page.locator("#new-remark > summary").click()
    page.fill("#new-remark textarea[name=text]", "By weight?")
    until_kept(page, "By weight?")
    until_kept(page, "Please cite the dose.")
    page = reviewer.open(address)
    offers = page.locator(".kept-text")
    expect(offers).to_have_count(2)
    expect(offers.first).to_contain_text("in this browser that was not saved")
    reviewer.photograph("offered")
    page.locator("#new-remark").get_by_role("button", name="Restore it").click()
    expect(page.locator("#new-remark textarea[name=text]")).to_have_value("By weight?")
    page.locator("#return").get_by_role("button", name="Discard it").click()
    log_in_again(page, newsroom.primary.user)
    page.get_by_role("button", name="Keep this remark").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert Remark.objects.get().text == "By weight?"
    assert kept(page) == []
    reviewer.open(address)
    expect(page.locator(".kept-text")).to_have_count(0)
    reviewer.leave()


def test_what_one_account_typed_is_offered_to_no_other(desk, newsroom):
    version = make.in_medical_review(newsroom)
    address = reverse("admin:review_desk", args=[version.pk])
    reviewer = desk(newsroom.primary.user)
    page = reviewer.open(address)
    page.locator("#return > summary").click()
    page.fill("#return textarea", "Not for others.")
    until_kept(page, "Not for others.")
    log_in_again(page, newsroom.specialist.user)
    page = reviewer.open(address)
    expect(page.locator("#return")).to_have_count(1)
    expect(page.locator(".kept-text")).to_have_count(0)
    assert "Not for others." not in page.content()
    reviewer.leave()


FULL = """
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    for (let n = 0; n < 12; n++) {
      try { localStorage.setItem(`full${size}-${n}`, "x".repeat(size)) } catch { break }
    }
  }
"""


def test_where_the_browser_has_no_room_the_page_says_that_nothing_is_kept(desk, newsroom):
    version = make.in_medical_review(newsroom)
    reviewer = desk(newsroom.primary.user)
    page = reviewer.open(reverse("admin:review_desk", args=[version.pk]))
    page.evaluate(FULL)
    page.locator("#return > summary").click()
    page.fill("#return textarea", "Please cite the dose.")
    note = page.locator("#return .not-kept")
    expect(note).to_contain_text("no room to keep")
    expect(note).to_be_in_viewport()
    page.evaluate("localStorage.clear()")
    page.fill("#return textarea", "Please cite the dose by weight.")
    until_kept(page, "by weight")
    expect(note).to_have_count(0)
    reviewer.leave()


def test_a_draft_that_is_not_kept_says_so_too(desk, newsroom):
    version = make.draft(newsroom)
    writer = desk(newsroom.writer)
    page = writer.open(draft_page(version))
    page.evaluate(FULL)
    page.fill("#id_title", "Typed without room")
    note = page.locator("#beside .not-kept")
    expect(note).to_contain_text("no room to keep")
    expect(note).to_be_in_viewport()
    writer.photograph("no-room")
    page.evaluate("localStorage.clear()")
    page.fill("#id_title", "Typed with room")
    until_kept(page, "Typed with room")
    expect(note).to_have_count(0)
    writer.leave()
