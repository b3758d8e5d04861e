"""Why an article is to be deleted from a mirror, how severe that is, and what to show instead."""

from topics.publishing.standing import withdrawal_in_effect, withdrawal_record
from topics.vocabulary import Severity, WithdrawalKind

OUTSIDE_LICENCE, OUTSIDE_FILTER = "outside_licence", "outside_filter"
RELEASE_CANCELLED, REVIEW_OVERDUE = "release_cancelled", "review_overdue"

SEVERITIES = {
    WithdrawalKind.SAFETY_RECALL.value: Severity.HIGH,
    WithdrawalKind.CORRECTION.value: Severity.MEDIUM,
    REVIEW_OVERDUE: Severity.MEDIUM,
    RELEASE_CANCELLED: Severity.MEDIUM,
    WithdrawalKind.RETIRED.value: Severity.LOW,
    WithdrawalKind.MOVED.value: Severity.LOW,
    OUTSIDE_LICENCE: Severity.LOW,
    OUTSIDE_FILTER: Severity.LOW,
}
"""Every reason for a removal, and what going on to show the text would mean: harm that was recognised
(high), a text that is wrong or that nobody vouches for now (medium), neither (low)."""


def reason(edition):
    """Why the edition ended, where nothing has come after it."""
    if edition.was_cancelled():
        return RELEASE_CANCELLED
    withdrawal = withdrawal_in_effect(edition, at=edition.ends_at)
    return withdrawal.kind if withdrawal else REVIEW_OVERDUE


def told_of_removal(change):
    """What is told of a change by which an article is to be deleted."""
    edition = change.edition
    record = None if change.outside else withdrawal_record(edition, at=edition.ends_at)
    return {
        "reason": change.reason,
        "severity": change.severity,
        "explanation": record["explanation"] if record else explanation(change),
        "replacement": record["replacement"] if record else None,
    }


def explanation(change):
    due = change.edition.next_review_due.isoformat()
    return {
        OUTSIDE_LICENCE: "Your licence does not include it any more.",
        OUTSIDE_FILTER: "It is still public, but your filters do not choose it any more.",
        RELEASE_CANCELLED: "Its release was cancelled as it began.",
        REVIEW_OVERDUE: f"It is withheld, because its review was due on {due}.",
    }[change.reason]
