"""The parts of "my work": sections of rows, each row with how it stands, when, and what to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from topics.admin.desk.queues import QUEUES

WAITING, HANDED, COMING = "waiting", "handed", "coming"
"""The parts of "my work", in this order: it waits for this person, it waits for others, it comes."""

MOST = 1_000
"""Rows are counted no further than this, as in the lists."""

SHOWN = 8
"""Rows shown of a section; the rest is in the list that its count leads to."""


@dataclass(frozen=True)
class Row:
    """One line of a section: what it is about, how it stands, when, the next step and another one.

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
    other: str = ""
    other_url: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with its rows; `count` may be more than are shown, and `url` leads to all of them.

    A `quiet` section isn't shown at all while it is empty. `more` tells that there are more than are
    counted, `late` that the most urgent rows are overdue.
    """

    name: str
    heading: str
    count: int
    rows: list
    empty: str
    url: str = ""
    when: str = ""
    quiet: bool = False
    part: str = WAITING
    more: bool = False

    @property
    def number(self):
        """The count as it is shown: exact up to a thousand."""
        return f"{number_format(self.count)}+" if self.more else number_format(self.count)

    @property
    def late(self):
        return any(row.alarm or (row.badge and row.badge[0] == "overdue") for row in self.rows)

    @property
    def shown(self):
        return bool(self.count) or not self.quiet

    @property
    def left(self):
        return self.count - len(self.rows)


def section(name, heading, found, row, *, order=("pk",), weigh=None, prepare=None, **fields):
    """A section over the rows found, in two queries; those of prefetched rows come on top.

    The first query asks for keys alone, in the order of `order` and of what `weigh` adds for it, and the
    second for the few that are shown, with all that `prepare` adds to them: a database that orders rows
    computes all their columns before it cuts. Where there is none, the second isn't even put together.
    """
    ordered = (weigh(found) if weigh else found).order_by(*order)
    keys = list(ordered.values_list("pk", flat=True)[: MOST + 1])
    known = prepared(found.model, keys[:SHOWN], prepare) if keys else {}
    rows = [row(known[key]) for key in keys[:SHOWN] if key in known]
    return Section(name, heading, min(len(keys), MOST), rows, more=len(keys) > MOST, **fields)


def prepared(model, keys, prepare):
    """The rows of these keys by their keys, with all that `prepare` adds."""
    shown = model.objects.filter(pk__in=keys).order_by()
    return {each.pk: each for each in (prepare(shown) if prepare else shown)}


def queued(name, row, *, user, now, today, **fields):
    """A section over a queue. Its number leads to the list that asks the same question."""
    queue = QUEUES[name]
    found = queue.rows(user, now=now, today=today)
    fields.setdefault("url", listed(queue.model._meta.model_name, queue=name))
    return section(name, queue.heading, found, row, **fields)


def listed(model, **filters):
    """The address of a model's list, filtered."""
    address = reverse(f"admin:topics_{model}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address


def page_of(obj):
    return reverse(f"admin:topics_{obj._meta.model_name}_change", args=[obj.pk])


def desk_of(version):
    return reverse("admin:review_desk", args=[version.pk])


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
