"""The sections of two documents side by side: which is which, which moved, what changed in each."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from topics.rules.redline.likeness import in_order, pairs_alike, words_of
from topics.rules.redline.passages import (
    CHANGED,
    MOVED_AWAY,
    Passage,
    Place,
    added,
    blocks_of,
    kept,
    passages_between,
    removed,
)
from topics.rules.redline.wording import ADDED, REMOVED, SAME, Run, words_compared

_STILL_ALIKE = 0.6
_LEAST_ALIKE = 0.3


@dataclass(frozen=True)
class Heading:
    """A section as one side has it: its anchor, its heading ("" for the lead) and that one's level."""

    anchor: str
    text: str
    level: int


@dataclass
class SectionChange:
    """One section of the redline, in reading order; a subsection comes after its section.

    `status` is same, changed, removed, added, or moved_away for the old place of a section that stands
    elsewhere now; its new place has `moved_from`. `before` and `after` are its heading on either side,
    None where it isn't there. `runs` are the words of the heading where they changed.
    """

    status: str
    before: Heading | None
    after: Heading | None
    passages: list[Passage] = field(default_factory=list)
    runs: tuple[Run, ...] = ()
    moved_from: Place | None = None
    moved_to: Place | None = None
    moved_along: bool = False
    """It moved with the section before it, so nobody needs to be told of its own move."""
    new_anchor: str = ""
    """The anchor at which a section that moved away stands now."""
    number: int = 0

    @property
    def heading(self) -> Heading:
        """As it reads now or, where it doesn't any more, as it read."""
        return self.after or self.before

    @property
    def level_changed(self) -> bool:
        return bool(self.before and self.after) and self.before.level != self.after.level

    @property
    def head_changed(self) -> bool:
        """Whether its heading, its level or its place is another."""
        renamed = any(run.kind != SAME for run in self.runs)
        return renamed or self.level_changed or (bool(self.moved_from) and not self.moved_along)


@dataclass(frozen=True)
class _Section:
    heading: Heading
    html: str
    path: tuple[str, ...]
    """The headings that it stands under, the outermost first."""

    @property
    def weight(self) -> int:
        return len(self.html) + len(self.heading.text) + 1


def sections_between(before: Mapping, after: Mapping) -> list[SectionChange]:
    """The sections of two documents, in the order of the later one.

    What was removed or moved away stands where it stood, after the section that it followed.
    """
    old, new = list(_read(before)), list(_read(after))
    pairs = _matched(old, new)
    in_place = in_order(pairs, [min(old[m].weight, new[n].weight) for m, n in pairs])
    theirs, ours = dict(pairs), {n: m for m, n in pairs}
    moved = {n for _, n in pairs} - {n for _, n in in_place}
    # What moved along with the section before it needs no mention of its own.
    along = {n for n in moved if n - 1 in moved and ours[n - 1] == ours[n] - 1}
    found: list[SectionChange] = []
    a = b = 0
    for m, n in [*in_place, (len(old), len(new))]:
        for k in range(a, m):
            found.append(_gone(old, k, theirs.get(k), new))
            found[-1].moved_along = theirs.get(k) in along
        for k in range(b, n):
            if k in moved:
                found.append(_moved_here(old, ours[k], new, k))
                found[-1].moved_along = k in along
            else:
                found.append(SectionChange(ADDED, None, new[k].heading, _all(added, new[k])))
        if m < len(old):
            found.append(_paired(old[m], new[n]))
        a, b = m + 1, n + 1
    for change in found:
        if change.status == SAME and change.head_changed:
            change.status = CHANGED
    return found


def _read(document: Mapping) -> Iterator[_Section]:
    waiting = [(section, ()) for section in reversed(document.get("sections") or ())]
    while waiting:
        section, path = waiting.pop()
        text = section.get("heading") or ""
        heading = Heading(section.get("id") or "", text, len(path) + 2 if text else 0)
        yield _Section(heading, section.get("html") or "", path)
        waiting += [(inner, (*path, text)) for inner in reversed(section.get("sections") or ())]


def _all(make: Callable, section: _Section) -> list[Passage]:
    return [make(block) for block in blocks_of(section.html)]


def _gone(old: list[_Section], m: int, n: int | None, new: list[_Section]) -> SectionChange:
    if n is None:
        return SectionChange(REMOVED, old[m].heading, None, _all(removed, old[m]))
    change = SectionChange(MOVED_AWAY, old[m].heading, None, moved_to=_after(new, n))
    change.new_anchor = new[n].heading.anchor
    return change


def _moved_here(old: list[_Section], m: int, new: list[_Section], n: int) -> SectionChange:
    change = _paired(old[m], new[n])
    change.moved_from = _after(old, m)
    return change


def _after(sections: list[_Section], n: int) -> Place:
    """The place after the section before it."""
    if not n:
        return Place("", "")
    return Place(sections[n - 1].heading.anchor, sections[n - 1].heading.text)


def _paired(old: _Section, new: _Section) -> SectionChange:
    change = SectionChange(SAME, old.heading, new.heading)
    if old.html == new.html:
        change.passages = _all(kept, new)
    else:
        change.status = CHANGED
        change.passages = passages_between(blocks_of(old.html), blocks_of(new.html))
    if old.heading.text != new.heading.text:
        words = [((heading.text, ()),) if heading.text else () for heading in (old.heading, new.heading)]
        change.runs = words_compared(*words)
    return change


def _matched(old: list[_Section], new: list[_Section]) -> list[tuple[int, int]]:
    """Which section is which: by place and content, then by heading, then by the words they share."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    pairs: list[tuple[int, int]] = []

    def take(found: Sequence[tuple[int, int]]) -> None:
        for m, n in found:
            if m in left and n in right:
                pairs.append((m, n))
                del left[m], right[n]

    # Headings repeat ("Treatment" under every disease), and with them the anchors' numbers move on.
    for key in (
        lambda section: (section.path, section.heading.text, section.html),
        lambda section: section.html and (section.heading.text, section.html),
        lambda section: (section.path, section.heading.text),
        lambda section: section.html,
        lambda section: section.heading.text,
        lambda section: (section.heading.anchor, section.html),
    ):
        take(_once(left, right, key))
    take(_alike(left, right, _STILL_ALIKE))
    take(_once(left, right, lambda section: section.heading.anchor))
    take(_alike(left, right, _LEAST_ALIKE))
    take(_neighbours(left, right, pairs))
    return sorted(pairs)


def _once(left: dict, right: dict, key: Callable) -> list[tuple[int, int]]:
    """Pairs by a key that one section on each side has, of those that are left."""
    places: dict[object, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, sections in enumerate((left, right)):
        for n, section in sections.items():
            places[key(section)][side].append(n)
    return [(a[0], b[0]) for found, (a, b) in places.items() if found and len(a) == len(b) == 1]


def _alike(left: dict, right: dict, least: float) -> list[tuple[int, int]]:
    sides = [
        [n for n, section in sections.items() if len(words_of(section.html)) > 2]
        for sections in (left, right)
    ]
    texts = [left[m].html for m in sides[0]], [right[n].html for n in sides[1]]
    return [(sides[0][m], sides[1][n]) for m, n in pairs_alike(*texts, least)]


def _neighbours(left: dict, right: dict, pairs: list) -> list[tuple[int, int]]:
    """A section whose heading was reworded, between the same neighbours as before."""
    theirs = {-1: -1, **dict(pairs)}
    found = []
    for m, section in left.items():
        n = theirs.get(m - 1, -2) + 1
        if n in right and m + 1 not in left and n + 1 not in right:
            a, b = words_of(section.heading.text), words_of(right[n].heading.text)
            if 2 * len(a & b) >= max(len(a), len(b)) and section.heading.level == right[n].heading.level:
                found.append((m, n))
    return found
