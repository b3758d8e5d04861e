"""A publisher at their browser: schedules on their own clock, moves, cancels, releases several."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import PHONE
from topics.models import Edition, Version
from topics.publishing.together import release_together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(transactional_db):
    room = make.newsroom()
    room.publisher.time_zone = "Europe/Berlin"
    room.publisher.save()
    return room


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def told(page):
    return page.locator(".messagelist .success")


def test_a_release_is_scheduled_moved_and_cancelled_on_the_publishers_clock(desk, room):
    version = make.approved(room)
    at = desk(room.publisher)
    page = at.open(f"/admin/desk/versions/{version.pk}/release/")
    page.fill("#id_day", "2027-01-20")
    page.fill("#id_time", "09:30")
    expect(page.locator(".instant-utc")).to_have_text("That is 2027-01-20 08:30 UTC.")
    expect(page.get_by_label("At the date and time below")).to_be_checked()
    at.photograph("schedule")
    press(page, "Show first what would happen")
    expect(page.locator(".desk-looked")).to_contain_text("2027-01-20 09:30 CET (08:30 UTC)")
    at.photograph("looked")
    assert not Edition.objects.exists()
    press(page, "Release")
    expect(told(page)).to_contain_text("from 2027-01-20 09:30 CET (08:30 UTC)")

    edition = Edition.objects.get()
    page = at.open(f"/admin/desk/editions/{edition.pk}/move/")
    page.fill("#id_day", "2027-07-01")
    page.fill("#id_time", "09:30")
    expect(page.locator(".instant-utc")).to_have_text("That is 2027-07-01 07:30 UTC.")
    press(page, "Move the release")
    expect(told(page)).to_contain_text("public from 2027-07-01 09:30 CEST (07:30 UTC)")
    at.photograph("moved")

    moved = Edition.objects.get(number=2)
    page = at.open(f"/admin/desk/editions/{moved.pk}/cancel_release/")
    press(page, "Cancel this release")
    expect(told(page)).to_contain_text("is cancelled")
    assert not Edition.objects.ever_in_force().exists()
    at.leave()


def test_hours_that_the_clocks_leave_out_or_repeat_are_explained(desk, room):
    version = make.approved(room)
    at = desk(room.publisher)
    page = at.open(f"/admin/desk/versions/{version.pk}/release/")
    page.fill("#id_day", "2027-03-28")
    page.fill("#id_time", "02:30")
    expect(page.locator(".instant-utc")).to_contain_text("it does not come")
    press(page, "Release")
    expect(page.get_by_role("alert")).to_contain_text("the clocks go forward from 02:00 to 03:00")
    at.faults.clear()  # The browser reports the refusal's status as an error of its own.
    page.fill("#id_day", "2027-10-31")
    expect(page.locator(".instant-utc")).to_contain_text("2027-10-31 00:30 UTC · 2027-10-31 01:30 UTC")
    press(page, "Release")
    expect(page.get_by_role("alert")).to_contain_text("comes twice on 2027-10-31")
    at.photograph("twice")
    at.faults.clear()
    page.get_by_label("UTC+01:00, which is 2027-10-31 01:30 UTC").check()
    press(page, "Release")
    expect(told(page)).to_contain_text("02:30 CET (01:30 UTC)")
    at.leave()


def test_several_are_chosen_seen_and_released_together(desk, room):
    first = make.released(room, title="Asthma")
    make.approved(room, make.next_draft(room, first.article, title="Asthma today"))
    make.approved(room, title="Bronchitis")
    at = desk(room.publisher)
    page = at.open("/admin/desk/release-together/")
    expect(page.get_by_text("0 of 2 chosen")).to_be_visible()
    page.get_by_label("Choose all").check()
    expect(page.get_by_text("2 of 2 chosen")).to_be_visible()
    page.get_by_label("Asthma today").uncheck()
    expect(page.get_by_text("1 of 2 chosen")).to_be_visible()
    expect(page.get_by_label("Choose all")).not_to_be_checked()
    page.get_by_label("Asthma today").check()
    expect(page.get_by_label("Choose all")).to_be_checked()
    at.photograph("choose")
    press(page, "Go on with the chosen")
    expect(page.locator(".batch")).to_contain_text("Takes the place of edition 1")
    page.fill("#id_day", "2027-01-20")
    page.fill("#id_time", "09:30")
    at.photograph("together")
    press(page, "Release them together")
    expect(told(page)).to_contain_text("2 editions are scheduled together")
    at.photograph("scheduled")
    scheduled = Edition.objects.scheduled(at=timezone.now())
    assert len({edition.starts_at for edition in scheduled}) == 1
    page = at.open(f"/admin/desk/editions/{scheduled[0].pk}/cancel_release/")
    expect(page.get_by_text("one of 2 that were released together")).to_be_visible()
    press(page, "Cancel this release")
    expect(told(page)).to_contain_text("The releases of all 2 editions are cancelled.")
    at.leave()


def test_a_recall_shows_what_it_reaches_and_asks_for_the_slug(desk, room):
    edition = make.released(room, slug="cough", title="Cough")
    make.released(room, slug="croup", title="Croup in children")
    following = make.approved(room, make.next_draft(room, edition.article, title="Cough 2"))
    release_together(
        [following, make.approved(room, title="Bronchitis")],
        starts_at=timezone.now() + timedelta(days=3),
        actor=room.publisher,
    )
    at = desk(room.publisher)
    page = at.open(f"/admin/desk/editions/{edition.pk}/withdraw/")
    page.locator("input[value=safety_recall]").check()
    page.fill("#id_explanation", "The dose is wrong.")
    field = page.locator("#id_replacement")
    field.press_sequentially("croup")
    found = page.locator("#desk-articles option[value='croup [en]']")
    expect(found).to_have_text("Croup in children")
    field.fill("croup [en]")
    press(page, "Show first what would happen")
    expect(page.locator(".answer")).to_contain_text("410 Gone")
    expect(page.locator(".answer")).to_contain_text('"title": "Croup in children"')
    at.photograph("recall")
    press(page, "Withdraw this edition")
    expect(page.get_by_role("alert")).to_contain_text("Type cough")
    at.faults.clear()
    page.fill("#id_confirmation", "cough")
    press(page, "Withdraw this edition")
    expect(told(page)).to_contain_text("is withdrawn")
    assert not Edition.objects.scheduled(at=timezone.now()).exists()
    at.leave()


def test_an_editor_starts_the_reviews_that_are_due(desk, room):
    for title, days in (("Asthma", 800), ("Bronchitis", 790)):
        make.released(room, title=title, at=timezone.now() - timedelta(days=days))
    at = desk(room.editor)
    page = at.open("/admin/desk/periodic-review/")
    page.get_by_label("Asthma").check()
    page.get_by_label("Bronchitis").check()
    at.photograph("due")
    press(page, "Go on with the chosen")
    at.photograph("plan")
    press(page, "Start 2 reviews")
    expect(page.get_by_role("heading", name="2 reviews were started")).to_be_visible()
    at.photograph("report")
    assert Version.objects.filter(state="medical_review").count() == 2
    at.leave()


def test_a_publisher_releases_together_on_a_phone_in_the_dark(desk, room):
    versions = [make.approved(room, title=title) for title in ("Asthma", "Bronchitis")]
    at = desk(room.publisher, color_scheme="dark", **PHONE)
    page = at.open("/admin/desk/release-together/?" + "&".join(f"id={v.pk}" for v in versions))
    at.photograph("phone")
    press(page, "Release them together")
    expect(told(page)).to_contain_text("public together since")
    at.leave()


def test_everybody_sets_their_own_time_zone(desk, room):
    at = desk(room.writer)
    page = at.open("/admin/")
    page.locator("#user-tools > button").click()
    page.get_by_role("link", name="My settings").click()
    page.select_option("#id_time_zone", "America/New_York")
    press(page, "Save")
    expect(told(page)).to_contain_text("In America/New_York it is")
    at.photograph("settings")
    at.leave()
