"""Entries of the ledger as people read them: their detail as words, long digests shortened."""

import json

SHOWN = 12
"""Characters of a digest: enough to tell two apart by eye; the entry's own page has all of it."""


def told(entries):
    """The entries as a list, each with its detail as `words`."""
    entries = list(entries)
    for entry in entries:
        entry.words = words(entry)
    return entries


def words(entry):
    """The detail of an entry as one line of text: “reviewer Pia Primary · role primary”."""
    return " · ".join(f"{name} {plain(value)}" for name, value in json.loads(entry.detail).items())


def plain(value):
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, str) and value.startswith("sha-256:"):
        return f"{value.removeprefix('sha-256:')[:SHOWN]}…"
    return str(value) or "–"
