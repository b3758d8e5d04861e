"""Pasting into the editor: whatever a word processor or a web page puts on the clipboard, only the
vocabulary is left, in the editor and in what is saved.
"""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.admin.pages import draft_page
from topics.content.html import ALLOWED, clean
from topics.models import Version

EDITOR = ".prose-editor .ProseMirror"

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!--
p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif; mso-fareast-language:EN-US;}
@page WordSection1 {size:612.0pt 792.0pt;} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml>
<![endif]-->
</head><body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
<h2 style='mso-style-next:Normal'><span style='font-size:14.0pt;color:#2F5496'>Treating a
fever<o:p></o:p></span></h2>
<p class=MsoNormal style='margin-bottom:6.0pt;text-indent:18pt'><b style='mso-bidi-font-weight:normal'>
<span lang=EN-GB style='mso-ansi-language:EN-GB'>Drink</span></b><span style='color:red'> plenty of
<i>water</i></span>.<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>Rest<o:p></o:p></p>
<p class=MsoNormal>Take <del cite="mailto:x">50</del><ins>5</ins> mg<sup>1</sup>.
<a href="javascript:alert(1)" onclick="alert(1)">Never this</a>,
<a name="_Hlk1"></a><a href="https://example.org/dose" style='mso-comment-continuation:1'>this</a>.
<img width=64 height=64 src="file:///C:/Users/x/clip_image001.png" onerror="alert(1)" v:shapes="P1">
<o:wrapblock><v:shape id="s1"><v:imagedata src="x"/></v:shape></o:wrapblock></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'>
<tr style='mso-yfti-irow:0'><td width=200 valign=top style='width:150.0pt'>
<p class=MsoNormal>Age<o:p></o:p></p>
</td><td width=200 valign=top><p class=MsoNormal>Dose<o:p></o:p></p></td></tr>
<tr><td width=200><p class=MsoNormal>Adults</p></td><td width=200><p class=MsoNormal>5 mg</p></td></tr>
</table>
<script>alert(1)</script><!--EndFragment--></body></html>
"""

WEB = """
<div class="article__body" id="main" data-track="1"><style>.x{color:red}</style>
<section><h1 class="hero" style="font-size:40px">Cough</h1>
<p style="display:none">Hidden advert</p>
<div><p onmouseover="alert(1)">A <span class="hl">cough</span> <font color=red>clears</font> up.</p>
<figure><img src="https://example.org/t.gif" onerror="alert(1)"><figcaption>A cough</figcaption></figure>
<iframe src="https://example.org/video">watch</iframe>
<table><tbody><tr><td>Outer
<table><tbody><tr><td>Inner 5 mg</td></tr></tbody></table></td></tr></tbody></table>
<form action="https://example.org/steal"><input name=q value=typed><button>Search</button></form>
<svg onload="alert(1)"><circle r=1 /></svg></div></section></div>
"""

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """
([selector, html]) => {
  const area = document.querySelector(selector)
  area.focus()
  const data = new DataTransfer()
  data.setData("text/html", html)
  data.setData("text/plain", html.replace(/<[^>]*>/g, " "))
  const settings = { clipboardData: data, bubbles: true, cancelable: true }
  area.dispatchEvent(new ClipboardEvent("paste", settings))
}
"""


def pasted(desk, newsroom, html, body=""):
    version = make.draft(newsroom, body=body)
    writer = desk(newsroom.writer)
    page = writer.open(draft_page(version))
    page.click(EDITOR)
    page.evaluate("window.alerted = 0; window.alert = () => { window.alerted += 1 }; 0")
    page.evaluate(PASTE, [EDITOR, html])
    return version, writer, page


def saved(page, version):
    assert page.evaluate("window.alerted") == 0
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    return Version.objects.get(pk=version.pk).body


def assert_only_the_vocabulary(body):
    assert clean(body) == body
    assert set(re.findall(r"<(\w+)", body)) <= set(ALLOWED)
    for trace in (
        "mso",
        "Mso",
        "style=",
        "class=",
        "o:p",
        "javascript",
        "file:",
        "alert",
        "<img",
        "font",
    ):
        assert trace not in body, trace


def test_what_is_pasted_from_word_leaves_only_the_vocabulary(desk, newsroom):
    version, writer, page = pasted(desk, newsroom, WORD)
    expect(page.locator(f"{EDITOR} h2")).to_have_text(re.compile(r"Treating a\s+fever"))
    body = saved(page, version)
    assert_only_the_vocabulary(body)
    assert "<h2>Treating a fever</h2>" in body
    assert "<strong>Drink</strong> plenty of <em>water</em>" in body
    assert '<a href="https://example.org/dose">this</a>' in body
    assert "Adults" in body and "<td>5 mg</td>" in body
    # What was struck out is gone: with it, the dose would read 505 mg.
    assert "Take 5 mg<sup>1</sup>" in body
    writer.leave()


def test_what_is_pasted_from_a_web_page_leaves_only_the_vocabulary(desk, newsroom):
    version, writer, page = pasted(desk, newsroom, WEB)
    expect(page.locator(EDITOR)).to_contain_text("clears")
    body = saved(page, version)
    assert_only_the_vocabulary(body)
    assert "A cough clears up." in body
    assert "<h2>Cough</h2>" in body
    assert "Hidden" not in body
    assert "Inner 5 mg" in body
    assert "watch" not in body
    writer.leave()


def test_an_address_of_an_article_of_this_site_is_pasted_as_a_reference(desk, newsroom, live_server):
    other = make.released(newsroom, slug="flu").article
    address = f"{live_server.url}/api/v1/articles/{other.public_id}/"
    foreign = f"https://example.org/api/v1/articles/{other.public_id}/"
    html = f'<p><a href="{address}">Flu</a> <a href="{foreign}">Elsewhere</a></p>'
    version, writer, page = pasted(desk, newsroom, html)
    expect(page.locator(EDITOR)).to_contain_text("Elsewhere")
    assert saved(page, version) == (
        f'<p><a href="article:{other.public_id}">Flu</a> <a href="{foreign}">Elsewhere</a></p>'
    )
    writer.leave()


TRANSFER = """
([selector, event, kind, words, times]) => {
  const area = document.querySelector(selector)
  const data = new DataTransfer()
  data.setData(kind, words.repeat(times))
  const { left, top } = area.getBoundingClientRect()
  const settings = { bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 20 }
  const begin = performance.now()
  area.dispatchEvent(event === "paste"
    ? new ClipboardEvent("paste", { ...settings, clipboardData: data })
    : new DragEvent("drop", { ...settings, dataTransfer: data }))
  return performance.now() - begin
}
"""


UNCOVERED = """
(it) => {
  const { left, top, right, bottom } = it.getBoundingClientRect()
  const x = (left + right) / 2
  return [top + 2, bottom - 2].every((y) => it.contains(document.elementFromPoint(x, y)))
}
"""


@pytest.mark.parametrize("event", ["paste", "drop"])
@pytest.mark.parametrize(
    ("kind", "words", "times"),
    [
        ("text/html", "<p>word</p>", 480_000),
        ("text/plain", "word and 5 mg\n\n", 330_000),
        ("text/plain", "word and 5 mg\n\n", 70_000),
    ],
)
def test_what_is_too_large_is_not_taken_over_and_the_page_says_so_where_one_is(
    desk, newsroom, event, kind, words, times
):
    version = make.draft(newsroom, body="<p>Kept</p>" * 200)
    writer = desk(newsroom.writer)
    page = writer.open(draft_page(version))
    page.evaluate("window.alerted = 0")
    # The caret at the end of a tall text, with the editor's bar out of sight.
    page.locator(f"{EDITOR} > p").last.click()
    page.locator(".prose-editor").evaluate("it => it.scrollIntoView({ block: 'end' })")
    page.mouse.wheel(0, 100)
    assert page.evaluate(TRANSFER, [EDITOR, event, kind, words, times]) < 2000
    expect(page.locator(".paste-note")).to_contain_text("too large for one article")
    for block in ("end", "start"):
        page.locator(".prose-editor").evaluate("(it, block) => it.scrollIntoView({ block })", block)
        expect(page.locator(".paste-note")).to_be_in_viewport(ratio=1)
        assert page.locator(".paste-note").evaluate(UNCOVERED)
    writer.photograph(f"refused-{event}")
    assert saved(page, version) == "<p>Kept</p>" * 200
    writer.leave()


@pytest.mark.parametrize(
    ("body", "pasted_html", "levels"),
    [
        ("", "<h1>One</h1><p>a</p>", ["H2"]),
        ("", "<h4>One</h4><p>a</p><h4>Two</h4><p>b</p>", ["H2", "H2"]),
        ("", "<h1>One</h1><h3>Two</h3><h6>Three</h6><h3>Four</h3>", ["H2", "H3", "H4", "H3"]),
        ("<h2>Above</h2><p>x</p>", "<h5>One</h5><p>a</p><h2>Two</h2><p>b</p>", ["H2", "H3", "H2"]),
    ],
)
def test_a_pasted_heading_stays_one_of_the_nearest_level(desk, newsroom, body, pasted_html, levels):
    version = make.draft(newsroom, body=body)
    writer = desk(newsroom.writer)
    page = writer.open(draft_page(version))
    page.locator(f"{EDITOR} > p").last.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.evaluate(PASTE, [EDITOR, pasted_html])
    expect(page.locator(f"{EDITOR} :is(h2, h3, h4)")).to_have_count(len(levels))
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    saved_body = Version.objects.get(pk=version.pk).body
    assert [tag.upper() for tag in re.findall(r"<(h\d)>", saved_body)] == levels
    writer.leave()
