"""Which of many texts is the same one reworded, found by the words that they share."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

COMMON = 24
"""A word that occurs in more texts than this tells nothing of which one is meant."""
_CANDIDATES = 3
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")


@lru_cache(maxsize=20_000)
def words_of(html: str) -> frozenset[str]:
    """The distinct words of a text, without its markup."""
    return frozenset(_WORD.findall(_TAG.sub(" ", html)))


def likeness(one: str, other: str) -> float:
    """The part of their distinct words that two texts share, from 0 to 1 (Sørensen and Dice)."""
    a, b = words_of(one), words_of(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def pairs_alike(old: Sequence[str], new: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Pairs of places with a likeness of at least `least`, the most alike first served.

    In near linear time: only texts that share a telling word are compared.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(new):
        for word in words_of(text):
            places[word].append(n)
    found = []
    for m, text in enumerate(old):
        votes: dict[int, int] = {}
        for word in words_of(text):
            where = places.get(word, ())
            if len(where) <= COMMON:
                for n in where:
                    votes[n] = votes.get(n, 0) + 1
        for n in sorted(votes, key=votes.__getitem__, reverse=True)[:_CANDIDATES]:
            alike = likeness(text, new[n])
            if alike >= least:
                found.append((-alike, abs(m - n), m, n))
    taken_old, taken_new, pairs = set(), set(), []
    for _, _, m, n in sorted(found):
        if m not in taken_old and n not in taken_new:
            taken_old.add(m)
            taken_new.add(n)
            pairs.append((m, n))
    return pairs


def in_order(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The heaviest series of pairs that rises on both sides: what kept its order; the rest moved."""
    rising = sorted(range(len(pairs)), key=lambda n: pairs[n])
    ranks = sorted({new for _, new in pairs})
    # A Fenwick tree of the heaviest series that ends at or before each place.
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before = [-1] * len(pairs)
    for n in rising:
        rank = bisect_left(ranks, pairs[n][1])
        heaviest, place = (0, -1), rank
        while place > 0:
            heaviest = max(heaviest, best[place])
            place -= place & -place
        before[n] = heaviest[1]
        mine, place = (heaviest[0] + max(1, weights[n]), n), rank + 1
        while place <= len(ranks):
            best[place] = max(best[place], mine)
            place += place & -place
    last, place = (0, -1), len(ranks)
    while place > 0:
        last = max(last, best[place])
        place -= place & -place
    series, n = [], last[1]
    while n >= 0:
        series.append(pairs[n])
        n = before[n]
    return series[::-1]
