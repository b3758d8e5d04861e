"""The blocks of two bodies side by side: what stayed, what was reworded, what came and what went."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from topics.content.tree import CELLS, LISTS, Block, parse, serialise
from topics.rules.alignment import steps_between
from topics.rules.redline.likeness import in_order, likeness, pairs_alike
from topics.rules.redline.wording import ADDED, REMOVED, SAME, Run, words_compared

CHANGED, MOVED_AWAY = "changed", "moved_away"

_BLOCK = re.compile(r"<(/?)(p|ul|ol|dl|table|aside)\b")
CONTAINERS = ("ul", "ol", "li", "dl", "dd", "table", "tr", "th", "td", "aside")
"""Elements that hold blocks; every other one holds words."""

OUTER_CONTAINERS = ("ul", "ol", "dl", "table", "aside")
_LEAST_ALIKE = {"p": 0.45, "li": 0.45}
"""Blocks that share less of their words are two blocks: one removed, one added."""
_LEAST_ALIKE_CONTAINERS = 0.3
_SHORT = 8
"""Words up to which a block in the place of another is shown as its replacement, however unlike."""


@dataclass(frozen=True)
class Place:
    """Where a passage or section came from or went.

    For a passage: the anchor and heading of its section, "" for what has no heading. For a section:
    those of the one before which it came next, "" for the beginning.
    """

    anchor: str
    heading: str
    same_section: bool = False


@dataclass
class Passage:
    """One block of the redline: a paragraph, list, item, table, row, cell, term or call-out.

    `status` is same, changed, removed, added, or moved_away for the old place of a block that stands
    elsewhere now; its new place is same or changed and has `moved_from`. `before` and `after` are its
    canonical HTML on either side, "" where it isn't there. A changed block has the `runs` of its
    words or the `parts` inside it; an added or removed one has parts only where some were moved.
    `attributes` are as they read now, `was` the tag and attributes of before where these changed (a
    bulleted list that was numbered, a call-out of another kind, a cell that spans more columns).
    """

    status: str
    tag: str
    before: str = ""
    after: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    was: tuple[str, tuple[tuple[str, str], ...]] | None = None
    head: bool = False
    """Whether a row is in the head of its table now; `head_before`: and before."""
    head_before: bool = False
    runs: tuple[Run, ...] = ()
    parts: list["Passage"] = field(default_factory=list)
    moved_from: Place | None = None
    moved_to: Place | None = None
    number: int = 0
    """Its place among the changes of the document, from 1; 0 where it stayed as it was."""
    block: Block | None = field(default=None, repr=False, compare=False)
    twin: "Passage | None" = field(default=None, repr=False, compare=False)
    """Of what moved: the same block at its other place."""

    def html(self) -> str:
        """What is read: as it stands now or, where it doesn't any more, as it stood."""
        return self.after or self.before


@dataclass(frozen=True)
class Given:
    """A block to compare: its canonical HTML, and the block itself where it was parsed already."""

    html: str
    block: Block | None = None

    @property
    def key(self) -> tuple[str, bool]:
        return self.html, bool(self.block and self.block.head)

    @property
    def tag(self) -> str:
        return self.block.tag if self.block else re.match(r"<(\w+)", self.html)[1]

    def parsed(self) -> Block:
        return self.block or parse(self.html)[0]


def blocks_of(html: str) -> list[Given]:
    """The outermost blocks of a section's canonical HTML, without parsing what is inside them."""
    found, depth, start, outermost = [], 0, 0, ""
    for match in _BLOCK.finditer(html):
        closing, tag = match.groups()
        if not depth:
            outermost, depth, start = tag, 1, match.start()
        elif tag == outermost:
            depth += -1 if closing else 1
            if not depth:
                found.append(Given(html[start : match.end() + 1]))
    return found


def inside(block: Block) -> list[Given]:
    """The blocks inside a block."""
    return [Given(serialise([child]), child) for child in block.blocks]


def passages_between(old: Sequence[Given], new: Sequence[Given]) -> list[Passage]:
    """The passages of two series of blocks in reading order.

    Equal blocks are aligned first, then those that share words; what was removed comes before what
    was added in its place. Near linear in the number of blocks; where even that is too much, everything
    is one removal and one addition.
    """
    keys = [item.key for item in old], [item.key for item in new]
    steps = steps_between(*keys)
    found: list[Passage] = []
    a = 0
    for a1, a2, b1, b2 in [(0, len(old), 0, len(new))] if steps is None else steps:
        found += map(kept, old[a:a1])
        found += _gap(old[a1:a2], new[b1:b2])
        a = a2
    return [*found, *map(kept, old[a:])]


def kept(item: Given) -> Passage:
    head = bool(item.block and item.block.head)
    return Passage(SAME, item.tag, item.html, item.html, head=head, head_before=head)


def removed(item: Given) -> Passage:
    head = bool(item.block and item.block.head)
    return Passage(REMOVED, item.tag, before=item.html, head_before=head, block=item.block)


def added(item: Given) -> Passage:
    head = bool(item.block and item.block.head)
    return Passage(ADDED, item.tag, after=item.html, head=head, block=item.block)


def changed(old: Given, new: Given) -> Passage:
    """One block that reads otherwise than it did: its words, or the blocks inside it, compared."""
    one, other = old.parsed(), new.parsed()
    found = Passage(CHANGED, other.tag, old.html, new.html, other.attributes)
    found.head, found.head_before = other.head, one.head
    if (one.tag, one.attributes) != (other.tag, other.attributes):
        found.was = one.tag, one.attributes
    if other.tag not in CONTAINERS:
        found.runs = words_compared(one.runs, other.runs)
    elif other.tag == "tr" and len(one.blocks) == len(other.blocks):
        pairs = zip(inside(one), inside(other), strict=True)
        found.parts = [kept(a) if a == b else changed(a, b) for a, b in pairs]
    else:
        found.parts = passages_between(inside(one), inside(other))
    return found


def expanded(passage: Passage) -> None:
    """Gives a block that was added or removed its parts, so that one of them can be told apart."""
    make = added if passage.status == ADDED else removed
    block = Given(passage.html(), passage.block).parsed()
    passage.attributes = block.attributes
    passage.parts = [make(item) for item in inside(block)]
    for part in passage.parts:
        if part.tag in CONTAINERS:
            expanded(part)


def _gap(old: Sequence[Given], new: Sequence[Given]) -> list[Passage]:
    """What stands between two equal blocks: paired by likeness, then by place."""
    found: list[Passage] = []
    a = b = 0
    for m, n in [*_pairs(old, new), (len(old), len(new))]:
        found += map(removed, old[a:m])
        found += map(added, new[b:n])
        if m < len(old):
            found.append(changed(old[m], new[n]))
        a, b = m + 1, n + 1
    return found


def _pairs(old: Sequence[Given], new: Sequence[Given]) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    texts = [item.html for item in old], [item.html for item in new]
    alike = [
        (m, n)
        for m, n in pairs_alike(*texts, _LEAST_ALIKE_CONTAINERS)
        if _fit(old[m], new[n]) and _alike(old[m], new[n])
    ]
    series = in_order(alike, [min(len(texts[0][m]), len(texts[1][n])) for m, n in alike])
    pairs: list[tuple[int, int]] = []
    a = b = 0
    for m, n in [*series, (len(old), len(new))]:
        pairs += _in_place(old, new, range(a, m), range(b, n))
        if m < len(old):
            pairs.append((m, n))
        a, b = m + 1, n + 1
    return pairs


def _alike(one: Given, other: Given) -> bool:
    least = _LEAST_ALIKE.get(other.tag, _LEAST_ALIKE_CONTAINERS)
    return likeness(one.html, other.html) >= least


def _in_place(
    old: Sequence[Given], new: Sequence[Given], ours: range, theirs: range
) -> Iterable[tuple[int, int]]:
    """Blocks of which as many went as came: each is the new wording of the one in its place."""
    if len(ours) != len(theirs):
        yield from _only_ones(old, new, ours, theirs)
        return
    for m, n in zip(ours, theirs, strict=True):
        one, other = old[m], new[n]
        brief = max(one.html.count(" "), other.html.count(" ")) < _SHORT
        if _fit(one, other) and (
            brief or one.tag in CELLS or (len(ours) == 1 and likeness(one.html, other.html) >= 0.25)
        ):
            yield m, n


def _only_ones(
    old: Sequence[Given], new: Sequence[Given], ours: range, theirs: range
) -> Iterable[tuple[int, int]]:
    """The one list, table or call-out of either side, if anything in them is the same."""
    for tag in OUTER_CONTAINERS:
        a, b = [m for m in ours if old[m].tag == tag], [n for n in theirs if new[n].tag == tag]
        if len(a) == len(b) == 1 and likeness(old[a[0]].html, new[b[0]].html) > 0:
            yield a[0], b[0]
            return


def _fit(one: Given, other: Given) -> bool:
    tags = {one.tag, other.tag}
    return len(tags) == 1 or tags <= LISTS or tags <= CELLS
