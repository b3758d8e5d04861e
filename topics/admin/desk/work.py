"""What waits for a writer, an editor and a medical reviewer."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from topics.admin.desk.access import sees_every_version
from topics.admin.desk.section import Row, age, days_to, listed, page_of, section
from topics.admin.desk.shelved import due_row, withheld, withheld_row
from topics.models import Assignment, Contribution, Edition, Requirement, SignOff, Version
from topics.vocabulary import OPEN_STATES, State

REMARKS = 240
"""Characters of a reviewer's remarks shown here; the whole is on the version's page."""

IN_REVIEW = (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED)


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
    fields.setdefault("badge", (version.state, version.get_state_display()))
    return Row(
        title=title_of(version),
        url=page_of(version),
        note=note_of(version),
        when=f"{since:%Y-%m-%d}",
        age=age(since, now),
        **fields,
    )


def act_on(version, act):
    return reverse("admin:version_act", args=[version.pk, act])


def signed_of(version):
    return _("%(signed)s of %(needed)s signed") % {"signed": version.signed, "needed": version.needed}


# The writer -----------------------------------------------------------------------------------------


def of_writer(user, *, now, today):
    quiet = user.has_perm("topics.send_version")  # Editors may write, but mostly don't.
    wrote = Exists(Contribution.objects.filter(version=OuterRef("pk"), user=user))
    newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    own = Q(created_by=user) | Q(edited_by=user)
    yield section(
        "returned",
        _("Returned to you"),
        light(Version.objects.filter(~Exists(newer), wrote, state=State.RETURNED)).order_by(
            "state_since"
        ),
        lambda version: version_row(
            version,
            now=now,
            remarks=Truncator(version.return_remarks).chars(REMARKS),
            step=_("Continue in version %s") % (version.number + 1),
            step_url=reverse("admin:open_version", args=[version.article_id]),
        ),
        empty=_("Nothing was returned to you."),
        url=listed("version", state__exact=State.RETURNED),
        when=_("Returned"),
        quiet=quiet,
    )
    yield section(
        "drafts",
        _("Your drafts"),
        light(Version.objects.filter(own, state=State.DRAFT)).order_by("-edited_at"),
        lambda version: version_row(
            version,
            now=now,
            since=version.edited_at,
            step=_("Submit"),
            step_url=act_on(version, "submit"),
        ),
        empty=_("You have no draft open."),
        url=listed("version", state__exact=State.DRAFT),
        when=_("Last edited"),
        quiet=quiet,
    )
    yield section(
        "submitted",
        _("On its way"),
        light(Version.objects.filter(wrote | Q(submitted_by=user), state__in=IN_REVIEW)).order_by(
            "-submitted_at"
        ),
        lambda version: version_row(version, now=now, standing=signed_of(version)),
        empty=_("Nothing of yours is in review."),
        url=listed("version", state__in=",".join(IN_REVIEW)),
        when=_("In this state since"),
        quiet=quiet,
    )


# The editor -----------------------------------------------------------------------------------------


def of_editor(user, *, now, today):
    in_work = Version.objects.filter(article=OuterRef("article"), state__in=OPEN_STATES)
    yield section(
        "withheld",
        _("Withheld from readers, nobody at work"),
        withheld(now=now).filter(~Exists(in_work)),
        lambda edition: withheld_row(
            edition,
            today=today,
            step=_("Start a version"),
            step_url=reverse("admin:open_version", args=[edition.article_id]),
        ),
        empty="",
        url=listed("edition", standing="expired"),
        when=_("Withheld since"),
        quiet=True,
    )
    yield section(
        "editorial",
        _("Waiting in editorial review"),
        light(Version.objects.filter(state=State.EDITORIAL_REVIEW)).order_by("state_since"),
        lambda version: editorial_row(version, now=now),
        empty=_("No version waits for the editors."),
        url=listed("version", state__exact=State.EDITORIAL_REVIEW),
        when=_("Submitted"),
    )
    outstanding = (
        Assignment.objects.active()
        .filter(requirement__sign_off=None)
        .select_related("reviewer")
        .order_by("due_on")
    )
    due = outstanding.filter(version=OuterRef("pk")).values("due_on")[:1]
    yield section(
        "medical",
        _("In medical review"),
        light(Version.objects.filter(state=State.MEDICAL_REVIEW))
        .annotate(due=Subquery(due))
        .order_by("due", "state_since")
        .prefetch_related(Prefetch("assignments", outstanding, to_attr="outstanding")),
        lambda version: medical_row(version, today=today),
        empty=_("No version is with the reviewers."),
        url=listed("version", state__exact=State.MEDICAL_REVIEW),
        when=_("To be signed by"),
    )
    yield section(
        "reviews-due",
        _("Due for review, nobody at work"),
        Edition.objects.in_force(at=now)
        .filter(~Exists(in_work), review_warning_on__lte=today)
        .select_related("article")
        .defer("document", "record", "summary")
        .order_by("next_review_due"),
        lambda edition: due_row(
            edition,
            today=today,
            step=_("Start a version"),
            step_url=reverse("admin:open_version", args=[edition.article_id]),
        ),
        empty=_("No review is due that nobody has begun."),
        url=listed("edition", standing="in_force", review="overdue"),
        when=_("Review due"),
    )


def editorial_row(version, *, now):
    ready = version.needed and version.asked == version.needed
    asked = {"asked": version.asked, "needed": version.needed}
    return version_row(
        version,
        now=now,
        standing=_("%(asked)s of %(needed)s reviewers asked") % asked,
        step=_("Send to medical review") if ready else _("Assign reviewers"),
        step_url=act_on(version, "send" if ready else "assign"),
    )


def medical_row(version, *, today):
    late = version.due is not None and version.due < today
    names = ", ".join(assignment.reviewer.name for assignment in version.outstanding)
    return Row(
        title=title_of(version),
        url=page_of(version),
        note=note_of(version),
        standing="; ".join([signed_of(version), *([_("outstanding: %s") % names] if names else [])]),
        when=f"{version.due:%Y-%m-%d}" if version.due else _("nobody is asked"),
        age=days_to(version.due, today) if version.due else "",
        alarm=("overdue", _("Overdue")) if late else None,
        step=_("Assign reviewers") if late or not version.due else "",
        step_url=act_on(version, "assign") if late or not version.due else "",
    )


# The medical reviewer -------------------------------------------------------------------------------


def of_reviewer(user, *, now, today):
    quiet = sees_every_version(user)  # A superuser may sign, but mostly isn't asked to.
    asked = (
        Assignment.objects.active()
        .filter(reviewer__user=user, requirement__sign_off=None)
        .select_related("version__article", "requirement")
        .defer("version__document", "version__body", "version__summary")
        .order_by("due_on")
    )
    yield section(
        "to-sign",
        _("For you to sign"),
        asked.filter(version__state=State.MEDICAL_REVIEW),
        lambda assignment: assignment_row(
            assignment,
            today=today,
            step=_("Read and sign"),
            step_url=act_on(assignment.version, "sign_off"),
        ),
        empty=_("Nothing waits for your signature."),
        quiet=quiet,
        url=listed("version", state__exact=State.MEDICAL_REVIEW),
        when=_("To sign by"),
    )
    yield section(
        "announced",
        _("Announced to you"),
        asked.filter(version__state=State.EDITORIAL_REVIEW),
        lambda assignment: assignment_row(assignment, today=today),
        empty="",
        url=listed("version", state__exact=State.EDITORIAL_REVIEW),
        when=_("To sign by"),
        quiet=True,
    )
    yield section(
        "signed",
        _("Signed by you"),
        SignOff.objects.filter(user=user)
        .select_related("version__article")
        .defer("version__document", "version__body", "version__summary")
        .order_by("-signed_at"),
        lambda sign_off: version_row(
            sign_off.version, now=now, since=sign_off.signed_at, standing=sign_off.role
        ),
        empty=_("You haven't signed anything yet."),
        quiet=quiet,
        url=listed("version"),
        when=_("Signed"),
    )


def assignment_row(assignment, *, today, **fields):
    version = assignment.version
    late = assignment.due_on < today
    return Row(
        title=title_of(version),
        url=page_of(version),
        note=note_of(version),
        badge=(version.state, version.get_state_display()),
        standing=_("as %s") % assignment.requirement.label,
        when=f"{assignment.due_on:%Y-%m-%d}",
        age=days_to(assignment.due_on, today),
        alarm=("overdue", _("Overdue")) if late else None,
        **fields,
    )
