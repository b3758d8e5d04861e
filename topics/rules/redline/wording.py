"""Two wordings of one passage word by word, a number always whole with its unit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from topics.content.inline import Run as Piece
from topics.rules.alignment import steps_between
from topics.rules.clinical_words import tokens

SAME, REMOVED, ADDED, RESTYLED = "same", "removed", "added", "restyled"

Pieces = tuple[Piece, ...]
_SCRIPTS = ("sub", "sup")
_BREAK = re.compile(r"[.,;:!?)] ")
"""Where one word surely ends and another begins, whatever stands around it."""


@dataclass(frozen=True)
class Run:
    """Words that stand in both wordings, or in one of them alone.

    `before` and `after` are pieces of text under marks, as `content.inline` has them: one of the two
    is empty where words were removed or added. Restyled words are the same ones under other marks
    (emphasis, a link to elsewhere) or with another kind of space between them.
    """

    kind: str
    before: Pieces
    after: Pieces

    def text(self) -> str:
        """The words, as they read afterwards or, where they were removed, as they read before."""
        return "".join(text for text, _ in self.after or self.before)


class _Token(NamedTuple):
    key: str
    gap: Pieces
    """The space before the word."""
    pieces: Pieces


def words_compared(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Run, ...]:
    """The runs that lead from one wording to the other, in reading order; neighbours differ in kind.

    The `before` pieces of all runs together are the one text, the `after` pieces the other. Wordings
    too long and too different to align are one removal and one addition.
    """
    first, old_pieces, new_pieces, last = _parted(tuple(before), tuple(after))
    old, new = tokens_of(old_pieces), tokens_of(new_pieces)
    steps = steps_between([token.key for token in old], [token.key for token in new])
    if steps is None:
        steps = [(0, len(old), 0, len(new))]
    runs = chain(_kept(first, first), _runs(old, new, _without_islands(steps, old)), _kept(last, last))
    return tuple(_joined(runs))


def _parted(before: Pieces, after: Pieces) -> tuple[Pieces, Pieces, Pieces, Pieces]:
    """What both begin with, what is left of each, and what both end with, cut where no word is."""
    if len(before) != len(after) or [marks for _, marks in before] != [marks for _, marks in after]:
        return (), before, after, ()
    old, new = ("".join(text for text, _ in pieces) for pieces in (before, after))
    same = 0
    for (one, _), (other, _) in zip(before, after, strict=True):
        same += _shared_length(one, other)
        if one != other:
            break
    breaks = [match.end() for match in _BREAK.finditer(old, 0, same)]
    start = breaks[-1] if breaks else 0
    same = 0
    for (one, _), (other, _) in zip(reversed(before), reversed(after), strict=True):
        same += _shared_length(one[::-1], other[::-1])
        if one != other:
            break
    same = min(same, len(old) - start, len(new) - start)
    found = _BREAK.search(old, len(old) - same)
    end = len(old) - found.end() if found else 0
    one, other = _Cutter(before), _Cutter(after)
    first, _ = one.up_to(start), other.up_to(start)
    middle = one.up_to(len(old) - end), other.up_to(len(new) - end)
    return first, *middle, one.up_to(len(old))


def _shared_length(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@lru_cache(maxsize=64)
def tokens_of(pieces: Pieces) -> list[_Token]:
    """The words of a passage with their marks, and the space before each."""
    text = "".join(piece for piece, _ in pieces)
    cut = _Cutter(pieces)
    found, end = [], 0
    scripts = any(marks and marks[-1] in _SCRIPTS for _, marks in pieces)
    for match in tokens(text):
        start, stop = match.span()
        gap = cut.up_to(start) if start > end else ()
        token = cut.up_to(stop)
        key = match[0]
        if " " in key or "\u00a0" in key or "\n" in key:
            key = " ".join(key.split())
        found.append(_Token(_scripted(key, token) if scripts else key, gap, token))
        end = stop
    # The end is a word of its own, so that a space before it is not lost.
    found.append(_Token("", cut.up_to(len(text)) if end < len(text) else (), ()))
    return found


def _scripted(key: str, pieces: Pieces) -> str:
    """What has to be equal in equal words: not their emphasis, but 10⁹ is never 109."""
    scripts = [f"{marks[-1]} {piece}" for piece, marks in pieces if marks and marks[-1] in _SCRIPTS]
    return "\n".join([key, *scripts])


class _Cutter:
    """Hands out the text piece by piece, with its marks."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.index = self.start = self.at = 0

    def up_to(self, end: int) -> Pieces:
        if self.at >= end:
            return ()
        text, marks = self.pieces[self.index]
        begin = self.at - self.start
        if end - self.start < len(text):
            self.at = end
            return ((text[begin : end - self.start], marks),)
        found = []
        while self.at < end:
            text, marks = self.pieces[self.index]
            stop = min(end, self.start + len(text))
            found.append((text[self.at - self.start : stop - self.start], marks))
            self.at = stop
            if stop == self.start + len(text):
                self.index, self.start = self.index + 1, stop
        return tuple(found)


def _without_islands(steps: list, old: list[_Token]) -> list:
    """Joins changes that nothing but one short word or mark parts: they read as one."""
    found: list = []
    for a1, a2, b1, b2 in steps:
        if found and a1 - found[-1][1] == 1:
            c1, c2, d1, d2 = found[-1]
            key = old[c2].key
            both = min(c2 - c1, d2 - d1) and min(a2 - a1, b2 - b1)
            small = len(key) <= 3 and not key[:1].isdigit()
            if both and small and (a2 - a1) + (c2 - c1) > 3:
                found[-1] = (c1, a2, d1, b2)
                continue
        found.append((a1, a2, b1, b2))
    return found


def _runs(old: list[_Token], new: list[_Token], steps: list) -> Iterator[Run]:
    a = b = 0
    for a1, a2, b1, b2 in [*steps, (len(old), len(old), len(new), len(new))]:
        for one, other in zip(old[a:a1], new[b:b1], strict=True):
            yield from _kept(one.gap, other.gap)
            yield from _kept(one.pieces, other.pieces)
        gone, come = list(old[a1:a2]), list(new[b1:b2])
        if gone and come and gone[0].gap == come[0].gap:
            yield from _kept(gone[0].gap, come[0].gap)
            gone[0] = _Token(gone[0].key, (), gone[0].pieces)
            come[0] = _Token(come[0].key, (), come[0].pieces)
        if gone:
            yield Run(REMOVED, _flat(gone), ())
        if come:
            yield Run(ADDED, (), _flat(come))
        a, b = a2, b2


def _kept(before: Pieces, after: Pieces) -> Iterator[Run]:
    if before == after:
        if after:
            yield Run(SAME, before, after)
    elif before and after:
        yield Run(RESTYLED, before, after)
    elif before:
        yield Run(REMOVED, before, ())
    else:
        yield Run(ADDED, (), after)


def _flat(found: list[_Token]) -> Pieces:
    return tuple(piece for token in found for piece in (*token.gap, *token.pieces))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one kind as one run; what was removed comes before what was added in its place."""
    waiting: dict[str, list[Run]] = {}
    for run in runs:
        changed = run.kind in (REMOVED, ADDED)
        fits = waiting.keys() <= {REMOVED, ADDED} if changed else waiting.keys() <= {run.kind}
        if not fits:
            yield from _settled(waiting)
            waiting = {}
        waiting.setdefault(run.kind, []).append(run)
    yield from _settled(waiting)


def _settled(waiting: dict[str, list[Run]]) -> Iterator[Run]:
    for kind in (SAME, RESTYLED, REMOVED, ADDED):
        runs = waiting.get(kind)
        if runs:
            before = merged(piece for run in runs for piece in run.before)
            yield Run(kind, before, before if kind == SAME else merged(p for r in runs for p in r.after))


def merged(pieces: Iterator[Piece]) -> Pieces:
    """The same text with neighbours under the same marks as one piece."""
    found: list[list] = []
    for text, marks in pieces:
        if found and found[-1][1] == marks:
            found[-1][0] += text
        else:
            found.append([text, marks])
    return tuple((text, marks) for text, marks in found)
