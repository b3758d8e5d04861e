"""From text to the tokens that are indexed and asked for: one analyser for both databases.

A word is folded (NFKD, no accents, lower case) and stemmed in its language; a stem becomes a token of
ASCII letters and digits, so that no database reads anything into it, whatever was typed.
"""

import re
from functools import lru_cache

import snowballstemmer

from topics.content.words import LONGEST, folded
from topics.publishing.search.stop_words import ASKING, STOP

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f]|['’](?=[^\W_]))*")
"""Accents may be typed as signs of their own, which then belong to the word."""

APOSTROPHE = re.compile("['’]s?")
ENDS_IN_ION = re.compile("([cgstx])ion$")
ALGORITHMS = {"en": "english", "es": "spanish"}
NAME = "_"
"""Begins the token of a whole name: the only token that isn't a word's."""


def base_of(language):
    """The language whose rules apply: `es` of `es-MX`."""
    return language.partition("-")[0]


def words(text):
    """The words of a text as they stand: `(folded word, start, end)`, in order."""
    for found in WORD.finditer(text):
        if word := plain(found[0]):
            yield word, found.start(), found.end()


@lru_cache(maxsize=200_000)
def plain(word):
    """A word as it is compared: folded, without what an apostrophe adds, of at most 40 characters."""
    return APOSTROPHE.sub("", folded(word))[:LONGEST]


@lru_cache(maxsize=200_000)
def token(word, language):
    """The token of a folded word in a language; words of other languages are not stemmed."""
    base = base_of(language)
    stemmer = stemmers().get(base)
    if base == "es":
        # Folding took the accent by which the Spanish rules know this ending.
        word = ENDS_IN_ION.sub(r"\1ión", word)
    stem = folded(stemmer.stemWord(word)) if stemmer else word
    return stem if stem.isascii() else "x" + stem.encode().hex()


@lru_cache(maxsize=1)
def stemmers():
    return {base: snowballstemmer.stemmer(name) for base, name in ALGORITHMS.items()}


def tokens(text, language):
    """The tokens of every word of a text, in order."""
    return [token(word, language) for word, _, _ in words(text)]


def is_stop(word, language):
    return word in STOP.get(base_of(language), ())


def is_asking(word, language):
    return word in ASKING.get(base_of(language), ())


def subject(text, language):
    """The tokens of the words that say something, each once, in order."""
    chosen = [word for word, _, _ in words(text) if not is_stop(word, language)]
    return list(dict.fromkeys(token(word, language) for word in chosen))


def name_token(stems):
    """One token for a name of these words, in whatever order they stand."""
    return NAME + NAME.join(sorted(stems))[:200]


def names(stems):
    """The tokens of every name that a run of these words may be, with how many words it has."""
    runs = (stems[i:j] for i in range(len(stems)) for j in range(i + 1, len(stems) + 1))
    return {name_token(run): len(run) for run in runs}
