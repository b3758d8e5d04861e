"""A body divided at its headings, each section with an anchor, its HTML and its plain text."""

import re
import unicodedata
from collections.abc import Iterable

from topics.content.inline import Run
from topics.content.tree import CELLS, HEADINGS, LISTS, Block, parse, serialise

LEAD = "lead"
"""The anchor of what stands before the first heading; no heading gets it."""

LONGEST_ANCHOR = 60

_UNFOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ı": "i"}
)
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE = re.compile(r"[0-9+\-−=()n]+")


def sections(body_html: str) -> list[dict]:
    """The sections of a cleaned body, nested by heading level, in reading order.

    Each is `{"id", "heading", "html", "text", "sections"}`; `html` and `text` are its own content
    without its subsections. What stands before the first heading has the id "lead" and the
    heading `None`. A heading that skips a level nests under the nearest higher one. Never fails.
    """
    found: list[dict] = []
    path: list[tuple[int, dict]] = []
    taken = {LEAD}
    own: list[Block] = []
    current: dict | None = None
    count = 0

    def close() -> None:
        if current is not None:
            current.update(html=serialise(own), text=_text(own))

    for block in parse(body_html):
        if block.tag in HEADINGS:
            close()
            count += 1
            level = int(block.tag[1])
            heading = line(block.runs).replace("\n", " ")
            current, own = _section(_anchor(heading, count, taken), heading), []
            while path and path[-1][0] >= level:
                path.pop()
            (path[-1][1]["sections"] if path else found).append(current)
            path.append((level, current))
        else:
            if current is None:
                current = _section(LEAD, None)
                found.append(current)
            own.append(block)
    close()
    return found


def plain_text(html: str) -> str:
    """The text of cleaned HTML: paragraphs parted by blank lines, "- " or "1. " before list items,
    " | " between the cells of a row, "term: definition", raised figures as 10⁹ and never as 109.
    """
    return _text(parse(html))


def _section(anchor: str, heading: str | None) -> dict:
    return {"id": anchor, "heading": heading, "html": "", "text": "", "sections": []}


def _anchor(heading: str, number: int, taken: set[str]) -> str:
    folded = unicodedata.normalize("NFKD", heading.lower().translate(_UNFOLDED))
    ascii_only = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", ascii_only))
    # A heading in another script may still hold a stray Latin letter or figure; that names nothing.
    telling = sum(map(len, words)) * 2 >= sum(char.isalnum() for char in ascii_only)
    slug = "-".join(words) if words and telling else f"section-{number}"
    base = _shortened(slug, LONGEST_ANCHOR)
    anchor, again = base, 2
    while anchor in taken:
        suffix = f"-{again}"
        anchor, again = _shortened(base, LONGEST_ANCHOR - len(suffix)) + suffix, again + 1
    taken.add(anchor)
    return anchor


def _shortened(slug: str, most: int) -> str:
    if len(slug) <= most:
        return slug
    whole_words = slug[: most + 1].rpartition("-")[0]
    return whole_words or slug[:most]


def line(runs: Iterable[Run]) -> str:
    """The text of words under marks, raised figures as 10⁹ and never as 109."""
    return "".join(raised(text, marks) for text, marks in runs)


def raised(text: str, marks: tuple[str, ...]) -> str:
    """A power or index that stays one without markup: 10 to the 9th must not become 109."""
    script = marks[-1] if marks and marks[-1] in ("sub", "sup") else ""
    if not script or not any(char.isdigit() for char in text):
        return text
    if _RAISABLE.fullmatch(text) and not (script == "sub" and "n" in text):
        return text.translate(_RAISED if script == "sup" else _LOWERED)
    return ("^" if script == "sup" else "_") + text


def _text(blocks: list[Block]) -> str:
    return "\n\n".join(filter(None, map(_block_text, blocks)))


def _block_text(block: Block) -> str:
    if block.tag in LISTS:
        return "\n".join(_item(item, n, block.tag) for n, item in enumerate(block.blocks, 1))
    if block.tag == "dl":
        return _definitions(block)
    if block.tag == "table":
        return "\n".join(filter(None, map(_row, block.blocks)))
    if block.blocks:
        return _text(block.blocks)
    return line(block.runs)


def _inner(block: Block) -> str:
    """The text inside an item, cell or definition, without blank lines."""
    if not block.blocks:
        return line(block.runs)
    return "\n".join(_block_text(child).replace("\n\n", "\n") for child in block.blocks)


def _item(item: Block, number: int, tag: str) -> str:
    marker = "- " if tag == "ul" else f"{number}. "
    return marker + _inner(item).replace("\n", "\n" + " " * len(marker))


def _definitions(block: Block) -> str:
    lines: list[str] = []
    term_open = False
    for child in block.blocks:
        text = _inner(child)
        if child.tag == "dd" and term_open:
            lines[-1] += f": {text}"
        else:
            lines.append(text)
        term_open = child.tag == "dt"
    return "\n".join(lines)


def _row(row: Block) -> str:
    if row.tag == "caption":
        return line(row.runs)
    return " | ".join(_inner(cell).replace("\n", " ") for cell in row.blocks if cell.tag in CELLS)
