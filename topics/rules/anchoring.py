"""Where a quoted passage stands in a later wording: kept, moved, rewritten or removed.

A quote is looked for word by word in the section that it came from, then in the others; a short one
counts as found only between the words that it stood between, because "5 mg" may stand anywhere.
Where it isn't found, the block that holds most of its words in their order is taken for the rewritten
one, and what stands there between the same neighbours for the passage's new wording.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from topics.content.passages import blocks, on_one_line, reading_text

WHOLE, KEPT, MOVED, REWRITTEN, REMOVED = "whole", "kept", "moved", "rewritten", "removed"

LONG = 6
"""Words from which on a quote is found by itself, whatever stands around it."""
MOST_ALIKE = 3
"""Blocks that are compared word by word with a passage that was not found."""
ENOUGH = 0.5
"""Share of the words of a passage and its neighbours that a rewritten block has kept."""
_EDGES = ".,;:!?()[]“”„\"'’«»¿¡"


@dataclass(frozen=True)
class Anchor:
    """What a remark speaks of: a part of the document, and the words quoted from it, if any.

    `prefix` and `suffix` are what stood before and after the quote in its own block.
    """

    part: str
    section: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Passage:
    """Where an anchor leads in a document.

    `how` is whole (no words were quoted), kept, moved, rewritten or removed. `start` and `end` bound
    the passage in the part's text on one line; `block` is the block in which it begins, or None where
    nothing is left to stand beside. `text` is the present wording of a rewritten passage.
    """

    how: str
    part: str
    section: str = ""
    block: int | None = None
    start: int = 0
    end: int = 0
    text: str = ""


@dataclass(frozen=True)
class Text:
    """The text of a section, or of another part of the document, on one line."""

    part: str
    section: str = ""
    heading: str = ""
    html: str = ""
    lines: tuple[str, ...] = ()
    """The text of each block."""

    @cached_property
    def whole(self) -> str:
        return " ".join(line for line in self.lines if line)

    @cached_property
    def starts(self) -> list[int]:
        """Where each block begins in `whole`."""
        found, at = [], 0
        for line in self.lines:
            found.append(at)
            at += len(line) + bool(line)
        return found

    def block_at(self, place: int) -> int:
        """The block in which a place of `whole` lies."""
        return max((n for n, start in enumerate(self.starts) if start <= place), default=0)


@dataclass
class _Words:
    text: str
    starts: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = 0
        for word in self.text.split(" ") if self.text else ():
            self.starts.append(at)
            self.keys.append(word.strip(_EDGES).casefold() or word)
            at += len(word) + 1

    def end_of(self, n: int) -> int:
        return self.starts[n] + len(self.text[self.starts[n] :].split(" ", 1)[0])


def texts(document: Mapping) -> list[Text]:
    """The parts of a document that a passage can be quoted from, in reading order."""
    found = [
        Text("title", lines=(on_one_line(document.get("title") or ""),)),
        Text("also_called", lines=tuple(map(on_one_line, document.get("also_called") or ()))),
        Text("summary", lines=(on_one_line(document.get("summary") or ""),)),
    ]
    waiting = list(reversed(document.get("sections") or ()))
    while waiting:
        section = waiting.pop()
        html, heading = section.get("html") or "", section.get("heading") or ""
        lines = tuple(map(reading_text, blocks(html)))
        found.append(Text("section", section["id"], heading, html, lines))
        waiting += reversed(section.get("sections") or ())
    return found


def quoted(anchor: Anchor, among: Sequence[Text], *, context: int) -> Anchor | None:
    """The anchor as it is kept: the quote widened to whole words, with up to `context` characters of
    what stands around it. None where the part is not there, or does not have these words.

    Of several places the one between the given neighbours is taken, else the first.
    """
    quote = on_one_line(anchor.quote)
    if not quote:
        known = anchor.part not in ("section",) or any(t.section == anchor.section for t in among)
        return Anchor(anchor.part, anchor.section) if known else None
    for text in among:
        if (text.part, text.section) != (anchor.part, anchor.section):
            continue
        near = Anchor(anchor.part, "", quote, on_one_line(anchor.prefix), on_one_line(anchor.suffix))
        places = list(_places(quote, text.whole))
        if not places:
            return None
        start = max(places, key=lambda place: sum(_agreement(near, text, place, place + len(quote))))
        start, end = _whole_words(text.whole, start, start + len(quote))
        before, after = _around(text, start, end)
        prefix = before[-context:].partition(" ")[2] if len(before) > context else before
        suffix = after[:context].rpartition(" ")[0] if len(after) > context else after
        return Anchor(anchor.part, anchor.section, text.whole[start:end], prefix, suffix)
    return None


def locate(anchor: Anchor, among: Sequence[Text]) -> Passage:
    """Where the anchor leads in a document, of which these are the `texts`. Never fails."""
    own = [t for t in among if (t.part, t.section) == (anchor.part, anchor.section)]
    if not anchor.quote:
        if anchor.part == "section" and not own:
            return Passage(REMOVED, anchor.part, anchor.section)
        return Passage(WHOLE, anchor.part, anchor.section)
    others = [t for t in among if t.part == anchor.part == "section" and t.section != anchor.section]
    for how, where in ((KEPT, own), (MOVED, others)):
        found = _exact(anchor, where)
        if found:
            text, start = found
            return _passage(how, text, start, start + len(anchor.quote))
    return _nearest(anchor, own, others) or Passage(REMOVED, anchor.part, anchor.section)


def _passage(how: str, text: Text, start: int, end: int, wording: str = "") -> Passage:
    return Passage(how, text.part, text.section, text.block_at(start), start, end, wording)


def _places(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1] != " " and text[start] != " ":
        start -= 1
    while end < len(text) and text[end] != " " and text[end - 1] != " ":
        end += 1
    return start, end


def _around(text: Text, start: int, end: int) -> tuple[str, str]:
    """What stands before a passage in its first block, and after it in its last."""
    first, last = text.block_at(start), text.block_at(end - 1)
    begin, stop = text.starts[first], text.starts[last] + len(text.lines[last])
    return text.whole[begin:start].strip(), text.whole[end:stop].strip()


def _agreement(anchor: Anchor, text: Text, start: int, end: int) -> tuple[int, int]:
    """How many words before and after a place are those around the quote; the edge of a block is one."""
    before, after = _around(text, start, end)
    return (
        _common(_keys(anchor.prefix)[::-1], _keys(before)[::-1]),
        _common(_keys(anchor.suffix), _keys(after)),
    )


def _keys(text: str) -> list[str]:
    return _Words(text).keys


def _common(one: list[str], other: list[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            return count
        count += 1
    return count + (len(one) == len(other))


def _exact(anchor: Anchor, where: Sequence[Text]) -> tuple[Text, int] | None:
    best, most = None, -1
    for text in where:
        for start in _places(anchor.quote, text.whole):
            end = start + len(anchor.quote)
            if _whole_words(text.whole, start, end) != (start, end):
                continue
            sides = _agreement(anchor, text, start, end)
            if (all(sides) or anchor.quote.count(" ") + 1 >= LONG) and sum(sides) > most:
                best, most = (text, start), sum(sides)
    return best


def _nearest(anchor: Anchor, own: Sequence[Text], others: Sequence[Text]) -> Passage | None:
    """The block that the passage was rewritten to, or that it was taken out of."""
    words = [_keys(part) for part in (anchor.prefix, anchor.quote, anchor.suffix)]
    said = [*words[0], *words[1], *words[2]]
    if own and own[0].part != "section":
        return _passage(REWRITTEN, own[0], 0, len(own[0].whole), own[0].whole)
    counted, candidates = Counter(said), []
    for rank, where in enumerate((own, others)):
        for text in where:
            for n, line in enumerate(text.lines):
                shared = (counted & Counter(_keys(line))).total()
                if shared >= ENOUGH * len(said):
                    candidates.append((-shared, rank, n, text))
    best, most = None, 0.0
    for _shared, _rank, n, text in sorted(candidates, key=lambda c: c[:3])[:MOST_ALIKE]:
        block = _Words(text.lines[n])
        codes = SequenceMatcher(None, said, block.keys, autojunk=False).get_matching_blocks()
        share = sum(m.size for m in codes if m.size > 1 or _tells(said, m)) / len(said)
        if share >= ENOUGH and share > most:
            best, most = (text, n, block, codes), share
    if best is None:
        return None
    text, n, block, codes = best
    first, after = _bounds(codes, len(words[0]), len(words[0]) + len(words[1]))
    at = text.starts[n]
    if first == after:
        place = at + (block.starts[first] if first < len(block.starts) else len(block.text))
        return Passage(REMOVED, text.part, text.section, n, place, place)
    start, end = at + block.starts[first], at + block.end_of(after - 1)
    how = KEPT if text in own else MOVED
    if block.keys[first:after] != words[1]:
        how = REWRITTEN
    return _passage(how, text, start, end, _sentences(text.lines[n], start - at, end - at))


def _tells(said: list[str], match) -> bool:
    """Whether a single word says more than that both texts are of the same language."""
    return bool(match.size) and (len(said[match.a]) > 3 or any(c.isdigit() for c in said[match.a]))


def _bounds(codes, start: int, end: int) -> tuple[int, int]:
    """The words of the new block that stand where the words `start` to `end` of the old one stood."""
    first, after = 0, None
    for a, b, size in codes:
        if a < start:
            first = b + min(size, start - a)
        inside = a < end and a + size > start
        if inside and after is None and a + size >= end:
            after = b + end - a
        if after is None and a >= end:
            after = b
    return first, max(first, after if after is not None else first)


def _sentences(line: str, start: int, end: int) -> str:
    """The sentences of a line in which a stretch of it lies."""
    begin = max((line.rfind(mark, 0, start) for mark in (". ", "! ", "? ")), default=-1)
    stops = [
        at for at in (line.find(mark, max(start, end - 1)) for mark in (". ", "! ", "? ")) if at >= 0
    ]
    return line[begin + 2 if begin >= 0 else 0 : min(stops) + 1 if stops else len(line)]
