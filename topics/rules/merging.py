"""Two wordings that go back to one, merged block by block: what each side alone changed is taken.

Of the wording that both began with only the digests of its blocks are needed. Where both sides changed
the same blocks nobody can choose for them, and neither is taken.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from topics.rules.alignment import Step, steps_between
from topics.rules.redline.likeness import likeness

SAME, MINE, THEIRS, ASKED = "same", "mine", "theirs", "asked"

LEAST_ALIKE = 0.45
"""Two blocks in one place that share less of their words aren't rewordings of the same block."""


@dataclass(frozen=True)
class Stretch:
    """Neighbouring blocks, as the canonical HTML of each: what either side says there.

    `whose` is same, mine or theirs where it is clear what the merged text says, else asked. `base` are
    the digests of what stood there before; empty where that isn't known.
    """

    whose: str
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def block_digest(html: str) -> str:
    """A short digest of a block: enough to see whether it was touched."""
    return hashlib.sha256(html.encode()).hexdigest()[:16]


def merge(base: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]) -> list[Stretch]:
    """The stretches of both wordings in order; `base` are digests, or None where they aren't known.

    A stretch is as short as it can be without guessing. Never fails; takes time nearly in proportion
    to the blocks, and where that would not do, everything is one question.
    """
    known = [block_digest(html) for html in theirs] if base is None else list(base)
    to_mine = steps_between(known, [block_digest(html) for html in mine])
    to_theirs = [] if base is None else steps_between(known, [block_digest(html) for html in theirs])
    if to_mine is None or to_theirs is None:
        return [Stretch(ASKED, tuple(known), tuple(mine), tuple(theirs))]
    found, here, in_mine, in_theirs = [], 0, 0, 0
    for start, end, mine_steps, their_steps in _regions(to_mine, to_theirs):
        if start > here:
            kept = tuple(mine[in_mine : in_mine + start - here])
            found.append(Stretch(SAME, tuple(known[here:start]), kept, kept))
        in_mine, in_theirs = in_mine + start - here, in_theirs + start - here
        to_m = in_mine + end - start + sum(map(_growth, mine_steps))
        to_t = in_theirs + end - start + sum(map(_growth, their_steps))
        region = tuple(known[start:end]), tuple(mine[in_mine:to_m]), tuple(theirs[in_theirs:to_t])
        if base is None:
            found += _split(ASKED, (), *region[1:])
        elif mine_steps and their_steps:
            found += _split(ASKED, *region)
        else:
            found.append(Stretch(MINE if mine_steps else THEIRS, *region))
        here, in_mine, in_theirs = end, to_m, to_t
    if here < len(known):
        kept = tuple(mine[in_mine:])
        found.append(Stretch(SAME, tuple(known[here:]), kept, kept))
    return found


def _growth(step: Step) -> int:
    b1, b2, s1, s2 = step
    return (s2 - s1) - (b2 - b1)


def _regions(mine: list[Step], theirs: list[Step]) -> Iterator[tuple[int, int, list[Step], list[Step]]]:
    """The ranges of the base that somebody changed, with the steps of each side in it.

    Two changes are one region where they overlap, and where they meet and both put in more blocks
    than they took out: then nobody can tell whose come first.
    """
    steps = sorted([(step, 0) for step in mine] + [(step, 1) for step in theirs])
    region: tuple[int, int, list[Step], list[Step]] | None = None
    for step, side in steps:
        start, end = step[:2]
        if region:
            inside = start < region[1]
            grows_there = any(_growth(s) > 0 and s[1] == start for s in (*region[2], *region[3]))
            if inside or (start == region[1] and grows_there and _growth(step) > 0):
                region[2 + side].append(step)
                region = (region[0], max(region[1], end), region[2], region[3])
                continue
            yield region
        region = (start, end, [step], []) if side == 0 else (start, end, [], [step])
    if region:
        yield region


def _split(
    whose: str, base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> list[Stretch]:
    """A region that both changed, block by block where each block has one that answers it."""
    if mine == theirs:
        return [Stretch(SAME, base, mine, theirs)]
    pairs = list(zip_longest(mine, theirs, fillvalue=""))
    if len(mine) != len(theirs) or any(likeness(*pair) < LEAST_ALIKE for pair in pairs):
        return [Stretch(whose, base, mine, theirs)]
    if not base:
        return [Stretch(SAME if m == t else whose, (), (m,), (t,)) for m, t in pairs]
    if len(base) != len(mine):
        return [Stretch(whose, base, mine, theirs)]
    found = []
    for was, (m, t) in zip(base, pairs, strict=True):
        if m == t:
            found.append(Stretch(SAME, (was,), (m,), (t,)))
        elif block_digest(m) == was:
            found.append(Stretch(THEIRS, (was,), (m,), (t,)))
        elif block_digest(t) == was:
            found.append(Stretch(MINE, (was,), (m,), (t,)))
        else:
            found.append(Stretch(whose, (was,), (m,), (t,)))
    return found
