"""A saved page's bytes become numbered lines of text, or are refused with line and cause."""

import re
from dataclasses import dataclass

MAX_BYTES = 2_000_000
"""The largest page that is read, in bytes. Read `MAX_BYTES + 1` of a file and no more: one byte too
many is enough for the refusal."""

_BYTE_ORDER_MARK = "\ufeff"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OTHER_FORMATS = {
    "<!doctype": "HTML",
    "<html": "HTML",
    "<?xml": "XML",
    "%pdf-": "PDF",
    "{\\rtf": "rich text (RTF)",
}
_TAB_WIDTH = 4

# Control characters other than tab, line feed, form feed and carriage return (the second range is
# what Windows-1252 punctuation becomes when it is decoded as Latin-1), the mark that a decoder
# leaves where it lost text, and the two code points that are no characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
# A single no-break space stays, because it keeps a number and its unit together.
_LAYOUT_SPACE = re.compile(r"\s{2,}|[^\S \u00a0\u202f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_INVISIBLE = "\u200b\ufeff"


class UnreadablePage(ValueError):
    """A page that can't be imported: `cause` says why, `line` where (from 1, None for all)."""

    def __init__(self, line: int | None, cause: str):
        self.line = line
        self.cause = cause
        super().__init__(cause if line is None else f"line {line}: {cause}")


@dataclass(frozen=True)
class Line:
    """One line of a page: its number from 1, its indentation in columns, its text without edges.

    The text keeps its dashes, apostrophes and single no-break spaces as they stand; every other
    white space within it is one space. A blank line's text is empty.
    """

    number: int
    indent: int
    text: str

    @property
    def plain(self) -> str:
        """The text with ordinary spaces only: for labels and names, not for the article."""
        return " ".join(self.text.split())


def read_lines(data: bytes) -> list[Line]:
    """The lines of a UTF-8 text, with or without byte order mark, whatever its line ends.

    Raises UnreadablePage for more than `MAX_BYTES`, for binary data and other formats, for bytes
    that are not UTF-8 and for characters that no text has.
    """
    if len(data) > MAX_BYTES:
        raise UnreadablePage(
            data.count(b"\n", 0, MAX_BYTES) + 1,
            f"the page is larger than {MAX_BYTES:,} bytes; expected: one article as plain text",
        )
    text = _decoded(data).removeprefix(_BYTE_ORDER_MARK)
    beginning = text[:200].lstrip().lower()
    for mark, name in _OTHER_FORMATS.items():
        if beginning.startswith(mark):
            raise UnreadablePage(1, f"the page is {name}; expected: plain text in UTF-8")
    return [_line(number, raw) for number, raw in enumerate(_LINE_END.split(text), start=1)]


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF_16_MARKS):
        raise UnreadablePage(1, "the page is saved as UTF-16; expected: plain text in UTF-8")
    nul = data.find(b"\x00")
    if nul >= 0:
        raise UnreadablePage(
            _line_number(data, nul),
            f"the file is binary (a NUL byte at offset {nul}); expected: plain text in UTF-8",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadablePage(
            _line_number(data, error.start),
            f"the byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8; "
            "expected: plain text in UTF-8",
        ) from error


def _line_number(data: bytes, offset: int) -> int:
    # Latin-1 gives every byte a character, so that line ends count here as they do in text.
    return len(_LINE_END.findall(data[:offset].decode("latin-1"))) + 1


def _line(number: int, raw: str) -> Line:
    unreadable = _UNREADABLE.search(raw)
    if unreadable:
        raise UnreadablePage(
            number,
            f"the character U+{ord(unreadable[0]):04X} at column {unreadable.start() + 1} "
            "belongs to no text; expected: plain text in UTF-8",
        )
    columns = raw.expandtabs(_TAB_WIDTH)
    indent = len(columns) - len(columns.lstrip())
    return Line(number, indent, _LAYOUT_SPACE.sub(" ", raw.strip().strip(_INVISIBLE).strip()))
