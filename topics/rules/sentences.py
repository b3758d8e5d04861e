"""The sentences of a document's text: decimals, abbreviations and lists do not cut them wrongly."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WORD = re.compile(r"[^\W_](?:\.[^\W\d_])+|[^\W_]+(?:[.,]\d+)*(?:['’\-][^\W_]+)*")
"""A word; a figure with its decimals is one, and so is a compound or an abbreviation such as e.g."""

SUMMARY = "summary"
"""Where a sentence of the summary stands; no heading has this as its anchor by chance alone."""

_ITEM = re.compile(r"\s*(?:- |\d{1,3}\. )")
_END = re.compile(r"([.!?…]+[\"”’»)\]]*)\s+(?=[\"“‘«(\[¿¡]*[^\W_a-záéíóúüñ])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:dr|drs|mr|mrs|ms|prof|st|vs|etc|approx|fig|no|e\.g|i\.e|a\.m|p\.m|u\.s|"
    r"sr|sra|srta|dra|ud|uds|pág|núm|aprox|p\. ?ej|ee\. ?uu|[^\W\d_])\.)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one item of a list. `where` is the anchor of its section, or `SUMMARY`."""

    text: str
    words: tuple[str, ...]
    where: str
    heading: str


def sentences_of(document: Mapping) -> Iterator[Sentence]:
    """The sentences of a document's summary and sections, in reading order.

    Headings and the rows of tables are no sentences. An item of a list is one, or several, for it
    is set apart (Flesch: count what is marked off as a unit of speech). Pure; never fails.
    """
    yield from _sentences(document.get("summary") or "", SUMMARY, "")
    waiting = list(reversed(document.get("sections") or ()))
    while waiting:
        section = waiting.pop()
        yield from _sentences(section["text"], section["id"], section["heading"] or "")
        waiting += reversed(section["sections"])


def _sentences(text: str, where: str, heading: str) -> Iterator[Sentence]:
    for line in text.split("\n"):
        if " | " in line:
            continue
        for sentence in split(_ITEM.sub("", line, count=1)):
            words = tuple(WORD.findall(sentence))
            if any(char.isalpha() for word in words for char in word):
                yield Sentence(sentence, words, where, heading)


def split(line: str) -> list[str]:
    """The sentences of one line of text."""
    found, start = [], 0
    for end in _END.finditer(line):
        if not (end[1] == "." and _ABBREVIATED.search(line[max(start, end.start() - 8) : end.end(1)])):
            found.append(line[start : end.end(1)].strip())
            start = end.end()
    return [*found, *filter(None, [line[start:].strip()])]
