"""The feed's cursor: a window as opaque text, taken back only exactly as it was issued."""

import base64
import binascii
import json
from datetime import datetime

from topics.api.problems import Problem
from topics.publishing.feed import BEGINNING, Window
from topics.publishing.stamps import stamp

LONGEST = 400
LARGEST = 2**53


def encode(window):
    """The window as text that is safe in an address."""
    after = window.after and [window.after[0], stamp(window.after[1]), window.after[2]]
    parts = [window.seq, stamp(window.until), window.to_seq, stamp(window.to), after]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode()


def decode(name, text):
    """The window that `encode` wrote. Raises `Problem` for anything else."""
    try:
        if len(text) > LONGEST:
            raise ValueError("too long")
        seq, until, to_seq, to, after = json.loads(base64.b64decode(text, altchars=b"-_"))
        if after is not None:
            recall, effective, article_id = after
            after = (number(recall), instant(effective), number(article_id))
        window = Window(
            seq=number(seq),
            until=instant(until),
            to_seq=None if to_seq is None else number(to_seq),
            to=None if to is None else instant(to),
            after=after,
        )
        if encode(window) != text:
            raise ValueError("spelt differently")
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise refused(name) from None
    if (window.to is None) != (window.to_seq is None) or (window.after and window.to is None):
        raise refused(name)
    return window


def refused(name):
    return Problem("bad-cursor", parameter=name)


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
