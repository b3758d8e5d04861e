"""Rows about editions whose review is due, and about articles that are withheld for want of one."""

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from topics.admin.desk.section import Row, days_to, page_of
from topics.models import Edition


def note_of_edition(edition):
    return _("%(article)s · edition %(number)s") % {
        "article": edition.article,
        "number": edition.number,
    }


def due_row(edition, *, today, **fields):
    """A row about an edition in force, with its review date."""
    status = edition.review_status(on=today)
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=(status.value, status.label),
        when=f"{edition.next_review_due:%Y-%m-%d}",
        age=days_to(edition.next_review_due, today),
        **fields,
    )


def withheld(*, now):
    """Articles that readers lack because their review is overdue: the edition that was the last."""
    later = Edition.objects.ever_in_force().filter(
        article=OuterRef("article"), starts_at__gt=OuterRef("starts_at")
    )
    return (
        Edition.objects.ever_in_force()
        .filter(~Exists(later), withdrawal=None, ends_at=F("expires_at"), expires_at__lte=now)
        .select_related("article")
        .defer("document", "record", "summary")
        .order_by("ends_at")
    )


def withheld_row(edition, *, today, **fields):
    """A row about an article that nobody can read until it was reviewed again."""
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=("expired", _("Withheld")),
        standing=_("review was due on %s") % f"{edition.next_review_due:%Y-%m-%d}",
        when=f"{edition.ends_at:%Y-%m-%d}",
        age=days_to(edition.ends_at.date(), today),
        **fields,
    )
