"""The parameters of the feed: what a follower wants, and from where on.

Filters belong to a cursor for good: a mirror that changed them midway would keep what they left out.
"""

from topics.api import parameters
from topics.api.filters import DAYS, INSTANTS
from topics.api.parameters import bad
from topics.api.problems import echo
from topics.publishing import feed
from topics.publishing.marks import key_of
from topics.publishing.stamps import stamp
from topics.publishing.wanted import PEOPLE, PUBLISHED, REMOVED, Wanted
from topics.vocabulary import Audience, Severity

MOST_CATEGORIES = 300


def person(name, value):
    """A name, as names are compared."""
    return key_of(parameters.name(name, value))


FILTERS = {
    "language": parameters.language,
    "category": parameters.slug,
    "audience": parameters.one_of(Audience),
    **dict.fromkeys(PEOPLE, person),
    "type": parameters.one_of((PUBLISHED, REMOVED)),
    "severity": parameters.one_of(Severity),
}
ACCEPTED = {**FILTERS, "since": parameters.instant_or_day}

OF_THE_DAY = "It changes by itself with the days, and the feed tells of changes; ask articles/ with it."
REFUSED = {
    "code": "Whether a code stands for its parent hangs on other articles; ask articles/ with it.",
    "q": "What ranks hangs on other articles; ask search/.",
    "review_status": OF_THE_DAY,
    **{
        f"{name}_{side}": "Ask articles/ with it, or the feed with “since”."
        for name in (*INSTANTS, *DAYS)
        for side in ("before", "after")
    },
}
"""Filters of lists that the feed doesn't take, and why."""


def wanted(given):
    """What the given filters choose."""
    return Wanted(**{name: given[name] for name in FILTERS if name in given})


def begun_at(given, *, at):
    """The instant of `since`, or None. Raises `Problem` for one to come."""
    since = given.get("since")
    if since and since > at:
        raise bad("since", f"It is {stamp(at)} now: nothing can have changed since then.")
    return since


def window(given, *, at):
    """The window that is asked for. Raises `Problem` where a cursor is contradicted."""
    asked, since, cursor = wanted(given), begun_at(given, at=at), given.get("cursor")
    if cursor is None:
        return feed.since(since, wanted=asked) if since else feed.Window(wanted=asked)
    if since:
        raise bad("since", "A cursor says itself from where on; leave one of them out.")
    for name, value in asked.given().items():
        if getattr(cursor.wanted, name) != value:
            had = getattr(cursor.wanted, name)
            had = f"with “{echo(had)}”" if had else "without it"
            raise bad(name, f"This cursor was begun {had}. To filter otherwise, begin without a cursor.")
    return cursor


def refuse_too_wide(window):
    """Raises `Problem` where a cursor would have to remember too many categories to be an address."""
    if len(window.categories or ()) > MOST_CATEGORIES:
        detail = f"It has more than {MOST_CATEGORIES} categories below it: follow those one by one."
        raise bad("category", detail)


def unknown_category(error):
    return bad("category", f"There is no category “{error}”; categories/ lists them.")
