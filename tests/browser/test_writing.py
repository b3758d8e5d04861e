"""Writing in a browser: the panel beside the draft, links by search, kept text, two writers, pasting."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.admin.pages import draft_page
from tests.browser.conftest import PHONE
from topics.models import Reference, Version
from topics.workflow import drafting

EDITOR = ".prose-editor .ProseMirror"
BODY = (
    "<p>Most coughs clear up.</p><h2>Treatment</h2><p>Drink plenty of water, and rest.</p>"
    "<h3>Medicines</h3><p>Antibiotics do not help against a virus.</p>"
)

pytestmark = pytest.mark.django_db(transaction=True)


def opened(desk, user, version):
    person = desk(user)
    page = person.open(draft_page(version))
    expect(page.locator(EDITOR)).to_be_visible()
    return person, page


def at_the_end(page):
    last = page.locator(f"{EDITOR} > p").last
    box = last.bounding_box()
    last.click(position={"x": box["width"] - 4, "y": box["height"] / 2})


def save(page):
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")


def kept(page):
    return page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('signoff:')).map(k => localStorage[k])"
    )


def until_kept(page, words):
    for _ in range(50):
        if any(words in text for text in kept(page)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{words} was not kept in the browser.")


def test_what_stands_beside_the_draft_follows_what_is_typed(desk, newsroom):
    newsroom.category.target_grade = 6
    newsroom.category.save()
    version = make.draft(newsroom, body=BODY)
    writer, page = opened(desk, newsroom.writer, version)
    beside = page.locator("#beside-now")
    expect(beside).to_contain_text("Nothing is missing")
    expect(beside).to_contain_text("within the target, grade 6")
    page.fill("#id_title", "")
    expect(beside).to_contain_text("The title is missing.")
    at_the_end(page)
    page.keyboard.type(
        " Electrocardiographic abnormalities necessitate immediate cardiological consultation; "
        "pharmacological anticoagulation considerably diminishes thromboembolic complications."
    )
    expect(beside).to_contain_text("harder than the target, grade 6")
    expect(beside.locator(".beside-gauge.is-harder")).to_be_visible()
    writer.photograph("beside")
    page.locator("summary", has_text="Hardest words").click()
    page.get_by_role("button", name="electrocardiographic").click()
    assert page.evaluate("getSelection().toString()") == "Electrocardiographic"
    page.get_by_role("button", name="Medicines").click()
    assert page.evaluate("getSelection().anchorNode.textContent") == "Medicines"
    assert Version.objects.get(pk=version.pk).title == "Cough"
    writer.leave()


def test_a_link_to_an_article_is_chosen_by_search_with_the_keyboard(desk, newsroom):
    other = make.released(newsroom, slug="whooping-cough", title="Whooping cough").article
    version = make.draft(newsroom, body="<p>Read more</p>")
    writer, page = opened(desk, newsroom.writer, version)
    page.click(EDITOR)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Alt+k")
    dialog = page.get_by_role("dialog", name="Link to an article")
    dialog.get_by_role("combobox").fill("whoop")
    expect(dialog.get_by_role("option")).to_contain_text("Whooping cough")
    writer.photograph("picker")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+Alt+k")
    dialog.get_by_role("combobox").fill("whoop")
    expect(dialog.get_by_role("option")).to_contain_text("Whooping cough")
    page.keyboard.press("Enter")
    expect(page.locator(f"{EDITOR} a")).to_have_attribute("href", f"article:{other.public_id}")
    save(page)
    saved = Version.objects.get(pk=version.pk)
    assert saved.body == f'<p><a href="article:{other.public_id}">Read more</a></p>'
    assert [mention.article for mention in saved.mentions.all()] == [other]
    writer.leave()


def test_a_heading_that_would_skip_a_level_is_not_offered(desk, newsroom):
    version = make.draft(newsroom, body="<h2>Treatment</h2><p>Rest</p>")
    writer, page = opened(desk, newsroom.writer, version)
    page.locator(f"{EDITOR} p").click()
    expect(page.locator("[data-name='heading4']")).to_be_disabled()
    expect(page.locator("[data-name='heading3']")).to_be_enabled()
    page.keyboard.press("Control+Alt+4")
    expect(page.locator(f"{EDITOR} h4")).to_have_count(0)
    page.click("[data-name='heading3']")
    expect(page.locator(f"{EDITOR} h3")).to_have_text("Rest")
    writer.leave()


def test_what_was_typed_is_offered_back_after_the_browser_was_closed(desk, newsroom):
    version = make.draft(newsroom, body=BODY)
    writer, page = opened(desk, newsroom.writer, version)
    page.fill("#id_title", "Typed and cut off")
    at_the_end(page)
    page.keyboard.type(" Typed too.")
    page.locator("#references-group .add-row a").click()
    page.fill("#id_references-0-title", "A typed reference")
    until_kept(page, "A typed reference")
    page.close()
    page = writer.page = page.context.new_page()
    page.goto(draft_page(version))
    offer = page.locator(".kept")
    expect(offer).to_contain_text("in this browser that was not saved")
    offer.locator("summary").click()
    expect(offer).to_contain_text("Typed and cut off")
    writer.photograph("offered")
    offer.get_by_role("button", name="Restore it").click()
    expect(page.locator("#id_title")).to_have_value("Typed and cut off")
    expect(page.locator(EDITOR)).to_contain_text("Typed too.")
    expect(page.locator("#id_references-0-title")).to_have_value("A typed reference")
    save(page)
    expect(page.locator(".kept")).to_have_count(0)
    assert kept(page) == []
    saved = Version.objects.get(pk=version.pk)
    assert saved.title == "Typed and cut off"
    assert saved.body.endswith("virus. Typed too.</p>")
    assert saved.references.get().title == "A typed reference"
    writer.leave()


def log_in_again(page, user):
    """In another tab of the same browser, where nobody is logged in any more."""
    other = page.context.new_page()
    other.context.clear_cookies(name="sessionid")
    other.goto("/admin/")
    other.fill("#id_username", user.username)
    other.fill("#id_password", make.PASSWORD)
    other.click("#login-form [type=submit]")
    expect(other.locator("#user-tools")).to_contain_text(user.printed_name())
    other.close()


def test_a_save_after_logging_in_again_in_another_tab_loses_nothing(desk, newsroom):
    version = make.draft(newsroom, body=BODY)
    writer, page = opened(desk, newsroom.writer, version)
    page.fill("#id_title", "Typed before the second login")
    log_in_again(page, newsroom.writer)
    save(page)
    assert Version.objects.get(pk=version.pk).title == "Typed before the second login"
    writer.faults = [fault for fault in writer.faults if "403" not in fault]
    writer.leave()


def test_what_was_typed_stays_where_it_is_while_nobody_or_somebody_else_is_logged_in(desk, newsroom):
    version = make.draft(newsroom, body=BODY)
    writer, page = opened(desk, newsroom.writer, version)
    page.fill("#id_title", "Typed by one whose login expired")
    page.context.clear_cookies(name="sessionid")
    page.click("[name=_save]")
    note = page.locator(".session-note")
    expect(note).to_contain_text("You are logged out, so nothing was sent")
    log_in_again(page, newsroom.editor)
    page.click("[name=_save]")
    expect(note).to_contain_text(f"You are logged in as {newsroom.editor.printed_name()} now")
    expect(page.locator("#id_title")).to_have_value("Typed by one whose login expired")
    writer.photograph("not sent")
    assert Version.objects.get(pk=version.pk).title == "Cough"
    log_in_again(page, newsroom.writer)
    save(page)
    assert Version.objects.get(pk=version.pk).title == "Typed by one whose login expired"
    writer.faults = [fault for fault in writer.faults if "403" not in fault]
    writer.leave()


def test_kept_text_is_shown_to_no_other_account_and_goes_with_a_log_out(desk, newsroom):
    version = make.draft(newsroom, body=BODY)
    writer, page = opened(desk, newsroom.writer, version)
    page.fill("#id_title", "Not for others")
    until_kept(page, "Not for others")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.goto("/admin/")
    page.fill("#id_username", newsroom.editor.username)
    page.fill("#id_password", make.PASSWORD)
    page.click("[type=submit]")
    page.goto(draft_page(version))
    expect(page.locator(EDITOR)).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator(".kept")).to_have_count(0)
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.goto(draft_page(version))
    expect(page.locator(".kept")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("body")).to_contain_text(re.compile("log", re.IGNORECASE))
    page.wait_for_load_state()
    assert kept(page) == []
    # The draft's own questions to the server may come just after the cookies went.
    writer.faults = [fault for fault in writer.faults if "403" not in fault]
    writer.leave()


def test_two_writers_see_both_texts_and_choose(desk, newsroom):
    version = make.draft(newsroom, body=BODY)
    first, one = opened(desk, newsroom.writer, version)
    second, other = opened(desk, newsroom.editor, version)
    one.fill("#id_title", "Cough in adults")
    one.fill("#id_summary", "What a cough is, briefly.")
    at_the_end(one)
    one.keyboard.type(" They may harm.")
    save(one)
    other.fill("#id_title", "Coughing")
    other.locator(f"{EDITOR} > p").first.click(position={"x": 4, "y": 8})
    other.keyboard.press("Home")
    other.keyboard.type("Be patient. ")
    at_the_end(other)
    other.keyboard.type(" Take 50 mg.")
    other.click("[name=_save]")
    conflict = other.locator(".writing-conflict")
    expect(conflict).to_contain_text("Two people wrote in this draft")
    expect(conflict).to_contain_text(newsroom.writer.printed_name())
    expect(other.locator("#id_title")).to_have_value("Coughing")
    second.photograph("conflict")
    # What only one of them touched is taken; where both did, nothing is chosen for them.
    expect(conflict.locator(".conflict-taken")).to_contain_text("Be patient.")
    expect(conflict.locator(".conflict-taken")).to_contain_text("What a cough is, briefly.")
    expect(conflict.locator("input:checked")).to_have_count(0)
    expect(other.locator("#version_form [type=submit]:visible")).to_have_count(1)
    choose = other.get_by_role("button", name="Save with these choices")
    choose.click()
    expect(conflict).to_contain_text("Choose whose text stays: nothing was saved")
    second.photograph("unanswered")
    title = conflict.locator("fieldset", has_text="Title")
    title.get_by_label("as saved now").check()
    body = conflict.locator("fieldset", has_text="Medicines")
    expect(body.locator("ins")).to_contain_text("Take 50 mg")
    body.get_by_label("Yours, as in the form below").check()
    choose.click()
    expect(other.locator(".messagelist")).to_contain_text("changed successfully")
    saved = Version.objects.get(pk=version.pk)
    assert (saved.title, saved.summary) == ("Cough in adults", "What a cough is, briefly.")
    assert saved.body.startswith("<p>Be patient. Most coughs clear up.</p>")
    assert saved.body.endswith("virus. Take 50 mg.</p>")
    assert kept(other) == []
    second.faults = [fault for fault in second.faults if "409" not in fault]
    first.leave()
    second.leave()


def test_a_choice_is_held_against_the_text_that_was_shown(desk, newsroom):
    version = make.draft(newsroom, body=BODY)
    writer, page = opened(desk, newsroom.writer, version)
    page.fill("#id_title", "Mine")
    version = drafting.edit(version, actor=newsroom.editor, revision=1, title="Theirs")
    page.click("[name=_save]")
    expect(page.locator(".writing-conflict")).to_contain_text("Theirs")
    drafting.edit(version, actor=newsroom.editor, revision=2, title="Theirs again")
    page.get_by_label("Yours, as in the form below").check()
    page.get_by_role("button", name="Save with these choices").click()
    expect(page.locator(".writing-conflict")).to_contain_text("Theirs again")
    assert Version.objects.get(pk=version.pk).title == "Theirs again"
    page.get_by_label("Yours, as in the form below").check()
    page.get_by_role("button", name="Save with these choices").click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Version.objects.get(pk=version.pk).title == "Mine"
    writer.faults = [fault for fault in writer.faults if "409" not in fault]
    writer.leave()


@pytest.mark.parametrize(
    "options", [PHONE, {"viewport": {"width": 1366, "height": 768}}], ids=["phone", "laptop"]
)
def test_rows_of_authors_and_references_fit_the_page_and_submitting_is_in_reach(desk, newsroom, options):
    version = make.draft(newsroom, body=BODY)
    Reference.objects.create(
        version=version, title="A study", url="https://example.org/" + "study/" * 20
    )
    writer = desk(newsroom.writer, **options)
    page = writer.open(draft_page(version))
    expect(page.locator("#references-0").get_by_label("Address, row 1")).to_be_visible()
    page.locator("#references-group .add-row a").click()
    expect(page.locator("#id_references-1-url")).to_be_visible()
    wider = page.evaluate(
        "[...document.querySelectorAll('.tabular')].filter((e) => e.scrollWidth > e.clientWidth)"
        ".map((e) => e.parentElement.id)"
    )
    assert wider == []
    writer.photograph("rows")
    expect(page.get_by_role("button", name="Save, then submit…")).to_be_in_viewport()
    page.get_by_role("button", name="Save, then submit…").click()
    expect(page.locator("h1")).to_have_text("Submit")
    writer.leave()


def test_kept_text_is_dated_in_the_language_and_on_the_clock_of_the_person(desk, newsroom):
    newsroom.writer.time_zone = "Asia/Tokyo"
    newsroom.writer.save()
    version = make.draft(newsroom, body=BODY)
    writer = desk(newsroom.writer, locale="es-ES", timezone_id="America/New_York")
    page = writer.open(draft_page(version))
    page.fill("#id_title", "Cortado")
    until_kept(page, "Cortado")
    page.reload()
    expect(page.locator(".kept")).to_contain_text(re.compile(r"de \w+ de 20\d\d a las \d\d:\d\d GMT\+9"))
    writer.leave()
