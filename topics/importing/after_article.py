"""What follows an article on its page is sorted into credits, notices and lines left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from topics.importing.boilerplate import (
    LINK_LABEL,
    SITE_NAMES,
    LeftOut,
    NoticeText,
    names_sites,
    notice_kind,
    notices_in,
    reason_to_leave_out,
)
from topics.importing.credits import OTHER, CreditLine, credit_line
from topics.importing.reading import Line, UnreadablePage
from topics.vocabulary import NoticeKind


@dataclass(frozen=True)
class AfterArticle:
    """Every line after an article, in one of three places and in the order of the page."""

    credits: tuple[CreditLine, ...]
    notices: tuple[NoticeText, ...]
    left_out: tuple[LeftOut, ...]


def ends_article(line: Line) -> bool:
    """Whether a line is known to be no article text: a credit, a notice or the site's furniture.

    Names of sites are not among them, since a table's row can look the same.
    """
    return bool(credit_line(line) or notice_kind(line) or reason_to_leave_out(line))


def sorted_lines(lines: Sequence[Line]) -> AfterArticle:
    """Sort the lines from the article's end to the page's end.

    A notice goes on to the next blank line; a credit is one line.

    Raises UnreadablePage for text right below a credit, which may belong to it, and for unknown
    text that stands before a credit, which may belong to the article.
    """
    credits: list[CreditLine] = []
    notices: list[tuple[NoticeKind, list[str]]] = []
    left_out: list[LeftOut] = []
    unknown: Line | None = None
    above = None  # the list that the line above went to, or None below a blank line
    for line in lines:
        if not line.text:
            above = None
            continue
        credit = credit_line(line)
        kind = notice_kind(line)
        reason = reason_to_leave_out(line) or (SITE_NAMES if names_sites(line) else None)
        if credit:
            if unknown:
                raise UnreadablePage(
                    unknown.number,
                    f"text between the site's lines and the credit on line {line.number}; "
                    "expected: the whole article, then its credits, then the site's lines",
                )
            credits.append(credit)
            above = credits
        elif above is notices and _goes_on(kind, reason):
            notices[-1][1].append(line.plain)
        elif kind:
            notices.append((kind, [line.plain]))
            above = notices
        elif above is credits and not reason:
            raise UnreadablePage(
                line.number,
                "text right below a credit; expected: the whole credit on one line, "
                "or a blank line after it",
            )
        else:
            if not reason and not credits:
                unknown = unknown or line
            left_out.append(
                LeftOut(line.number, line.text, reason or "unknown text after the article's end")
            )
            above = left_out
    return AfterArticle(
        credits=tuple(credit for credit in credits if credit.label != OTHER),
        notices=tuple(notice for kind, texts in notices for notice in notices_in(kind, " ".join(texts))),
        left_out=(*left_out, *_without_place(credits)),
    )


def _goes_on(kind: NoticeKind | None, reason: str | None) -> bool:
    """Whether a line below a notice's line is more of it, as in a notice of several short lines."""
    begins_another = kind in (NoticeKind.DISCLAIMER, NoticeKind.COPYRIGHT)
    return not begins_another and reason in (None, LINK_LABEL)


def _without_place(credits: Sequence[CreditLine]) -> list[LeftOut]:
    return [
        LeftOut(credit.line, credit.text, "a credit of a kind that is not imported")
        for credit in credits
        if credit.label == OTHER
    ]
