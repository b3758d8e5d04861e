"""What waits for a writer, an editor and a medical reviewer."""

from datetime import timedelta

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from topics.admin.desk.access import sees_every_version
from topics.admin.desk.queues import outstanding
from topics.admin.desk.rows import (
    act_on,
    first_due,
    handed_row,
    late_of,
    light,
    note_of,
    signed_of,
    title_of,
    version_row,
    with_outstanding,
    with_outstanding_or_taken_back,
)
from topics.admin.desk.section import COMING, HANDED, Row, days_to, desk_of, page_of, queued
from topics.admin.desk.shelved import due_row, light_editions, withheld_row
from topics.models import Reviewer, SignOff
from topics.rules.eligibility import credential_refusals

WARNED = timedelta(days=60)
"""How long before their last credential ends reviewers are told."""

REMARKS = 240
"""Characters of a reviewer's remarks shown here; the whole is on the version's page."""


# The writer -----------------------------------------------------------------------------------------


def of_writer(user, *, now, today):
    on = {"user": user, "now": now, "today": today}
    quiet = user.has_perm("topics.send_version")  # Editors may write, but mostly don't.
    yield queued(
        "returned",
        lambda version: version_row(
            version,
            now=now,
            remarks=Truncator(version.return_remarks).chars(REMARKS),
            step=_("Continue in version %s") % (version.number + 1),
            step_url=reverse("admin:open_version", args=[version.article_id]),
        ),
        prepare=light,
        order=["state_since"],
        empty=_("Nothing was returned to you."),
        when=_("Returned"),
        quiet=quiet,
        **on,
    )
    yield queued(
        "drafts",
        lambda version: version_row(
            version,
            now=now,
            since=version.edited_at,
            step=_("Submit"),
            step_url=act_on(version, "submit"),
        ),
        prepare=light,
        order=["-edited_at"],
        empty=_("You have no draft open."),
        when=_("Last edited"),
        quiet=quiet,
        **on,
    )
    if quiet:
        return  # What they handed over themselves is among all that is in review.
    yield queued(
        "submitted",
        lambda version: handed_row(version, now=now, today=today),
        prepare=with_outstanding_or_taken_back,
        order=["-submitted_at"],
        empty=_("Nothing of yours is in review."),
        when=_("In this state since"),
        part=HANDED,
        **on,
    )


# The editor -----------------------------------------------------------------------------------------


def of_editor(user, *, now, today):
    on = {"user": user, "now": now, "today": today}
    yield queued(
        "withheld",
        lambda edition: withheld_row(
            edition,
            today=today,
            step=_("Start a version"),
            step_url=reverse("admin:open_version", args=[edition.article_id]),
        ),
        prepare=light_editions,
        order=["ends_at"],
        empty="",
        when=_("Withheld since"),
        quiet=True,
        **on,
    )
    yield queued(
        "editorial",
        lambda version: editorial_row(version, now=now, today=today),
        prepare=with_outstanding,
        order=["state_since"],
        empty=_("No version waits for the editors."),
        when=_("Submitted"),
        **on,
    )
    yield queued(
        "medical",
        lambda version: medical_row(version, today=today),
        prepare=with_outstanding,
        order=[first_due(), "state_since"],
        empty=_("No version is with the reviewers."),
        when=_("To be signed by"),
        part=HANDED,
        **on,
    )
    if not user.has_perm("topics.release_version"):  # They find the same where it waits for them.
        yield queued(
            "approved",
            lambda version: handed_row(version, now=now, today=today),
            prepare=with_outstanding_or_taken_back,
            order=["state_since"],
            empty="",
            when=_("Since"),
            quiet=True,
            part=HANDED,
            **on,
        )
    yield queued(
        "reviews-due",
        lambda edition: due_row(
            edition,
            today=today,
            step=_("Start a version"),
            step_url=reverse("admin:open_version", args=[edition.article_id]),
        ),
        prepare=light_editions,
        order=["next_review_due"],
        empty=_("No review is due that nobody has begun."),
        when=_("Review due"),
        part=COMING,
        **on,
    )


def editorial_row(version, *, now, today):
    ready = version.needed and version.asked == version.needed
    asked = {"asked": version.asked, "needed": version.needed}
    return version_row(
        version,
        now=now,
        standing=_("%(asked)s of %(needed)s reviewers asked") % asked,
        alarm=late_of(version, today),
        step=_("Send to medical review") if ready else _("Assign reviewers"),
        step_url=act_on(version, "send" if ready else "assign"),
    )


def medical_row(version, *, today):
    late = late_of(version, today)
    unasked = version.asked < version.needed
    names = ", ".join(assignment.reviewer.name for assignment in version.outstanding)
    return Row(
        title=title_of(version),
        url=page_of(version),
        note=note_of(version),
        standing="; ".join([signed_of(version), *([_("outstanding: %s") % names] if names else [])]),
        when=f"{version.due:%Y-%m-%d}" if version.due else _("nobody is asked"),
        age=days_to(version.due, today) if version.due else "",
        alarm=("overdue", _("A role without a reviewer")) if unasked else late,
        step=_("Assign reviewers") if late or unasked else "",
        step_url=act_on(version, "assign") if late or unasked else "",
    )


# The medical reviewer -------------------------------------------------------------------------------


def of_reviewer(user, *, now, today):
    on = {"user": user, "now": now, "today": today}
    quiet = sees_every_version(user)  # A superuser may sign, but mostly isn't asked to.
    mine = outstanding(user).select_related("requirement").order_by("due_on", "pk")
    due = Subquery(mine.filter(version=OuterRef("pk")).values("due_on")[:1])
    own = SignOff.objects.filter(version=OuterRef("pk"), user=user).order_by()
    signed_at = Subquery(own.values("signed_at"))

    def asked(rows):
        own = Prefetch("assignments", mine, to_attr="mine")
        return light(rows).annotate(due=due).prefetch_related(own)

    yield queued(
        "to-sign",
        lambda version: asked_row(
            version, today=today, step=_("Read and sign"), step_url=desk_of(version)
        ),
        prepare=asked,
        order=[due, "pk"],
        empty=_("Nothing waits for your signature."),
        quiet=quiet,
        when=_("To sign by"),
        **on,
    )
    yield queued(
        "signed",
        lambda version: handed_row(version, now=now, today=today, since=version.signed_at),
        prepare=lambda rows: with_outstanding_or_taken_back(rows).annotate(signed_at=signed_at),
        order=[signed_at.desc()],
        empty=_("You haven't signed anything yet."),
        quiet=quiet,
        when=_("Signed"),
        part=HANDED,
        **on,
    )
    yield queued(
        "announced",
        lambda version: asked_row(version, today=today),
        prepare=asked,
        order=[due, "pk"],
        empty="",
        when=_("To sign by"),
        quiet=True,
        part=COMING,
        **on,
    )

    yield queued(
        "signed-due",
        lambda edition: due_row(edition, today=today),
        prepare=light_editions,
        order=["next_review_due"],
        empty=_("No article that you signed comes due for review within 90 days."),
        quiet=quiet,
        when=_("Review due"),
        part=COMING,
        **on,
    )


def credential_warning(user, *, today):
    """A sentence where an account can't sign now, or will soon not be able to; None otherwise.

    A credential that begins when another ends carries on from it.
    """
    reviewer = Reviewer.objects.filter(user=user).prefetch_related("credential_set").first()
    if reviewer is None:
        return None
    if refusals := credential_refusals(reviewer, on=today):
        return _("%s You can't sign until an administrator has recorded a valid one.") % (
            refusals[0].sentence
        )
    last = today
    for credential in sorted(reviewer.credential_set.all(), key=lambda held: held.valid_from):
        if credential.valid_from <= last + timedelta(days=1):
            last = max(last, credential.expires_on)
    if last > today + WARNED:
        return None
    words = {"day": last.isoformat(), "when": days_to(last, today)}
    return (
        _(
            "Your credential expires on %(day)s (%(when)s). You can't sign after that day until an "
            "administrator has recorded a renewed one."
        )
        % words
    )


def asked_row(version, *, today, **fields):
    """A row about a version that this reviewer was asked to sign."""
    late = version.due < today
    roles = ", ".join(assignment.requirement.label for assignment in version.mine)
    return Row(
        title=title_of(version),
        url=desk_of(version),
        note=note_of(version),
        badge=(version.state, version.get_state_display()),
        standing=_("as %s") % roles,
        when=f"{version.due:%Y-%m-%d}",
        age=days_to(version.due, today),
        alarm=("overdue", _("Overdue")) if late else None,
        **fields,
    )
