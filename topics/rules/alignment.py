"""Where two sequences differ, found in bounded time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

MOST_COMPARISONS = 2_000_000
"""Pairs of items up to which two sequences are aligned; beyond, the change is refused."""

Step = tuple[int, int, int, int]
"""The bounds of a range in the one sequence, then in the other, as of `get_opcodes`."""


def steps_between(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Step] | None:
    """The unequal ranges of two sequences, or `None` where aligning them would take too long.

    What occurs once in both is aligned first, in near linear time; `difflib`, whose time is
    quadratic, aligns what lies between.
    """
    found, left = [], MOST_COMPARISONS
    for a1, a2, b1, b2 in _gaps(old, new):
        a, b = old[a1:a2], new[b1:b2]
        if set(a).isdisjoint(b):
            found.append((a1, a2, b1, b2))
            continue
        left -= len(a) * len(b)
        if left < 0:
            return None
        codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        found += [(a1 + i, a1 + j, b1 + k, b1 + m) for tag, i, j, k, m in codes if tag != "equal"]
    return found


def _gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Step]:
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a1, b1 = start, start
    for a2, b2 in [*_landmarks(old, new, start, end), (len(old) - end, len(new) - end)]:
        if a2 > a1 or b2 > b1:
            yield a1, a2, b1, b2
        a1, b1 = a2 + 1, b2 + 1


def _landmarks(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, end: int
) -> list[tuple[int, int]]:
    """The longest series of items that occur once in both and stand in the same order."""
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    times = Counter(a), Counter(b)
    places = {item: n for n, item in enumerate(b, start) if times[1][item] == 1 == times[0][item]}
    ends, tails = [], []  # Where the best series of each length ends in `new`, and that series.
    for n, item in enumerate(a, start):
        if item in places:
            length = bisect_left(ends, places[item])
            before = tails[length - 1] if length else None
            ends[length : length + 1] = [places[item]]
            tails[length : length + 1] = [(n, places[item], before)]
    series, link = [], tails[-1] if tails else None
    while link:
        series.append(link[:2])
        link = link[2]
    return series[::-1]
