"""The change feed for feed readers: the latest changes as Atom, recalls first, then the newest."""

from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from topics.api import atom, cursors, following, parameters
from topics.api.caching import reply
from topics.api.changes import MOST, USUAL, asked
from topics.api.formats.table import Format
from topics.api.schema_changes import CHANGES_FEED
from topics.api.views import ReadView
from topics.publishing import feed
from topics.publishing.shelf import midnight
from topics.publishing.stamps import stamp
from topics.rules.review_dates import utc_day

ATOM = Format("atom", "application/atom+xml")
DAYS = 30
"""How far the feed goes back without `since`, to the beginning of the day: so that it stays the same,
byte for byte, until something changes."""


class ChangeFeedView(ReadView):
    accepted = {
        **following.ACCEPTED,
        "cursor": cursors.decode_place,
        "limit": parameters.count_up_to(MOST),
    }
    refused = following.REFUSED
    formats = {ATOM.name: ATOM}

    @CHANGES_FEED
    def get(self, request):
        at = timezone.now()
        since = following.begun_at(self.given, at=at) or midnight(utc_day(at) - timedelta(days=DAYS))
        window = feed.since(since, wanted=following.wanted(self.given))
        window = window.going_on(self.given.get("cursor"))
        limit = self.given.get("limit", USUAL)
        found, ahead = asked(window, at=at, limit=limit, reader=self.reader, newest_first=True)
        here, named = request.build_absolute_uri(request.path), request.query_params.dict()
        choices = {name: named[name] for name in sorted(following.FILTERS.keys() & named.keys())}
        links = {"self": request.build_absolute_uri()}
        if ahead.after:
            place = {"since": stamp(since), "cursor": cursors.encode_place(ahead.after)}
            links["next"] = f"{here}?{urlencode({**named, **place})}"
        body = atom.feed(
            found,
            identity=f"{here}?{urlencode(choices)}" if choices else here,
            links=links,
            base=request.build_absolute_uri("/")[:-1],
            otherwise=since,
        )
        return reply(request, body, at=at, keep=False, media_type=ATOM.media_type, negotiated=True)
