"""The change feed: which articles became public or ceased to be since a cursor, and how they stand.

An edition's start and end are each recorded under the number of a ledger entry, and take effect at
an instant. A cursor is a pair of the two: everything recorded up to `seq` that took effect up to
`until` is known. What is new is what was recorded later or took effect later, so neither a writer
that commits late nor a schedule that was set long ago can slip past. Ledger numbers are committed
in order (`workflow.ledger`), which makes this exact under concurrent publishers.

A follower may want only some articles (`publishing.wanted`). What its mirror shows is then what its
licence and its filters both let through, and each change is told by comparing that at the beginning of
the window with that at its end.

One case needs a word: a release cancelled at the last moment may have been read, and given to
consumers, between the instant at which it was to start and the commit of its cancellation.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timezone

from topics.models import Edition
from topics.publishing import choosing, shelf
from topics.publishing.removal import OUTSIDE_FILTER, OUTSIDE_LICENCE, SEVERITIES, reason
from topics.publishing.touched import LATE, touched
from topics.publishing.wanted import ANYTHING, Shown, Wanted
from topics.vocabulary import Severity

BEGINNING = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Window:
    """What is asked for: after (`seq`, `until`), up to (`to_seq`, `to`); `after` is a place in it.

    `after` is `(recall, effective, article_id)` of the last change already given, or None. `licensee`
    is whose window it is: what one consumer was given says nothing of what another has. `seq` None
    stands for the last act up to `until`.

    `wanted` are the filters. Where they name a category, `root` is its id, and `categories` are the ids
    that counted at the beginning, it and all below it; `categories_to` those that count at the end.
    """

    seq: int | None = 0
    until: datetime = BEGINNING
    to_seq: int | None = None
    to: datetime | None = None
    after: tuple | None = None
    licensee: int | None = None
    wanted: Wanted = ANYTHING
    root: int | None = None
    categories: frozenset | None = None
    categories_to: frozenset | None = None

    def begins(self):
        """Whether nothing was given before: it is the first of a follower."""
        return self.seq is None or (self.seq, self.until, self.to) == (0, BEGINNING, None)

    def going_on(self, after):
        """The same window after that place in it."""
        return replace(self, after=after)

    def closed(self):
        """The next window, when all of this one was given."""
        return replace(
            self,
            **{"seq": self.to_seq, "until": self.to, "to_seq": None, "to": None, "after": None},
            categories=self.categories_to,
            categories_to=None,
        )


@dataclass(frozen=True)
class Change:
    """An article that became public or ceased to be, with its newest edition as it stands.

    Where no edition has ever started, it is the one whose release was cancelled while it was read.
    `outside` says why it is to be deleted although it may be public: because the licence, or what is
    wanted, does not include it any more. Where it is the licence, nothing is to be told of the edition.
    """

    effective_at: datetime
    recall: bool
    edition: Edition
    in_force: bool
    outside: str = ""

    @property
    def left(self):
        return bool(self.outside)

    @property
    def reason(self):
        """Why it is to be deleted, or None."""
        return None if self.in_force else self.outside or reason(self.edition)

    @property
    def severity(self):
        """How severe it would be to go on showing what there was; None for what is only new."""
        if self.recall:
            return Severity.HIGH
        return None if self.in_force else SEVERITIES[self.reason]


class CursorAhead(ValueError):
    """A cursor from the future, from another database, or of another reader."""


class NoSuchCategory(LookupError):
    """There is no category of that slug for the reader."""


def since(instant, *, wanted=ANYTHING):
    """The window of what changed after the instant, and a little before: an act that was dated then
    may have been committed later.
    """
    return Window(seq=None, until=max(BEGINNING + LATE, instant) - LATE, wanted=wanted)


def changes(window, *, at, limit, reader, newest_first=False):
    """The next changes of a window and the window to ask for next: `(list[Change], Window, more)`.

    Safety recalls come first, then changes in the order in which they took effect, or with
    `newest_first` against it. An article is given once a window, however often it changed. At most four
    queries: a category among the filters costs one.

    A follower is given what changed within its licence and its filters, what came into them and, to be
    deleted, what left them: because the article moved, the licence or the tree of categories was
    changed, or the licence ended. There may be fewer than `limit` although there are more to come.
    """
    to = max(at, window.until) if window.to is None else window.to
    head, begin, before, after = reader.across(window, to=to)
    begins, seq = window.begins(), begin if window.seq is None else window.seq
    to_seq = head if window.to_seq is None else window.to_seq
    if not begins and window.licensee != reader.licensee_id:
        raise CursorAhead
    # A cursor may not look into the future, or schedules could be read from it.
    if window.until > at or to > at or seq > to_seq or to_seq > head:
        raise CursorAhead
    window = in_categories(window, begins=begins, scope=after)
    window = replace(window, seq=seq, to_seq=to_seq, to=to, licensee=reader.licensee_id)
    had = Shown(before, window.wanted, window.categories)
    has = Shown(after, window.wanted, window.categories_to)
    articles = touched(window, had=had, has=has, newest_first=newest_first)
    rows = list(articles[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    touched_ids, wanted = {row["article_id"] for row in rows}, window.wanted.condition(has.categories)
    editions = shelf.newest(touched_ids, at=to, reader=reader, wanted=wanted)
    found = [change(row, editions[row["article_id"]], to=to, had=had, has=has) for row in rows]
    told = [one for one in found if window.wanted.tells(in_force=one.in_force, severity=one.severity)]
    if more:
        last = rows[-1]
        window = window.going_on((last["recall"], last["effective"], last["article_id"]))
    return told, window if more else window.closed(), more


def in_categories(window, *, begins, scope):
    """The window with the categories that count, as far as they are not known: asked of the tree once
    for each window, so that all of its pages are of the same. Raises `NoSuchCategory`.
    """
    if window.wanted.category is None or window.categories_to is not None:
        return window
    root, ids = choosing.below(slug=window.wanted.category, pk=window.root)
    if begins and (root is None or not scope.admits_category(root)):
        raise NoSuchCategory(window.wanted.category)
    had = ids if window.categories is None else window.categories
    return replace(window, root=root or window.root, categories=had, categories_to=ids)


def change(row, edition, *, to, had, has):
    """What is told of a touched article. Who was given a text is told why it is withdrawn, also where
    the licence has ended since.
    """
    live = edition.is_in_force(at=to)
    theirs_now = has.scope.admits(edition.category_id, edition.language)
    theirs_before = had.scope.admits(edition.category_id, edition.language)
    outside = ""
    if not theirs_now and (live or not theirs_before):
        outside = OUTSIDE_LICENCE
    elif live and not edition.is_wanted:
        outside = OUTSIDE_FILTER
    return Change(
        effective_at=row["effective"],
        recall=bool(row["recall"]),
        edition=edition,
        in_force=live and not outside,
        outside=outside,
    )
