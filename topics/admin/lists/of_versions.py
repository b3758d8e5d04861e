"""Filters by what versions are in: state, kind of change, who was asked or signed, until when."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.desk.access import visible_versions
from topics.admin.lists.filters import Choice, plainly
from topics.models import Assignment, Requirement, Reviewer, SignOff
from topics.models.version import TAKEN_BACK, all_taken_back
from topics.rules.review_dates import utc_day
from topics.vocabulary import OPEN_STATES, ChangeKind, State

IN_REVIEW = (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW)
FEW = 100
"""Reviewers that a select still shows well; beyond that their name is typed."""


def newest(versions, *, among):
    """Those of the versions that are the newest of their article `among` those that one may see."""
    later = among.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return versions.filter(~Exists(later))


CANCELLED = "cancelled"


class StateChoice(Choice):
    """By state; what was never public because its release was cancelled isn't among the released."""

    title = _("state")
    parameter_name = "state"

    def options(self):
        return plainly([*State.choices, (CANCELLED, TAKEN_BACK)])

    def narrow(self, rows, value):
        if value == CANCELLED:
            return rows.taken_back()
        rows = rows.filter(state=value)
        return rows.exclude(pk__in=all_taken_back("pk")) if value == State.RELEASED else rows


class KindChoice(Choice):
    title = _("kind of change")
    parameter_name = "kind"

    def options(self):
        return plainly(ChangeKind.choices)

    def narrow(self, rows, value):
        return rows.filter(change_kind=value)


class NewestStateChoice(StateChoice):
    """By the state of an article's newest version."""

    title = _("newest version")

    def narrow(self, rows, value):
        visible = visible_versions(self.request.user)
        versions = super().narrow(visible, value)
        if value not in OPEN_STATES:  # An open version is the newest one: it holds the only place.
            versions = newest(versions, among=visible)
        return rows.filter(pk__in=versions.values("article"))


class NewestKindChoice(KindChoice):
    """By what an article's newest version changes."""

    def narrow(self, rows, value):
        visible = visible_versions(self.request.user)
        versions = newest(visible.filter(change_kind=value), among=visible)
        return rows.filter(pk__in=versions.values("article"))


# Reviewers ------------------------------------------------------------------------------------------


def asked(reviewers):
    """The assignments of these reviewers that still wait for their signature."""
    return Assignment.objects.active().filter(
        reviewer__in=reviewers, requirement__sign_off=None, version__state__in=IN_REVIEW
    )


class ReviewerChoice(Choice):
    """By reviewer: one of a few is chosen, of many the name is typed (and completed by a script)."""

    title = _("reviewer")
    parameter_name = "reviewer"
    template = "topics/desk/lists/reviewer.html"
    everything = _("Anybody")
    followers = True
    versions, column = "pk", "version"

    def options(self):
        found = Reviewer.objects.filter(user__isnull=False).only("name", "credentials")
        people = list(found.order_by("name", "pk")[: FEW + 1])
        self.many = len(people) > FEW
        return [] if self.many else [(person.pk, str(person), "") for person in people]

    @property
    def suggestions(self):
        return (
            f"{reverse('admin:autocomplete')}?app_label=topics&model_name=assignment&field_name=reviewer"
        )

    def label(self):
        return super().label() or self.value() or None

    def is_unknown(self):
        return False  # What is typed is looked for in the names.

    def narrow(self, rows, value):
        named = Q(pk=value) if value.isdecimal() and len(value) < 19 else Q(name__icontains=value)
        reviewers = Reviewer.objects.filter(named).values("pk")
        part = self.request.GET.get(PartChoice.parameter_name)
        mine = []
        if part != PartChoice.SIGNED:
            of = asked(reviewers) if part else Assignment.objects.filter(reviewer__in=reviewers)
            mine.append(of.order_by().values(self.column))
        if part != PartChoice.ASKED:
            signed = SignOff.objects.filter(reviewer__in=reviewers)
            mine.append(signed.order_by().values(self.column))
        return rows.filter(**{f"{self.versions}__in": mine[0].union(mine[1]) if mine[1:] else mine[0]})


class PartChoice(Choice):
    """What the chosen reviewer has to do with it; by itself it narrows nothing."""

    title = _("the reviewer")
    parameter_name = "part"
    everything = _("was asked or signed")
    followers = True
    ASKED, SIGNED = "asked", "signed"

    def options(self):
        return plainly([(self.ASKED, _("is asked, and has not signed")), (self.SIGNED, _("signed"))])

    def label(self):
        return super().label() if self.request.GET.get(ReviewerChoice.parameter_name) else None

    def narrow(self, rows, value):
        return rows


class ReviewerOfArticle(ReviewerChoice):
    column = "version__article"


class ReviewerOfEdition(ReviewerChoice):
    versions = "version"


class SigningChoice(Choice):
    """By when the next signature that is still missing is wanted."""

    title = _("to be signed")
    parameter_name = "sign"
    followers = True

    def options(self):
        return plainly(
            [
                ("overdue", _("overdue")),
                ("7", _("within 7 days")),
                ("30", _("within 30 days")),
                ("nobody", _("a role has nobody asked")),
            ]
        )

    def narrow(self, rows, value):
        rows = rows.filter(state__in=IN_REVIEW)
        if value == "nobody":
            return rows.filter(Exists(nobody_asked()))
        today = utc_day(timezone.now())
        missing = Assignment.objects.active().filter(requirement__sign_off=None)
        if value == "overdue":
            late = missing.filter(due_on__lt=today)
        else:
            late = missing.filter(due_on__gte=today, due_on__lte=today + timedelta(days=int(value)))
        return rows.filter(pk__in=late.values("version"))


def nobody_asked():
    """The roles of the version of an outer query that are neither signed nor asked of anybody."""
    standing = Assignment.objects.active().filter(requirement=OuterRef("pk"))
    return Requirement.objects.filter(~Exists(standing), version=OuterRef("pk"), sign_off=None)
