"""Query parameters, read strictly: what is unknown, repeated or malformed is refused in a sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from django.utils.dateparse import parse_date

from topics.api.problems import Problem, echo
from topics.publishing.marks import key_of
from topics.publishing.shelf import midnight
from topics.vocabulary import CodeSystem, ReviewStatus

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?\Z")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z"
)
FRACTION = re.compile(r"\.[0-9]+")
WITHOUT_OFFSET = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\Z")
PLUS_BECAME_SPACE = re.compile(r"[0-9-]{10}T[0-9:.]+ [0-9]{2}:[0-9]{2}\Z")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}\Z")
LONGEST_SLUG = 120
LONGEST_NAME = 200
MOST_VALUES = 50


@dataclass(frozen=True)
class Several:
    """The parser of a parameter that may be repeated; its value is a list."""

    parse: Callable

    def __call__(self, name, values):
        if len(values) > MOST_VALUES:
            raise bad(name, f"It was given {len(values)} times; up to {MOST_VALUES} are read.")
        return [self.parse(name, value) for value in values]


def read(query, accepted, refused=None, required=()):
    """The given parameters, parsed: `accepted` maps each name to its parser `(name, value)`.

    `refused` says of names that somebody may try why they are not accepted. Raises `Problem` for the
    first parameter that is unknown, repeated, bad or missing.
    """
    for name, values in query.lists():
        if name not in accepted:
            reason = (refused or {}).get(name, "") or accepts(accepted)
            raise Problem(
                "unknown-parameter",
                f"There is no parameter “{echo(name)}” here. {reason}",
                parameter=echo(name),
                accepted=sorted(accepted),
            )
        if len(values) > 1 and not isinstance(accepted[name], Several):
            detail = f"“{name}” was given {len(values)} times; it takes one value."
            raise Problem("repeated-parameter", detail, parameter=name)
    for name in required:
        if name not in query:
            raise bad(name, "It is missing.")
    return {
        name: parse(name, query.getlist(name) if isinstance(parse, Several) else query[name])
        for name, parse in accepted.items()
        if name in query
    }


def accepts(accepted):
    return f"It accepts: {', '.join(sorted(accepted))}." if accepted else "It accepts none."


def bad(name, detail, **more):
    return Problem("bad-parameter", detail, parameter=name, **more)


def text(name, value):
    """Any value: whoever asked for it checks it further."""
    return value


def slug(name, value):
    """A slug: lower-case letters, digits and single hyphens."""
    if len(value) > LONGEST_SLUG or not SLUG.match(value):
        raise bad(name, f"“{echo(value)}” is not a slug: lower-case letters, digits and hyphens.")
    return value


def language(name, value):
    """A BCP 47 tag of language, script and region, in its usual spelling: `zh-Hant-TW`."""
    if not LANGUAGE.match(value):
        raise bad(name, f"“{echo(value)}” is not a language tag such as en, es or es-MX (BCP 47).")
    first, *rest = value.split("-")
    return "-".join([first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])


def instant(name, value, other=""):
    """An ISO 8601 instant with its offset, in UTC. `other` says what else the parameter takes."""
    if INSTANT.match(value):
        try:
            # Python 3.10 reads neither a Z nor a fraction of other than three or six digits.
            value = FRACTION.sub(lambda found: found[0].ljust(7, "0"), value.replace("Z", "+00:00"))
            return datetime.fromisoformat(value).astimezone(timezone.utc)
        except (ValueError, OverflowError):
            raise bad(name, f"There is no such instant as “{value}”.") from None
    if PLUS_BECAME_SPACE.match(value):
        raise bad(name, "A plus sign in an address means a space: write it as %2B, or use UTC and Z.")
    if WITHOUT_OFFSET.match(value):
        raise bad(name, f"“{echo(value)}” has no offset from UTC: add Z, or one such as -05:00.")
    raise bad(name, f"“{echo(value)}” is not an ISO 8601 instant such as 2026-03-03T12:00:00Z{other}.")


def instant_or_day(name, value):
    """An instant, or a day for its first instant in UTC."""
    if not DAY.match(value):
        return instant(name, value, other=", or a day such as 2026-03-03")
    try:
        return midnight(parse_date(value))
    except ValueError:
        raise bad(name, f"There is no such day as “{value}”.") from None


def one_of(words):
    """The parser of a word among these."""
    accepted = [str(word) for word in words]

    def parse(name, value):
        if value not in accepted:
            raise bad(name, f"“{echo(value)}” is none of: {', '.join(accepted)}.", accepted=accepted)
        return value

    return parse


review_status = one_of(ReviewStatus)


def name(name, value):
    """A name as it is printed with an article; case and accents don't matter."""
    if len(value) > LONGEST_NAME or not key_of(value):
        raise bad(name, f"“{echo(value)}” is no name: letters, in up to {LONGEST_NAME} characters.")
    return value


def code(name, value):
    """A code with its system: `icd-10-cm|C50.919`."""
    system, bar, code = value.partition("|")
    if not bar or not CODE.match(code):
        raise bad(name, f"“{echo(value)}” is not a system and a code, such as icd-10-cm|C50.919.")
    if system not in CodeSystem.values:
        accepted = CodeSystem.values
        raise bad(name, f"“{echo(system)}” is none of: {', '.join(accepted)}.", accepted=accepted)
    return system, code


def count_up_to(most):
    """The parser of a whole number from 1 to `most`."""

    def count(name, value):
        if not re.fullmatch("[0-9]{1,6}", value) or not 1 <= int(value) <= most:
            raise bad(name, f"“{echo(value)}” is not a whole number from 1 to {most}.")
        return int(value)

    return count
