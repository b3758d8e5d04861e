"""A translation beside its source: their sections in pairs, and what one of each pair lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from topics.rules.numerals import numerals
from topics.rules.same_numbers import Numbers, compared, passages

MOST_PAIRS = 250_000
"""Pairs of sections up to which they are aligned; beyond, they stand in order."""


@dataclass(frozen=True)
class Side:
    """One section of one of the two documents; the document's title and summary are the first."""

    level: int
    heading: str
    html: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Pair:
    """A section of the source and that of the translation; None where one of them has none.

    `numbers` is how those of the two differ; nothing where one of them is None.
    """

    source: Side | None
    translation: Side | None
    numbers: Numbers = field(default_factory=Numbers)

    @property
    def lacks_a_side(self) -> bool:
        return self.source is None or self.translation is None

    @property
    def is_marked(self) -> bool:
        return self.lacks_a_side or self.numbers != Numbers()


def side_by_side(source: Mapping, translation: Mapping) -> list[Pair]:
    """Two documents section by section, in reading order.

    Sections are aligned by their order and the level of their heading; numbers, lists, tables and
    length tell which one is missing where there are fewer on one side.
    """
    one, other = list(_sides(source)), list(_sides(translation))
    languages = source["language"], translation["language"]
    found = []
    for left, right in _aligned(one, other, languages):
        numbers = Numbers()
        if left and right:
            numbers = compared(_words(left), languages[0], _words(right), languages[1])
        found.append(Pair(left, right, numbers))
    return found


def _words(side: Side) -> str:
    return f"{side.heading}\n{side.text}"


def _sides(document: Mapping) -> Iterator[Side]:
    also = " · ".join(document["also_called"])
    said = "\n".join(filter(None, (also, document["summary"])))
    yield Side(1, document["title"], "", said, "")
    yield from _below(document["sections"], 2)


def _below(sections: Sequence[Mapping], level: int) -> Iterator[Side]:
    for section in sections:
        yield Side(level, section["heading"] or "", section["html"], section["text"], section["id"])
        yield from _below(section["sections"], level + 1)


def _aligned(
    one: list[Side], other: list[Side], languages: tuple[str, str]
) -> list[tuple[Side | None, Side | None]]:
    if len(one) * len(other) > MOST_PAIRS:
        longest = max(len(one), len(other))
        return [
            (one[n] if n < len(one) else None, other[n] if n < len(other) else None)
            for n in range(longest)
        ]
    marks = [_marks(side, languages[0]) for side in one], [_marks(side, languages[1]) for side in other]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            likeness = _likeness(one[i], other[j], marks[0][i], marks[1][j])
            best[i][j] = max(best[i + 1][j + 1] + likeness, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        likeness = _likeness(one[i], other[j], marks[0][i], marks[1][j])
        if best[i][j] == best[i + 1][j + 1] + likeness:
            pairs.append((one[i], other[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((one[i], None))
            i += 1
        else:
            pairs.append((None, other[j]))
            j += 1
    return [*pairs, *((side, None) for side in one[i:]), *((None, side) for side in other[j:])]


def _marks(side: Side, language: str) -> tuple:
    """What a translator keeps: the numbers, how many lists, tables and call-outs, about the length."""
    words = "\n".join(words for _, words in passages(_words(side)))
    numbers = frozenset().union(*(n.readings for n in numerals(words, language) if not n.loose))
    shape = tuple(side.html.count(tag) for tag in ("<li", "<td", "<aside", "<p"))
    return numbers, shape, len(side.text)


def _likeness(left: Side, right: Side, one: tuple, other: tuple) -> float:
    """From 0, which is never better than leaving both alone, to about 4."""
    if (left.level == 1) != (right.level == 1) or bool(left.heading) != bool(right.heading):
        return 0.0
    shared = len(one[0] & other[0]) / max(len(one[0] | other[0]), 1) if one[0] or other[0] else 0.5
    shape = sum(a == b for a, b in zip(one[1], other[1], strict=True)) / len(one[1])
    length = min(one[2], other[2]) / max(one[2], other[2], 1) if one[2] or other[2] else 1.0
    return (1.0 if left.level == right.level else 0.1) + shared + shape / 2 + length / 2
