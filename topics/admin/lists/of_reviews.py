"""Filters by review dates and by the days on which editions begin, end and fall due."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now as clock
from django.utils.translation import gettext_lazy as _

from topics.admin.columns import STANDINGS, editions_standing
from topics.admin.lists.filters import Choice, plainly
from topics.admin.moments import FIRST_YEAR, LAST_YEAR, span
from topics.models import Edition
from topics.rules.review_dates import utc_day
from topics.vocabulary import ReviewStatus

NEVER, GONE = "never", "gone"
WINDOWS = (30, 90)
"""Days ahead in which people plan reviews."""


def reviewed(editions, value, *, on):
    """The editions whose review stands so on the day: a status, or a window of days ahead."""
    if value == ReviewStatus.CURRENT:
        return editions.current(on=on)
    if value == ReviewStatus.DUE:
        return editions.due(on=on)
    if value == ReviewStatus.OVERDUE:
        return editions.overdue(on=on)
    if value == "later":
        return editions.filter(next_review_due__gt=on + timedelta(days=WINDOWS[-1]))
    return editions.filter(next_review_due__gt=on, next_review_due__lte=on + timedelta(days=int(value)))


def articles_reviewed(articles, value, *, now):
    """The articles whose review stands so: as that of their edition in force, or for want of one."""
    ever = Edition.objects.ever_in_force()
    live = Edition.objects.in_force(at=now)
    if value == NEVER:
        return articles.exclude(pk__in=ever.values("article"))
    if value == GONE:
        other = ever.filter(Q(ends_at__lte=now) | Q(starts_at__gt=now))
        gone = other.filter(~Exists(live.filter(article=OuterRef("article"))))
        return articles.filter(pk__in=gone.values("article"))
    return articles.filter(pk__in=reviewed(live, value, on=utc_day(now)).values("article"))


class ReviewChoice(Choice):
    """By how the review of an edition stands."""

    title = _("review")
    parameter_name = "review"

    def options(self):
        status, window = _("Status"), _("Due")
        return [
            *((value, label, status) for value, label in ReviewStatus.choices),
            *((days, _("within %s days") % days, window) for days in WINDOWS),
            ("later", _("in more than %s days") % WINDOWS[-1], window),
        ]

    def narrow(self, rows, value):
        return reviewed(rows, value, on=utc_day(clock()))


class ReviewOfArticle(ReviewChoice):
    """By the review of the edition in force, or that there is none."""

    def options(self):
        status, *rest = super().options()
        group = status[2]
        return [
            *(status, *rest[:2]),
            (NEVER, _("Never reviewed"), group),
            (GONE, _("Not public now"), group),
            *rest[2:],
        ]

    def narrow(self, rows, value):
        return articles_reviewed(rows, value, now=clock())


class PublicChoice(Choice):
    """By whether the article is public now."""

    title = _("public now")
    parameter_name = "public"
    hidden = True

    def options(self):
        return plainly([("yes", _("Yes")), ("no", _("No"))])

    def narrow(self, rows, value):
        live = Q(pk__in=Edition.objects.in_force(at=clock()).values("article"))
        return rows.filter(live if value == "yes" else ~live)


class StandingChoice(Choice):
    """By how an edition stands towards the public now."""

    title = _("standing")
    parameter_name = "standing"

    def options(self):
        return plainly(STANDINGS.items())

    def narrow(self, rows, value):
        return editions_standing(rows, value, at=clock())


# Days -----------------------------------------------------------------------------------------------


class DayChoice(Choice):
    """By one day on the reader's own clock, as a link of the calendar names it."""

    hidden = True

    def day(self):
        try:
            day = date.fromisoformat(self.value() or "")
        except ValueError:
            return None
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None

    def is_unknown(self):
        return bool(self.value()) and self.day() is None

    def label(self):
        return self.day() and self.day().isoformat()

    def choices(self, changelist):
        return []


class BeginsOn(DayChoice):
    """The releases that take effect on a day; those that were cancelled don't."""

    title = _("in force from")
    parameter_name = "begins"

    def narrow(self, rows, value):
        first, end = span(self.day())
        return rows.ever_in_force().filter(starts_at__gte=first, starts_at__lt=end)


class EndsOn(DayChoice):
    """The editions that end on a day by their expiry or by a withdrawal."""

    title = _("ends")
    parameter_name = "ends"

    def narrow(self, rows, value):
        first, end = span(self.day())
        return ending(rows).filter(ends_at__gte=first, ends_at__lt=end)


class DueOn(DayChoice):
    """The editions in force whose review falls due on a day."""

    title = _("review due")
    parameter_name = "due"

    def narrow(self, rows, value):
        return rows.in_force(at=clock()).filter(next_review_due=self.day())


def ending(editions):
    """Editions whose end leaves readers without one: expired or withdrawn, not replaced."""
    expiry = Q(expires_at__isnull=False, ends_at=F("expires_at"))
    return editions.ever_in_force().filter(expiry | Q(withdrawal__isnull=False))
