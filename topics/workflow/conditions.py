"""What submitting and reviewing ask for: each condition yields its refusals as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from topics.content.html import heading_problems
from topics.models import Assignment, User, Version
from topics.rules.eligibility import why_not_eligible
from topics.rules.refusal import Refusal
from topics.rules.review_dates import utc_day
from topics.vocabulary import ChangeKind, WithdrawalKind
from topics.workflow.changes import (
    clinical_changes_of,
    content_differences,
    continued_release,
    released_base,
)


@dataclass(frozen=True)
class Case:
    """One act under question: the version, who acts, the instant (UTC), and what was given with it."""

    version: Version
    actor: User
    at: datetime
    given: Mapping[str, Any] = field(default_factory=dict)


# Submitting -------------------------------------------------------------------------------------


def content_is_complete(case):
    version = case.version
    if not version.title.strip():
        yield Refusal("no_title", _("The title is missing."))
    if not version.summary.strip():
        yield Refusal("no_summary", _("The plain-language summary is missing."))
    if not version.body.strip():
        yield Refusal("no_body", _("The body is empty."))
    if not version.authors.exists():
        yield Refusal("no_author", _("No author is credited."))


def headings_are_nested(case):
    for sentence in heading_problems(case.version.body):
        yield Refusal("headings_skip_a_level", sentence)


def category_has_a_policy(case):
    category = case.version.article.category
    policy = category.effective_policy()
    if policy is None or not policy.roles.exists():
        yield Refusal(
            "no_policy",
            _("The category %s has no review policy that asks for a sign-off.") % category,
        )
        return
    for role in policy.roles.all():
        if not role.specialties_for(category):
            yield Refusal(
                "role_without_specialty",
                _("The review policy says of no specialty that it may sign as %s.") % role.label,
            )


def change_kind_fits(case):
    version = case.version
    has_edition = released_base(version) is not None
    if version.change_kind == ChangeKind.NEW and has_edition:
        yield Refusal(
            "not_new",
            _("This article was released before: choose substantive, minor or periodic review."),
        )
    if version.change_kind != ChangeKind.NEW and not has_edition:
        yield Refusal(
            "nothing_to_change",
            _("This article was never released: its first version is of the kind “new”."),
        )


def change_is_explained(case):
    version = case.version
    if version.change_kind in (ChangeKind.SUBSTANTIVE, ChangeKind.MINOR) and not (
        version.change_note.strip()
    ):
        yield Refusal("no_change_note", _("The change note for the public is missing."))


def periodic_review_changes_nothing(case):
    if case.version.change_kind != ChangeKind.PERIODIC_REVIEW:
        return
    for name in content_differences(case.version):
        yield Refusal(
            "periodic_review_changes_content",
            _("A periodic review signs unchanged content, but this was changed: %s.") % name,
        )


def minor_change_is_not_clinical(case):
    if case.version.change_kind != ChangeKind.MINOR:
        return
    for change in clinical_changes_of(case.version):
        yield Refusal(
            "minor_change_is_clinical",
            _("A minor change can't touch clinical content: %s") % change,
        )


def base_is_in_place(case):
    # One role alone confirms a minor change: all of them must have signed what it changes.
    version = case.version
    if version.change_kind != ChangeKind.MINOR:
        return
    edition = released_base(version)
    if edition is None or edition.version != continued_release(version):
        yield Refusal(
            "base_was_not_released",
            _(
                "A minor change adds to the newest edition, but this one adds to a release that was "
                "cancelled. Start a substantive change."
            ),
        )
    elif edition.withdrawals.filter(kind=WithdrawalKind.SAFETY_RECALL).exists():
        yield Refusal(
            "base_was_recalled",
            _(
                "The edition was recalled for safety. A minor change can't bring it back; start a "
                "substantive change, so that all roles review it."
            ),
        )


# Reviewing --------------------------------------------------------------------------------------


def role_is_open(case):
    requirement = case.given.get("requirement")
    if requirement is None or requirement.version_id != case.version.pk:
        yield Refusal("no_such_role", _("The review policy of this version has no such role."))
    elif hasattr(requirement, "sign_off"):
        yield Refusal("role_is_signed", _("%s has signed already.") % requirement.label)


def reviewer_is_eligible(case):
    reviewer, requirement = case.given.get("reviewer"), case.given.get("requirement")
    if reviewer is None:
        yield Refusal("no_reviewer", _("Choose a reviewer."))
    elif requirement is not None:
        yield from why_not_eligible(reviewer, requirement, on=utc_day(case.at))
        others = case.version.assignments.active().exclude(requirement=requirement)
        if others.filter(reviewer=reviewer).exists():
            yield Refusal(
                "asked_for_another_role",
                _("%s is asked for another role; one person fills one role.") % reviewer.name,
            )


def due_date_is_ahead(case):
    due_on = case.given.get("due_on")
    if due_on is None or due_on < utc_day(case.at):
        yield Refusal("due_date_is_past", _("Choose a due date that is not in the past."))


def every_role_is_assigned(case):
    asked = case.version.assignments.active().values("requirement")
    for requirement in case.version.requirements.exclude(pk__in=asked):
        yield Refusal("role_is_unassigned", _("Nobody is asked as %s.") % requirement.label)


def remarks_are_given(case):
    if not str(case.given.get("remarks") or "").strip():
        yield Refusal("no_remarks", _("Say in the remarks what should change."))


def assignment_of(case):
    """The actor's own active assignment on the version, or None."""
    return (
        Assignment.objects.active()
        .filter(version=case.version, reviewer__user=case.actor)
        .select_related("requirement", "reviewer")
        .first()
    )


def actor_is_assigned(case):
    if assignment_of(case) is None:
        yield Refusal("not_assigned", _("You were not asked to review this version."))


def actor_may_sign(case):
    assignment = assignment_of(case)
    if assignment is None:
        return
    if hasattr(assignment.requirement, "sign_off"):
        yield Refusal("role_is_signed", _("%s has signed already.") % assignment.requirement.label)
    yield from why_not_eligible(assignment.reviewer, assignment.requirement, on=utc_day(case.at))


def digest_is_the_one_read(case):
    if case.given.get("digest") != case.version.digest:
        yield Refusal(
            "digest_differs",
            _("What you read is not the text of this version. Please read it again, then sign."),
        )


def password_is_right(case):
    if not case.actor.check_password(case.given.get("password") or ""):
        yield Refusal("password_is_wrong", _("The password is not right. Nothing was signed."))
