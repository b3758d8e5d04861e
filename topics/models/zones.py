"""Time zones that a person may choose: the places of the IANA database, and UTC."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

UTC = "UTC"
REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)


@cache
def time_zone_choices():
    """UTC, then every place by its region, as grouped choices; aliases without a region are left out."""
    grouped = {}
    for name in sorted(available_timezones()):
        region, _slash, place = name.partition("/")
        if region in REGIONS and place:
            grouped.setdefault(region, []).append((name, place.replace("_", " ")))
    return [(UTC, UTC), *grouped.items()]


def zone_named(name):
    """The zone of that name; UTC where the database does not know it (any more)."""
    try:
        return ZoneInfo(name or UTC)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(UTC)


def known_zone(name):
    """Refuses a name that the IANA database doesn't have."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of that name."), code="unknown_zone")
