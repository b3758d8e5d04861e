"""Asking reviewers for a role by a day, changing the day, and releasing them, through the door."""

from topics.models import Assignment
from topics.workflow.door import transition


def assign(version, *, requirement, reviewer, due_on, actor, at=None, reason=""):
    """Asks a reviewer to fill a role by a day; whoever was asked for it before is released of it.

    Both happen in one act, whose entry names the former reviewer and the reason where one is given.
    """

    def detail(case):
        said = {
            "role": requirement.role,
            "reviewer": reviewer.name if reviewer else "",
            "due_on": day(due_on),
        }
        former = asked(requirement)
        if former:
            said |= {"former": former.reviewer.name, "reason": reason.strip()}
        return said

    def effect(case, entry):
        end(requirement, case, reason=reason)
        ask(case, requirement, reviewer, due_on)

    return transition(
        version,
        "assign",
        actor=actor,
        at=at,
        effect=effect,
        detail=detail,
        requirement=requirement,
        reviewer=reviewer,
        due_on=due_on,
    )


def change_due_date(version, *, requirement, due_on, actor, at=None):
    """Gives the reviewer who is asked for a role another day. The former day stays on record."""

    def detail(case):
        former = asked(requirement)
        return {
            "role": requirement.role,
            "reviewer": former.reviewer.name,
            "before": day(former.due_on),
            "due_on": day(due_on),
        }

    def effect(case, entry):
        reviewer = asked(requirement).reviewer
        end(requirement, case)
        ask(case, requirement, reviewer, due_on)

    return transition(
        version,
        "change_due_date",
        actor=actor,
        at=at,
        effect=effect,
        detail=detail,
        requirement=requirement,
        due_on=due_on,
    )


def withdraw_assignment(version, *, requirement, actor, reason="", at=None):
    """Releases the reviewer who is asked for a role; nobody is asked for it then.

    A version that is in medical review stays there and waits for somebody else to be asked.
    """

    def detail(case):
        return {
            "role": requirement.role,
            "reviewer": asked(requirement).reviewer.name,
            "reason": reason.strip(),
        }

    return transition(
        version,
        "withdraw_assignment",
        actor=actor,
        at=at,
        effect=lambda case, entry: end(requirement, case, reason=reason),
        detail=detail,
        requirement=requirement,
        reason=reason,
    )


def asked(requirement):
    """The assignment that stands for a role, or None."""
    return requirement.assignments.active().select_related("reviewer").first()


def day(due_on):
    return due_on.isoformat() if due_on else ""


def end(requirement, case, *, reason=""):
    requirement.assignments.active().update(
        ended_by=case.actor, ended_at=case.at, end_reason=reason.strip()
    )


def ask(case, requirement, reviewer, due_on):
    Assignment.objects.create(
        version=case.version,
        requirement=requirement,
        reviewer=reviewer,
        due_on=due_on,
        assigned_by=case.actor,
        assigned_at=case.at,
    )
