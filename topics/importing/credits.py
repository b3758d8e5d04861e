"""Credit lines: when a page says it was updated, who wrote it, and who reviewed it medically."""

import re
from dataclasses import dataclass
from datetime import date

from topics.importing.reading import Line, UnreadablePage


@dataclass(frozen=True)
class Credit:
    """A person as credited, with credentials as printed ("MD, MPH") or empty where none are."""

    name: str
    credentials: str


@dataclass(frozen=True)
class ReviewerCredit(Credit):
    """A medical reviewer as credited, with the specialty in which they reviewed."""

    specialty: str


@dataclass(frozen=True)
class CreditLine:
    """A credit line's label (one of UPDATED, AUTHORS, REVIEWERS, OTHER) and what it states.

    `value` is what follows the label, `text` the whole line.
    """

    line: int
    label: str
    value: str
    text: str


LONGEST_NAME, LONGEST_SPECIALTY = 200, 120
"""In characters; credentials may be as long as a name."""

UPDATED = "updated"
AUTHORS = "authors"
REVIEWERS = "reviewers"
OTHER = "other"
"""A credit that pages carry elsewhere and that has no place here: it is reported, never guessed."""

_LABELS = (
    (UPDATED, re.compile(r"last updated\b ?:? ?(.*)", re.IGNORECASE)),
    (AUTHORS, re.compile(r"authors? ?: ?(.*)", re.IGNORECASE)),
    (REVIEWERS, re.compile(r"medical (?:review|reviewers?) ?: ?(.*)", re.IGNORECASE)),
    (
        OTHER,
        re.compile(
            r"(?:by|written by|(?:medically )?reviewed by|(?:associate )?editors?"
            r"|(?:primary|specialist) medical reviewers?|last (?:reviewed|revised)"
            r"|current as of) ?: ?(.*)",
            re.IGNORECASE,
        ),
    ),
)

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATES = (
    re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2}), ?(?P<year>[0-9]{4})", re.IGNORECASE),
    re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]{3,9})\.?,? (?P<year>[0-9]{4})", re.IGNORECASE),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
)

_HYPHEN_OR_DASH = "[-‐‑–—]"
# The separating dash has a space on one side at least; those in "Anne-Marie" and "PA-C" have none.
_BEFORE_SPECIALTY = re.compile(rf" {_HYPHEN_OR_DASH} ?|{_HYPHEN_OR_DASH} ")
_NAME = re.compile(r"(?P<name>[^,]+(?:, ?(?:Jr|Sr|II|III|IV)\b\.?)?)(?:,(?P<credentials>.*))?")


def credit_line(line: Line) -> CreditLine | None:
    """The credit that a line states, or None where it is no credit line."""
    for label, pattern in _LABELS:
        match = pattern.fullmatch(line.plain)
        if match:
            return CreditLine(line.number, label, match[1].strip(), line.text)
    return None


def stated_date(credit: CreditLine) -> date:
    """The day that "Last Updated:" states; the month as a word, or ISO 8601.

    Raises UnreadablePage for anything else: 08/09/2009 is two different days, and a month without
    a day is none.
    """
    for pattern in _DATES:
        match = pattern.fullmatch(credit.value)
        if match:
            try:
                return date(int(match["year"]), _month(match["month"]), int(match["day"]))
            except ValueError:
                break
    raise UnreadablePage(
        credit.line,
        f"“{_short(credit.value)}” is not a date; expected: “Last Updated: August 18, 2009”",
    )


def authors(credit: CreditLine) -> tuple[Credit, ...]:
    """The authors that "Author: name, credentials" states, several of them apart by " & " or ";".

    Raises UnreadablePage where a name is missing.
    """
    expected = "expected: “Author: name, credentials”"
    return tuple(Credit(*_person(credit, part, expected)) for part in _people(credit, expected))


def reviewers(credit: CreditLine) -> tuple[ReviewerCredit, ...]:
    """The reviewers of "Medical Review: name, credentials - specialty & …", in the order stated.

    A hyphen or a dash with a space beside it stands before the specialty. Reviewers are apart by
    " & " or ";", never by "and", which specialties contain; where there is a ";", an "&" is part
    of a specialty ("Obstetrics & Gynecology;").

    Raises UnreadablePage where a name or specialty is missing, or where a second dash leaves open
    who has which specialty.
    """
    expected = "expected: “Medical Review: name, credentials - specialty & …”"
    found = []
    for part in _people(credit, expected):
        pieces = [piece.strip() for piece in _BEFORE_SPECIALTY.split(part)]
        if len(pieces) < 2 or not pieces[1]:
            raise UnreadablePage(
                credit.line, f"“{_short(part)}” is a reviewer without specialty; {expected}"
            )
        if len(pieces) > 2:
            raise UnreadablePage(
                credit.line, f"“{_short(part)}” has more than one specialty; {expected}"
            )
        _refuse_longer(credit, pieces[1], LONGEST_SPECIALTY, "specialty")
        found.append(ReviewerCredit(*_person(credit, pieces[0], expected), specialty=pieces[1]))
    return tuple(found)


def _month(stated: str) -> int:
    if stated.isdigit():
        return int(stated)
    word = stated.lower()
    for number, name in enumerate(_MONTHS, start=1):
        if word in (name, name[:3]) or (word, number) == ("sept", 9):
            return number
    raise ValueError(stated)


def _people(credit: CreditLine, expected: str) -> list[str]:
    separator = ";" if ";" in credit.value else r"(?:^| )&(?: |$)"
    parts = [part.strip() for part in re.split(separator, credit.value.removesuffix(";"))]
    if not credit.value or not all(parts):
        raise UnreadablePage(credit.line, f"the credit names nobody where it should; {expected}")
    return parts


def _person(credit: CreditLine, stated: str, expected: str) -> tuple[str, str]:
    match = _NAME.fullmatch(stated)
    if not match or not any(character.isalpha() for character in match["name"]):
        raise UnreadablePage(credit.line, f"“{_short(stated)}” is a person without name; {expected}")
    name, credentials = match["name"].strip(), (match["credentials"] or "").strip(" ,")
    _refuse_longer(credit, name, LONGEST_NAME, "name")
    _refuse_longer(credit, credentials, LONGEST_NAME, "list of credentials")
    return name, credentials


def _refuse_longer(credit: CreditLine, stated: str, most: int, what: str) -> None:
    if len(stated) > most:
        raise UnreadablePage(
            credit.line,
            f"“{_short(stated)}” is a {what} of {len(stated)} characters; expected: at most {most}",
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
