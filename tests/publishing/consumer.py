"""A consumer of the change feed: what it was told, and what it believes to be public."""

from topics.publishing import shelf
from topics.publishing.feed import Window, changes
from topics.publishing.licensing import OPEN


class Consumer:
    """Follows the feed: `holds` maps article ids to the digests that it believes to be public."""

    def __init__(self):
        self.window, self.holds, self.heard = Window(), {}, []

    def page(self, *, at, limit=100):
        found, self.window, more = changes(self.window, at=at, limit=limit, reader=OPEN)
        for change in found:
            self.heard.append(change)
            self.holds.pop(change.edition.article_id, None)
            if change.in_force:
                self.holds[change.edition.article_id] = change.edition.digest
        return more

    def sync(self, *, at, limit=100):
        """Follows the feed to its end, and returns what was new."""
        known = len(self.heard)
        while self.page(at=at, limit=limit):
            pass
        return self.heard[known:]


def live(at):
    return {edition.article_id: edition.digest for edition in shelf.in_force(at=at, reader=OPEN)}


def only(found):
    (change,) = found
    return change


def articles(found):
    return [change.edition.article_id for change in found]
