"""The redline, the timeline and the printed record in a real browser: links, keys, a phone, paper."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests import make
from tests.admin.test_redline import AFTER, BEFORE
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(newsroom):
    edition = make.released(newsroom, body=BEFORE)
    draft = make.next_draft(newsroom, edition.article, body=AFTER, title="Cough and cold")
    return edition, draft


def address(pair):
    edition, draft = pair
    return reverse("admin:redline", args=[edition.version_id, draft.pk])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_clinical_change_leads_to_its_passage(desk, newsroom, pair, scheme):
    at = desk(newsroom.editor, color_scheme=scheme)
    page = at.open(address(pair))
    page.get_by_role("link", name="“5 mg” became “50 mg”").first.click()
    target = page.locator(":target")
    assert "50 mg" in target.inner_text()
    assert target.is_visible()
    at.photograph(scheme)
    at.leave()


def test_folded_blocks_open_by_key(desk, newsroom, pair):
    at = desk(newsroom.editor)
    page = at.open(address(pair))
    hidden = page.get_by_text("Three.", exact=True)
    assert not hidden.is_visible()
    page.locator(".redline-same > summary").first.focus()
    page.keyboard.press("Enter")
    assert hidden.is_visible()
    at.check()
    at.leave()


@pytest.mark.parametrize("name", ["timeline", "topics_article_change"])
def test_any_two_versions_are_chosen_from_an_article(desk, newsroom, pair, name):
    edition, draft = pair
    at = desk(newsroom.editor)
    page = at.open(reverse(f"admin:{name}", args=[edition.article_id]))
    page.get_by_label("Compare", exact=True).select_option(label="Version 2 · Draft")
    page.get_by_label("with", exact=True).select_option(label="Version 1 · Released")
    page.get_by_role("button", name="Show the redline").click()
    page.wait_for_url(re.compile(r"/desk/redline/\d+/\d+/"))
    assert page.url.endswith(reverse("admin:redline", args=[draft.pk, edition.version_id]))
    at.leave()


def test_a_redline_is_read_on_a_phone(desk, newsroom, pair):
    at = desk(newsroom.editor, **PHONE)
    at.open(address(pair))
    at.photograph("phone")
    at.open(reverse("admin:timeline", args=[pair[0].article_id]))
    at.photograph("timeline")
    at.leave()


def test_the_record_is_printed_on_paper_without_anything_around_it(desk, newsroom, pair, tmp_path):
    edition, _draft = pair
    at = desk(newsroom.editor, color_scheme="dark")
    page = at.open(reverse("admin:edition_record", args=[edition.pk]))
    page.emulate_media(media="print")
    for around in ("#header", "nav", ".breadcrumbs", ".record-tools"):
        for found in page.locator(around).all():
            assert not found.is_visible(), around
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    printed = Path(tmp_path / "record.pdf")
    page.pdf(path=printed, prefer_css_page_size=True)
    assert printed.read_bytes().startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in printed.read_bytes() or b"/MediaBox [0 0 595" in printed.read_bytes()
    at.photograph("record")
    at.leave()
