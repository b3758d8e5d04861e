"""What a release asks for: each condition yields its refusals as sentences."""

from django.utils.translation import gettext as _

from topics.models import Edition, Withdrawal
from topics.rules.eligibility import release_refusals
from topics.rules.refusal import Refusal
from topics.rules.review_dates import review_dates, utc_day
from topics.vocabulary import ChangeKind, WithdrawalKind
from topics.workflow.dates import last_full_review


def was_not_released_yet(case):
    if Edition.objects.ever_in_force().filter(version=case.version).exists():
        yield Refusal("released_already", _("This version was released already."))
    elif (
        case.version.article.versions.filter(number__gt=case.version.number)
        .exclude(editions=None)
        .exists()
    ):
        yield Refusal("newer_was_released", _("A newer version of this article was released."))


def releaser_is_not_the_only_author(case):
    if case.version.contributors() <= {case.actor.pk}:
        yield Refusal(
            "releaser_is_only_author",
            _("You are the only author of this version; somebody else must release it."),
        )


def policy_still_holds(case):
    version, policy = case.version, case.version.article.category.effective_policy()
    asked = set(version.requirements.values_list("role", flat=True))
    if (
        policy is None
        or policy.pk != version.policy_id
        or (version.change_kind != ChangeKind.MINOR and policy.roles.exclude(role__in=asked).exists())
    ):
        yield Refusal(
            "policy_changed",
            _(
                "The category or its review policy changed since the version was submitted. "
                "Return it, so that the roles of the new policy sign."
            ),
        )


def nothing_else_is_scheduled(case):
    scheduled = Edition.objects.scheduled(at=case.at).filter(article=case.version.article)
    for edition in scheduled:
        yield Refusal(
            "another_is_scheduled",
            _("Version %(number)s is scheduled for %(at)s UTC. Cancel that release first.")
            % {"number": edition.version.number, "at": f"{edition.starts_at:%Y-%m-%d %H:%M}"},
        )


def content_was_not_recalled(case):
    recalled = Withdrawal.objects.filter(
        kind=WithdrawalKind.SAFETY_RECALL,
        edition__article=case.version.article,
        edition__digest=case.version.digest,
    )
    if recalled.exists():
        yield Refusal(
            "content_was_recalled",
            _("Exactly this content was recalled for safety. It can't be released again."),
        )


def start_of(case):
    """The instant from which the edition would be in force: the given one, or that of the act."""
    return case.given.get("starts_at") or case.at


def start_is_ahead(case):
    if start_of(case) < case.at:
        yield Refusal("start_is_past", _("A release can't start in the past."))


def no_withdrawal_is_planned_after_the_start(case):
    # Cancelling the release could not give the edition in place its planned end back.
    if start_of(case) <= case.at:
        return
    planned = Edition.objects.in_force(at=start_of(case)).filter(
        article=case.version.article, withdrawal__isnull=False
    )
    for edition in planned:
        yield Refusal(
            "withdrawal_is_planned",
            _("The edition in force is to be withdrawn at %s UTC. Release now, or after that.")
            % f"{edition.ends_at:%Y-%m-%d %H:%M}",
        )


def signers_are_qualified_at_the_start(case):
    yield from release_refusals(case.version, starts_at=start_of(case))


def review_is_not_yet_due(case):
    reviewed_on = last_full_review(case.version)
    if reviewed_on is None:  # `base_is_in_place` says so.
        return
    dates = review_dates(case.version.policy, reviewed_on=reviewed_on)
    if utc_day(start_of(case)) >= dates.next_due:
        yield Refusal(
            "review_is_overdue",
            _(
                "The last full review was on %(day)s: at its start this edition would be overdue. "
                "Start a substantive change or a periodic review."
            )
            % {"day": reviewed_on.isoformat()},
        )
