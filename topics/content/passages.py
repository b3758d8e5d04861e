"""A section as its reader selects from it: its blocks, their text on one line, marks around a part."""

import re
from collections.abc import Iterable
from html import unescape

INLINE = frozenset({"strong", "em", "sub", "sup", "a"})
"""Elements within a line; at every other one, words are parted."""

_TOKEN = re.compile(r"<[^<>]*>|[^<]+")
_NAME = re.compile(r"</?([a-z0-9]+)")
_CHARACTER = re.compile(r"&(?:\w+|#\w+);|.", re.DOTALL)

Span = tuple[int, int]


def on_one_line(text: str) -> str:
    """The words of a text with one space between them: no-break spaces and line ends count as one."""
    return " ".join(text.split())


def blocks(html: str) -> list[str]:
    """The outermost elements of a section's canonical HTML, in order; joined they are that HTML."""
    found, start, depth = [], 0, 0
    for token in _TOKEN.finditer(html):
        tag = token[0]
        if tag[0] != "<" or tag.startswith("<br"):
            continue
        depth += -1 if tag[1] == "/" else 1
        if depth == 0:
            found.append(html[start : token.end()])
            start = token.end()
    return found if start == len(html) else [*found, html[start:]]


def reading_text(html: str) -> str:
    """The text of canonical HTML on one line, as a reader who selects all of it gets it."""

    def parted(token: re.Match) -> str:
        tag = token[0]
        if tag[0] != "<":
            return tag
        return "" if _NAME.match(tag)[1] in INLINE else " "

    return on_one_line(unescape(_TOKEN.sub(parted, html)))


def marked(html: str, spans: Iterable[tuple[Span, str]], quiet: Iterable[str] = ()) -> str:
    """The HTML with `<mark>` around parts of its `reading_text`; without the marks it is unchanged.

    Each span is `((start, end), key)`. A stretch of text within several spans gets one mark with all
    of their keys in `data-remarks`; where all of them are `quiet`, the mark says so by its class.
    """
    spans = [(span, key) for span, key in spans if span[0] < span[1]]
    if not spans:
        return html
    written, place, waiting = [], 0, False
    for token in _TOKEN.finditer(html):
        if token[0][0] == "<":
            written.append(token[0])
            waiting = waiting or _NAME.match(token[0])[1] not in INLINE
            continue
        stretches: list[tuple[tuple[str, ...], list[str]]] = []
        for character in _CHARACTER.findall(token[0]):
            if unescape(character).isspace():
                waiting, at = True, place
            else:
                place += bool(waiting and place)
                waiting, at = False, place
                place += 1
            keys = tuple(key for (start, end), key in spans if start <= at < end)
            if not stretches or stretches[-1][0] != keys:
                stretches.append((keys, []))
            stretches[-1][1].append(character)
        for keys, characters in stretches:
            written.append(_stretch(keys, "".join(characters), frozenset(quiet)))
    return "".join(written)


def _stretch(keys: tuple[str, ...], text: str, quiet: frozenset[str]) -> str:
    if not keys or not text.strip():
        return text
    kind = ' class="is-quiet"' if quiet.issuperset(keys) else ""
    return f'<mark{kind} data-remarks="{" ".join(keys)}">{text}</mark>'
