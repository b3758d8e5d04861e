"""The parts of "my work": sections of rows, each row with how it stands, when, and what to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

SHOWN = 8
"""Rows shown of a section; the rest is in the list that its count leads to."""


@dataclass(frozen=True)
class Row:
    """One line of a section: what it is about, how it stands, when, and the next step.

    `badge` is a pair of a class of the stylesheet and a word; so is `alarm`.
    """

    title: str
    url: str
    note: str = ""
    badge: tuple | None = None
    standing: str = ""
    when: str = ""
    age: str = ""
    alarm: tuple | None = None
    step: str = ""
    step_url: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with its rows; `count` may be more than are shown, and `url` leads to all of them.

    A `quiet` section isn't shown at all while it is empty.
    """

    name: str
    heading: str
    count: int
    rows: list
    empty: str
    url: str = ""
    when: str = ""
    quiet: bool = False

    @property
    def shown(self):
        return bool(self.count) or not self.quiet

    @property
    def left(self):
        return self.count - len(self.rows)


def section(name, heading, queryset, row, **fields):
    """A section over a queryset, always in two queries."""
    count = queryset.count()
    rows = [row(found) for found in queryset[:SHOWN]]
    return Section(name, heading, count, rows, **fields)


def listed(model, **filters):
    """The address of a model's list, filtered."""
    address = reverse(f"admin:topics_{model}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address


def page_of(obj):
    return reverse(f"admin:topics_{obj._meta.model_name}_change", args=[obj.pk])


def age(instant, now):
    """How long ago an instant was, in one unit."""
    return _("%s ago") % timesince(instant, now, depth=1)


def days_to(day, today):
    """How far a day is from today, in days."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return _("tomorrow") if days == 1 else _("in %s days") % days
    return _("yesterday") if days == -1 else _("%s days ago") % -days
