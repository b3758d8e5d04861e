"""Which of the reviewers who may fill a role to ask first: by specialty, then by open work."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Work:
    """What a reviewer was asked for and has not signed: how much, how much of it late, the next day."""

    open: int = 0
    overdue: int = 0
    next_due: date | None = None

    def with_one_more(self, due_on: date | None) -> "Work":
        """The work as it would be with one more article to sign by that day."""
        days = [day for day in (self.next_due, due_on) if day]
        return replace(self, open=self.open + 1, next_due=min(days, default=None))

    def sentence(self) -> str:
        """“3 open, 1 overdue, next due 2026-03-31”, or that nothing is."""
        if not self.open:
            return _("nothing open")
        said = ngettext("%(n)s open", "%(n)s open", self.open) % {"n": self.open}
        if self.overdue and self.next_due:
            return _("%(open)s, %(overdue)s overdue, next due %(day)s") % {
                "open": said,
                "overdue": self.overdue,
                "day": self.next_due.isoformat(),
            }
        if self.next_due:
            return _("%(open)s, next due %(day)s") % {"open": said, "day": self.next_due.isoformat()}
        return said


@dataclass(frozen=True)
class Candidate:
    """A reviewer who may fill a role, with what speaks for asking them.

    `specialties` are the names of those of theirs that the role asks for; `own_specialty` says that
    the category's own is among them. `last_signed` is the day of their last sign-off in the category.
    """

    reviewer: Any
    name: str
    specialties: tuple[str, ...] = ()
    own_specialty: bool = False
    work: Work = Work()
    last_signed: date | None = None


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, whom to ask first standing first.

    Who has the category's own specialty comes first, then who has more of the specialties that the
    role asks for; among equals who has less open, less overdue, and more time until the next is due;
    then who signed in the category last; then by name, so that the order is always the same.
    """
    return sorted(candidates, key=_order)


def _order(candidate: Candidate) -> tuple:
    work, signed = candidate.work, candidate.last_signed
    return (
        not candidate.own_specialty,
        -len(candidate.specialties),
        work.open,
        work.overdue,
        -(work.next_due or date.max).toordinal(),
        -(signed or date.min).toordinal(),
        candidate.name,
    )
