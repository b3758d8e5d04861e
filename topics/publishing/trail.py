"""From the ledger to the rows: what is on record as released, withdrawn or signed is still there."""

import json

from django.db.models import Exists, OuterRef

from topics.models import (
    Assignment,
    AuditEntry,
    Edition,
    PreviewLink,
    ReleaseBatch,
    Remark,
    SignOff,
    Withdrawal,
)
from topics.models.batch import CANCELLED
from topics.publishing.stamps import stamp
from topics.vocabulary import RemarkKind

ROWS = (
    ("release", Edition, "release_entry", "is a release whose edition is missing"),
    ("release_together", ReleaseBatch, "entry", "is a release of several whose row is missing"),
    ("withdraw", Withdrawal, "entry", "is a withdrawal whose row is missing"),
    ("share_preview", PreviewLink, "entry", "is a preview link whose row is missing"),
    ("revoke_preview", PreviewLink, "revoke_entry", "is a revoked preview link that is not revoked"),
    ("sign_off", SignOff, "entry", "is a sign-off whose row is missing"),
    *((kind.value, Remark, "entry", f"is a {kind.value} whose row is missing") for kind in RemarkKind),
)


def lost_acts():
    """Yields `(ledger entry, what is wrong)` for each act on record whose row is gone: a query each.

    The sign-offs of what was released are left out: its editions are asked for them, role by role.
    """
    released = Exists(Edition.objects.filter(version=OuterRef("version")))
    for act, model, field, wrong in ROWS:
        row = model.objects.filter(**{field: OuterRef("pk")})
        lost = AuditEntry.objects.filter(~Exists(row), act=act).order_by("number")
        for entry in lost.exclude(released) if model is SignOff else lost:
            yield entry, wrong
    asked = Assignment.objects.filter(version=OuterRef("version"), assigned_at=OuterRef("at"))
    ended = Assignment.objects.filter(version=OuterRef("version"), ended_at=OuterRef("at"))
    for row, acts, wrong in (
        (asked, ("assign", "change_due_date"), "asks a reviewer in an assignment that is missing"),
        (ended, ("withdraw_assignment", "change_due_date"), "ends an assignment that did not end"),
    ):
        for entry in AuditEntry.objects.filter(~Exists(row), act__in=acts).order_by("number"):
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


def broken_batches():
    """Yields `(batch, what is wrong)` for each batch whose editions are not the unit that it was."""
    batches = ReleaseBatch.objects.select_related("entry", "cancelled_entry")
    for batch in batches.prefetch_related("editions").order_by("pk"):
        for wrong in batch_gaps(batch):
            yield batch, wrong


def batch_gaps(batch):
    entry, editions = batch.entry, list(batch.editions.all())
    said = json.loads(entry.detail)
    if (entry.act, entry.at, entry.actor_id, said.get("starts_at")) != (
        "release_together",
        batch.created_at,
        batch.created_by_id,
        stamp(batch.starts_at),
    ):
        yield "is not in the audit trail as a release of several"
    if sorted(said.get("versions", [])) != sorted(edition.version_id for edition in editions):
        yield "does not hold the versions that its release says"
    if batch.last_id != entry.number + len(said.get("versions", [])):
        yield "does not name the release of its last edition"
    if any(edition.starts_at != batch.starts_at for edition in editions):
        yield "has an edition that starts at another instant"
    cancelled = batch.cancelled_entry_id is not None
    if cancelled != batch.key.endswith(CANCELLED):
        yield "is cancelled without an act in the audit trail"
    for edition in editions:
        # A later release at the very same instant leaves an empty interval as well.
        end = edition.end_entry
        superseded = end and end.act == "release" and end.at >= batch.starts_at
        if edition.was_cancelled() != cancelled and not superseded:
            yield f"has edition {edition.pk}, which was not cancelled or kept with the others"
