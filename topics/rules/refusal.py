"""A refusal: one reason why an act can't be done, as a sentence with a code."""

from dataclasses import dataclass

ILLEGAL, FORBIDDEN, UNMET = "illegal", "forbidden", "unmet"


@dataclass(frozen=True)
class Refusal:
    """`kind` is `illegal` (no such step from here), `forbidden` (not this person) or `unmet`."""

    code: str
    sentence: str
    kind: str = UNMET

    def __str__(self):
        return str(self.sentence)


class Refused(Exception):
    """An act was refused; `refusals` holds every reason. Nothing was changed."""

    def __init__(self, refusals):
        self.refusals = list(refusals)
        super().__init__(" ".join(str(refusal) for refusal in self.refusals))

    @property
    def codes(self):
        return [refusal.code for refusal in self.refusals]


class IllegalMove(Refused):
    """There is no such step from the present state."""


class NotPermitted(Refused):
    """The person's role doesn't include the act."""


class Unmet(Refused):
    """The step exists and the person may take it, but something it needs is missing."""


def refuse(refusals):
    """Raises the exception that fits the gravest of the refusals; returns where there are none."""
    refusals = list(refusals)
    kinds = {refusal.kind for refusal in refusals}
    if ILLEGAL in kinds:
        raise IllegalMove(refusals)
    if FORBIDDEN in kinds:
        raise NotPermitted(refusals)
    if refusals:
        raise Unmet(refusals)
