"""Instants as people read them: on the clock of whoever is signed in, with UTC beside it.

`{% load moments %}` gives templates `{{ instant|moment }}`. Django's own current time zone stays UTC,
so that what a template calls UTC is UTC.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta, timezone

from django import template
from django.utils.html import format_html

FIRST_YEAR, LAST_YEAR = 1990, 2200
"""Of the days that a page is asked about: every zone knows them, and the days beside them."""

register = template.Library()
_zone = ContextVar("zone", default=timezone.utc)


@contextmanager
def shown_in(zone):
    """Within it instants are told in that zone."""
    token = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(token)


def present_zone():
    """The zone in which instants are told here and now."""
    return _zone.get()


def day_of(instant):
    """The day on which an instant falls on the reader's own clock."""
    return instant.astimezone(present_zone()).date()


def span(day):
    """The instants between which a day lies on the reader's own clock: `[first, end)`."""
    return tuple(
        datetime.combine(midnight, time.min, present_zone()).astimezone(timezone.utc)
        for midnight in (day, day + timedelta(days=1))
    )


def abbreviation(local):
    """What the clocks' setting is called there: CEST, or UTC-03 where it has no name of its own."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


def spoken(instant, *, seconds=False):
    """The instant in a sentence: “2026-03-31 14:30 CEST (12:30 UTC)”, to the minute."""
    if instant is None:
        return ""
    clock = "%H:%M:%S" if seconds else "%H:%M"
    local, utc = instant.astimezone(present_zone()), instant.astimezone(timezone.utc)
    here = f"{local:%Y-%m-%d {clock}} {abbreviation(local)}"
    if abbreviation(local) == "UTC":
        return here
    same_day = local.date() == utc.date()
    there = f"{utc:{clock}}" if same_day else f"{utc:%Y-%m-%d {clock}}"
    return f"{here} ({there} UTC)"


@register.filter
def moment(instant):
    """The same as a `<time>` element, which programs read as well."""
    if instant is None:
        return ""
    utc = instant.astimezone(timezone.utc)
    return format_html('<time datetime="{}">{}</time>', f"{utc:%Y-%m-%dT%H:%M:%SZ}", spoken(instant))


def timed(instant, words):
    """Words about an instant as a `<time>` element; UTC is its tooltip where the words say another."""
    utc = instant.astimezone(timezone.utc)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        f"{utc:%Y-%m-%dT%H:%M:%SZ}",
        f"{utc:%Y-%m-%d %H:%M:%S} UTC",
        words,
    )


@register.filter
def clock(instant, seconds=False):
    """The instant as short as lists have it: “2026-03-31 14:30 CEST”, with UTC as its tooltip."""
    if instant is None:
        return None
    local = instant.astimezone(present_zone())
    return timed(instant, f"{local:%Y-%m-%d {'%H:%M:%S' if seconds else '%H:%M'}} {abbreviation(local)}")


@register.filter
def hour(instant):
    """The time of the day alone, where the day stands beside it: “14:30”."""
    return timed(instant, f"{instant.astimezone(present_zone()):%H:%M}") if instant else ""


@register.filter
def day(instant):
    """The day on the reader's own clock, with the instant in UTC as its tooltip."""
    return timed(instant, f"{day_of(instant):%Y-%m-%d}") if instant else ""


@register.filter
def in_utc(instant):
    """The same in UTC alone, for what must read alike to everybody: “2026-03-31 12:30 UTC”."""
    with shown_in(timezone.utc):
        return moment(instant)


@register.filter
def in_words(instant):
    """The same as plain text, for a place in a translated sentence."""
    return spoken(instant)
