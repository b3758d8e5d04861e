"""What lies ahead of an article: releases that are scheduled, a review that comes due, an end."""

from datetime import datetime, time, timezone

from django.utils.translation import gettext as _

from topics.admin.desk.access import visible_editions
from topics.models import Edition


def ahead(article, user, *, at):
    """`(instant, kind, sentence)` of what is to come, the furthest first; one query."""
    editions = visible_editions(user, at=at).filter(article=article)
    shown = Edition.objects.in_force(at=at) | Edition.objects.scheduled(at=at)
    found = []
    for edition in editions.filter(pk__in=shown.values("pk")).defer("document", "record", "summary"):
        words = {"number": edition.number}
        if edition.starts_at > at:
            found.append((edition.starts_at, "step", _("Edition %(number)s comes into force") % words))
        if edition.ends_at and edition.ends_at > at:
            found.append((edition.ends_at, "bad", _("Edition %(number)s ends") % words))
        due = datetime.combine(edition.next_review_due, time(), timezone.utc)
        if edition.is_in_force(at=at) and due > at:
            found.append((due, "said", _("The review of edition %(number)s is due") % words))
    return sorted(found, reverse=True)
