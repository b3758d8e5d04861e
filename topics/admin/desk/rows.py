"""Rows of "my work" about versions: how far they are, with whom they wait, since when."""

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from topics.admin.desk.section import Row, age, page_of
from topics.admin.moments import day
from topics.models import Assignment, Requirement, SignOff
from topics.vocabulary import State


def number_of(rows):
    """How many rows of another table belong to a version, as a subquery."""
    counted = rows.order_by().values("version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def light(versions):
    """Versions without their text, with how many sign-offs they need, and have."""
    return (
        versions.select_related("article", "submitted_by")
        .defer("document", "body", "summary")
        .annotate(
            needed=number_of(Requirement.objects.filter(version=OuterRef("pk"))),
            signed=number_of(SignOff.objects.filter(version=OuterRef("pk"))),
            asked=number_of(Assignment.objects.active().filter(version=OuterRef("pk"))),
        )
    )


def outstanding():
    """The assignments that still wait for a signature, the most urgent first."""
    missing = Assignment.objects.active().filter(requirement__sign_off=None)
    return missing.order_by("due_on", "pk")


def first_due():
    """The day by which a version is to be signed next, as a column."""
    return Subquery(outstanding().filter(version=OuterRef("pk")).values("due_on")[:1])


def with_outstanding(versions):
    """Versions with the assignments that still wait for a signature, the most urgent first."""
    waiting = outstanding().select_related("reviewer")
    return (
        light(versions)
        .annotate(due=first_due())
        .prefetch_related(Prefetch("assignments", waiting, to_attr="outstanding"))
    )


def with_outstanding_or_taken_back(versions):
    """The same of versions that may have been released already, for those that were taken back."""
    return with_outstanding(versions).with_taken_back()


def title_of(version):
    return version.title or _("(no title yet)")


def note_of(version):
    return _("%(article)s · version %(number)s · %(kind)s") % {
        "article": version.article,
        "number": version.number,
        "kind": version.get_change_kind_display(),
    }


def version_row(version, *, now, since=None, **fields):
    """A row about a version, with its state and how long it has been in it."""
    since = since or version.state_since
    fields.setdefault("badge", version.standing)
    return Row(
        title=title_of(version),
        url=page_of(version),
        note=note_of(version),
        when=day(since),
        age=age(since, now),
        **fields,
    )


def act_on(version, act):
    return reverse("admin:version_act", args=[version.pk, act])


def signed_of(version):
    return _("%(signed)s of %(needed)s signed") % {"signed": version.signed, "needed": version.needed}


def whereabouts(version):
    """With whom a version is that was handed on, for rows of `with_outstanding`."""
    if version.state == State.EDITORIAL_REVIEW:
        return _("with the editors")
    if version.state == State.APPROVED or version.taken_back:
        return _("signed by all, with the publishers")
    if version.state != State.MEDICAL_REVIEW:
        return ""
    names = ", ".join(assignment.reviewer.name for assignment in version.outstanding)
    if not names:
        return signed_of(version)
    return _("%(signed)s of %(needed)s signed; waits for %(names)s") % {
        "signed": version.signed,
        "needed": version.needed,
        "names": names,
    }


def late_of(version, today):
    """The alarm of a version whose next signature is overdue."""
    in_review = version.state in (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW)
    late = in_review and version.due is not None and version.due < today
    return ("overdue", _("Overdue")) if late else None


def handed_row(version, *, now, today, **fields):
    """A row about what somebody handed on: where it stands now, and with whom it waits."""
    fields.setdefault("standing", whereabouts(version))
    return version_row(version, now=now, alarm=late_of(version, today), **fields)
