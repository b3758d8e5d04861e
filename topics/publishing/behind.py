"""Translations whose source has moved on since the edition that they were made from."""

from functools import reduce
from operator import or_

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from topics.models import Edition, Version
from topics.models.edition import recalled_content
from topics.models.version import at_work
from topics.vocabulary import ChangeKind


class Drift(TextChoices):
    """How far a source has moved from what a translation says, the gravest first."""

    RECALLED = "recalled", _("What it was made from was recalled")
    WITHDRAWN = "withdrawn", _("The source was withdrawn")
    SUBSTANTIVE = "substantive", _("Substantive change")
    MINOR = "minor", _("Minor change")
    UNCHANGED = "unchanged", _("Reviewed again, unchanged")


RANKS = dict(enumerate(Drift, start=1))
"""The drifts in the order in which they are to be looked at, as the database counts them."""

PRESSING = (Drift.RECALLED, Drift.WITHDRAWN, Drift.SUBSTANTIVE, Drift.MINOR)


def drifting(*, at, down_to=Drift.UNCHANGED):
    """The versions that speak for a translation whose source has moved on by then.

    That is the version that readers have or, where they have none, the one at work. Those that
    drifted less than `down_to` are left out.
    """
    in_force = Edition.objects.in_force(at=at).order_by()
    read = in_force.filter(version=OuterRef("pk"))
    read_instead = in_force.filter(article=OuterRef("article"))
    conditions = drifts(at=at)
    asked = list(conditions.values())[: list(conditions).index(down_to) + 1]
    return (
        Version.objects.filter(made_from__isnull=False)
        .filter(finds(read) | (at_work() & ~finds(read_instead)))
        .filter(reduce(or_, asked))
    )


def finds(rows):
    """That there are such rows of another table, asked of each version by itself.

    Translations are few among all that is in force, and with `EXISTS` PostgreSQL would read that first.
    """
    return Q(IsNull(Subquery(rows.values("pk")[:1]), False))


def drifts(*, at):
    """The conditions under which a translation has drifted so, the gravest first; the first one counts.

    Its `made_from` is an edition of the source, so the source's other editions are found without a
    detour.
    """
    of_source = Edition.objects.order_by().filter(article=OuterRef("made_from__article"))
    newer = of_source.started(at=at).filter(number__gt=OuterRef("made_from__number"))
    rewritten = newer.filter(change_kind__in=(ChangeKind.SUBSTANTIVE, ChangeKind.NEW))
    gone = ~finds(of_source.in_force(at=at))
    moved = Q(Exists(newer)) | gone
    return {
        Drift.RECALLED: Q(made_from__in=recalled_content("editions")) & moved,
        Drift.WITHDRAWN: gone,
        Drift.SUBSTANTIVE: Q(Exists(rewritten)),
        Drift.MINOR: Q(Exists(newer.filter(change_kind=ChangeKind.MINOR))),
        Drift.UNCHANGED: moved,
    }


def rank(*, at):
    """How far a translation that drifted has, as a column: a key of `RANKS`."""
    *graver, last = zip(RANKS, drifts(at=at).values(), strict=True)
    cases = [When(condition, then=Value(key)) for key, condition in graver]
    return Case(*cases, default=Value(last[0]), output_field=IntegerField())


def counts_of_drifts(*, at):
    """How many translations there are by language and drift: one query."""
    found = drifting(at=at).annotate(rank=rank(at=at)).order_by()
    rows = found.values_list("article__language", "rank").annotate(n=Count("pk"))
    return [(language, RANKS[rank], n) for language, rank, n in rows]
