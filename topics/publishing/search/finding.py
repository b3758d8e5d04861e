"""Finding editions by words: counts, a page in order of rank, and what may have been meant.

`editions` is always a queryset of editions in force, filtered as was asked; the index only chooses and
orders among them.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Value

from topics.models.search import SearchEntry, SearchName, SearchState
from topics.publishing.search import index, spelling
from topics.publishing.search.stores import store
from topics.publishing.search.texts import LONGEST_KEY, key_of

MOST_RANKED = 2_000
"""Of more matches than that, some are not ranked: twice as many as anybody can page through."""

GROUPS = ("category__slug", "category__name", "language", "audience")
IN_STEP = ("", "", "", "", 0, False)
"""Stands among the rows of counts where the index is in step: a group of nothing."""


@dataclass
class Counts:
    """How many were found, by category, language and audience.

    `all_words` tells whether those have every word of the query, or, because none has, only some.
    """

    total: int = 0
    all_words: bool = True
    categories: Counter = field(default_factory=Counter)
    languages: Counter = field(default_factory=Counter)
    audiences: Counter = field(default_factory=Counter)


def count(query, *, editions, at):
    """The counts of what the query finds; one query, where the index is in step."""
    rows = counted(query, editions, at)
    if IN_STEP not in rows:
        index.catch_up(at=at)
        rows = counted(query, editions, at)
    groups = [row for row in rows if row != IN_STEP]
    counts = Counts(all_words=all(row[-1] for row in groups))
    for slug, name, language, audience, n, _ in groups:
        counts.total += n
        counts.categories[slug, name] += n
        counts.languages[language] += n
        counts.audiences[audience] += n
    return counts


def counted(query, editions, at):
    """Rows of counts: of what has all words, or where nothing has, of what has any; and `IN_STEP`.

    In one statement: between two, somebody else may bring the index into step, and what was found before
    that would pass for all that there is.
    """
    live = among(editions)
    whole = SearchEntry.objects.filter(live, pk__in=store().matching(query, all_words=True))
    found = SearchEntry.objects.filter(live, store().among_found(query, none_whole=~Exists(whole)))
    found = found.values_list(*GROUPS).annotate(n=Count("pk"), whole=Exists(whole))
    in_step = SearchState.objects.exclude(index.is_behind(at=at)).values_list(*map(Value, IN_STEP))
    return list(found.order_by().union(in_step, all=True))


def among(editions, entry="pk"):
    """The condition that a row's edition is one of these, asked row by row: there are few rows.

    As a list of ids, all of them would be gathered first, and FTS5 would look for the words in each.
    """
    return Exists(editions.order_by().filter(pk=OuterRef(entry)))


def page(query, counts, *, editions, offset, limit):
    """The editions of one page, the best first; one query, or none where nothing was found.

    Never more than were counted, though a release may have come in between: a reply agrees with itself.
    """
    end = min(offset + limit, counts.total)
    if end <= offset:
        return []
    ranked = store().ranked(query, all_words=counts.all_words)
    rows = ranked.filter(among(editions, "entry_id"))
    if counts.total > MOST_RANKED:
        rows = rows.filter(likely(query, rows))
    order = ("-score", "entry__article_id")
    # By itself, so that only small rows are sorted.
    best = rows.order_by(*order).values("entry_id")[offset:end]
    best = ranked.filter(store().is_one_of(*best.query.sql_with_params()))
    return [row.entry.edition for row in best.select_related("entry__edition__article").order_by(*order)]


def likely(query, rows):
    """The condition on very many rows which of them are ranked at all: those with a word of the query in
    a name, and the newest. What so many have tells little of what was meant, and ranking all takes long.
    """
    newest, values = rows.order_by("-entry_id").values("entry_id")[:MOST_RANKED].query.sql_with_params()
    titled = store().titled(query)
    sql = f"SELECT * FROM ({newest}) AS newest UNION {titled.sql}"
    return store().is_one_of(sql, (*values, *titled.params))


def did_you_mean(query, counts, *, editions, language=None):
    """The query with misspelt words put right, asked where nothing has all of its words."""
    if counts.all_words and counts.total:
        return None
    return spelling.did_you_mean(query.words, editions=editions, language=language)


def suggest(text, *, editions, at, limit):
    """The names that go on as the text begins, with their editions, best first; two queries."""
    key, finished = key_of(text)
    if index.behind_now(at=at):
        index.catch_up(at=at)
    if not key:
        return []
    first = (key + " ").encode() if finished else key.encode()
    after = first[:-1] + bytes([first[-1] + 1])
    rows = SearchName.objects.filter(among(editions, "entry_id"), key__gte=first, key__lt=after)
    rows = rows.select_related("entry__article").order_by("place", "-is_title", "key", "entry__article")
    chosen = {}
    for row in rows[: limit * 3]:
        chosen.setdefault((row.entry_id, row.shown), row)
    return list(chosen.values())[:limit]


def called(names, *, editions, at):
    """Those of the editions that have one of the names as title or other name; one query before it.

    As a whole and by its words, case and accents aside. One too long to be compared whole names nothing.
    """
    keys = [key for key, _ in map(key_of, names) if 0 < len(key) < LONGEST_KEY]
    if index.behind_now(at=at):
        index.catch_up(at=at)
    rows = SearchName.objects.filter(place=0, key__in=[key.encode() for key in keys])
    return editions.filter(pk__in=rows.values("entry_id"))
