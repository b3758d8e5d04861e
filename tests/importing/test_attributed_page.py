"""A saved page imports completely and exactly, or is refused with the line and the cause."""

import re
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topics.importing.attributed_page import (
    MAX_BYTES,
    Credit,
    LeftOut,
    NoticeText,
    ReviewerCredit,
    UnreadablePage,
    read_page,
)
from topics.vocabulary import NoticeKind

OWN_PAGE = Path(__file__).parent / "pages" / "asthma-inhaler.txt"
SEED_PAGE = (
    Path(__file__).resolve().parents[3] / "shared/corpus/seed/metastatic-or-recurrent-breast-cancer.txt"
)

ARTICLE = "Hay fever\n\nPollen makes you sneeze.\n\n"


def read(text):
    return read_page(text.encode())


def body(text):
    return read(f"Hay fever\n\n{text}").body_html


def blocks(html):
    """The (tag, text) of every element that holds text."""
    return re.findall(r"<(p|h2|li)>(.*?)</\1>", html)


# The page of another publisher: its sentences are compared with the file, never written here.


@pytest.mark.corpus
@pytest.mark.skipif(not SEED_PAGE.exists(), reason="the corpus is not beside the checkout")
def test_the_seed_page_imports_completely_and_exactly():
    lines = [line.strip() for line in SEED_PAGE.read_text(encoding="utf-8").split("\n")]
    stated = [(number, line) for number, line in enumerate(lines, start=1) if line]
    texts = [line for _, line in stated]

    page = read_page(SEED_PAGE.read_bytes())

    assert page.title == texts[0]
    found = blocks(page.body_html)
    assert [text for _, text in found] == [line.removeprefix("• ") for line in texts[1:13]]
    assert [tag for tag, _ in found] == ["p", "h2", "p", "h2", "p", "p", *["li"] * 5, "p"]
    assert page.body_html.count("<ul>") == 1
    assert re.sub(r"</?(?:p|h2|ul|li)>", "", page.body_html) == "".join(t for _, t in found)
    assert found[0][1].startswith("Metastatic breast cancer occurs")
    assert found[0][1].endswith("after treatment.")
    assert found[2][1].count("—") == 2
    assert found[5][1].endswith("on the following:")
    assert found[10][1].endswith("HER-2")
    assert found[11][1].startswith("Treatment may include")

    assert page.source_date == date(2009, 8, 18)
    assert f"Last Updated: {page.source_date_text}" == texts[13]
    assert page.authors == (Credit("Bets Davis", "MFA"),)
    assert page.reviewers == (
        ReviewerCredit("Joy Melnikow", "MD, MPH", "Family Medicine"),
        ReviewerCredit("Douglas A. Stewart", "MD", "Medical Oncology"),
    )
    assert [notice.kind for notice in page.notices] == ["disclaimer", "copyright", "trademark"]
    assert page.notices[0].text == texts[19]
    assert f"{page.notices[1].text} {page.notices[2].text}" == texts[20]
    assert page.notices[1].text.startswith("© 1995-2010")
    assert "trademarks of" in page.notices[2].text
    assert [(left.line, left.text) for left in page.left_out] == stated[16:19]


# A page of the project's own, compared in full.

OWN_BODY = (
    "<p>An inhaler carries medicine straight to the airways—it works within minutes. You’ll need "
    "one with you every day, even when you feel well.</p>"
    "<h2>What you need</h2>"
    "<p>A reliever inhaler (most are blue) and, if you're prescribed one, a spacer. A peak flow "
    "below 80\u00a0% &amp; falling is a warning; a reading &lt;50\u00a0% is an emergency.</p>"
    "<h2>How to take a puff</h2>"
    "<ol><li>Shake the inhaler and take off the cap.</li>"
    "<li>Breathe out as far as you comfortably can.</li>"
    "<li>Press once while you breathe in slowly, and hold your breath for 10 seconds.</li></ol>"
    "<h2>When should I call for help?</h2>"
    "<p>Call your local emergency number if:</p>"
    "<ul><li>your lips turn blue</li><li>you can't finish a sentence</li>"
    "<li>the reliever doesn't help after 10 puffs</li></ul>"
    "<p>Clean the spacer once a week:</p>"
    "<ul><li>warm water</li><li>no towel: let it dry</li></ul>"
    "<p>Keep this page near your inhaler.</p>"
)


def test_a_page_of_our_own_imports_completely_and_exactly():
    page = read_page(OWN_PAGE.read_bytes())

    assert page.title == "Using an inhaler for asthma"
    assert page.body_html == OWN_BODY
    assert page.source_date == date(2024, 3, 3)
    assert page.source_date_text == "3 March 2024"
    assert page.authors == (Credit("Rosa Lindqvist", "BA"), Credit("Tom Okafor-Bell", ""))
    assert page.reviewers == (
        ReviewerCredit("Anne-Marie Duarte", "MSN, FNP-BC", "Family and Community Medicine"),
        ReviewerCredit("Piet van der Meer, Jr.", "MD, PhD", "Pulmonology"),
    )
    assert page.notices == (
        NoticeText(
            NoticeKind.DISCLAIMER,
            "This information does not replace the advice of your own clinician. Your use of this "
            "page means that you accept the Terms of Use. Privacy Policy.",
        ),
        NoticeText(NoticeKind.COPYRIGHT, "© 2020–2024 Example Health Press. All rights reserved."),
        NoticeText(
            NoticeKind.TRADEMARK,
            "Example Health and the lantern are trademarks of Example Health Press.",
        ),
    )
    assert page.left_out == (
        LeftOut(17, "-----", "a rule or an empty list item"),
        LeftOut(36, "Editor: Kim Vale, MA", "a credit of a kind that is not imported"),
        LeftOut(40, "related physicians", "a heading of the site's own list"),
        LeftOut(41, "Ines Marlow, MD", "unknown text after the article's end"),
        LeftOut(
            43,
            "Harbour Clinic| Northside Hospital",
            "names of the sites that showed the page",
        ),
    )


@pytest.mark.parametrize(
    "disguise",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.replace(b"\n", b" \t\xc2\xa0\n"),
        lambda data: data.replace(b"\n\n", b"\n \t \n"),
        lambda data: data.replace("  • ".encode(), "\t•\u00a0".encode()),
        lambda data: data.replace(b": ", b":\xc2\xa0 "),
        lambda data: data.rstrip(),
    ],
    ids=["bom", "crlf", "cr", "trailing", "blank-looking", "tabs", "nbsp-runs", "no-end"],
)
def test_how_a_page_was_saved_makes_no_difference(disguise):
    assert read_page(disguise(OWN_PAGE.read_bytes())) == read_page(OWN_PAGE.read_bytes())


def test_a_page_without_credits_has_none():
    page = read(ARTICLE)

    assert page.body_html == "<p>Pollen makes you sneeze.</p>"
    assert (page.source_date, page.source_date_text) == (None, "")
    assert page.authors == page.reviewers == page.notices == page.left_out == ()


def test_a_page_without_credits_ends_where_the_furniture_begins():
    page = read(f"{ARTICLE}Clinic A| Clinic B\n\nrelated services\n\nAllergy tests")

    assert page.body_html == "<p>Pollen makes you sneeze.</p>"
    assert [left.text for left in page.left_out] == [
        "Clinic A| Clinic B",
        "related services",
        "Allergy tests",
    ]


# The body.


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Symptoms\n\nA runny nose.", "<h2>Symptoms</h2><p>A runny nose.</p>"),
        ("Is it a cold?\n\nNo.", "<h2>Is it a cold?</h2><p>No.</p>"),
        ("Symptoms\n\n• sneezing", "<h2>Symptoms</h2><ul><li>sneezing</li></ul>"),
        ("Take care.\n\nRest", "<p>Take care.</p><p>Rest</p>"),
        ("Take these:\n\n* one\n* two", "<p>Take these:</p><ul><li>one</li><li>two</li></ul>"),
        ("Rest well.”\n\nDrink.", "<p>Rest well.”</p><p>Drink.</p>"),
        ("Not\na heading\n\nText.", "<p>Not a heading</p><p>Text.</p>"),
        ("x" * 101 + "\n\nText.", f"<p>{'x' * 101}</p><p>Text.</p>"),
        ("– one\n– two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2) two", "<ol><li>one</li><li>two</li></ol>"),
        ("1. a\n2. b\n\n1. c\n2. d", "<ol><li>a</li><li>b</li></ol><ol><li>c</li><li>d</li></ol>"),
        ("• one\n\n1. a\n2. b", "<ul><li>one</li></ul><ol><li>a</li><li>b</li></ol>"),
        ("• one\n  more", "<ul><li>one more</li></ul>"),
        ("-5 °C is cold.", "<p>-5 °C is cold.</p>"),
        ("2.5 mg is enough.", "<p>2.5 mg is enough.</p>"),
        ("<script>&amp; x\n\nend", "<h2>&lt;script&gt;&amp;amp; x</h2><p>end</p>"),
        ("5\u00a0mg\tor  6\u2009mg.", "<p>5\u00a0mg or 6 mg.</p>"),
    ],
)
def test_text_becomes_elements(text, html):
    assert body(text) == html


def test_numbers_that_do_not_count_stay_in_the_text():
    assert body("1. Plan\n\nThink.\n\n2. Act\n\nDo.") == (
        "<h2>1. Plan</h2><p>Think.</p><h2>2. Act</h2><p>Do.</p>"
    )
    assert body("1. one\n2. two\n4. four") == ("<ol><li>one</li><li>two</li></ol><p>4. four</p>")


# Credits.


@pytest.mark.parametrize(
    ("stated", "reviewers"),
    [
        ("A B, MD – Oncology", [("A B", "MD", "Oncology")]),
        ("A B, MD — Oncology", [("A B", "MD", "Oncology")]),
        ("A B, MD- Oncology", [("A B", "MD", "Oncology")]),
        ("A B, PA-C - Oncology", [("A B", "PA-C", "Oncology")]),
        ("A B - Oncology", [("A B", "", "Oncology")]),
        ("A B, MD, MPH - X and Y", [("A B", "MD, MPH", "X and Y")]),
        ("A B, MD - X; C D, DO - Y", [("A B", "MD", "X"), ("C D", "DO", "Y")]),
        ("A B, MD - X & Y; C D, DO - Z", [("A B", "MD", "X & Y"), ("C D", "DO", "Z")]),
        ("A B, MD - Obstetrics & Gynecology;", [("A B", "MD", "Obstetrics & Gynecology")]),
        ("A B III, MD - X-ray", [("A B III", "MD", "X-ray")]),
    ],
)
def test_reviewers_are_told_apart(stated, reviewers):
    page = read(f"{ARTICLE}Medical Review: {stated}")

    assert page.reviewers == tuple(ReviewerCredit(*reviewer) for reviewer in reviewers)


@pytest.mark.parametrize(
    "stated", ["August 8, 2009", "Aug 8, 2009", "Aug. 8, 2009", "8 August 2009", "2009-08-08"]
)
def test_the_stated_date_is_kept_as_a_day_and_as_written(stated):
    page = read(f"{ARTICLE}Last Updated: {stated}")

    assert (page.source_date, page.source_date_text) == (date(2009, 8, 8), stated)


def test_notices_on_lines_of_their_own_are_told_apart():
    page = read(
        f"{ARTICLE}© 2024 Example Press\n\nYour use of this site is your choice.\n\n"
        "Lantern is a registered trademark of Example Press.\n\nPrivacy Policy"
    )

    assert [notice.kind for notice in page.notices] == ["copyright", "terms", "trademark"]
    assert [left.text for left in page.left_out] == ["Privacy Policy"]


# Refusals.


@pytest.mark.parametrize(
    ("data", "line", "cause"),
    [
        (b"", 1, "no title"),
        (b" \n\t\n", 1, "no title"),
        (b"\nAuthor: A B\n", 2, "no title"),
        (b"\nClinic A| Clinic B\n\nText.", 2, "no title"),
        (b"This is a sentence.\n\nText.", 1, "no title"),
        (b"x" * 201 + b"\n\nText.", 1, "longer than 200 characters"),
        (b"Title\nText.", 2, "right below the title"),
        (b"Title\n", 1, "no body"),
        (b"Title\n\nAuthor: A B\n\nText.", 1, "no body"),
        (b"Title\n\nA\x00B", 3, "binary"),
        (b"Title\n\nA\x1bB", 3, "U+001B at column 2"),
        ("Title\n\nlost \ufffd".encode(), 3, "U+FFFD"),
        (b"Title\r\n\r\nIt\x92s", 3, "0x92 at offset 11 is not UTF-8"),
        ("Title\n\nText.".encode("utf-16"), 1, "UTF-16"),
        (b"\x89PNG\r\n\x1a\n", 1, "not UTF-8"),
        (b"<!DOCTYPE html>\n\n<p>Text.", 1, "HTML"),
        (b"%PDF-1.7\n\nText.", 1, "PDF"),
        (b"x" * (MAX_BYTES + 1), 1, "larger than 2,000,000 bytes"),
        (b"Title\n\n" + b"x" * 10_000_000, 3, "larger than 2,000,000 bytes"),
        (b"Title\n\nDrug | Dose\nX | 5 mg", 3, "table"),
        (b"Title\n\n- a\n    - b", 4, "list within a list"),
        (b"Title\n\n- a\nb", 4, "right below a list item"),
        (b"Title\n\nText.\nThis information does not replace advice.", 4, "blank line"),
        (b"Title\n\nText.\n\nrelated services\n\nMore.\n\nAuthor: A B", 7, "credit on line 9"),
    ],
)
def test_a_malformed_page_is_refused_with_line_and_cause(data, line, cause):
    with pytest.raises(UnreadablePage) as refusal:
        read_page(data)

    assert refusal.value.line == line
    assert cause in refusal.value.cause
    assert "expected: " in refusal.value.cause
    assert str(refusal.value) == (f"line {line}: " if line else "") + refusal.value.cause


@pytest.mark.parametrize(
    ("credit", "line", "cause"),
    [
        ("Author:", 5, "names nobody"),
        ("Author: , MFA", 5, "without name"),
        ("Author: A B & ", 5, "names nobody"),
        ("Author: A B; ; C D", 5, "names nobody"),
        ("Author: A B, MFA\nmore", 6, "right below a credit"),
        ("Last Updated:", 5, "not a date"),
        ("Last Updated: soon", 5, "not a date"),
        ("Last Updated: 08/09/2009", 5, "not a date"),
        ("Last Updated: August 2009", 5, "not a date"),
        ("Last Updated: February 30, 2009", 5, "not a date"),
        ("Last Updated: May 1, 2009\nLast Updated: May 2, 2009", 6, "second “Last Updated:”"),
        ("Medical Review:", 5, "names nobody"),
        ("Medical Review: A B, MD", 5, "without specialty"),
        ("Medical Review: A B, MD -", 5, "without specialty"),
        ("Medical Review: - Oncology", 5, "without name"),
        ("Medical Review: A B, MD - X & C D, DO", 5, "without specialty"),
        ("Medical Review: A B, MD - X and C D, DO - Y", 5, "more than one specialty"),
        ("Medical Review: A B, MD - X & C D, DO - Y; E F, RN - Z", 5, "more than one specialty"),
    ],
)
def test_a_malformed_credit_is_refused_with_line_and_cause(credit, line, cause):
    with pytest.raises(UnreadablePage, match=cause) as refusal:
        read(ARTICLE + credit)

    assert refusal.value.line == line
    assert "expected: " in refusal.value.cause


# Whatever the bytes.

ARTICLE_TEXT = ["Symptoms", "A runny nose.", "It depends on:", "• pollen", "1. wash", "<b> & c"]
CREDITS = [
    "Last Updated: August 18, 2009",
    "Author: Zed Zaal, ZFA",
    "Medical Review: Zed Zaal, ZD - Zoonoses & Zoe Zorn, ZD - Zoster",
    "Editor: Zed Zaal",
]
FURNITURE = [
    "related physicians",
    "Zed Clinic| Zed Hospital| Zed Health",
    "This information does not replace the advice of Zed. Terms of Use. Privacy Policy.",
    "© 1995-2010 Zed, Incorporated. The Zed logo is a trademark of Zed, Incorporated.",
]
AFTER_ARTICLE = "Zed|Zoe|Last Updated|related physicians"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        assert read_page(data).body_html
    except UnreadablePage as refusal:
        assert refusal.cause


@given(st.text(st.sampled_from("Aa1.:;,&|-–•©() \t\n\r\u00a0\u2028<>"), max_size=80))
def test_any_text_is_read_or_refused_and_stays_escaped(text):
    try:
        html = body(text)
    except UnreadablePage as refusal:
        assert refusal.cause
    else:
        assert not re.sub(r"</?(?:p|h2|ul|ol|li)>", "", html).count("<")


@given(
    st.lists(
        st.tuples(st.sampled_from(ARTICLE_TEXT + CREDITS + FURNITURE), st.just("\n") | st.just("\n\n"))
    )
)
def test_no_credit_and_no_boilerplate_becomes_article_text(lines):
    try:
        page = read(ARTICLE + "".join(line + end for line, end in lines))
    except UnreadablePage as refusal:
        assert refusal.line
    else:
        assert not re.search(AFTER_ARTICLE, page.body_html)


@given(
    st.lists(st.sampled_from(ARTICLE_TEXT)),
    st.lists(st.sampled_from(CREDITS), unique=True, min_size=1),
    st.lists(st.sampled_from([*FURNITURE, "Zed sells pollen masks."])),
)
def test_every_line_of_a_page_is_kept_or_reported(article, credits, furniture):
    page = read(ARTICLE + "\n\n".join([*article, *credits, *furniture]))

    items = [line.removeprefix("• ").removeprefix("1. ") for line in article]
    texts = [unescape(text).removeprefix("1. ") for _, text in blocks(page.body_html)]
    assert texts == ["Pollen makes you sneeze.", *items]
    assert bool(page.source_date) == (CREDITS[0] in credits)
    assert len(page.authors) == (CREDITS[1] in credits)
    assert len(page.reviewers) == 2 * (CREDITS[2] in credits)
    reported = Counter(left.text for left in page.left_out)
    noticed = " ".join(notice.text for notice in page.notices)
    for line, times in Counter([*furniture, *credits]).items():
        if line not in CREDITS[:3]:
            assert reported[line] + noticed.count(line) == times
