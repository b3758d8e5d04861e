"""What surrounds an article on a licensed page: notices to keep, site furniture to leave out."""

import re
from dataclasses import dataclass

from topics.importing.reading import Line
from topics.vocabulary import NoticeKind


@dataclass(frozen=True)
class NoticeText:
    """A legal text found on a page, word for word."""

    kind: NoticeKind
    text: str


@dataclass(frozen=True)
class LeftOut:
    """A line of the page that the import does not keep, with the reason for a person to judge."""

    line: int
    text: str
    reason: str


SITE_LIST = "a heading of the site's own list"
LINK_LABEL = "the label of a link; its text is not on this page"
SITE_NAMES = "names of the sites that showed the page"

_LABELS = {
    "related physicians": SITE_LIST,
    "related doctors": SITE_LIST,
    "related providers": SITE_LIST,
    "related services": SITE_LIST,
    "related locations": SITE_LIST,
    "related topics": SITE_LIST,
    "terms of use": LINK_LABEL,
    "privacy policy": LINK_LABEL,
    "how this information was developed": LINK_LABEL,
    "how this information was developed to help you make better health decisions": LINK_LABEL,
}
_DISCLAIMER = re.compile(
    r"(?:medical )?disclaimer ?:"
    r"|this (?:information|content|article|page|material) (?:does|is|should|must|can|may) ?not\b"
    r"[^.]*\b(?:replace|substitute)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(r"your use of this (?:information|content|page|site|website)\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:copyright )?(?:©|\(c\) ?[0-9]{4})|copyright [0-9]{4}", re.IGNORECASE)
_TRADEMARK = re.compile(
    r"\b(?:is|are) (?:an? )?(?:registered )?(?:trademarks?|service marks?) of\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z©“\"(])")


def reason_to_leave_out(line: Line) -> str | None:
    """Why a line is site furniture, or None where it is not known as such (see `names_sites`)."""
    return _LABELS.get(line.plain.rstrip(" .:").casefold())


def names_sites(line: Line) -> bool:
    """Whether a line is a row of names as in "A| B| C".

    A row of a table can look the same: only a line at the end of an article is asked.
    """
    names = [name.strip() for name in line.plain.split("|")]
    return len(names) > 1 and all(
        name and name[-1] not in ".:!?" and not any(character.isdigit() for character in name)
        for name in names
    )


def notice_kind(line: Line) -> NoticeKind | None:
    """The kind of notice that begins on a line, or None where none does."""
    text = line.plain
    if _DISCLAIMER.match(text):
        return NoticeKind.DISCLAIMER
    if _TERMS.match(text):
        return NoticeKind.TERMS
    if _COPYRIGHT.match(text):
        return NoticeKind.COPYRIGHT
    # A paragraph may mention a trademark; a line that says nothing else is a notice.
    if _TRADEMARK.search(text) and not _SENTENCE_END.search(text):
        return NoticeKind.TRADEMARK
    return None


def notices_in(kind: NoticeKind, text: str) -> list[NoticeText]:
    """The notices in a text that begins as `kind`; a copyright or trademark sentence begins more.

    Labels of links at the end of a disclaimer ("Terms of Use. Privacy Policy.") stay part of it.
    """
    found: list[tuple[NoticeKind, list[str]]] = []
    for sentence in _SENTENCE_END.split(text):
        if _COPYRIGHT.match(sentence):
            kind = NoticeKind.COPYRIGHT
        elif _TRADEMARK.search(sentence):
            kind = NoticeKind.TRADEMARK
        if found and found[-1][0] == kind:
            found[-1][1].append(sentence)
        else:
            found.append((kind, [sentence]))
    return [NoticeText(kind, " ".join(sentences)) for kind, sentences in found]
