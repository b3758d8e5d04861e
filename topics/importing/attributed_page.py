"""An attributed page is one article saved as plain text with its credit lines and site furniture.

In this order, apart by blank lines:

    Title
    Lead paragraph, headings, paragraphs, lists
    Last Updated: August 18, 2009
    Author: name, credentials
    Medical Review: name, credentials - specialty & name, credentials - specialty
    Related links, names of sites, disclaimer, copyright, trademarks

The article ends at its first credit line or, without credits, at the first line of furniture. From
there on every line is a credit, a notice, or left out with a reason; none of it is article text.
Where a line could be either, the page is refused rather than a sentence lost or a name misread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from topics.importing.after_article import ends_article, sorted_lines
from topics.importing.body import body_html
from topics.importing.boilerplate import LeftOut, NoticeText, names_sites
from topics.importing.credits import (
    AUTHORS,
    REVIEWERS,
    UPDATED,
    Credit,
    CreditLine,
    ReviewerCredit,
    authors,
    credit_line,
    reviewers,
    stated_date,
)
from topics.importing.reading import MAX_BYTES, Line, UnreadablePage, read_lines

__all__ = [
    "MAX_BYTES",
    "AttributedPage",
    "Credit",
    "LeftOut",
    "NoticeText",
    "ReviewerCredit",
    "UnreadablePage",
    "read_page",
]

LONGEST_TITLE = 200
"""In characters."""

_RULE_OR_EMPTY_ITEM = frozenset("-–—_=*~#•· ")


@dataclass(frozen=True)
class AttributedPage:
    """What a saved page states, word for word, and what of it is left out.

    `body_html` begins with the lead paragraph. There is no summary: a page states none, and an
    article's summary is for an editor to write. `source_date` is the day of "Last Updated:", which
    says nothing about a review; `source_date_text` is how the page wrote it; None and empty where
    it is absent. Of the reviewers the first is the primary one, the second the specialist.
    """

    title: str
    body_html: str
    source_date: date | None
    source_date_text: str
    authors: tuple[Credit, ...]
    reviewers: tuple[ReviewerCredit, ...]
    notices: tuple[NoticeText, ...]
    left_out: tuple[LeftOut, ...]


def read_page(data: bytes) -> AttributedPage:
    """Read a saved page.

    Raises UnreadablePage, with line and cause, for data that is not a text of at most `MAX_BYTES`
    in UTF-8, for a page without title or body, for a malformed credit line, and for text that may
    or may not belong to the article.
    """
    lines, rules = _without_rules(read_lines(data))
    start = _title_index(lines)
    end = _article_end(lines, start + 1)
    body = body_html(lines[start + 1 : end])
    if not body:
        raise UnreadablePage(
            lines[start].number,
            "the page has no body after its title; expected: the article's text",
        )
    after = sorted_lines(lines[end:])
    updated = _the_one_update(after.credits)
    return AttributedPage(
        title=lines[start].plain,
        body_html=body,
        source_date=stated_date(updated) if updated else None,
        source_date_text=updated.value if updated else "",
        authors=tuple(
            person for line in after.credits if line.label == AUTHORS for person in authors(line)
        ),
        reviewers=tuple(
            person for line in after.credits if line.label == REVIEWERS for person in reviewers(line)
        ),
        notices=after.notices,
        left_out=tuple(sorted((*rules, *after.left_out), key=lambda item: item.line)),
    )


def _without_rules(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """The lines with rules such as "-----" and empty list items made blank, and those lines."""
    kept, rules = [], []
    for line in lines:
        if line.text and _RULE_OR_EMPTY_ITEM.issuperset(line.plain):
            rules.append(LeftOut(line.number, line.text, "a rule or an empty list item"))
            kept.append(Line(line.number, 0, ""))
        else:
            kept.append(line)
    return kept, rules


def _title_index(lines: Sequence[Line]) -> int:
    """Where the title stands: the first line with text, alone, and not a sentence."""
    expected = "expected: the title on a line of its own, then a blank line"
    index = next((index for index, line in enumerate(lines) if line.text), None)
    if index is None:
        raise UnreadablePage(1, f"the page has no title, and no text at all; {expected}")
    line = lines[index]
    if ends_article(line) or names_sites(line) or line.text.endswith((".", ":")):
        raise UnreadablePage(line.number, f"the page has no title; {expected}")
    if len(line.text) > LONGEST_TITLE:
        raise UnreadablePage(
            line.number,
            f"the page has no title, or one longer than {LONGEST_TITLE} characters; {expected}",
        )
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below and below.text and not ends_article(below):
        raise UnreadablePage(below.number, f"text right below the title; {expected}")
    return index


def _article_end(lines: Sequence[Line], start: int) -> int:
    """The index of the first line that is no longer the article."""
    end = next((index for index in range(start, len(lines)) if ends_article(lines[index])), len(lines))
    if start < end < len(lines) and lines[end - 1].text and not credit_line(lines[end]):
        raise UnreadablePage(
            lines[end].number,
            "a notice or a line of the site's right below the article's text; "
            "expected: a blank line between them",
        )
    last = next((index for index in range(end - 1, start - 1, -1) if lines[index].text), None)
    return last if last is not None and names_sites(lines[last]) else end


def _the_one_update(credits: Sequence[CreditLine]) -> CreditLine | None:
    updates = [credit for credit in credits if credit.label == UPDATED]
    if len(updates) > 1:
        raise UnreadablePage(
            updates[1].line,
            f"a second “Last Updated:”, after the one on line {updates[0].line}; expected: one",
        )
    return updates[0] if updates else None
