"""Writing the ledger: every act takes its lock, gets its instant, and leaves its entry first."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from topics.content.canonical import canonical
from topics.models import AuditEntry, Version
from topics.models.audit import GENESIS
from topics.models.walls import lock_ledger
from topics.vocabulary import State

SKEW = timedelta(seconds=5)
"""How far the clocks of two servers may differ before an act is refused."""


_replaying = ContextVar("replaying", default=False)


@contextmanager
def replay():
    """Within it acts may be given an earlier instant, though none before the newest entry's.

    For telling a known sequence of acts, as the demo does; people's acts are dated by the clock.
    """
    token = _replaying.set(True)
    try:
        yield
    finally:
        _replaying.reset(token)


def is_replaying():
    """Whether a known sequence of acts is being told, rather than done by people now."""
    return _replaying.get()


class ClockError(RuntimeError):
    """The instant of an act can't be right: the server's clock should be looked at."""


def begin_act(*, at=None, using="default"):
    """Takes the ledger's lock until the transaction ends, and returns the instant of the act (UTC).

    Instants never run backwards along the ledger, whichever server acts and whatever its clock:
    a difference of up to five seconds is evened out, a larger one raises `ClockError`, and so does
    an instant in the future. An earlier `at` is accepted within `replay` alone.
    """
    lock_ledger(using)
    now = timezone.now()
    at = at or now
    if at > now + SKEW:
        raise ClockError(_("An act can't be dated in the future: %s.") % at.isoformat())
    if at < now - SKEW and not is_replaying():
        raise ClockError(_("An act can't be dated back: %s.") % at.isoformat())
    newest = AuditEntry.objects.using(using).order_by("-number").values_list("at", flat=True).first()
    if newest and at < newest:
        if newest - at > SKEW:
            raise ClockError(
                _(
                    "The act is dated %(at)s, but the ledger stands at %(newest)s. "
                    "Acts are recorded in the order of time; is the server's clock right?"
                )
                % {"at": at.isoformat(), "newest": newest.isoformat()}
            )
        at = newest
    return at


def record(act, *, actor, at, article=None, version=None, from_state="", to_state="", **detail):
    """Appends one entry and returns it. Call it within `begin_act`'s transaction, before the act."""
    newest = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous_hash = newest or (0, GENESIS)
    entry = AuditEntry(
        number=number + 1,
        at=at,
        actor=actor,
        act=act,
        article=article or (version.article if version else None),
        version=version,
        from_state=from_state,
        to_state=to_state,
        detail=canonical(detail),
        previous_hash=previous_hash,
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    return entry


def broken_links(entries=None):
    """Walks the chain from its beginning and yields `(number, what is wrong)` for each broken link.

    It also holds every version's state against the last step on record, so entries that were cut
    off the end show where they moved a state. Nothing inside the database can show a chain whose
    end was cut off together with what it recorded, or one computed anew: keep the newest hash
    elsewhere, as `manage.py verify_ledger` prints it.
    """
    previous_number, previous_hash, previous_at = 0, GENESIS, None
    entries = AuditEntry.objects.order_by("number").iterator() if entries is None else entries
    steps = {}
    for entry in entries:
        if entry.number != previous_number + 1:
            yield entry.number, f"follows number {previous_number}: entries are missing"
        if entry.previous_hash != previous_hash:
            yield entry.number, "does not name the hash of the entry before it"
        if entry.hash != entry.computed_hash():
            yield entry.number, "was changed after it was written: its hash does not match"
        if previous_at and entry.at < previous_at:
            yield entry.number, "is dated before the entry that it follows"
        if entry.to_state:
            steps[entry.version_id] = entry.number, entry.to_state
        previous_number, previous_hash, previous_at = entry.number, entry.hash, entry.at
    for version_id, state in Version.objects.order_by("pk").values_list("pk", "state"):
        number, recorded = steps.get(version_id, (0, State.DRAFT))
        if state != recorded:
            yield number, f"is the last step of version {version_id} ({recorded}), which is {state}"
