"""The fields that ask reviewers for a role: whom, by when, and why somebody is released."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from topics.admin.desk.fields import DateInput
from topics.models import Reviewer

NOBODY = "nobody"
"""Chosen in a reviewer's place: whoever is asked is released, and nobody takes their place."""

USUAL_TIME = timedelta(days=14)
"""The due date that is proposed, counted from today."""

QUICK_WEEKS = (1, 2, 4)
BAR = 10
"""Open assignments that a bar has room for; the words beside it count them all."""

AT_ONCE = 6
"""Reviewers shown of a role; the rest unfolds."""

SEARCHED = 12
"""From this many reviewers on they can be searched by name."""

HEADINGS = {
    "wrote_the_version": gettext_lazy("Wrote this text"),
    "wrote_the_source": gettext_lazy("Wrote what this was translated from"),
    "credential_expired": gettext_lazy("Credential expired"),
    "credential_not_yet_valid": gettext_lazy("Credential not valid yet"),
    "no_credential": gettext_lazy("No credential on record"),
    "not_in_role": gettext_lazy("Account that can't sign"),
    "account_closed": gettext_lazy("Account closed"),
    "language_not_among": gettext_lazy("Does not review in this language"),
    "specialty_not_asked_for": gettext_lazy("None of the specialties"),
}
"""Why not, in few words; who is furthest from signing stands last."""


class ReviewerField(forms.ModelChoiceField):
    """A reviewer, nobody in their place, or no choice."""

    def __init__(self, **kwargs):
        super().__init__(Reviewer.objects.all(), required=False, **kwargs)

    def to_python(self, value):
        return NOBODY if value == NOBODY else super().to_python(value)

    def validate(self, value):
        return None


def due_field(*, initial, label):
    return forms.DateField(
        required=False,
        label=label,
        input_formats=["%Y-%m-%d"],
        initial=initial,
        widget=DateInput,
    )


def quick_days(today):
    """Due dates that are often chosen, each with what it is called."""
    return [
        (
            (today + timedelta(weeks=weeks)).isoformat(),
            ngettext("in %(n)s week", "in %(n)s weeks", weeks) % {"n": weeks},
        )
        for weeks in QUICK_WEEKS
    ]


def bar_of(work):
    """The open work as blocks of a small drawing: each its place, and whether it is overdue."""
    return [(10 * n, n < work.overdue) for n in range(min(work.open, BAR))]


def row_of(candidate, *, chosen, elsewhere=""):
    """A reviewer who may fill the role, as the page shows them."""
    return {
        "candidate": candidate,
        "reviewer": candidate.reviewer,
        "specialties": ", ".join(candidate.specialties),
        "work": candidate.work.sentence(),
        "bar": bar_of(candidate.work),
        "chosen": str(candidate.reviewer.pk) == chosen,
        "elsewhere": elsewhere,
    }


def grouped(others):
    """Those who may not, by the reason that keeps them furthest away, under its heading."""
    order = list(HEADINGS)
    groups = {code: [] for code in order}
    for reviewer, refusals in others:
        codes = [refusal.code for refusal in refusals if refusal.code in groups]
        furthest = max(codes, key=order.index, default=order[-1])
        groups[furthest].append((reviewer, refusals))
    return [(HEADINGS[code], found) for code, found in groups.items() if found]


def told_of(reviewer, label, due_on):
    words = {"name": reviewer.name, "role": label, "day": due_on}
    return _("%(name)s is asked to sign as %(role)s by %(day)s.") % words
