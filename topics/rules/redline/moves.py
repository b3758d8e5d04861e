"""Blocks that stand elsewhere now, told from those that were removed and added."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from topics.content.tree import serialise
from topics.rules.redline.likeness import pairs_alike, words_of
from topics.rules.redline.passages import (
    CONTAINERS,
    MOVED_AWAY,
    Given,
    Passage,
    Place,
    changed,
    expanded,
)
from topics.rules.redline.wording import ADDED, REMOVED, SAME

TELLING = 4
"""Distinct words from which a block is taken for the same one in another section."""
_LONG = 7
"""Distinct words from which it is so even reworded; among its old neighbours, fewer do."""
_STILL_ALIKE = 0.75
"""How alike a block has to be, at least, to count as moved and reworded at once."""


@dataclass(frozen=True)
class _Found:
    passage: Passage
    place: Place
    section: int
    siblings: int


def mark_moves(sections: Sequence[tuple[Place | None, Place | None, list[Passage]]]) -> None:
    """Marks what moved, in place. Each part is where it stood, where it stands, and its passages."""
    _match_equal(*_candidates(sections))
    _match_alike(*_candidates(sections))
    gone, come = _candidates(sections)
    lost, new = _leaves(gone), _leaves(come)
    shared = lost.keys() & new.keys()
    holders = {id(p): p for key in shared for p in (*lost[key], *new[key]) if p.tag in CONTAINERS}
    for passage in holders.values():
        expanded(passage)
    if holders:
        _match_equal(*_candidates(sections))


def _candidates(sections) -> tuple[list[_Found], list[_Found]]:
    gone: list[_Found] = []
    come: list[_Found] = []
    for n, (before, after, passages) in enumerate(sections):
        for passage, siblings in _walk(passages):
            if passage.status == REMOVED and before:
                gone.append(_Found(passage, before, n, siblings))
            elif passage.status == ADDED and after:
                come.append(_Found(passage, after, n, siblings))
    return gone, come


def _walk(passages: list[Passage]) -> Iterator[tuple[Passage, int]]:
    for passage in passages:
        yield passage, id(passages)
        yield from _walk(passage.parts)


def _match_equal(gone: list[_Found], come: list[_Found]) -> None:
    waiting: dict[tuple, list[_Found]] = defaultdict(list)
    for found in gone:
        waiting[found.passage.tag, found.passage.before].append(found)
    inside_moved: set[int] = set()
    # The largest first: what is inside a list that moved did not move by itself.
    for found in sorted(come, key=lambda found: -len(found.passage.after)):
        passage = found.passage
        if id(passage) in inside_moved:
            continue
        telling = len(words_of(passage.after)) >= TELLING
        for was in waiting.get((passage.tag, passage.after), ()):
            if id(was.passage) in inside_moved or was.passage.status != REMOVED:
                continue
            if telling or was.siblings == found.siblings:
                inside_moved |= {id(p) for p, _ in (*_walk(passage.parts), *_walk(was.passage.parts))}
                _moved(was, found)
                break


def _match_alike(gone: list[_Found], come: list[_Found]) -> None:
    old = [found for found in gone if len(words_of(found.passage.before)) >= TELLING]
    new = [found for found in come if len(words_of(found.passage.after)) >= TELLING]
    texts = [found.passage.before for found in old], [found.passage.after for found in new]
    for m, n in pairs_alike(*texts, _STILL_ALIKE):
        long = min(len(words_of(texts[0][m])), len(words_of(texts[1][n]))) >= _LONG
        same_tag = old[m].passage.tag == new[n].passage.tag
        if same_tag and (long or old[m].siblings == new[n].siblings):
            _moved(old[m], new[n])


def _moved(was: _Found, found: _Found) -> None:
    one, other = was.passage, found.passage
    same = was.section == found.section
    if one.before == other.after:
        other.status, other.parts = SAME, []
    else:
        reworded = changed(Given(one.before, one.block), Given(other.after, other.block))
        other.status, other.runs, other.parts = reworded.status, reworded.runs, reworded.parts
        other.attributes, other.was = reworded.attributes, reworded.was
    other.before = one.before
    other.moved_from = Place(was.place.anchor, was.place.heading, same)
    one.status, one.parts = MOVED_AWAY, []
    one.twin, other.twin = other, one
    one.moved_to = Place(found.place.anchor, found.place.heading, same)


def _leaves(found: list[_Found]) -> dict[str, list[Passage]]:
    """The telling paragraphs in what went or came, each with the outermost blocks that hold it."""
    leaves: dict[str, list[Passage]] = defaultdict(list)
    for passage in (one.passage for one in found):
        inner = _paragraphs(passage) if passage.tag in CONTAINERS else [passage.html()]
        for leaf in inner:
            if len(words_of(leaf)) >= TELLING:
                leaves[leaf].append(passage)
    return leaves


def _paragraphs(passage: Passage) -> list[str]:
    waiting = [Given(passage.html(), passage.block).parsed()]
    found = []
    while waiting:
        block = waiting.pop()
        if block.blocks:
            waiting += block.blocks
        elif block.tag == "p":
            found.append(serialise([block]))
    return found
