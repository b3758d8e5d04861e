"""Whether a section and its translation have the same numbers in the same order, passage by passage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from topics.rules.number_words import has_number_words
from topics.rules.numerals import Numeral, differing, numerals, unmatched

_ITEM = re.compile(r"\s*(?:-|\d{1,3}\.) ")


@dataclass(frozen=True)
class Numbers:
    """How the numbers of a section and of its translation differ, as they are written.

    `missing` are those of the source that the translation lacks, `added` the converse. `moved` are in
    both, but the translation has them in another place or in this other order.
    """

    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def compared(source: str, source_language: str, translation: str, language: str) -> Numbers:
    """The plain texts of two sections compared by their numbers.

    Where both have as many paragraphs, items and cells in the same order, each is compared with its
    like, and a number that is a word on the other side has to be one there. Else the section is
    compared as one passage.
    """
    one, other = list(passages(source)), list(passages(translation))
    if [kind for kind, _ in one] != [kind for kind, _ in other]:
        one, other = ([("", "\n".join(text for _, text in side))] for side in (one, other))
    known = has_number_words(source_language) and has_number_words(language)
    missing: list[Numeral] = []
    added: list[Numeral] = []
    moved: list[str] = []
    for (_, left), (_, right) in zip(one, other, strict=True):
        found = differing(_numbers(left, source_language, known), _numbers(right, language, known))
        missing += found.missing
        added += found.added
        if found.moved:
            moved.append(", ".join(number.shown for number in found.moved))
    gone, come = unmatched(missing, added)
    if len(gone) < len(missing):
        # They are there, in another passage.
        elsewhere = list(added)
        for number in come:
            elsewhere.remove(number)
        moved += [number.shown for number in elsewhere]
    return Numbers(
        tuple(number.shown for number in gone), tuple(number.shown for number in come), tuple(moved)
    )


def _numbers(text: str, language: str, known: bool) -> list[Numeral]:
    """Where the words of one language aren't `known`, a word may stand for a figure and no more."""
    found = numerals(text, language)
    return found if known else [replace(number, loose=number.word) for number in found]


def passages(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs, items and cells of a section's plain text: the kind of each, and its words.

    The number of an item of a list is none of its own.
    """
    for line in filter(str.strip, text.split("\n")):
        marker = _ITEM.match(line)
        words = line[marker.end() :] if marker else line
        cells = words.split(" | ")
        kind = "item" if marker else f"row of {len(cells)}"
        for cell in cells:
            yield kind, cell
