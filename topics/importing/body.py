"""An article's lines become HTML of p, h2, ul, ol and li, every character of them escaped text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from topics.importing.reading import Line, UnreadablePage

LONGEST_HEADING = 100
"""In characters; a longer line is a paragraph."""

_BULLETED = re.compile(r"[•●▪◦‣·*–-]\s(?P<text>.+)")
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2})[.)]\s(?P<text>.+)")
_NESTED = 2  # columns that an item stands further in or out than the item before it
_CLOSING = "”’\"')]»"
_NO_HEADING_ENDS_IN = (".", ":", ",", ";", "。")


@dataclass
class _Entry:
    """A paragraph, heading or list item in the making: the tag it may get, and its lines."""

    tag: str
    lines: list[Line]
    number: int = 0
    alone: bool = False

    @property
    def printed(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def item_text(self) -> str:
        pattern = _NUMBERED if self.tag == "ol" else _BULLETED
        return pattern.fullmatch(self.printed)["text"].lstrip()

    @property
    def is_heading(self) -> bool:
        text = self.printed
        return (
            self.alone
            and len(text) <= LONGEST_HEADING
            and any(character.isalpha() for character in text)
            and not text.rstrip(_CLOSING).endswith(_NO_HEADING_ENDS_IN)
        )


def body_html(lines: Sequence[Line]) -> str:
    """The article's text as HTML; empty where the lines hold no text.

    A short line alone between blank lines, without a full stop or colon at its end and with text
    after it, is a heading. Lines that follow each other make one paragraph. Numbers become an
    ordered list only where they count 1, 2, 3; elsewhere they stay in the text, as printed.

    Raises UnreadablePage for what these few elements would garble: a table, a list within a list,
    and text right below a list item that may or may not belong to it.
    """
    elements = list(_elements(_entries(lines)))
    if elements and elements[-1][0] == "h2":
        elements[-1] = ("p", elements[-1][1])
    return "".join(_html(tag, texts) for tag, texts in elements)


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    entries: list[_Entry] = []
    for is_text, group in groupby(lines, key=lambda line: bool(line.text)):
        if is_text:
            _add_block(entries, list(group))
    return entries


def _add_block(entries: list[_Entry], block: list[Line]) -> None:
    """Add what stands between two blank lines."""
    for line in block:
        if "|" in line.text:
            raise UnreadablePage(
                line.number,
                "“|” in the article is part of a table, which can't be imported as text; "
                "expected: paragraphs, headings and lists",
            )
        entry = _entry(line, alone=len(block) == 1)
        if entry.tag != "p":
            _refuse_nesting(entries[-1:], line)
            entries.append(entry)
        elif line is block[0]:
            entries.append(entry)
        else:
            _refuse_doubtful_item(entries[-1], line)
            entries[-1].lines.append(line)


def _entry(line: Line, *, alone: bool) -> _Entry:
    if _BULLETED.fullmatch(line.text):
        return _Entry("ul", [line])
    numbered = _NUMBERED.fullmatch(line.text)
    if numbered:
        return _Entry("ol", [line], number=int(numbered["number"]), alone=alone)
    return _Entry("p", [line], alone=alone)


def _refuse_nesting(previous: Iterable[_Entry], line: Line) -> None:
    for entry in previous:
        if entry.tag != "p" and abs(line.indent - entry.lines[0].indent) >= _NESTED:
            raise UnreadablePage(
                line.number,
                "the item is indented unlike the one before it, as in a list within a list, "
                "which can't be imported; expected: lists of one level",
            )


def _refuse_doubtful_item(entry: _Entry, line: Line) -> None:
    if entry.tag != "p" and line.indent <= entry.lines[0].indent:
        raise UnreadablePage(
            line.number,
            "text right below a list item; expected: indentation where it continues the item, "
            "or a blank line before it",
        )


def _elements(entries: Sequence[_Entry]) -> Iterator[tuple[str, list[str]]]:
    """Each element's tag with its texts: one for p and h2, one for each item for lists."""
    for tag, group in groupby(entries, key=lambda entry: entry.tag):
        if tag == "ul":
            yield "ul", [entry.item_text for entry in group]
            continue
        for run in _counting_runs(group):
            if len(run) > 1:
                yield "ol", [entry.item_text for entry in run]
            else:
                yield "h2" if run[0].is_heading else "p", [run[0].printed]


def _counting_runs(entries: Iterable[_Entry]) -> list[list[_Entry]]:
    """The entries in runs that count 1, 2, 3; whatever does not count is a run of its own."""
    runs: list[list[_Entry]] = []
    for entry in entries:
        counts_on = runs and runs[-1][0].number == 1 and entry.number == runs[-1][-1].number + 1
        if counts_on:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _html(tag: str, texts: Sequence[str]) -> str:
    escaped = [escape(text, quote=False) for text in texts]
    if tag in ("ul", "ol"):
        escaped = [f"<li>{text}</li>" for text in escaped]
    return f"<{tag}>{''.join(escaped)}</{tag}>"
