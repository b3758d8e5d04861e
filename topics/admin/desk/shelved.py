"""Rows about editions whose review is due, and about articles that are withheld for want of one."""

from django.utils.translation import gettext as _

from topics.admin.desk.section import Row, days_to, page_of
from topics.admin.moments import day


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


def light_editions(editions):
    """Editions without their text, with their article."""
    return editions.select_related("article", "withdrawal").defer("document", "record", "summary")


def withheld_row(edition, *, today, **fields):
    """A row about an article that nobody can read until it was reviewed again."""
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=("expired", _("Withheld")),
        standing=_("review was due on %s") % f"{edition.next_review_due:%Y-%m-%d}",
        when=day(edition.ends_at),
        age=days_to(edition.ends_at.date(), today),
        **fields,
    )
