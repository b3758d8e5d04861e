"""Pages of articles in a stable order: an article keeps its place while others come and go.

A cursor says where in the list to go on: after (or before) an article, by what the list is ordered by.
Only what was found by words has no such place; there a cursor counts.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime, timezone

from django.db.models import Q
from rest_framework.utils.urls import replace_query_param

from topics.api.problems import Problem

MOST = 200
USUAL = 20
DEEPEST = 1_000
"""What was found by words is paged through up to here; nobody turns more pages."""

LONGEST_CURSOR = 1_000
LARGEST = 2**53
PLACE = "article_id"

ORDERINGS = {
    "title": ("title", str),
    "published": ("starts_at", datetime),
    "first_published": ("first_published", datetime),
    "modified": ("modified", datetime),
    "last_reviewed": ("last_reviewed", date),
    "next_review_due": ("next_review_due", date),
}
"""What lists can be ordered by: the column, and what it holds."""


@dataclass
class Page:
    """One page, and the cursors of those beside it; None where there is none."""

    items: list
    next: str | None
    previous: str | None

    def links(self, request):
        """The addresses of the pages beside it."""
        here = request.build_absolute_uri()
        return {
            name: cursor and replace_query_param(here, "cursor", cursor)
            for name, cursor in (("next", self.next), ("previous", self.previous))
        }


def paged(editions, *, ordering="", cursor=None, size=USUAL):
    """A page of the editions by what they are ordered by, then by article; one query.

    `ordering` is a name of `ORDERINGS`, with a hyphen before it for the last ones first.
    """
    descending, name = ordering.startswith("-"), ordering.lstrip("-")
    column, kind = ORDERINGS.get(name, (None, None))
    backwards, place = read_place(cursor, kind)
    down = descending != backwards
    if place:
        editions = editions.filter(beyond(column, place, down=down))
    keys = [key for key in (column, PLACE) if key]
    editions = editions.order_by(*(f"-{key}" if down else key for key in keys))
    rows = list(editions[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    ahead, behind = (True, more) if backwards else (more, place is not None)

    def cursor_at(edition, *, back):
        values = [getattr(edition, key) for key in keys]
        values = [value.isoformat() if isinstance(value, date) else value for value in values]
        return encode(["b" if back else "f", *values])

    return Page(
        rows,
        cursor_at(rows[-1], back=False) if rows and ahead else None,
        cursor_at(rows[0], back=True) if rows and behind else None,
    )


def beyond(column, place, *, down):
    way = "lt" if down else "gt"
    if not column:
        return Q(**{f"{PLACE}__{way}": place[0]})
    value, article_id = place
    later = Q(**{f"{column}__{way}": value})
    same = Q(**{column: value, f"{PLACE}__{way}": article_id})
    # The first condition alone says where in the index to begin.
    return Q(**{f"{column}__{way}e": value}) & (later | same)


def counted(ask, total, *, cursor=None, size=USUAL):
    """A page of what was found by words: `ask(offset, limit)` gives the rows."""
    offset = read_offset(cursor)
    end = min(total, DEEPEST)
    rows = ask(offset, min(size, max(0, end - offset))) if offset < end else []
    following, before = offset + size, max(0, offset - size)
    return Page(
        rows,
        encode(["n", following]) if following < end else None,
        encode(["n", before]) if offset else None,
    )


def encode(parts):
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode()


def decode(text):
    try:
        if len(text) > LONGEST_CURSOR:
            raise ValueError("too long")
        parts = json.loads(base64.b64decode(text, altchars=b"-_", validate=True))
        if not isinstance(parts, list) or encode(parts) != text:
            raise ValueError("not ours")
        return parts
    except (ValueError, RecursionError, binascii.Error):
        raise refused() from None


def read_place(cursor, kind):
    """Whether a cursor leads backwards, and the place that it names: `(False, None)` without one."""
    if cursor is None:
        return False, None
    way, *place = decode(cursor)[:4] or [None]
    try:
        if way not in ("f", "b") or len(place) != (2 if kind else 1):
            raise ValueError("not of this list")
        if type(place[-1]) is not int or not 0 <= place[-1] <= LARGEST:
            raise ValueError("not an article")
        if kind and (type(place[0]) is not str or "\0" in place[0]):
            raise ValueError("not a value")
        if kind in (date, datetime):
            place[0] = kind.fromisoformat(place[0])
        if kind is datetime:
            if place[0].tzinfo is None:
                raise ValueError("no instant")
            # An offset may lead out of the years that there are: found here, not by the database.
            place[0] = place[0].astimezone(timezone.utc)
        return way == "b", place
    except (ValueError, OverflowError):
        raise refused() from None


def read_offset(cursor):
    if cursor is None:
        return 0
    match decode(cursor):
        case ["n", int() as offset] if not isinstance(offset, bool) and 0 <= offset <= DEEPEST:
            return offset
    raise refused()


def refused():
    return Problem("bad-cursor", parameter="cursor")
