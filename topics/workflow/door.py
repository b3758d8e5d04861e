"""The one door: `why_not` gives every reason against an act, `transition` does it or raises them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.models import Version
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, refuse
from topics.vocabulary import State
from topics.workflow.case import Case
from topics.workflow.ledger import begin_act, record
from topics.workflow.table import ACTS, APPROVE


def why_not(version, act, *, actor, at=None, **given):
    """Every reason why the actor can't do the act on the version now; an empty list if they can.

    A step that doesn't exist from the present state is the only reason given then. What the act
    needs as input is asked only for the inputs in `given`.
    """
    return reasons(ACTS[act], Case(version, actor, at or timezone.now(), given), given.keys())


def reasons(act, case, asked=None):
    version, actor = case.version, case.actor
    if version.state not in act.from_states:
        sentence = _("“%(act)s” is no step from the state “%(state)s”.") % {
            "act": act.label,
            "state": version.get_state_display(),
        }
        return [Refusal("illegal_move", sentence, ILLEGAL)]
    refusals = []
    if not (actor.is_active and actor.has_perm(f"topics.{act.permission}")):
        sentence = _("Your role does not include “%s”.") % act.label
        refusals.append(Refusal("not_permitted", sentence, FORBIDDEN))
    for condition in act.conditions:
        refusals.extend(condition(case))
    if asked is None or asked:
        for condition in act.inputs:
            refusals.extend(condition(case))
    return refusals


@transaction.atomic
def transition(version, act, *, actor, at=None, effect=None, first=None, detail=None, **given):
    """Does the act on the version and returns it anew, or raises `Refused` with every reason.

    Under the ledger's lock the version is read afresh, the act is questioned, its ledger entry is
    written, then `effect(case, entry)` runs, then the state moves. One transaction: all or nothing.
    `effect` may return a mapping of further fields to set along with the state. `detail` is what the
    entry says beside them: a mapping, or a function of the case where it tells of what stood before.
    `first(case)` does what has a ledger entry of its own and belongs before that of the act.

    Raises `IllegalMove`, `NotPermitted` or `Unmet`, and `ClockError` for an impossible instant.
    """
    at = begin_act(at=at)
    return take_step(
        version, act, actor=actor, at=at, effect=effect, first=first, detail=detail, **given
    )


def take_step(version, act, *, actor, at, effect=None, first=None, detail=None, **given):
    """The same as a part of an act that has begun: the ledger is locked, `at` is the act's instant."""
    act = ACTS[act]
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("article").get(pk=version.pk)
    )
    case = Case(version, actor, at, given)
    refuse(reasons(act, case))
    if first:
        first(case)
    to_state = act.to_state if act.to_state != version.state else None
    entry = record(
        act.name,
        actor=actor,
        at=at,
        version=version,
        from_state=version.state if to_state else "",
        to_state=to_state or "",
        **{"number": version.number, **({"digest": version.digest} if version.digest else {})},
        **((detail(case) if callable(detail) else detail) or {}),
    )
    fields = (effect(case, entry) if effect else None) or {}
    if to_state:
        move(version, to_state, at=at, **fields)
    return version


def move(version, to_state, *, at, **fields):
    """Sets the state and the fields that go with it; the database checks the step and its entry."""
    for name, value in {**fields, "state": to_state, "state_since": at}.items():
        setattr(version, name, value)
    version.save(update_fields=[*fields, "state", "state_since"])


def approve_if_complete(case):
    """Approves a version that every role has signed. The last signer is on record as the actor."""
    version = case.version
    if version.requirements.filter(sign_off=None).exists():
        return
    record(
        APPROVE,
        actor=case.actor,
        at=case.at,
        version=version,
        from_state=version.state,
        to_state=State.APPROVED,
        digest=version.digest,
    )
    move(version, State.APPROVED, at=case.at)
