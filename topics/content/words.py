"""Words to look things up by: lower-case, without accents, and kept as bytes.

Bytes sort alike in every database and under every collation, so that "begins with" is a range.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 40
"""Characters of a word that count; what is longer is found by its beginning."""

MOST = 8
"""Words of a query that count."""

WORD = re.compile(r"[^\W_]+")
PART_OF_AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{0,27}")


def folded(text):
    """The text in lower case, without accents."""
    # Decomposing can bring capitals forth (of 𝕬), and lower case marks (of İ): hence once more.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words(*texts):
    """The words of these texts, as a set of bytes."""
    return {
        word[:LONGEST].encode()
        for text in texts
        for word in WORD.findall(folded(text.replace("\0", " ")))
    }


@dataclass(frozen=True)
class Term:
    """One word of a query: what it finds lies in `[first, end)`; without an end, `first` alone."""

    first: bytes
    end: bytes | None


def terms(query):
    """What a query asks for, word by word: the beginning of a word, or a single letter as a word.

    A public id may be typed with its hyphens, whole or in part.
    """
    found = []
    for piece in query.replace("\0", " ").split():
        if PART_OF_AN_ID.fullmatch(piece.lower()):
            found.append(piece.lower().replace("-", ""))
        else:
            found += WORD.findall(folded(piece))
    return [term(word[:LONGEST]) for word in dict.fromkeys(found)][:MOST]


def term(word):
    first = word.encode()
    # The last byte of UTF-8 is never 255, so that it can be counted up.
    return Term(first, first[:-1] + bytes([first[-1] + 1]) if len(word) > 1 else None)
