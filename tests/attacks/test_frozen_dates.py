"""Attacks on the dates of an edition's review, and the database's own reckoning of them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.attacks.test_frozen_record import forged, unwritten
from tests.attacks.ways import POSTGRESQL, forged_edition, refused_by
from topics.models import ReviewPolicy
from topics.models.walls import dialect
from topics.rules.review_dates import add_months


@pytest.mark.parametrize("policy", [{}, {"when_overdue": "withhold", "grace_days": 30}])
@pytest.mark.parametrize("field", ["next_review_due", "review_warning_on", "expires_at"])
def test_a_review_date_that_the_policy_does_not_give_is_refused(db, policy, field):
    room = make.newsroom(**policy)
    version = make.approved(room)
    edition, _ = unwritten(room, version)
    later = (getattr(edition, field) or edition.starts_at) + timedelta(days=1)
    fields = {field: later, **({"ends_at": later} if field == "expires_at" else {})}
    said = {field: later.isoformat()} if field == "next_review_due" else {}
    with refused_by("review_dates_follow_the_policy"):
        forged(room, version, lambda record: record | said, **fields)


def test_a_withholding_policy_can_not_be_left_without_an_expiry(db):
    room = make.newsroom(when_overdue="withhold", grace_days=30)
    version = make.approved(room)
    with refused_by("review_dates_follow_the_policy"):
        forged_edition(room, version, expires_at=None, ends_at=None)


def asked(expression):
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + expression)
        return str(cursor.fetchone()[0])


def as_day(day):
    return f"CAST('{day}' AS date)" if POSTGRESQL else f"'{day}'"


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2000, 1, 1), date(2200, 12, 31)), st.integers(1, 120))
def test_the_database_adds_months_as_the_rules_do(db, day, months):
    spelled = dialect.spell(f"@months(x.d, {months})", "default")
    assert asked(f"{spelled} FROM (SELECT {as_day(day)} AS d) x") == str(add_months(day, months))


def test_the_last_of_a_month_is_the_last_of_the_month_that_is_due(db):
    for day, months, due in (
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-08-31", 1, "2024-09-30"),
    ):
        spelled = dialect.spell(f"@months(x.d, {months})", "default")
        assert asked(f"{spelled} FROM (SELECT {as_day(day)} AS d) x") == due


@pytest.mark.parametrize("warning_days", [0, 90, 3650])
@pytest.mark.parametrize("interval_months", [1, 24, 120])
def test_every_policy_can_be_released_under(db, warning_days, interval_months):
    room = make.newsroom(warning_days=warning_days, interval_months=interval_months)
    ReviewPolicy.objects.update(when_overdue="withhold", grace_days=warning_days)
    assert make.released(room).expires_at
