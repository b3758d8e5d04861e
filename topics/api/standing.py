"""The reply in place of an edition that must not be shown."""

from topics.api.problems import Problem
from topics.publishing.standing import named, status, withdrawal_record
from topics.rules.review_dates import utc_day
from topics.vocabulary import WithdrawalKind


def refuse_unless_shown(edition, *, at, follow=False):
    """Raises the 410 of an edition that was withdrawn, or withheld, by `at`.

    With `follow`, one that moved to an article in force raises a 301 there instead.
    """
    standing = status(edition, at=at)
    if standing == "withdrawn":
        refuse_withdrawn(edition, at=at, follow=follow)
    if standing == "expired":
        due = edition.next_review_due.isoformat()
        raise Problem(
            "review-overdue",
            f"It is withheld since {utc_day(edition.ends_at)}, because its review was due on {due}.",
            article=named(edition),
            next_review_due=due,
        )


def refuse_withdrawn(edition, *, at, follow):
    record = withdrawal_record(edition, at=at)
    more = {"article": named(edition), "withdrawal": record}
    if follow and record["kind"] == WithdrawalKind.MOVED and record["replacement"]:
        title, url = record["replacement"]["title"], record["replacement"]["url"]
        raise Problem("moved", f"Read “{title}” instead.", headers={"Location": url}, **more)
    day = utc_day(edition.withdrawal.effective_at)
    raise Problem("withdrawn", f"It was withdrawn on {day}: {record['explanation']}", **more)
