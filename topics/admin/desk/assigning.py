"""The page of who is asked: every open role at once, all of it happens, or nothing."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.asking import (
    AT_ONCE,
    NOBODY,
    SEARCHED,
    USUAL_TIME,
    ReviewerField,
    due_field,
    grouped,
    quick_days,
    row_of,
    told_of,
)
from topics.admin.desk.forms import ActForm
from topics.admin.desk.trail import ASSIGNING, MOVES
from topics.models import Reviewer
from topics.rules.refusal import UNMET, Refusal, Refused, refuse
from topics.rules.review_dates import utc_day
from topics.workflow import acts
from topics.workflow.candidates import Pool
from topics.workflow.door import why_not

CREDITS = 20
"""Reviewers without an account that are named; they are credits of imported pages, and may be many."""


class Role:
    """One role of the version on the page: who is asked, who could be, and why the others can't."""

    def __init__(self, requirement, pool):
        self.requirement = requirement
        self.sign_off = getattr(requirement, "sign_off", None)
        self.assignment = next(
            (asked for asked in requirement.assignments.all() if asked.ended_at is None), None
        )
        key = requirement.pk
        self.reviewer_name, self.due_name, self.reason_name = (
            f"reviewer_{key}",
            f"due_{key}",
            f"reason_{key}",
        )
        field = pool.field(requirement) if self.sign_off is None else None
        self.eligible = field.eligible if field else []
        self.others = field.others if field else []

    def show(self, form):
        """Fills in what the template shows, once it is known what was chosen."""
        self.fields = {
            "reviewer": form[self.reviewer_name],
            "due": form[self.due_name],
            "reason": form[self.reason_name] if self.reason_name in form.fields else None,
        }
        chosen = self.chosen = str(self.fields["reviewer"].value() or "")
        rows = [
            row_of(candidate, chosen=chosen, elsewhere=form.elsewhere(candidate.reviewer, self))
            for candidate in self.eligible
        ]
        self.first = [row for n, row in enumerate(rows) if n < AT_ONCE or row["chosen"]]
        self.rest = [row for n, row in enumerate(rows) if n >= AT_ONCE and not row["chosen"]]
        self.barred = [found for found in self.others if str(found[0].pk) == chosen]
        self.groups = grouped(self.others)
        self.searched = len(self.eligible) + len(self.others) >= SEARCHED
        self.nobody = NOBODY
        return self


class AssignForm(ActForm):
    """A reviewer and a due date for each role that is not signed yet."""

    button = gettext_lazy("Assign")
    stale_after = (*MOVES, *ASSIGNING)

    class Media:
        css = {"all": ["topics/assigning.css"]}
        js = [forms.Script("topics/assigning.js", defer=True)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.placed = {}
        today = utc_day(timezone.now())
        self.quick_days = quick_days(today)
        without_account = Reviewer.objects.filter(user__isnull=True)
        self.without_account = without_account[:CREDITS]
        self.more_without_account = max(0, without_account.count() - CREDITS)
        requirements = list(
            self.subject.requirements.select_related("sign_off__reviewer")
            .prefetch_related("specialties", "assignments__reviewer")
            .order_by("position")
        )
        for requirement in requirements:
            requirement.version = self.subject
        pool = Pool([self.subject], on=today)
        self.roles = [Role(requirement, pool) for requirement in requirements]
        for role in self.open_roles():
            self.add_fields(role, today)

    def open_roles(self):
        return [role for role in self.roles if role.sign_off is None]

    def add_fields(self, role, today):
        asked, label = role.assignment, role.requirement.label
        self.fields[role.reviewer_name] = ReviewerField(
            label=_("Reviewer to sign as %s") % label, initial=asked.reviewer_id if asked else None
        )
        self.fields[role.due_name] = due_field(
            label=_("To sign by"), initial=asked.due_on if asked else today + USUAL_TIME
        )
        if asked:
            self.fields[role.reason_name] = forms.CharField(
                required=False,
                initial="",
                label=_("Why %s is released") % asked.reviewer.name,
                help_text=_(
                    "Only where somebody else takes their place, or nobody does. They are told; without "
                    "a successor in medical review it is needed."
                ),
                widget=forms.TextInput,
            )

    def elsewhere(self, reviewer, role):
        """The label of another role of this version for which the reviewer is asked, or signed."""
        for other in self.roles:
            if other is not role and other.assignment and other.assignment.reviewer_id == reviewer.pk:
                return other.requirement.label
        return ""

    def rows(self):
        """Each role with its bound fields, for the template."""
        return [role if role.sign_off else role.show(self) for role in self.roles]

    def do(self):
        """Does what changed of every role; one refusal undoes all of it."""
        refuse(why_not(self.subject, "assign", actor=self.actor))
        told, refusals = [], []
        for role in self.open_roles():
            try:
                with transaction.atomic():
                    told += self.change(role)
            except Refused as refused:
                refusals += self.place(refused.refusals, role)
        refuse(refusals)
        if not told:
            refuse([Refusal("nothing_chosen", _("Nothing was chosen that is not so already."))])
        return told

    def change(self, role):
        """Takes what was chosen for a role through the door that it needs; what to tell of it."""
        reviewer, due_on = self.cleaned_data[role.reviewer_name], self.cleaned_data[role.due_name]
        reason = self.cleaned_data.get(role.reason_name) or ""
        asked, label = role.assignment, role.requirement.label
        given = {"requirement": role.requirement, "actor": self.actor}
        if reviewer == NOBODY:
            if asked is None:
                return []
            acts.withdraw_assignment(self.subject, reason=reason, **given)
            words = {"name": asked.reviewer.name, "role": label}
            return [_("%(name)s is no longer asked to sign as %(role)s; nobody is.") % words]
        if reviewer is None or (asked and (asked.reviewer, asked.due_on) == (reviewer, due_on)):
            return []
        if asked and asked.reviewer == reviewer:
            acts.change_due_date(self.subject, due_on=due_on, **given)
            words = {"name": reviewer.name, "role": label, "day": due_on, "before": asked.due_on}
            return [_("%(name)s has until %(day)s to sign as %(role)s, no longer %(before)s.") % words]
        acts.assign(self.subject, reviewer=reviewer, due_on=due_on, reason=reason, **given)
        told = [told_of(reviewer, label, due_on)]
        if asked:
            told.append(_("%s is released, and is told so.") % asked.reviewer.name)
        return told

    def refusals_of_the_rest(self):
        return [
            refusal
            for role in self.open_roles()
            if self.cleaned_data.get(role.reviewer_name) not in (None, NOBODY)
            and self.cleaned_data.get(role.due_name)
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
        beside = {"due_date_is_past": role.due_name, "no_reason": role.reason_name}
        for refusal in refusals:
            self.placed[id(refusal)] = beside.get(refusal.code, role.reviewer_name)
        return refusals

    def field_of(self, refusal):
        return self.placed.get(id(refusal))
