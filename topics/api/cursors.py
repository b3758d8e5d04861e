"""The feed's cursor: a window with its filters as opaque text, taken back only exactly as issued."""

import base64
import binascii
import json
from datetime import datetime
from itertools import accumulate

from topics.api.following import FILTERS
from topics.api.problems import Problem
from topics.publishing.feed import BEGINNING, Window
from topics.publishing.stamps import stamp
from topics.publishing.wanted import Wanted

LONGEST = 4_000
LARGEST = 2**53


def encode(window):
    """The window as text that is safe in an address."""
    parts = [window.seq, stamp(window.until), window.to_seq, stamp(window.to), place_of(window.after)]
    filters = window.wanted.given()
    if window.root is not None:
        filters["root"] = window.root
    if window.categories is not None:
        filters["had"] = packed(window.categories)
    if window.categories_to not in (None, window.categories):
        filters["has"] = packed(window.categories_to)
    if filters or window.licensee is not None:
        parts.append(window.licensee)
    if filters:
        parts.append(filters)
    return written(parts)


def decode(name, text):
    """The window that `encode` wrote. Raises `Problem` for anything else."""
    try:
        seq, until, to_seq, to, after, *more = read(text)
        licensee, filters = (*more, None, None)[:2]
        filters = filters or {}
        had = unpacked(filters["had"]) if "had" in filters else None
        window = Window(
            seq=number(seq),
            until=instant(until),
            to_seq=None if to_seq is None else number(to_seq),
            to=None if to is None else instant(to),
            after=place(after),
            licensee=None if licensee is None else number(licensee),
            wanted=Wanted(
                **{
                    name: parse(name, filters[name])
                    for name, parse in FILTERS.items()
                    if name in filters
                }
            ),
            root=number(filters["root"]) if "root" in filters else None,
            categories=had,
            # Within a window there are always both; the same are not written twice.
            categories_to=unpacked(filters["has"]) if "has" in filters else to and had,
        )
        if encode(window) != text:
            raise ValueError("spelt differently")
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, Problem):
        raise refused(name) from None
    if (window.to is None) != (window.to_seq is None) or (window.after and window.to is None):
        raise refused(name)
    if (window.root is None) != (window.wanted.category is None) or not has_its_categories(window):
        raise refused(name)
    return window


def has_its_categories(window):
    """Whether the categories that it remembers are those that a window of its kind has."""
    named = window.wanted.category is not None
    midway = named and window.to is not None
    return (window.categories is not None, window.categories_to is not None) == (named, midway)


def encode_place(after):
    """A place among changes as text that is safe in an address."""
    return written(place_of(after))


def decode_place(name, text):
    """The place that `encode_place` wrote. Raises `Problem` for anything else."""
    try:
        found = place(read(text))
        if found is None or encode_place(found) != text:
            raise ValueError("spelt differently")
        return found
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise refused(name) from None


def refused(name):
    return Problem("bad-cursor", parameter=name)


def written(parts):
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode()


def read(text):
    if len(text) > LONGEST:
        raise ValueError("too long")
    return json.loads(base64.b64decode(text, altchars=b"-_"))


def place_of(after):
    return after and [after[0], stamp(after[1]), after[2]]


def place(parts):
    if parts is None:
        return None
    recall, effective, article_id = parts
    return number(recall), instant(effective), number(article_id)


def packed(ids):
    """Numbers as short text: in order, each as what it adds to the one before."""
    ordered = sorted(ids)
    return ".".join(f"{one - before:x}" for before, one in zip([0, *ordered], ordered, strict=False))


def unpacked(text):
    if type(text) is not str:
        raise ValueError("not numbers of ours")
    steps = [int(step, 16) for step in text.split(".")] if text else []
    return frozenset(number(one) for one in accumulate(steps))


def number(value):
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise ValueError("not a number of ours")
    return value


def instant(value):
    if type(value) is not str:
        raise ValueError("not an instant of ours")
    found = datetime.fromisoformat(value.replace("Z", "+00:00"))
    if found < BEGINNING:
        raise ValueError("before the beginning")
    return found
