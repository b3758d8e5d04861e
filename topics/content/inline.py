"""Running text as runs of words under marks, with one canonical spelling for each sequence."""

import re
import unicodedata
from html import escape

from topics.content.links import ARTICLE_SCHEME

Marks = tuple[str, ...]
Run = tuple[str, Marks]

LINE_BREAKS = dict.fromkeys([9, 10, 11, 12, 13, 28, 29, 30, 31, 0x85, 0x2028, 0x2029], " ")
"""For `str.translate`: a line break of the source means no more than a space."""

_CONTROLS = dict.fromkeys([*range(9), *range(14, 28), *range(0x7F, 0x85), *range(0x86, 0xA0)])
# Invisible characters hide a difference from the reader who signs it: "n\u00adot", or a number
# shown backwards by an override. Joiners and direction marks stay, because scripts need them.
_HIDDEN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, 0x202D, 0x202E, *range(0xD800, 0xE000)])
_INVISIBLE = {**_CONTROLS, **_HIDDEN}
_SPACES = re.compile(r"([ \u00a0\n]+)")
_LOOSE_STROKE = re.compile(r"(?:\A|(?<=\n))\u0338")
_LINK = re.compile(r"(?:https?://[^/?#]|(?:mailto|tel):.)", re.IGNORECASE)
_ARTICLE = re.compile(
    rf"{ARTICLE_SCHEME}:[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}", re.IGNORECASE
)


def visible(text: str) -> str:
    """`text` without control and invisible characters, which could hide a change from a signer."""
    return text.translate(_INVISIBLE)


def link_target(href: str | None) -> str:
    """The canonical address, or "" where it is not http, https, mailto or tel with something to it.

    A reference to an article, `article:` and its public id, is an address too, in lower case.

    Browsers drop tabs and newlines inside an address (WHATWG URL), so they are dropped first.
    """
    joined = re.sub(r"[\t\n\r\f]", "", visible(href or "")).strip()
    target = unicodedata.normalize("NFC", joined.replace(" ", "%20"))
    if _ARTICLE.fullmatch(target):
        return target.lower()
    if not _LINK.match(target):
        return ""
    scheme, rest = target.split(":", 1)
    return f"{scheme.lower()}:{rest}"


def settle(runs: list[Run]) -> list[Run]:
    """Runs with whitespace collapsed and trimmed, equal neighbours merged, and text in NFC."""
    pieces: list[list] = []
    for text, marks in runs:
        for position, piece in enumerate(_SPACES.split(text)):
            if not piece:
                continue
            if position % 2 and pieces and pieces[-1][2]:
                pieces[-1][0] = "\n" if "\n" in pieces[-1][0] + piece else " "
            elif position % 2 and len(piece) > 1:
                pieces.append(["\n" if "\n" in piece else " ", marks, True])
            else:
                pieces.append([piece, marks, bool(position % 2)])
    if pieces and pieces[0][2]:
        pieces.pop(0)
    if pieces and pieces[-1][2]:
        pieces.pop()
    merged: list[tuple[list[str], Marks]] = []
    for index, (piece, own, is_space) in enumerate(pieces):
        marks = own
        if is_space:
            before, after = pieces[index - 1][1], pieces[index + 1][1]
            marks = before if before == after else ()
        if merged and merged[-1][1] == marks:
            merged[-1][0].append(piece)
        else:
            merged.append(([piece], marks))
    settled = []
    for parts, marks in merged:
        text = unicodedata.normalize("NFC", "".join(parts))
        # A stroke after a tag would fuse with the tag's ">" in any later NFC pass.
        settled.append((_LOOSE_STROKE.sub("\u25cc\u0338", text), marks))
    return settled if "".join(text for text, _ in settled).strip() else []


def write(runs: list[Run]) -> str:
    """The HTML of settled runs; marks open and close as seldom as their order allows."""
    out: list[str] = []
    current: Marks = ()
    for text, marks in [*runs, ("", ())]:
        shared = 0
        while shared < min(len(current), len(marks)) and current[shared] == marks[shared]:
            shared += 1
        out += [f"</{mark.split(' ', 1)[0]}>" for mark in reversed(current[shared:])]
        for mark in marks[shared:]:
            tag, _, href = mark.partition(" ")
            out.append(f'<a href="{escape(href)}">' if href else f"<{tag}>")
        out.append(escape(text, quote=False).replace("\n", "<br>"))
        current = marks
    return "".join(out)
