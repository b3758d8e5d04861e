"""Finding and following in a real browser: search, filters, export, and the numbers of "my work"."""

import csv
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import PHONE
from topics.publishing.release import release


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def stocked(room):
    """A few articles in every condition, the oldest first."""
    heart = make.category("heart", policy=room.policy)
    make.released(room, at=days_ago(800), title="Bronchitis", slug="bronchitis")
    make.released(room, at=days_ago(700), title="Asthma", slug="asthma", category=heart)
    make.released(room, at=days_ago(10), title="Cough", slug="cough")
    make.draft(room, title="Presión arterial alta", slug="presion", language="es", category=heart)
    make.in_medical_review(room, title="Croup", slug="croup")
    make.submitted(room, title="Pleurisy", slug="pleurisy")
    following = make.approved(room, title="Sinusitis", slug="sinusitis")
    release(following, actor=room.publisher, starts_at=timezone.now() + timedelta(days=3))


def rows(page):
    return page.locator("#result_list tbody tr")


def test_an_editor_searches_filters_and_exports(transactional_db, desk):
    room = make.newsroom()
    stocked(room)
    editor = desk(room.editor)
    page = editor.open("/admin/topics/article/")
    expect(rows(page)).to_have_count(7)
    page.get_by_role("searchbox", name="Search").fill("presion alta")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_text("Presión arterial alta")).to_be_visible()
    assert page.url.endswith("/admin/topics/article/?q=presion+alta")
    page.get_by_role("link", name="Clear search and filters").click()
    page.get_by_label("Review", exact=True).select_option("Overdue")
    page.get_by_role("button", name="Show").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("1 article")
    editor.photograph("overdue")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    with download.value.path().open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["title"], row["review"]) for row in found] == [("Bronchitis", "Overdue")]
    page.get_by_role("link", name="Remove the filter review: Overdue").click()
    expect(rows(page)).to_have_count(7)
    editor.leave()


def test_an_editor_follows_the_numbers_the_bars_and_the_days(transactional_db, desk):
    room = make.newsroom()
    stocked(room)
    editor = desk(room.editor)
    page = editor.open("/admin/")
    editor.photograph("my-work")
    page.get_by_role("link", name="2 Due for review, nobody at work").click()
    expect(rows(page)).to_have_count(2)
    page.go_back()
    page.get_by_role("link", name="All articles, Overdue: 1").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("link", name="Bronchitis")).to_be_visible()
    page.go_back()
    page.get_by_text("The same as a table").click()
    editor.photograph("as-a-table")
    editor.open("/admin/desk/calendar/")
    day = timezone.now() + timedelta(days=3)
    if day.month != timezone.now().month:
        page.get_by_role("link", name="Next month").click()
    editor.photograph("calendar")
    page.get_by_role("link", name=f"{day:%Y-%m-%d}: 1 release").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("link", name="Sinusitis")).to_be_visible()
    editor.leave()


def test_a_list_and_my_work_fit_a_phone_in_the_dark(transactional_db, desk):
    room = make.newsroom()
    stocked(room)
    publisher = desk(room.publisher, color_scheme="dark", **PHONE)
    for name, path in (
        ("my-work", "/admin/"),
        ("calendar", "/admin/desk/calendar/"),
        ("articles", "/admin/topics/article/"),
        ("versions", "/admin/topics/version/?state=released"),
        ("editions", "/admin/topics/edition/"),
    ):
        page = publisher.open(path)
        publisher.photograph(name)
    expect(page.get_by_label("Category")).to_be_hidden()
    page.locator(".list-fold > summary").click()
    expect(page.get_by_label("Category")).to_be_visible()
    heading = "element => getComputedStyle(element, '::before').content"
    assert page.locator("#result_list .field-stands").first.evaluate(heading) == '"Standing"'
    publisher.leave()


def test_many_reviewers_are_completed_while_their_name_is_typed(transactional_db, desk, monkeypatch):
    monkeypatch.setattr("topics.admin.lists.of_versions.FEW", 1)
    room = make.newsroom()
    stocked(room)
    editor = desk(room.editor)
    page = editor.open("/admin/topics/version/")
    page.get_by_label("Reviewer", exact=True).press_sequentially("Pia")
    expect(page.locator("#reviewers option")).to_have_count(1)
    page.get_by_label("Reviewer", exact=True).press("Enter")
    expect(page.get_by_text("Reviewer: Pia")).to_be_visible()
    expect(rows(page)).to_have_count(5)
    editor.leave()


def test_my_settings_tell_where_the_browsers_clock_is_another(transactional_db, desk):
    room = make.newsroom()
    editor = desk(room.editor, timezone_id="America/Lima")
    page = editor.open("/admin/me/")
    hint = page.get_by_text("Your browser is set to the clock of America/Lima")
    expect(hint).to_be_visible()
    editor.photograph("another-clock")
    page.get_by_role("button", name="Choose the browser's").click()
    expect(page.get_by_label("Time zone")).to_have_value("America/Lima")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your settings are saved. In America/Lima it is")).to_be_visible()
    expect(hint).to_be_hidden()
    editor.leave()


def test_long_lists_fit_their_page(transactional_db, desk):
    room = make.newsroom()
    stocked(room)
    long = make.category("Musculoskeletal and rheumatic conditions", policy=room.policy)
    title = "Preventing falls and fractures at home for older adults"
    make.released(room, title=title, slug="preventing-falls-and-fractures-at-home", category=long)
    cut = "it => it.scrollWidth - it.clientWidth"
    for width in (1280, 1440):
        publisher = desk(room.publisher, viewport={"width": width, "height": 900})
        for name in ("version", "edition", "article"):
            page = publisher.open(f"/admin/topics/{name}/")
            assert page.locator("#changelist-form .results").evaluate(cut) <= 0, (name, width)
            publisher.photograph(f"{name}-{width}")
        publisher.leave()
