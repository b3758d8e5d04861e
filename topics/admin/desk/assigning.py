"""The form that asks reviewers for every open role at once: all of it happens, or nothing."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.fields import DateInput
from topics.admin.desk.forms import ActForm
from topics.admin.desk.trail import MOVES
from topics.models import Reviewer
from topics.rules.eligibility import why_not_eligible
from topics.rules.refusal import UNMET, Refusal, Refused, refuse
from topics.rules.review_dates import utc_day
from topics.workflow import acts
from topics.workflow.door import why_not

USUAL_TIME = timedelta(days=14)
"""The due date that is proposed, counted from today."""


class Role:
    """One role of the version on the page: who is asked, who could be, and why the others can't."""

    def __init__(self, requirement, *, reviewers, writers, on):
        self.requirement = requirement
        self.sign_off = getattr(requirement, "sign_off", None)
        self.assignment = next(
            (asked for asked in requirement.assignments.all() if asked.ended_at is None), None
        )
        self.reviewer_name = f"reviewer_{requirement.pk}"
        self.due_name = f"due_{requirement.pk}"
        self.eligible, self.others = [], []
        if self.sign_off is None:
            for reviewer in reviewers:
                reasons = why_not_eligible(reviewer, requirement, on=on, writers=writers)
                if reasons:
                    self.others.append((reviewer, reasons))
                else:
                    self.eligible.append(reviewer)


class AssignForm(ActForm):
    """A reviewer and a due date for each role that is not signed yet."""

    button = gettext_lazy("Assign")
    stale_after = (*MOVES, "assign")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.placed = {}
        today = utc_day(timezone.now())
        # Reviewers without an account are credits of imported pages: they may be many.
        with_account = Q(user__isnull=False)
        self.reviewers = list(
            Reviewer.objects.filter(with_account).select_related("user").prefetch_related("specialties")
        )
        self.without_account = list(Reviewer.objects.exclude(with_account))
        requirements = (
            self.subject.requirements.select_related("sign_off__reviewer")
            .prefetch_related("specialties", "assignments__reviewer")
            .order_by("position")
        )
        writers = self.subject.writers()
        self.roles = [
            Role(requirement, reviewers=self.reviewers, writers=writers, on=today)
            for requirement in requirements
        ]
        for role in self.open_roles():
            self.add_fields(role, today)

    def open_roles(self):
        return [role for role in self.roles if role.sign_off is None]

    def add_fields(self, role, today):
        asked, label = role.assignment, role.requirement.label
        reviewer = forms.ModelChoiceField(
            Reviewer.objects.all(),
            required=False,
            label=_("Reviewer to sign as %s") % label,
            initial=asked.reviewer_id if asked else None,
        )
        self.fields[role.reviewer_name] = reviewer
        chosen = str(self[role.reviewer_name].value() or "")
        reviewer.widget.choices = [
            ("", _("– choose –") if role.eligible else _("– nobody can sign as this –")),
            *((person.pk, str(person)) for person in role.eligible),
            *(
                (person.pk, _("%s (can't sign, see below)") % person)
                for person, _reasons in role.others
                if str(person.pk) == chosen
            ),
        ]
        self.fields[role.due_name] = forms.DateField(
            required=False,
            label=_("To sign by"),
            input_formats=["%Y-%m-%d"],
            initial=asked.due_on if asked else today + USUAL_TIME,
            widget=DateInput,
        )

    def rows(self):
        """Each role with its bound fields, for the template."""
        for role in self.roles:
            fields = () if role.sign_off else (self[role.reviewer_name], self[role.due_name])
            yield role, fields

    def do(self):
        """Asks every role that changed; one refusal undoes all of them."""
        refuse(why_not(self.subject, "assign", actor=self.actor))
        told, refusals = [], []
        for role in self.open_roles():
            reviewer = self.cleaned_data[role.reviewer_name]
            due_on = self.cleaned_data[role.due_name]
            asked = role.assignment
            if asked is None and reviewer is None:
                continue
            if asked and (asked.reviewer, asked.due_on) == (reviewer, due_on):
                continue
            try:
                with transaction.atomic():
                    acts.assign(
                        self.subject,
                        requirement=role.requirement,
                        reviewer=reviewer,
                        due_on=due_on,
                        actor=self.actor,
                    )
            except Refused as refused:
                refusals += self.place(refused.refusals, role)
            else:
                words = {"name": reviewer.name, "role": role.requirement.label, "day": due_on}
                told.append(_("%(name)s is asked to sign as %(role)s by %(day)s.") % words)
        refuse(refusals)
        if not told:
            refuse([Refusal("nothing_chosen", _("Nothing was chosen that is not so already."))])
        return told

    def refusals_of_the_rest(self):
        return [
            refusal
            for role in self.open_roles()
            if self.cleaned_data.get(role.reviewer_name) and self.cleaned_data.get(role.due_name)
            for refusal in self.place(
                why_not(
                    self.subject,
                    "assign",
                    actor=self.actor,
                    requirement=role.requirement,
                    reviewer=self.cleaned_data[role.reviewer_name],
                    due_on=self.cleaned_data[role.due_name],
                ),
                role,
            )
            if refusal.kind == UNMET
        ]

    def place(self, refusals, role):
        """Remembers beside which of the role's fields each refusal stands."""
        for refusal in refusals:
            late = refusal.code == "due_date_is_past"
            self.placed[id(refusal)] = role.due_name if late else role.reviewer_name
        return refusals

    def field_of(self, refusal):
        return self.placed.get(id(refusal))
