"""The change feed: what became public and what ceased to be, so that consumers upsert and delete."""

import json
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from topics.api import cursors, parameters
from topics.api.addresses import article_path
from topics.api.responses import FROM_RECORD, dump
from topics.api.schema import CHANGES
from topics.api.standing import withdrawal_record
from topics.api.views import ReadView
from topics.publishing import feed
from topics.publishing.stamps import stamp

MOST = 500
USUAL = 100
SKEW = timedelta(seconds=5)
"""How far ahead the clock of the server may have been that issued a cursor."""


class ChangeListView(ReadView):
    accepted = {"cursor": cursors.decode, "limit": parameters.count_up_to(MOST)}

    @CHANGES
    def get(self, request):
        at = timezone.now()
        window = self.given.get("cursor", feed.Window())
        found, following = [], window
        # Another server's clock may be a little ahead of this one's: nothing is new till both agree.
        if not timedelta(0) < max(window.until, window.to or window.until) - at <= SKEW:
            try:
                limit = self.given.get("limit", USUAL)
                found, following, _ = feed.changes(window, at=at, limit=limit)
            except feed.CursorAhead:
                raise cursors.refused("cursor") from None
        body = {
            "changes": [told(change) for change in found],
            "next_cursor": cursors.encode(following),
            # A window that was begun earlier ends in the past: what came since is in the next one.
            "more": following.to is not None or window.to is not None,
        }
        return HttpResponse(dump(body), "application/json", headers={"Cache-Control": "no-store"})


def told(change):
    """A change as consumers get it: `published` to store under the id, `removed` to delete it."""
    edition = change.edition
    about = {
        "type": "published" if change.in_force else "removed",
        "id": str(edition.article.public_id),
        "slug": edition.article.slug,
        "language": edition.language,
        "effective_at": stamp(change.effective_at),
        "recall": change.recall,
    }
    if not change.in_force:
        return about | removal(edition)
    record = json.loads(edition.record)
    return {
        **about,
        "title": edition.title,
        **{name: record[name] for name in FROM_RECORD},
        "url": article_path(edition.article.public_id),
    }


def removal(edition):
    """Why an article is to be deleted, and what to show instead."""
    if edition.was_cancelled():
        return {
            "reason": "release_cancelled",
            "explanation": "Its release was cancelled as it began.",
            "replacement": None,
        }
    record = withdrawal_record(edition, at=edition.ends_at)
    if record:
        return {
            "reason": record["kind"],
            "explanation": record["explanation"],
            "replacement": record["replacement"],
        }
    due = edition.next_review_due.isoformat()
    return {
        "reason": "review_overdue",
        "explanation": f"It is withheld, because its review was due on {due}.",
        "replacement": None,
    }
