"""What of a translation says, in the source's own words, what the source says: it isn't translated."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

FEWEST_WORDS = 5
"""Shorter parts may be the same in two languages, such as a list of names and doses."""

SUMMARY, SECTION = "summary", "section"

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Untranslated:
    """A part of the translation: the summary, or a section with its heading, "" without one."""

    name: str
    heading: str = ""


@dataclass(frozen=True)
class StillSource:
    """The parts with the source's words, and whether no other part of the translation has words."""

    parts: tuple[Untranslated, ...] = ()
    is_whole: bool = False


def still_source(source: Mapping, translation: Mapping) -> StillSource:
    """The untranslated parts of a translation's document, in reading order.

    Words alone are compared: no space, sign, link or capital makes a text another one. Regional forms
    of one language, such as es and es-MX, may well have the same words: nothing is found there.
    """
    if _base(source) == _base(translation):
        return StillSource()
    theirs = {words for _, words in _texts(source)}
    mine = [(part, words) for part, words in _texts(translation) if words]
    same = [(part, words) for part, words in mine if words in theirs]
    found = tuple(part for part, words in same if len(words) >= FEWEST_WORDS)
    return StillSource(found, bool(found) and len(same) == len(mine))


def _base(document: Mapping) -> str:
    return document["language"].split("-")[0].lower()


def _texts(document: Mapping) -> Iterator[tuple[Untranslated, tuple[str, ...]]]:
    yield Untranslated(SUMMARY), _words(document["summary"])
    yield from _below(document["sections"])


def _below(sections: Sequence[Mapping]) -> Iterator[tuple[Untranslated, tuple[str, ...]]]:
    for section in sections:
        yield Untranslated(SECTION, section["heading"] or ""), _words(section["text"])
        yield from _below(section["sections"])


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))
