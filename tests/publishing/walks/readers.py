"""Those who read during a walk: a consumer of the change feed, and a visitor of the API."""

from dataclasses import dataclass, field

from django.test import Client

from topics.publishing import feed
from topics.publishing.licensing import OPEN


@dataclass
class Consumer:
    """A consumer of the change feed: its cursor, and what it believes to be public."""

    window: feed.Window = field(default_factory=feed.Window)
    holds: dict = field(default_factory=dict)

    def take_page(self, *, at, limit):
        found, self.window, more = feed.changes(self.window, at=at, limit=limit, reader=OPEN)
        for change in found:
            key = str(change.edition.article.public_id)
            if change.in_force:
                self.holds[key] = change.edition.digest
            else:
                self.holds.pop(key, None)
        return more

    def caught_up(self, *, at, limit=100):
        """What this consumer would hold after it followed the feed to its end; it stays as it is."""
        copy = Consumer(self.window, dict(self.holds))
        copy.follow(at=at, limit=limit)
        return copy.holds

    def follow(self, *, at, limit=100):
        """Ends the window that this consumer is in, if any, and then takes the whole of the next."""
        while self.window.after and self.take_page(at=at, limit=limit):
            pass
        while self.take_page(at=at, limit=limit):
            pass


class Site:
    """What the public can ask over HTTP."""

    def __init__(self):
        self.client = Client()

    def ask(self, path, status=200, **query):
        response = self.client.get(path, query)
        assert response.status_code == status, (response.status_code, response.content)
        return response

    def listed(self):
        """Every page of the list: id to digest."""
        found, path = {}, "/api/v1/articles/?page_size=3"
        while path:
            page = self.ask(path).json()
            found |= {item["id"]: item["digest"] for item in page["articles"]}
            path = page["next"]
        return found

    def followed(self):
        """Every page of the change feed from its beginning, replayed: id to digest."""
        holds, query = {}, {"limit": 3}
        while True:
            page = self.ask("/api/v1/changes/", **query).json()
            for change in page["changes"]:
                if change["type"] == "published":
                    holds[change["id"]] = change["digest"]
                else:
                    holds.pop(change["id"], None)
            if not page["more"]:
                return holds
            query["cursor"] = page["next_cursor"]
