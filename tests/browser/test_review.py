"""The review desk in a browser: read, remark, return, answer and sign; by phone, and by keys alone."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import PHONE
from topics.models import Remark, SignOff
from topics.rules.anchoring import Anchor
from topics.vocabulary import State
from topics.workflow import acts, remarks

pytestmark = pytest.mark.django_db(transaction=True)

DOSE = Anchor("section", "treatment", "5 mg")
SELECT = """(words) => {
    const text = document.querySelector("[data-readable]");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        node.parentElement.scrollIntoView({block: "center"});
        return true;
    }
    return false;
}"""

ACROSS = """([from, to]) => {
    const text = document.querySelector(".redline-changed");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
    const first = nodes.find((node) => node.data.includes(from));
    const last = nodes.findLast((node) => node.data.includes(to));
    const range = document.createRange();
    range.setStart(first, first.data.indexOf(from));
    range.setEnd(last, last.data.indexOf(to) + to.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    first.parentElement.scrollIntoView({block: "center"});
    return true;
}"""


def desk_of(version):
    return f"/admin/desk/versions/{version.pk}/review/"


def remark_on(page, words, text):
    assert page.evaluate(SELECT, words)
    page.get_by_role("button", name="Remark on this").click()
    expect(page.locator("#remark_text")).to_be_focused()
    page.keyboard.type(text)
    page.get_by_role("button", name="Keep this remark").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_remark_is_made_on_a_selection_and_stands_beside_it_until_it_is_answered(desk, newsroom):
    version = make.in_medical_review(newsroom)
    reviewer = desk(newsroom.primary.user)
    reviewer.page.get_by_role("link", name="Read and sign").click()
    page = reviewer.page
    expect(page.locator("h1")).to_contain_text("Cough")
    reviewer.photograph("desk")
    remark_on(page, "5 mg", "For an adult only: please give the dose by weight.")
    card = page.locator(".remark")
    expect(card).to_contain_text("Not answered")
    expect(page.locator("mark")).to_have_text("5 mg")
    reviewer.photograph("remarked")
    page.get_by_text("Return it with remarks instead").click()
    page.fill("#id_remarks", "Please see the dose.")
    reviewer.photograph("return")
    # The remark's own success is still told on this page: what counts is the next one.
    with page.expect_navigation():
        page.get_by_role("button", name="Return with these remarks").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    version.refresh_from_db()
    assert version.state == State.RETURNED
    reviewer.leave()

    body = make.BODY.replace("Take 5 mg", "Take 0.1 mg for each kg")
    following = make.next_draft(newsroom, version.article, change_kind="new", body=body)
    writer = desk(newsroom.writer)
    page = writer.open(f"/admin/topics/version/{following.pk}/change/")
    thread = page.locator(".remark", has_text="by weight")
    expect(thread).to_contain_text("The passage was rewritten. Now: “Take 0.1 mg for each kg at night.”")
    page.fill("#id_change_note", "Typed, and not saved yet.")
    thread.locator("summary").click()
    writer.photograph("draft")
    thread.get_by_label("What you say").fill("Now by weight, for children too.")
    thread.get_by_role("button", name="Answer").click()
    expect(page.locator(".remark", has_text="by weight")).to_contain_text("Now by weight")
    assert page.input_value("#id_change_note") == "Typed, and not saved yet."
    general = page.locator(".remark", has_text="Please see the dose")
    general.locator("summary").click()
    general.get_by_label("What you say").fill("Done.")
    general.get_by_role("button", name="Answer").click()
    expect(page.locator("#remarks .badge", has_text="Not answered")).to_have_count(0)
    writer.leave()
    assert not Remark.objects.unanswered().exists()

    make.in_medical_review(newsroom, following)
    second = desk(newsroom.specialist.user)
    page = second.open(desk_of(following))
    expect(page.locator(".remark", has_text="by weight")).to_contain_text("Answered")
    expect(page.locator("mark")).to_have_text("0.1 mg")
    second.photograph("answered")
    page.get_by_role("link", name="Redline").click()
    second.photograph("redline")
    page.get_by_role("link", name="JSON").click()
    second.photograph("json")
    page.fill("#id_password", make.PASSWORD)
    page.get_by_role("button", name="Sign off", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert SignOff.objects.filter(version=following, user=newsroom.specialist.user).exists()
    second.leave()


def test_a_version_is_read_remarked_on_and_signed_on_a_phone(desk, newsroom):
    version = make.in_medical_review(newsroom)
    remarks.remark(version, text="Which water?", actor=newsroom.editor, anchor=DOSE)
    reviewer = desk(newsroom.primary.user, **PHONE)
    page = reviewer.open(desk_of(version))
    passage, card = page.locator("mark").bounding_box(), page.locator(".remark").bounding_box()
    assert card["y"] > passage["y"] + passage["height"]
    assert card["width"] > 250
    remark_on(page, "You lose weight", "How much?")
    reviewer.photograph("phone")
    small = page.evaluate(
        """() => [...document.querySelectorAll("#content :is(a, button, summary, input, textarea)")]
        .filter((one) => one.offsetParent && !one.closest("p, dd, li:not(.clinical li)"))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
        .filter(([, height]) => height > 0 && height < 24)"""
    )
    assert small == []
    page.get_by_role("link", name="To the signature").tap()
    expect(page.locator("#id_password")).to_be_in_viewport()
    page.fill("#id_password", make.PASSWORD)
    page.get_by_role("button", name="Sign off", exact=True).tap()
    expect(page.locator("#id_password")).to_have_count(0)
    expect(page.locator(".messagelist .success")).to_be_visible()
    reviewer.leave()


def focus_on(page, pressed, most=120):
    """Presses Tab until the focus is on what the locator names."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if pressed.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {pressed}")


def test_a_version_is_found_remarked_on_and_signed_by_keys_alone(desk, newsroom):
    version = make.in_medical_review(newsroom)
    reviewer = desk(newsroom.primary.user)
    page = reviewer.page
    focus_on(page, page.get_by_role("link", name="Read and sign"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk_of(version)}")
    focus_on(page, page.locator("#new-remark > summary"))
    page.keyboard.press("Enter")
    focus_on(page, page.locator("#remark_where"))
    page.keyboard.type("Treat")
    page.keyboard.press("Tab")
    page.keyboard.type("plenty of water")
    page.keyboard.press("Tab")
    page.keyboard.type("How many glasses?")
    page.keyboard.press("Tab")
    reviewer.photograph("keys")
    page.keyboard.press("Enter")
    expect(page.locator(".remark")).to_contain_text("How many glasses?")
    focus_on(page, page.locator("#id_password"))
    page.keyboard.type(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_password")).to_have_count(0)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert SignOff.objects.get().user == newsroom.primary.user
    reviewer.leave()


@pytest.mark.parametrize("options", [{}, PHONE], ids=["laptop", "phone"])
def test_a_remark_is_made_on_the_redline_and_keeps_the_words_as_they_read_now(desk, newsroom, options):
    edition = make.released(newsroom)
    body = make.BODY.replace("Take 5 mg at night", "Take 50 mg at noon").replace("plenty", "a lot")
    version = make.in_medical_review(newsroom, make.next_draft(newsroom, edition.article, body=body))
    remarks.remark(
        version,
        text="How much?",
        actor=newsroom.editor,
        anchor=Anchor("section", "when-to-get-help", "You lose weight"),
    )
    reviewer = desk(newsroom.primary.user, **options)
    page = reviewer.open(f"{desk_of(version)}?view=redline")
    expect(page.locator(".remark")).to_contain_text("How much?")
    reviewer.photograph("redline")
    assert page.evaluate(ACROSS, ["Take ", "at "])
    page.get_by_role("button", name="Remark on this").click()
    expect(page.locator("#remark_quote")).to_have_value("Take 50 mg at")
    expect(page.locator("#remark_where")).to_have_value("section:treatment")
    page.keyboard.type("By weight?")
    reviewer.photograph("remark")
    page.get_by_role("button", name="Keep this remark").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert "view=redline" in page.url
    remark = Remark.objects.order_by("-pk").first()
    assert (remark.section, remark.quote) == ("treatment", "Take 50 mg at")
    assert remark.prefix.endswith("Drink a lot of water.")
    assert remark.suffix == "noon."
    # What was taken out is no passage of this version.
    assert page.evaluate(SELECT, "5 mg")
    expect(page.locator("#remark-here")).to_be_hidden()
    reviewer.leave()


def test_a_stale_sign_off_says_who_did_what_and_shows_how_it_stands(desk, newsroom):
    version = make.in_medical_review(newsroom)
    newsroom.editor.first_name, newsroom.editor.last_name = "Edna", "Editor"
    newsroom.editor.save()
    reviewer = desk(newsroom.primary.user)
    page = reviewer.open(desk_of(version))
    page.fill("#id_password", make.PASSWORD)
    acts.return_with_remarks(version, remarks="The guideline changed today.", actor=newsroom.editor)
    page.get_by_role("button", name="Sign off", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Edna Editor returned version 1 at")
    expect(alert).to_contain_text("after you opened this page")
    expect(page.locator(".review-head")).to_contain_text("Returned")
    expect(page.locator(".remark")).to_contain_text("The guideline changed today.")
    expect(page.get_by_role("button", name="Sign off", exact=True)).to_have_count(0)
    reviewer.faults = [fault for fault in reviewer.faults if "409" not in fault]
    reviewer.photograph("stale")
    reviewer.leave()
    assert not SignOff.objects.exists()


def test_the_desk_is_legible_in_the_dark(desk, newsroom):
    version = make.in_medical_review(newsroom)
    thread = remarks.remark(version, text="By weight?", actor=newsroom.editor, anchor=DOSE)
    remarks.answer(thread, version=version, text="It is for adults.", actor=newsroom.writer)
    other = Anchor("section", "when-to-get-help", "You lose weight")
    remarks.remark(version, text="How much, in which time?", actor=newsroom.editor, anchor=other)
    reviewer = desk(newsroom.primary.user, color_scheme="dark")
    reviewer.open(desk_of(version))
    reviewer.photograph("dark")
    reviewer.leave()
