"""A month of releases, ends and due reviews, each day with its numbers and the lists behind them.

Days are those of the reader's own clock; a review falls due on a date, wherever one reads it.
"""

import calendar as months
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.template.response import TemplateResponse
from django.utils import timezone as clock
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from topics.admin.desk.access import sees_every_version
from topics.admin.desk.section import listed
from topics.admin.lists.of_reviews import ending
from topics.admin.moments import FIRST_YEAR, LAST_YEAR, day_of, present_zone, span
from topics.models import Edition
from topics.rules.review_dates import add_months, utc_day

NAMED = 4
"""Editions named on a day; the others are in the lists behind its numbers."""


@dataclass(frozen=True)
class Mark:
    """What happens on a day, how often, in words, where it is listed, and the first `editions` of it."""

    kind: str
    count: int
    words: str
    url: str
    editions: list = field(default_factory=list)

    @property
    def left(self):
        """How many more there are than are named; nought where none are."""
        return self.count - len(self.editions) if self.editions else 0


@dataclass(frozen=True)
class Day:
    day: date
    inside: bool
    is_today: bool
    marks: list


def month_of(text, *, today):
    """The first day of the month that an address names (`2026-11`); of the present one otherwise."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def month(first, *, now, named=False):
    """The weeks of a month, from Monday on, with what happens on each day; three queries.

    `named` adds the first editions of each day, in three more.
    """
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    found = happenings(weeks[0][0], weeks[-1][-1], now=now, named=named)
    return {
        "first": first,
        "before": f"{add_months(first, -1):%Y-%m}",
        "after": f"{add_months(first, 1):%Y-%m}",
        "weeks": [
            [Day(day, day.month == first.month, day == day_of(now), found.get(day, [])) for day in week]
            for week in weeks
        ],
        "empty": not found,
    }


def happenings(begin, end, *, now, named):
    """The marks of the days from `begin` to `end`, both included."""
    first, last = span(begin)[0], span(end)[1]
    starting = Edition.objects.ever_in_force().filter(starts_at__gte=first, starts_at__lt=last)
    stopping = ending(Edition.objects.filter(ends_at__gte=first, ends_at__lt=last))
    due = Edition.objects.in_force(at=now).filter(next_review_due__gte=begin, next_review_due__lte=end)
    found = {}
    for kind, editions, instant in (
        ("begins", starting.annotate(on=local_day("starts_at")), "starts_at"),
        ("ends", stopping.annotate(on=local_day("ends_at")), "ends_at"),
        ("due", due.annotate(on=F("next_review_due")), None),
    ):
        titles = first_of(editions, instant) if named else {}
        for day, number in editions.order_by().values_list("on").annotate(number=Count("pk")):
            marks = found.setdefault(day, [])
            room = NAMED - sum(len(mark.editions) for mark in marks)
            url = listed("edition", **{kind: day.isoformat()})
            words = words_of(kind, number, future=day >= utc_day(now))
            marks.append(Mark(kind, number, words, url, titles.get(day, [])[:room]))
    return found


def local_day(name):
    return TruncDate(name, tzinfo=present_zone())


def first_of(editions, instant):
    """The first editions of each day, by their instant or, where that is None, by title."""
    order = [instant or "title", "pk"]
    ranked = editions.annotate(
        rank=Window(RowNumber(), partition_by=[F("on")], order_by=[F(name).asc() for name in order])
    ).filter(rank__lte=NAMED)
    found = {}
    for edition in ranked.only("title", "starts_at", "ends_at").order_by("on", "rank"):
        edition.instant = getattr(edition, instant) if instant else None
        found.setdefault(edition.on, []).append(edition)
    return found


def words_of(kind, number, *, future):
    if kind == "begins":
        one = ngettext("%s release", "%s releases", number)
    elif kind == "ends":
        one = ngettext("%s ends", "%s end", number)
    elif future:
        one = ngettext("%s review due", "%s reviews due", number)
    else:
        one = ngettext("%s review overdue", "%s reviews overdue", number)
    return one % number


def calendar(request, site):
    """The page of one month, for whoever follows the collection as a whole."""
    if not sees_every_version(request.user):
        raise PermissionDenied
    now = clock.now()
    first = month_of(request.GET.get("month", ""), today=day_of(now))
    context = {
        **site.each_context(request),
        "title": _("Calendar"),
        "month": month(first, now=now, named=True),
        "zone": str(present_zone()),
    }
    return TemplateResponse(request, "topics/desk/calendar.html", context)
