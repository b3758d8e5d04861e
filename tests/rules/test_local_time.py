"""Times on somebody's clock: they come once, never where clocks go forward, twice where they go back."""

from datetime import date, datetime, time, timezone
from zoneinfo import ZoneInfo

import pytest

from topics.rules.local_time import gap_around, offset_name, readings

BERLIN, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
APIA = ZoneInfo("Pacific/Apia")


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("day", "at", "zone", "instants"),
    [
        (date(2026, 7, 1), time(14, 30), BERLIN, [utc(2026, 7, 1, 12, 30)]),
        (date(2026, 1, 1), time(0, 15), BERLIN, [utc(2025, 12, 31, 23, 15)]),
        (date(2026, 7, 1), time(14, 30), ZoneInfo("UTC"), [utc(2026, 7, 1, 14, 30)]),
        # Clocks in Berlin go from 02:00 to 03:00 on 29 March, and from 03:00 to 02:00 on 25 October.
        (date(2026, 3, 29), time(1, 59), BERLIN, [utc(2026, 3, 29, 0, 59)]),
        (date(2026, 3, 29), time(2, 0), BERLIN, []),
        (date(2026, 3, 29), time(2, 59), BERLIN, []),
        (date(2026, 3, 29), time(3, 0), BERLIN, [utc(2026, 3, 29, 1)]),
        (date(2026, 10, 25), time(1, 59), BERLIN, [utc(2026, 10, 24, 23, 59)]),
        (date(2026, 10, 25), time(2, 0), BERLIN, [utc(2026, 10, 25, 0), utc(2026, 10, 25, 1)]),
        (date(2026, 10, 25), time(2, 59), BERLIN, [utc(2026, 10, 25, 0, 59), utc(2026, 10, 25, 1, 59)]),
        (date(2026, 10, 25), time(3, 0), BERLIN, [utc(2026, 10, 25, 2)]),
        (date(2026, 11, 1), time(1, 30), NEW_YORK, [utc(2026, 11, 1, 5, 30), utc(2026, 11, 1, 6, 30)]),
        # Half an hour there, and a whole day that Samoa left out.
        (date(2026, 10, 4), time(2, 15), LORD_HOWE, []),
        (date(2026, 10, 4), time(2, 30), LORD_HOWE, [utc(2026, 10, 3, 15, 30)]),
        (date(2011, 12, 30), time(12, 0), APIA, []),
    ],
)
def test_a_time_on_the_clock_is_read_as_the_instants_at_which_it_shows(day, at, zone, instants):
    assert readings(day, at, zone) == instants


@pytest.mark.parametrize(
    ("day", "at", "zone", "left", "back"),
    [
        (date(2026, 3, 29), time(2, 30), BERLIN, datetime(2026, 3, 29, 2), datetime(2026, 3, 29, 3)),
        (date(2026, 3, 29), time(2, 0), BERLIN, datetime(2026, 3, 29, 2), datetime(2026, 3, 29, 3)),
        (date(2026, 3, 8), time(2, 59), NEW_YORK, datetime(2026, 3, 8, 2), datetime(2026, 3, 8, 3)),
        (
            *(date(2026, 10, 4), time(2, 15), LORD_HOWE),
            *(datetime(2026, 10, 4, 2), datetime(2026, 10, 4, 2, 30)),
        ),
        (date(2011, 12, 30), time(12), APIA, datetime(2011, 12, 30), datetime(2011, 12, 31)),
    ],
)
def test_a_time_that_does_not_come_lies_in_a_gap_with_two_ends(day, at, zone, left, back):
    gap = gap_around(day, at, zone)
    assert (gap.left, gap.back) == (left, back)


def test_an_offset_is_named_with_its_sign():
    assert offset_name(utc(2026, 7, 1), BERLIN) == "UTC+02:00"
    assert offset_name(utc(2026, 1, 1), NEW_YORK) == "UTC-05:00"
    assert offset_name(utc(2026, 1, 1), ZoneInfo("Asia/Kathmandu")) == "UTC+05:45"
    assert offset_name(utc(2026, 1, 1), ZoneInfo("UTC")) == "UTC+00:00"
