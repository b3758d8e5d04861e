"""A change of settings in the ledger: who set what of whom, and what it was before."""

from topics.admin.saved_state import changes_between, saved_state
from topics.workflow.ledger import record


def note_change(changed, *, actor, at, fields, before, now=None):
    """Writes the change into the ledger, in the transaction that makes it.

    `before` and `now` are its saved states; without `now` it is read.
    """
    now = saved_state(changed) if now is None else now
    record(
        "configure",
        actor=actor,
        at=at,
        model=changed._meta.model_name,
        pk=str(changed.pk),
        name=str(changed),
        fields=fields,
        changes=changes_between(before, now),
    )
