"""Entries of the ledger as people read them: the act, what changed, and the reason, in words."""

import json

from topics.admin.changed import changes_of
from topics.admin.details import in_words
from topics.admin.timeline.words import act_name
from topics.vocabulary import State

REASONS = ("unanswered_reason", "reason", "explanation", "remarks")
"""Where an entry's detail has what somebody gave as their reason."""


def told(entries):
    """The entries as a list, each with act and state by name and its detail as `words` and `reason`."""
    entries = list(entries)
    for entry in entries:
        detail = json.loads(entry.detail)
        changes = changes_of(entry)
        entry.reason = reason_of(detail)
        entry.words = "; ".join(map(str, changes)) if changes else in_words(detail)
        entry.act_name = act_name(entry.act)
        entry.state = State(entry.to_state).label if entry.to_state in State.values else entry.to_state
    return entries


def reason_of(detail):
    """Takes the reason that somebody gave out of a detail: a sentence of theirs, in their words."""
    found = [detail.pop(name, "") for name in REASONS]
    return next(filter(None, found), "")
