"""A translation in a browser: begun from an edition, compared, left behind, and caught up."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import PHONE
from topics.models import Version
from topics.workflow import drafting
from topics.workflow.translating import catch_up

SPANISH = (
    "<p>La mayoría de las toses se va sola.</p>"
    "<h2>Tratamiento</h2><p>Beba mucha agua. Tome 50 mg por la noche.</p>"
)

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_translation_is_begun_compared_left_behind_and_caught_up(desk, newsroom):
    source = make.released(newsroom)
    writer = desk(newsroom.writer)
    page = writer.open(f"/admin/topics/edition/{source.pk}/change/")
    page.get_by_role("link", name="Translate into…").click()
    page.fill("#id_language", "es")
    page.fill("#id_slug", "tos")
    writer.photograph("translate")
    press(page, "Start the translation")
    expect(page.locator(".messagelist")).to_contain_text("The translation into Spanish of edition 1")
    version = Version.objects.get(article__slug="tos")
    assert version.body == make.BODY

    version = drafting.edit(
        version, actor=newsroom.writer, revision=version.revision, title="Tos", body=SPANISH
    )
    page = writer.open(f"/admin/topics/version/{version.pk}/change/")
    page.get_by_role("link", name="Side by side").click()
    marks = page.locator(".side-marks li")
    expect(marks).to_have_count(2)
    expect(marks.first).to_contain_text("not in the translation: 5 mg; only in the translation: 50 mg")
    expect(marks.last).to_contain_text("the translation lacks this section")
    assert page.locator(".side[lang=es]").count() == page.locator(".side[lang=en]").count() == 4
    press(page, "Next to look at")
    expect(page.locator("#pair-3")).to_be_focused()
    writer.photograph("side-by-side")

    version = drafting.edit(
        version,
        actor=newsroom.writer,
        revision=version.revision,
        body=SPANISH.replace("50 mg", "5 mg")
        + "<h2>Cuándo pedir ayuda</h2><ul><li>Sangre</li><li>Peso</li></ul>",
    )
    page.reload()
    expect(page.get_by_text("with the same numbers in the same order")).to_be_visible()
    make.released(newsroom, version)
    make.released(
        newsroom, make.next_draft(newsroom, source.article, body=make.BODY.replace("5 mg", "2 mg"))
    )

    page = writer.open("/admin/")
    page.get_by_role("link", name="Translations behind their source").first.click()
    page = writer.open("/admin/desk/translations/")
    row = page.locator(".drift-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("1 edition behind: made from 1, now 2")
    writer.photograph("desk")
    page.get_by_role("link", name="Redline 1 to 2").click()
    expect(page.get_by_text("2 mg").first).to_be_visible()
    page = writer.open("/admin/desk/translations/")
    row.get_by_role("link", name="Catch up").click()
    writer.photograph("catch-up")
    press(page, "Catch up")
    expect(page.locator(".messagelist")).to_contain_text("Version 2 is now to say what edition 2")
    expect(page.locator("[aria-labelledby=marks-heading]")).to_contain_text("still translated as before")
    expect(page.locator("[aria-labelledby=changed-heading]")).to_contain_text("Treatment")
    expect(page.locator("#clinical-heading")).to_contain_text("1 clinical change")
    writer.photograph("caught-up")
    page.locator(".clinical-rows a").first.click()
    expect(page.locator(".side-row.is-marked ins")).to_contain_text("2 mg")
    page.locator(".act-bar").get_by_role("link", name="Edit the draft").click()

    source_panel = page.locator("#source")
    expect(source_panel.locator("> summary")).to_contain_text("1 changed")
    section = source_panel.locator(".source-section", has_text="Treatment")
    expect(section.locator("ins")).to_be_hidden()
    section.locator("summary").press("Enter")
    expect(section.locator("ins")).to_contain_text("2 mg")
    writer.photograph("source-beside-the-form")
    cautions = page.locator(".beside-cautions")
    expect(cautions).to_contain_text("still translated as before: “Treatment”")
    dose = page.locator(".ProseMirror p", has_text="5 mg")
    dose.click(click_count=3)
    page.keyboard.type("Beba mucha agua. Tome 2 mg por la noche.")
    expect(cautions).to_have_count(0)
    press(page, "Save")
    expect(section).to_contain_text("the translation was changed since")
    writer.leave()


def test_a_translator_has_the_source_in_sight_on_a_phone(desk, newsroom):
    source = make.released(newsroom)
    version = make.draft(
        newsroom, language="es", translation_of=source.article, title="Tos", body=SPANISH
    )
    changed = make.next_draft(newsroom, source.article, body=make.BODY.replace("5 mg", "2 mg"))
    make.released(newsroom, changed)
    catch_up(version.article, actor=newsroom.writer)
    writer = desk(newsroom.writer, **PHONE)
    page = writer.open(f"/admin/topics/version/{version.pk}/change/")
    page.locator(".source-section", has_text="Treatment").locator("summary").click()
    page.locator(".ProseMirror").scroll_into_view_if_needed()
    page.locator(".ProseMirror p").last.click()
    expect(page.locator("#source > summary")).to_be_in_viewport()
    expect(page.locator(".ProseMirror p").last).to_be_in_viewport()
    writer.photograph("source-above-the-text")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    writer.leave()


def test_a_reviewer_compares_on_a_phone(desk, newsroom):
    source = make.released(newsroom)
    version = make.draft(
        newsroom, language="es", translation_of=source.article, title="Tos", body=SPANISH
    )
    version = make.in_medical_review(newsroom, version)
    reviewer = desk(newsroom.primary.user, **PHONE)
    page = reviewer.open(f"/admin/desk/translations/{version.pk}/")
    expect(page.locator(".side-marks")).to_contain_text("50 mg")
    expect(page.get_by_role("link", name="Edit the draft")).to_have_count(0)
    reviewer.photograph("phone")
    reviewer.leave()
