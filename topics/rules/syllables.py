"""How many syllables a word has, in English and in Spanish.

Hyphenation (pyphen, the dictionaries of LibreOffice) shows where two vowels part, as in di-a-betes;
within each of its pieces the vowels are counted by rule, since a hyphen is never set after one letter.
"""

import re
import unicodedata
from functools import lru_cache

import pyphen

HYPHENATION = {"en": "en_US", "es": "es"}
"""The languages whose syllables are counted, and their hyphenation dictionaries."""

_AS_LETTERS = 5
"""An abbreviation in capitals of up to so many letters is spoken letter by letter: HIV, MRI."""

_VOWELS_EN = re.compile(r"[aeiouy]+")
# Two vowels that are spoken apart where no hyphen may stand, because one letter alone would be left.
_APART_EN = re.compile(
    r"(?<![tcsg])ia|(?<![tcsgx])io(?!u|n\b|ns\b)|(?<![tcgx])iou|iu|(?<!p)eo(?!u)|(?<![qg])ua|uo|[aeiou]i(?=ng\b)"
    r"|(?<=\bre)a(?=ct)|(?<=ar)ea\b|(?<=\bid)ea\b|(?<=[rv]i)eu"
)
_SILENT_E = re.compile(r"(?<=[a-z])(?:(?<![^aeiouy]l)e|(?<![td])ed|(?<!s|x|z|c|g|h)(?<![^aeiouy]l)es)\Z")
_SILENT_E_INSIDE = re.compile(r"(?<=[^aeiouy])e\Z")  # some-times, immediate-ly
_EXCEPTIONS_EN = {
    **{"clothes": 1, "every": 2, "several": 3, "lion": 2, "ion": 2, "scion": 2, "nausea": 3},
    **{"diabetes": 4, "influenza": 4, "suicide": 3, "herpes": 2, "rabies": 2, "recipe": 3},
    **{"apnea": 3, "trachea": 3, "cornea": 3, "acne": 2, "calorie": 3, "calories": 3},
}
_NOT_SPOKEN_ES = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_CONSONANT_Y_ES = re.compile(r"y(?=[aeiouáéíóú])")
_NUCLEUS_ES = re.compile(r"[iuüy]*[aeoáéó][iuüy]*(?![aeoáéóíú])|[iuüy]*[aeoáéó]|[iuü]?[íú]|[iuü]+|\by\b")


@lru_cache(maxsize=50_000)
def syllables(word: str, language: str) -> int:
    """The syllables of one word, at least 1. A figure counts as one, parts of a compound together.

    `language` is a key of `HYPHENATION`, else `KeyError`.
    """
    if "-" in word:
        return sum(syllables(part, language) for part in word.split("-") if part) or 1
    word = re.sub(r"['’´]", "", word)
    if any(char.isdigit() for char in word):
        return 1
    if word.isupper() and 1 < len(word) <= _AS_LETTERS:
        return len(word) + word.count("W") * (2 if language == "en" else 1)
    word = unicodedata.normalize("NFC", word.lower())
    if language == "en" and word in _EXCEPTIONS_EN:
        return _EXCEPTIONS_EN[word]
    pieces = _hyphenation(language).inserted(word, hyphen="|").split("|")
    count = _spanish if language == "es" else _english
    return max(1, sum(count(piece, n == len(pieces) - 1) for n, piece in enumerate(pieces)))


@lru_cache(maxsize=len(HYPHENATION))
def _hyphenation(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=HYPHENATION[language])


def _english(piece: str, is_last: bool) -> int:
    plain = "".join(c for c in unicodedata.normalize("NFKD", piece) if not unicodedata.combining(c))
    if len(_VOWELS_EN.findall(plain)) > 1:
        plain = (_SILENT_E if is_last else _SILENT_E_INSIDE).sub("", plain)
    spoken_apart = len(_APART_EN.findall(plain))
    # In rhythm and metabolism the m is a syllable of its own.
    own_m = 1 if is_last and re.search(r"(?:s|th)ms?\Z", plain) else 0
    return max(1, len(_VOWELS_EN.findall(plain)) + spoken_apart + own_m)


def _spanish(piece: str, is_last: bool) -> int:
    spoken = _CONSONANT_Y_ES.sub("j", _NOT_SPOKEN_ES.sub("", piece))
    return max(1, len(_NUCLEUS_ES.findall(spoken)))
