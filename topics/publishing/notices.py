"""Putting a notice in force: the one door through which a legal text becomes public."""

from datetime import timezone as zones

from django.db import transaction
from django.utils.translation import gettext as _

from topics.content.canonical import canonical, digest
from topics.models import Notice
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, refuse
from topics.workflow.ledger import begin_act, record

ACT = "notice"


@transaction.atomic
def put_in_force(notice, *, actor, starts_at=None, at=None):
    """Puts a notice in force from `starts_at` on (from now, without it), and returns it.

    The notice is a new one, not saved yet, or one that is kept without a beginning. From then on it
    takes the place of the notice of its kind and language. Raises `Refused` with every reason, and
    `ValidationError` where kind, language or text are not acceptable.
    """
    at = begin_act(at=at)
    starts_at = starts_at or at
    if notice.pk:
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
    refuse(why_not(notice, actor=actor, starts_at=starts_at, at=at))
    if not notice.pk:
        notice.created_by, notice.created_at = actor, at
        notice.clean_fields(exclude=["in_force_from"])
    notice.in_force_from = starts_at
    record(ACT, actor=actor, at=at, **what(notice))
    notice.save()
    return notice


def why_not(notice, *, actor, starts_at, at):
    """Why the actor can't put this notice in force from that instant; `notice` is as it is stored."""
    if notice.pk and notice.in_force_from:
        sentence = _("This notice has a beginning already: replace it by a new one.")
        yield Refusal("begins_already", sentence, ILLEGAL)
    if not (actor.is_active and actor.has_perm("topics.add_notice")):
        sentence = _("Your role does not include putting notices in force.")
        yield Refusal("not_permitted", sentence, FORBIDDEN)
    if starts_at < at:
        yield Refusal("start_is_past", _("A notice can't come into force in the past."))


def what(notice):
    """What the ledger says of a notice; the database holds each member against the row."""
    return {
        "kind": notice.kind,
        "language": notice.language,
        "text_digest": digest(notice.text),
        # Named only where there is one: entries of general notices read as they always did.
        **({"licensee": str(notice.licensee_id)} if notice.licensee_id else {}),
        "in_force_from": notice.in_force_from.astimezone(zones.utc).isoformat(timespec="microseconds"),
    }


def entry_detail(notice):
    """The detail of the entry with which this notice was put in force: no two have the same."""
    return canonical(what(notice))
