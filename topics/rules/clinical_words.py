"""Text as words, of which the clinical ones know what they are: a number, a unit, a negation."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from topics.rules.word_lists import (
    ADVICE,
    COMPARISONS,
    FREQUENCIES,
    NEGATIONS,
    NUMBERS,
    ONLY_AFTER_NUMBER,
    UNIT_SYMBOLS,
    UNIT_WORDS,
)

_OPPOSITE = ("un", "in", "im", "ir", "il", "non", "dis", "mis", "contra", "anti", "a", "ab", "des")
_SWAPS = (("hyper", "hypo"), ("hiper", "hipo"), ("inter", "intra"), ("macro", "micro"))


@dataclass(frozen=True)
class Word:
    """One word or measured number: `key` compares, `shown` reads, `kind` is "" or clinical.

    `where` is whatever the caller knows its place by.
    """

    key: str
    shown: str
    kind: str
    where: object
    joined: bool
    """No punctuation stands between the word before it and this one."""
    in_treatment: bool = False
    """It stands in a sentence that tells of a treatment."""
    is_name: bool = False
    """Its capitals say that it is the name of something."""


_SYMBOLS = UNIT_SYMBOLS | {symbol.replace("l", "L") for symbol in UNIT_SYMBOLS} | {"µg", "µl", "µL"}
_UNIT = "(?:{})(?!\\w)".format(
    "|".join(
        sorted(
            [*map(re.escape, _SYMBOLS), *(f"(?i:{word})" for word in UNIT_WORDS)],
            key=len,
            reverse=True,
        )
    )
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻ⁿ"
_FIGURE = (
    r"(?:[-−+](?=[\d.]))?[.,]?(?:\d|[¼½¾⅐-⅞])"
    rf"(?:[.,:/^×·](?=\d)|\d|[¼½¾⅐-⅞{_RAISED}]|[ \u00a0\u2009\u202f](?=\d{{3}}(?!\d)))*"
)
_NUMBER = rf"{_FIGURE}(?:(?:\s?[-–—]\s?|\s(?:to|a)\s){_FIGURE})?"
_TIMES = (
    "two|three|four|five|six|seven|eight|nine|ten|twelve"
    "|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce"
)
_COUNT = rf"(?:{_NUMBER}|(?:{_TIMES})(?:\s(?:to|or|a|o)\s(?:{_TIMES}))?)"
_PERIOD = "(?:minute|hour|day|night|week|month|year|minuto|hora|día|noche|semana|mes|mese|año)s?"
_OFTEN = (
    rf"(?:once|twice|thrice|{_COUNT}\s(?:times|vez|veces))"
    rf"\s(?:(?:a|an|per|each|every|al|por|cada|a\sla)\s(?:{_NUMBER}\s)?{_PERIOD}|daily|weekly|monthly|yearly)"
    rf"|(?:every|cada)\s{_COUNT}\s{_PERIOD}"
)
_TOKEN = re.compile(
    rf"(?P<often>(?<![\w.,])(?i:{_OFTEN})(?!\w))"
    rf"|(?P<dose>(?<![\w.,])(?=[-−+.,\d¼½¾⅐-⅞]){_NUMBER}(?:\s?-?{_UNIT}(?:\s?/\s?(?:{_NUMBER}\s?)?{_UNIT})*)?)"
    rf"|(?P<per>(?<!\w)(?=\S{{1,16}}\s?/){_UNIT}(?:\s?/\s?{_UNIT})+)"
    r"|(?P<initials>(?:(?<![\w.])[^\W\d_]\.(?=\w))(?:[^\W\d_]\.)*[^\W\d_]?(?!\w))"
    rf"|(?P<symbol>[%‰°<>≤≥±≈≠=~×|^_§])"
    rf"|(?P<word>[\w{_RAISED}]+(?:['’][\w]+)*)"
    rf"|(?P<mark>[^\w\s])"
)
_CASELESS_UNIT = re.compile(r"[^\W\d_]{4,}")
_ROMAN = r"(?=[ivxl]{2})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN_STAGE = re.compile(rf"(?i:{_ROMAN})|{_ROMAN.upper()}[A-E]?")


def tokens(text: str) -> Iterator[re.Match]:
    """Every word, measured number, frequency and mark of `text` (NFC) in order; only spaces lie between.

    A number is one token with its unit and its range ("5–10 mg", "120/80 mmHg"), and so is how often
    something is done ("3 times a day", "cada 8 horas").
    """
    return _TOKEN.finditer(text)


def words(text: str, where: object) -> list[Word]:
    """The words of `text` with what each is; punctuation is dropped but parts neighbours.

    A negation that nothing joins to the next word is another word: "No, smoke less" tells the
    opposite of "No smoke less".
    """
    found: list[Word] = []
    joined = False
    for match in tokens(unicodedata.normalize("NFC", text)):
        shown = match[0]
        group = match.lastgroup
        if group == "mark":
            if joined and shown not in "'’\"“”-":
                joined = False
                _part(found, shown)
            continue
        key, kind = _identity(shown, group)
        found.append(Word(key, shown, kind, where, joined))
        joined = True
    if joined:
        _part(found, "")
    return found


def _part(found: list[Word], mark: str) -> None:
    last = found[-1]
    if last.kind == "negation":
        found[-1] = replace(last, key=f"{last.key},", shown=f"{last.shown}{mark}")


def reverses(before: str, after: str) -> bool:
    """Whether two words are opposites by their form: safe and unsafe, hypo- and hyperglycemia."""
    one, other = sorted((before.casefold(), after.casefold()), key=len)
    if any(other == prefix + one for prefix in _OPPOSITE) or (
        one.endswith("ful") and other == f"{one[:-3]}less"
    ):
        return True
    return any(
        one.replace(low, "*", 1) == other.replace(high, "*", 1) and low in one and high in other
        for low, high in (*_SWAPS, *(pair[::-1] for pair in _SWAPS))
    )


def misspelt(before: str, after: str) -> bool:
    """Whether one looks like the other mistyped: letters in another order, or one left out."""
    short, long = sorted((before, after), key=len)
    if len(short) == len(long):
        return short[0] == long[0] and sorted(short) == sorted(long)
    one_out = len(short) >= 5 and len(long) == len(short) + 1
    return one_out and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def unaccented(key: str) -> str:
    """Without the accents of vowels; ñ stays, for "ano" is no slip of "año"."""
    return "".join(char if char == "ñ" else unicodedata.normalize("NFD", char)[0] for char in key)


@lru_cache(maxsize=20_000)
def _identity(shown: str, group: str | None) -> tuple[str, str]:
    if group == "often":
        return " ".join(shown.casefold().split()).replace("–", "-").replace("—", "-"), "number"
    if group in ("dose", "per"):
        compact = re.sub(r"\s+", "", shown).replace("−", "-").replace("–", "-").replace("—", "-")
        compact = compact.replace("µ", "μ").replace("º", "°")
        folded = _CASELESS_UNIT.sub(lambda unit: unit[0].casefold(), compact)
        key = re.sub(r"(?<![A-Za-z])([mdcμnu]?)L(?![A-Za-z])", r"\1l", folded)
        return key, "number" if group == "dose" else "unit"
    if group == "symbol":
        if shown in "%‰°":
            return shown, "unit"
        return shown, "structure" if shown in "|§" else "comparison"
    return _word_identity(shown.replace(".", ""))


def _word_identity(shown: str) -> tuple[str, str]:
    plain = shown.replace("’", "'")
    key = plain.casefold()
    if any(char.isnumeric() for char in key):
        return plain, "number"
    if key in NUMBERS or _ROMAN_STAGE.fullmatch(plain):
        return key, "number"
    if key in NEGATIONS or key.endswith("n't"):
        return key, "negation"
    if key in FREQUENCIES:
        return key, "frequency"
    if key in COMPARISONS:
        return key, "comparison"
    symbol = plain.replace("µ", "μ")
    if symbol not in ONLY_AFTER_NUMBER and symbol in _SYMBOLS:
        return symbol.replace("L", "l"), "unit"
    if key in UNIT_WORDS and key not in ONLY_AFTER_NUMBER:
        return key, "unit"
    return key, "advice" if key in ADVICE else ""
