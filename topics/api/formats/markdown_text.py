"""Words as Markdown (CommonMark 0.31): escaped, so that they read back as exactly those words."""

import re
import unicodedata

from topics.content.sections import raised

ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&#!])")
AT_LINE_START = re.compile(r"^([+\-=])", re.MULTILINE)
NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=\s|\Z)", re.MULTILINE)
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
UNSAFE_IN_ADDRESS = {"<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C", " ": "%20", "\n": "%0A"}


def escaped(text):
    """Plain text in which nothing is taken for Markdown."""
    return NUMBERED.sub(r"\1\\\2", AT_LINE_START.sub(r"\\\1", ANYWHERE.sub(r"\\\1", text)))


def paragraph(text):
    """Plain text as one paragraph or more; its line breaks stay."""
    parts = (part.split("\n") for part in BLANK_LINES.split(text.strip()))
    return "\n\n".join("\\\n".join(escaped(line.strip()) for line in lines) for lines in parts)


def link(words, address):
    """Words that are Markdown already, as a link."""
    return f"[{words}](<{''.join(UNSAFE_IN_ADDRESS.get(char, char) for char in address)}>)"


def written(runs, known, *, break_="\\\n"):
    """Runs of text under marks. `known` are the articles that can be followed, by their id.

    Raised and lowered figures become Unicode figures, as in the signed plain text. An emphasis that
    CommonMark could not tell from asterisks (its "flanking" rules) is left out, never its words.
    """
    pieces = [(text, marks) for text, marks in runs]
    out, position = "", 0
    while position < len(pieces):
        href = address_of(pieces[position][1], known)
        inner = []
        while position < len(pieces) and address_of(pieces[position][1], known) == href:
            inner.append(pieces[position])
            position += 1
        text = emphasised(inner, out[-1:] if not href else "[", following(pieces, position, href))
        out += link(text, href) if href and text.strip() else text
    return at_line_starts(out).replace("\n", break_)


def address_of(marks, known):
    """The address that a run links to, or ""."""
    target = marks[0][2:] if marks and marks[0].startswith("a ") else ""
    if target.startswith("article:"):
        return known.get(target.removeprefix("article:"), "")
    return target


def following(pieces, position, href):
    """The character after a piece of text: what closes the link, or what comes next."""
    if href:
        return "]"
    return inline(pieces[position])[:1] if position < len(pieces) else ""


def inline(piece):
    text, marks = piece
    return ANYWHERE.sub(r"\\\1", raised(text, marks))


def emphasised(pieces, before, after):
    """Runs of one link, or of none, with bold and italics; `before` and `after` stand around it."""
    out = ""
    for number, piece in enumerate(pieces):
        text = inline(piece)
        following_text = inline(pieces[number + 1])[:1] if number + 1 < len(pieces) else after
        delimiter = {(True, False): "**", (False, True): "*", (True, True): "***"}.get(
            ("strong" in piece[1], "em" in piece[1])
        )
        previous = out[-1:] or before
        if delimiter and previous != "*" and can_stand(previous, text, following_text):
            text = f"{delimiter}{text}{delimiter}"
        out += text
    return out


def can_stand(previous, text, following_char):
    """Whether asterisks around the text open and close an emphasis (CommonMark 0.31, section 6.2)."""
    if not text or text[0].isspace() or text[-1].isspace() or "\n" in text:
        return False
    opens = not is_punctuation(text[0]) or ends_words(previous)
    closes = not is_punctuation(text[-1]) or ends_words(following_char)
    return opens and closes


def ends_words(char):
    return not char or char.isspace() or is_punctuation(char)


def is_punctuation(char):
    return unicodedata.category(char)[0] in "PS"


def at_line_starts(text):
    return NUMBERED.sub(r"\1\\\2", AT_LINE_START.sub(r"\\\1", text))
