"""When a review is due: dates counted from the day on which the last of the reviewers signed."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from topics.vocabulary import WhenOverdue


@dataclass(frozen=True)
class ReviewDates:
    """The days (UTC) that follow from a review; `expires_at` is None unless the policy withholds."""

    last_reviewed: date
    warning_on: date
    next_due: date
    expires_at: datetime | None


def utc_day(instant):
    """The calendar day of an instant, in UTC."""
    return instant.astimezone(timezone.utc).date()


def add_months(day, months):
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def review_dates(policy, *, reviewed_on):
    """The dates that a policy sets for content whose last full review was on the given day."""
    due = add_months(reviewed_on, policy.interval_months)
    expires_at = None
    if policy.when_overdue == WhenOverdue.WITHHOLD:
        last_day = due + timedelta(days=policy.grace_days)
        expires_at = datetime.combine(last_day, time.min, tzinfo=timezone.utc)
    return ReviewDates(
        last_reviewed=reviewed_on,
        warning_on=max(reviewed_on, due - timedelta(days=policy.warning_days)),
        next_due=due,
        expires_at=expires_at,
    )
