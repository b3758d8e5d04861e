"""From a date and a time on somebody's clock to instants: a time may come once, never or twice.

Where clocks go forward an hour is left out; where they go back one comes twice (IANA time zone
database, PEP 495).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

UTC = timezone.utc


@dataclass(frozen=True)
class Gap:
    """Clocks that go forward: from `left` (the first time that doesn't come) to `back`, local times."""

    left: datetime
    back: datetime


def readings(day, time, zone):
    """The instants (UTC) at which clocks in the zone show that date and time, earliest first.

    None where the clocks go forward over it, two where they go back.
    """
    typed = datetime.combine(day, time)
    found = {typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(
        instant for instant in found if instant.astimezone(zone).replace(tzinfo=None, fold=0) == typed
    )


def gap_around(day, time, zone):
    """Which times the clocks leave out around one that doesn't come."""
    typed = datetime.combine(day, time)
    # Read with the offset after the change it lies before the change, and the other way round.
    low, high = sorted(
        typed.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(microsecond=0) for fold in (0, 1)
    )
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    back = high.astimezone(zone)
    return Gap(left=(high + before).replace(tzinfo=None), back=back.replace(tzinfo=None))


def offset_name(instant, zone):
    """The zone's distance from UTC at an instant, as `UTC+02:00`."""
    minutes = round(instant.astimezone(zone).utcoffset().total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
