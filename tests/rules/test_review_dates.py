"""When a review is due: ends of months, leap years, warnings, and the grace before withholding."""

from datetime import date, datetime, timedelta, timezone

import pytest

from topics.models import Edition, ReviewPolicy
from topics.rules.review_dates import add_months, review_dates, utc_day
from topics.vocabulary import ReviewStatus


def policy(months, *, warning=90, grace=None):
    withholds = {} if grace is None else {"when_overdue": "withhold", "grace_days": grace}
    return ReviewPolicy(interval_months=months, warning_days=warning, **withholds)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        # An ordinary day keeps its number.
        ("2025-03-15", 1, "2025-04-15"),
        ("2025-03-15", 24, "2027-03-15"),
        ("2025-01-01", 12, "2026-01-01"),
        # The last day of a month, where the other month is shorter, and where it is longer.
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-03-31", 1, "2025-04-30"),
        ("2025-10-31", 1, "2025-11-30"),
        ("2025-05-31", 18, "2026-11-30"),
        ("2025-04-30", 1, "2025-05-30"),
        ("2025-02-28", 1, "2025-03-28"),
        # Over the end of a year, from and to December.
        ("2025-12-31", 1, "2026-01-31"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-15", 12, "2026-12-15"),
        ("2025-01-31", 11, "2025-12-31"),
        # Leap years: 29 February comes and goes, and 2100 has none.
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2096-02-29", 48, "2100-02-28"),
        # The longest interval that a policy may have.
        ("2025-06-30", 120, "2035-06-30"),
    ],
)
def test_months_are_added_by_the_calendar(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2025-03-03T00:00:00+00:00", "2025-03-03"),
        ("2025-03-03T23:59:59.999999+00:00", "2025-03-03"),
        ("2025-03-03T23:30:00-05:00", "2025-03-04"),
        ("2025-03-03T00:30:00+09:00", "2025-03-02"),
        ("2025-01-01T01:00:00+02:00", "2024-12-31"),
    ],
)
def test_a_day_is_that_of_utc_wherever_the_clock_stands(instant, day):
    assert utc_day(datetime.fromisoformat(instant)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("reviewed", "rules", "warning", "due"),
    [
        ("2025-01-31", policy(24), "2026-11-02", "2027-01-31"),
        ("2025-01-31", policy(1, warning=7), "2025-02-21", "2025-02-28"),
        ("2024-02-29", policy(12, warning=0), "2025-02-28", "2025-02-28"),
        ("2024-02-29", policy(12, warning=365), "2024-02-29", "2025-02-28"),
        # A warning never comes before the review itself.
        ("2025-01-31", policy(1, warning=3650), "2025-01-31", "2025-02-28"),
    ],
)
def test_warning_and_due_day_are_counted_from_the_day_of_the_review(reviewed, rules, warning, due):
    dates = review_dates(rules, reviewed_on=date.fromisoformat(reviewed))
    assert dates.last_reviewed == date.fromisoformat(reviewed)
    assert dates.warning_on == date.fromisoformat(warning)
    assert dates.next_due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("reviewed", "rules", "expires"),
    [
        ("2025-01-31", policy(1), None),
        ("2025-01-31", policy(1, grace=0), "2025-02-28"),
        ("2025-01-31", policy(1, grace=1), "2025-03-01"),
        ("2024-01-31", policy(1, grace=1), "2024-03-01"),
        ("2024-01-30", policy(1, grace=0), "2024-02-29"),
        ("2025-12-01", policy(1, grace=31), "2026-02-01"),
    ],
)
def test_text_is_withheld_from_the_midnight_after_due_day_and_grace(reviewed, rules, expires):
    dates = review_dates(rules, reviewed_on=date.fromisoformat(reviewed))
    expected = expires and datetime.fromisoformat(f"{expires}T00:00:00+00:00")
    assert dates.expires_at == expected
    assert expires is None or dates.expires_at.tzinfo is timezone.utc


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2025-11-30", ReviewStatus.CURRENT),
        ("2025-12-01", ReviewStatus.DUE),
        ("2026-02-27", ReviewStatus.DUE),
        ("2026-02-28", ReviewStatus.OVERDUE),
        ("2030-01-01", ReviewStatus.OVERDUE),
    ],
)
def test_the_status_turns_on_the_warning_day_and_on_the_due_day(on, status):
    dates = review_dates(policy(12, warning=89), reviewed_on=date(2025, 2, 28))
    edition = Edition(review_warning_on=dates.warning_on, next_review_due=dates.next_due)
    assert edition.review_status(on=date.fromisoformat(on)) == status


def test_every_day_of_ten_years_is_followed_by_a_due_day_in_the_right_month():
    day = date(2019, 1, 1)
    while day < date(2029, 1, 1):
        due = add_months(day, 13)
        assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == 13
        assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)
        day += timedelta(days=1)
