"""What submitting and reviewing ask for: each condition yields its refusals as sentences."""

from django.utils.translation import gettext as _

from topics.content.html import heading_problems
from topics.models import Article, Assignment
from topics.rules.eligibility import why_not_eligible
from topics.rules.refusal import Refusal
from topics.rules.review_dates import utc_day
from topics.vocabulary import WRONG, ChangeKind, Purpose, State, WithdrawalKind
from topics.workflow import signature
from topics.workflow.case import authors_of, base_of, policy_of
from topics.workflow.cautions import grade_is_refused, harder_than_its_target
from topics.workflow.changes import (
    clinical_changes_of,
    content_differences,
    continued_release,
)
from topics.workflow.former import former_assignment, told_on_release
from topics.workflow.mentions import links_of
from topics.workflow.password import tries_of

# Submitting -------------------------------------------------------------------------------------


def content_is_complete(case):
    version = case.version
    if not version.title.strip():
        yield Refusal("no_title", _("The title is missing."))
    if not version.summary.strip():
        yield Refusal("no_summary", _("The plain-language summary is missing."))
    if not version.body.strip():
        yield Refusal("no_body", _("The body is empty."))
    if not case.once(authors_of):
        yield Refusal("no_author", _("No author is credited."))


def headings_are_nested(case):
    for sentence in heading_problems(case.version.body):
        yield Refusal("headings_skip_a_level", sentence)


def linked_articles_exist(case):
    ids = links_of(case.version)
    known = {str(pk) for pk in public_ids(ids)} if ids else set()
    for public_id in ids:
        if public_id not in known:
            sentence = _("The text links to an article that doesn't exist: %s.") % public_id
            yield Refusal("linked_article_is_missing", sentence)


def public_ids(ids):
    return Article.objects.filter(public_id__in=ids).values_list("public_id", flat=True)


def text_is_not_harder_than_its_target(case):
    if grade_is_refused(case.version):
        yield from harder_than_its_target(case.version)


def category_has_a_policy(case):
    category, policy = case.version.article.category, case.once(policy_of)
    if policy is None or not policy.roles.all():
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
    has_edition = case.once(base_of) is not None
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
    edition = case.once(base_of)
    if edition is None or edition.version != continued_release(version):
        yield Refusal(
            "base_was_not_released",
            _(
                "A minor change adds to the newest edition, but this one adds to a release that was "
                "cancelled. Start a substantive change."
            ),
        )
        return
    wrong = set(edition.withdrawals.filter(kind__in=WRONG).values_list("kind", flat=True))
    if WithdrawalKind.SAFETY_RECALL in wrong:
        yield Refusal(
            "base_was_recalled",
            _(
                "The edition was recalled for safety. A minor change can't bring it back; start a "
                "substantive change, so that all roles review it."
            ),
        )
    elif wrong:
        yield Refusal(
            "base_was_in_error",
            _(
                "The edition was withdrawn because its text has an error. A minor change can't bring "
                "it back; start a substantive change, so that all roles review it."
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


def somebody_is_asked(case):
    requirement = case.given.get("requirement")
    if requirement is not None and not requirement.assignments.active().exists():
        yield Refusal("nobody_is_asked", _("Nobody is asked as %s.") % requirement.label)


def withdrawal_in_review_is_explained(case):
    # Whoever could sign already may be reading: they are told why they need not go on.
    if case.version.state == State.MEDICAL_REVIEW and not str(case.given.get("reason") or "").strip():
        yield Refusal(
            "no_reason", _("The version is in medical review: say why the reviewer is released.")
        )


def every_role_is_assigned(case):
    asked = case.version.assignments.active().values("requirement")
    for requirement in case.version.requirements.exclude(pk__in=asked):
        yield Refusal("role_is_unassigned", _("Nobody is asked as %s.") % requirement.label)


def assignment_of(case):
    """The actor's own active assignment on the version, or None."""
    found = (
        Assignment.objects.active()
        .filter(version=case.version, reviewer__user=case.actor)
        .select_related("requirement__sign_off", "reviewer__user", "assigned_by")
        .prefetch_related(
            "requirement__specialties",
            "reviewer__specialties",
            "reviewer__languages",
            "reviewer__credential_set",
        )
        .first()
    )
    if found:
        found.requirement.version = case.version
    return found


def actor_is_assigned(case):
    if case.once(assignment_of) is not None:
        return
    former = former_assignment(case.version, case.actor)
    if former is None:
        yield Refusal("not_assigned", _("You were not asked to review this version."))
    else:
        yield Refusal("not_assigned", " ".join(told_on_release(former)))


def actor_may_sign(case):
    assignment = case.once(assignment_of)
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


def signature_is_the_one_read(case):
    # Where nobody is asked, another condition says so.
    if assignment := case.once(assignment_of):
        yield from signature.differences(assignment, case.given.get("printed"), at=case.at)


def tries_of_case(case):
    """How many wrong passwords the actor may still give."""
    return tries_of(case.actor, at=case.at)


def password_is_taken(case):
    # Of whoever isn't asked to sign no password is taken anyway.
    if case.once(assignment_of) is not None and case.once(tries_of_case).barred:
        yield case.once(tries_of_case).refusal()


def password_is_right(case):
    answer = case.given.get("answer")
    if answer is not None and answer.lets(case.actor, Purpose.SIGN_OFF, case.version):
        return
    if answer is not None and answer.barred:
        # The brake may have come off since; nobody looked at the password all the same.
        if not case.once(tries_of_case).barred:
            yield answer.tries.refusal()
        return
    left = answer.tries.told() if answer is not None else ""
    sentence = _("The password is not right. Nothing was signed.")
    yield Refusal("password_is_wrong", f"{sentence} {left}".rstrip())
