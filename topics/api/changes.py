"""The change feed: what became public and what ceased to be, so that consumers upsert and delete."""

import json
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone

from topics.api import cursors, following, parameters
from topics.api.responses import FROM_RECORD
from topics.api.schema_changes import CHANGES
from topics.api.views import ReadView
from topics.publishing import feed
from topics.publishing.addresses import article_path
from topics.publishing.removal import told_of_removal
from topics.publishing.replies import dump
from topics.publishing.stamps import stamp
from topics.publishing.wanted import PUBLISHED, REMOVED

MOST = 500
USUAL = 100
SKEW = timedelta(seconds=5)
"""How far ahead the clock of the server may have been that issued a cursor."""


class ChangeListView(ReadView):
    accepted = {
        **following.ACCEPTED,
        "cursor": cursors.decode,
        "limit": parameters.count_up_to(MOST),
    }
    refused = following.REFUSED

    @CHANGES
    def get(self, request):
        at = timezone.now()
        window = following.window(self.given, at=at)
        found, ahead, limit = [], window, self.given.get("limit", USUAL)
        # Another server's clock may be a little ahead of this one's: nothing is new till both agree.
        if not timedelta(0) < max(window.until, window.to or window.until) - at <= SKEW:
            found, ahead = asked(window, at=at, limit=limit, reader=self.reader)
        cursor = cursors.encode(ahead)
        again = urlencode(
            {"cursor": cursor, "limit": limit} if "limit" in self.given else {"cursor": cursor}
        )
        body = {
            "changes": [told(change) for change in found],
            "next_cursor": cursor,
            "next": request.build_absolute_uri(f"{request.path}?{again}"),
            # A window that was begun earlier ends in the past: what came since is in the next one.
            "more": ahead.to is not None or window.to is not None,
        }
        return HttpResponse(dump(body), "application/json", headers={"Cache-Control": "no-store"})


def asked(window, **how):
    """The changes of a window and the window ahead. Raises `Problem` for what the feed refuses."""
    try:
        found, ahead, _ = feed.changes(window, **how)
    except feed.CursorAhead:
        raise cursors.refused("cursor") from None
    except feed.NoSuchCategory as error:
        raise following.unknown_category(error) from None
    following.refuse_too_wide(ahead)
    return found, ahead


def told(change):
    """A change as consumers get it: `published` to store under the id, `removed` to delete it."""
    edition = change.edition
    about = {
        "type": PUBLISHED if change.in_force else REMOVED,
        "id": str(edition.article.public_id),
        "slug": edition.article.slug,
        "language": edition.language,
        "effective_at": stamp(change.effective_at),
        "recall": change.recall,
    }
    if not change.in_force:
        return about | told_of_removal(change)
    record = json.loads(edition.record)
    return {
        **about,
        "severity": change.severity,
        "title": edition.title,
        **{name: record[name] for name in FROM_RECORD},
        "url": article_path(edition.article.public_id),
    }
