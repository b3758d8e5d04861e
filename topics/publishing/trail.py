"""From the ledger to the rows: what is on record as released, withdrawn or signed is still there."""

import json

from django.db.models import Exists, OuterRef

from topics.models import AuditEntry, Edition, SignOff, Withdrawal
from topics.publishing.stamps import stamp

ROWS = (
    ("release", Edition, "release_entry", "is a release whose edition is missing"),
    ("withdraw", Withdrawal, "entry", "is a withdrawal whose row is missing"),
    ("sign_off", SignOff, "entry", "is a sign-off whose row is missing"),
)


def lost_acts():
    """Yields `(ledger entry, what is wrong)` for each act on record whose row is gone: three queries.

    The sign-offs of what was released are left out: its editions are asked for them, role by role.
    """
    released = Exists(Edition.objects.filter(version=OuterRef("version")))
    for act, model, field, wrong in ROWS:
        row = model.objects.filter(**{field: OuterRef("pk")})
        lost = AuditEntry.objects.filter(~Exists(row), act=act).order_by("number")
        for entry in lost.exclude(released) if model is SignOff else lost:
            yield entry, wrong


def interval_gaps(edition):
    """Whether the edition begins and ends as the ledger says."""
    asked = json.loads(edition.release_entry.detail).get("starts_at")
    if stamp(edition.starts_at) != (asked or stamp(edition.released_at)):
        yield "does not begin when its release says"
    entry, withdrawal = edition.end_entry, edition.withdrawal
    if withdrawal is not None:
        detail = json.loads(withdrawal.entry.detail)
        said = (detail.get("kind"), detail.get("explanation"), detail.get("effective_at"))
        if withdrawal.entry.act != "withdraw" or said != (
            withdrawal.kind,
            withdrawal.explanation,
            stamp(withdrawal.effective_at),
        ):
            yield "is withdrawn otherwise than the audit trail says"
    if entry is None:
        if withdrawal is not None or edition.ends_at != edition.expires_at:
            yield "ends without an act in the audit trail"
    elif edition.ends_at != end_by(entry, edition):
        yield "does not end when the audit trail says"


def end_by(entry, edition):
    """The instant at which an act ended the edition; an act of another kind ends it at its start."""
    detail = json.loads(entry.detail)
    if entry.act == "release":
        return end_of_release(entry, detail, edition)
    if entry.version_id != edition.version_id:
        return edition.expires_at if entry.act == "cancel_release" else edition.starts_at
    if entry.act == "withdraw" and edition.withdrawal is not None:
        return edition.withdrawal.effective_at
    return edition.starts_at


def end_of_release(entry, detail, edition):
    """The start of the edition that followed; compared as the public reads it."""
    starts_at = detail.get("starts_at") or stamp(entry.at)
    return edition.ends_at if stamp(edition.ends_at) == starts_at else None
