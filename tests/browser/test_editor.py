"""The editor in a browser: what it is given, it gives back; where it could not, it gives way."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.admin.pages import draft_page
from topics.content.html import ALLOWED, clean
from topics.models import Version
from topics.workflow import drafting

EVERYTHING = (
    "<p>Lead with <strong>strong</strong>, <em>em</em>, H<sub>2</sub>O, 10<sup>9</sup>/L, "
    'x<sup>2<sub>i</sub></sup>, y<sub>i<sup>2</sup></sub>, <a href="https://example.org/?a=1&amp;b=2">'
    "a link</a>.<br>Below &lt; 5\u00a0mg.</p>"
    "<h2>Two</h2><h3>Three</h3><h4>Four</h4>"
    "<ul><li>One<ul><li>Nested</li></ul></li><li><p>Two paragraphs</p><p>in one</p></li></ul>"
    "<ol><li>First</li><li>Second</li></ol>"
    '<aside class="key-points"><ul><li>Point</li></ul></aside>'
    '<aside class="when-to-call"><p>Call <a href="tel:911">911</a>.</p></aside>'
    "<dl><dt>Term</dt><dd>Definition</dd><dd><p>Two</p><p>paragraphs</p></dd></dl>"
    "<table><caption>Doses by <em>age</em></caption><thead><tr>"
    '<th scope="col">Age</th><th colspan="2" scope="colgroup">Dose</th></tr></thead><tbody>'
    '<tr><th rowspan="2" scope="row">1</th><td>5</td><td></td></tr>'
    '<tr><td colspan="2">7.5<ul><li>at night</li></ul></td></tr></tbody></table>'
    "<p>End</p>"
)
UNEVEN = "<table><tbody><tr><td>5 mg</td></tr><tr><td>a</td><td>b</td></tr></tbody></table><p>End</p>"
EDITOR = ".prose-editor .ProseMirror"

pytestmark = pytest.mark.django_db(transaction=True)


def opened(desk, newsroom, body):
    version = make.draft(newsroom, body=body)
    writer = desk(newsroom.writer)
    return version, writer, writer.open(draft_page(version))


def go_to_the_end(page):
    """Puts the caret behind the last paragraph's text, as a hand does: by clicking there."""
    last = page.locator(f"{EDITOR} > p").last
    box = last.bounding_box()
    last.click(position={"x": box["width"] - 4, "y": box["height"] / 2})


def test_the_example_holds_every_element_of_the_vocabulary():
    assert clean(EVERYTHING) == EVERYTHING
    assert set(re.findall(r"<(\w+)", EVERYTHING)) == set(ALLOWED)


def test_a_word_added_to_a_body_with_every_element_changes_nothing_else(desk, newsroom):
    version, writer, page = opened(desk, newsroom, EVERYTHING)
    go_to_the_end(page)
    page.keyboard.type(" of it")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    saved = Version.objects.get(pk=version.pk)
    assert saved.body == EVERYTHING.replace("<p>End</p>", "<p>End of it</p>")
    writer.leave()


def test_a_body_that_the_editor_would_change_is_shown_as_html(desk, newsroom):
    version, writer, page = opened(desk, newsroom, UNEVEN)
    expect(page.locator(".plain-html-note")).to_be_visible()
    expect(page.locator(EDITOR)).to_have_count(0)
    assert page.input_value("#id_body") == UNEVEN
    page.fill("#id_body", UNEVEN.replace("End", "The end"))
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Version.objects.get(pk=version.pk).body == UNEVEN.replace("End", "The end")
    writer.leave()


def test_call_outs_and_definitions_are_made_with_the_menu(desk, newsroom):
    version, writer, page = opened(desk, newsroom, "")
    page.click(EDITOR)
    page.click("[data-name='definitionList']")
    page.keyboard.type("A swelling.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # The next term …
    page.keyboard.press("Enter")  # … which stays empty: out of the list.
    page.keyboard.type("Call us.")
    page.click("[data-name='callOut:when-to-call']")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Version.objects.get(pk=version.pk).body == (
        '<dl><dt>Term</dt><dd>A swelling.</dd></dl><aside class="when-to-call"><p>Call us.</p></aside>'
    )
    writer.leave()


def test_a_stale_tab_still_shows_what_was_typed(desk, newsroom):
    version, writer, page = opened(desk, newsroom, EVERYTHING)
    drafting.edit(version, actor=newsroom.editor, revision=version.revision, title="Came first")
    go_to_the_end(page)
    page.keyboard.type(", typed in vain?")
    page.click("[name=_save]")
    expect(page.locator(".writing-conflict")).to_be_visible()
    expect(page.locator(EDITOR)).to_contain_text("End, typed in vain?")
    writer.photograph("stale")
    writer.faults = [fault for fault in writer.faults if "409" not in fault]
    writer.leave()
