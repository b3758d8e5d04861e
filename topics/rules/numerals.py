"""The numbers of a text and of its translation, whatever signs part thousands and decimals there."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from topics.rules.number_words import UNIT_WORDS, number_words

MOST_COMPARED = 250_000
"""Pairs of numbers up to which two texts are compared word for figure; beyond, figure by figure."""

_SYMBOLS = "mg g kg mcg ng ml l dl cl mmol mol mm cm m km % ‰ kcal kj mmhg °c °f iu h min d"
_SAME_UNIT = {"µg": "mcg", "μg": "mcg", "ug": "mcg", "ui": "iu", "cc": "ml", **UNIT_WORDS}
UNITS = frozenset([*_SYMBOLS.split(), *UNIT_WORDS.values()])
"""Units in the one form into which `_unit` puts their symbols and words."""

_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_HIGHEST_POWER = 30
_LONGEST = 60
"""Characters of a figure that is still reckoned with; a longer one is compared as it is written."""

_SPACE = "[ \u00a0\u2009\u202f]"
_FIGURE = rf"(?<!\d)(?<!\d[.,])(?:(?<![\w.,])[.,])?\d+(?:(?:[.,]|{_SPACE}(?=\d{{3}}(?!\d)))\d+)*"
_NUMERAL = re.compile(
    r"(?P<sign>(?<![\w.,)%])[-−](?=[\d¼½¾⅐-⅞]))?(?:"
    rf"(?P<mixed>(?<![\d.,/])(?:\d{{1,3}}{_SPACE})?\d{{1,2}}/(?:[2-9]|1[0-6])(?![\d/.,]*\d))"
    rf"|(?P<figure>{_FIGURE})(?:(?P<part>[¼½¾⅐-⅞])|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}))?"
    r"|(?P<lone>[¼½¾⅐-⅞]))"
)
_UNIT = re.compile(
    rf"(?:{_SPACE}|-)?(%|‰|per{_SPACE}cent|por{_SPACE}(?:ciento|mil)|°{_SPACE}?[CF]"
    r"|[^\W\d_]{1,14}(?:/[^\W\d_]{1,12})*)(?!\w)",
    re.IGNORECASE,
)
_SPACES = re.compile(_SPACE)


@dataclass(frozen=True)
class Numeral:
    """One number: what it may mean, the unit behind it (a symbol, or ""), and as it is written.

    A `word` is one that is written out; where it is `loose` it may be no number at all ("una").
    """

    readings: frozenset
    unit: str
    shown: str
    word: bool = False
    loose: bool = False

    def agrees(self, other: "Numeral") -> bool:
        """Whether both may mean the same; a unit on one side alone is no contradiction."""
        same_unit = not self.unit or not other.unit or self.unit == other.unit
        return same_unit and not self.readings.isdisjoint(other.readings)


@dataclass(frozen=True)
class Differing:
    """How the numbers of two passages differ.

    `missing` are those that the translation lacks, `added` those that it alone has. Where there are
    none but the order is another, `moved` are all of them, as the translation has them.
    """

    missing: tuple[Numeral, ...] = ()
    added: tuple[Numeral, ...] = ()
    moved: tuple[Numeral, ...] = ()


def numerals(text: str, language: str) -> list[Numeral]:
    """The numbers of a text in their order, in figures or written out."""
    text = unicodedata.normalize("NFC", text).translate(_LOWERED)
    found = [(match.start(), _in_figures(match, text, language)) for match in _NUMERAL.finditer(text)]
    for match, value, loose in number_words(text, language):
        unit, written = _unit_behind(text, match.end())
        numeral = Numeral(frozenset({value}), unit, match[0] + written, True, loose)
        found.append((match.start(), numeral))
    return [numeral for _, numeral in sorted(found, key=lambda one: one[0])]


def _in_figures(match: re.Match, text: str, language: str) -> Numeral:
    unit, written = _unit_behind(text, match.end())
    part = match["part"] or match["lone"]
    extra = Fraction(unicodedata.numeric(part)).limit_denominator(20) if part else 0
    if match["figure"]:
        read = readings(match["figure"], language)
    else:
        read = frozenset({_mixed(match["mixed"]) if match["mixed"] else Fraction(0)})
    power = int(match["power"].translate(_RAISED)) if match["power"] else 1
    sign = -1 if match["sign"] else 1
    meant = frozenset(
        _reckoned(value, extra, power, sign) if isinstance(value, Fraction) else f"{value}{match[0]}"
        for value in read
    )
    return Numeral(meant, unit, match[0] + written)


def _reckoned(value: Fraction, extra: Fraction, power: int, sign: int) -> object:
    if power == 1:
        value = value + extra if extra else value
        return value if sign == 1 else -value
    if abs(power) > _HIGHEST_POWER or not value or value > 1000:
        return f"{value}^{power}"
    return sign * value**power


def _mixed(written: str) -> Fraction:
    """1 1/2 as one and a half."""
    *whole, part = _SPACES.split(written)
    return Fraction(part) + (Fraction(whole[0]) if whole else 0)


def readings(figure: str, language: str) -> frozenset:
    """What a figure may mean: 1.5 in English is one and a half, 1.500 in Spanish may be either.

    English parts thousands with commas; of other languages both habits are known, and in Spanish
    they differ from country to country (Ortografía 2010: a space, with comma or point for decimals).
    """
    compact = _SPACES.sub("", figure)
    if len(compact) > _LONGEST:
        return frozenset({compact})
    if compact[0] in ".,":
        return frozenset({_decimal(f"0{compact}", compact[0])})
    signs = [char for char in compact if char in ".,"]
    if not signs:
        return frozenset({Fraction(int(compact))})
    if len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
        thousands = next(sign for sign in signs if sign != signs[-1])
        return frozenset({_decimal(compact.replace(thousands, ""), signs[-1])})
    groups = re.split("[.,]", compact)
    grouped = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    grouped = grouped and not groups[0].startswith("0")
    if len(signs) > 1:
        whole = Fraction(int("".join(groups)))
        return frozenset({whole if grouped else compact})
    decimal, whole = _decimal(compact, signs[0]), Fraction(int("".join(groups)))
    if language.split("-")[0] == "en":
        return frozenset({whole if grouped and signs[0] == "," else decimal})
    return frozenset({decimal, whole} if grouped else {decimal})


def _decimal(figure: str, sign: str) -> Fraction:
    return Fraction(figure.replace(sign, "."))


def _unit_behind(text: str, end: int) -> tuple[str, str]:
    """The unit that follows a number, in its one form and as it is written; both "" without one."""
    behind = _UNIT.match(text, end)
    unit = _unit(behind[1]) if behind else ""
    return unit, behind[0] if unit else ""


def _unit(symbol: str) -> str:
    lowered = " ".join(symbol.lower().replace("° ", "°").split())
    parts = [_SAME_UNIT.get(part, part) for part in lowered.split("/")]
    return "/".join(part for part in parts if part in UNITS) if parts[0] in UNITS else ""


def differing(source: Sequence[Numeral], translation: Sequence[Numeral]) -> Differing:
    """How the numbers of two passages differ that say the same in two languages.

    A number may be in figures on one side and a word on the other. It is a hint for people, not a
    proof: it compares what is there, not what it is said of.
    """
    if _in_same_order(source, translation):
        return Differing()
    missing, added = unmatched(
        [number for number in source if not number.loose],
        [number for number in translation if not number.loose],
    )
    loose = [Counter(n.readings for n in side if n.loose) for side in (source, translation)]
    missing = _without(missing, loose[1] - loose[0])
    added = _without(added, loose[0] - loose[1])
    if missing or added:
        return Differing(tuple(missing), tuple(added))
    return Differing(moved=tuple(number for number in translation if not number.loose))


def _in_same_order(source: Sequence[Numeral], translation: Sequence[Numeral]) -> bool:
    """Whether every number, loose words aside, meets its like in order."""
    if len(source) * len(translation) > MOST_COMPARED:
        firm = [[n for n in side if not n.loose] for side in (source, translation)]
        return len(firm[0]) == len(firm[1]) and all(a.agrees(b) for a, b in zip(*firm, strict=True))
    end = len(translation)

    def skipped(at: int) -> set[int]:
        """The places that loose words alone part from this one, and it."""
        found = {at}
        while at < end and translation[at].loose:
            at += 1
            found.add(at)
        return found

    reached = skipped(0)
    for number in source:
        further = set(reached) if number.loose else set()
        for at in reached:
            if at < end and number.agrees(translation[at]):
                further |= skipped(at + 1)
        reached = further
    return end in reached


def unmatched(
    wanted: Sequence[Numeral], there: Sequence[Numeral]
) -> tuple[list[Numeral], list[Numeral]]:
    """Those of the one that have no like in the other, and the converse, in their order."""
    same = Counter(map(_written, wanted)) & Counter(map(_written, there))
    wanted, there = _beyond(wanted, same), _beyond(there, same)
    if len(wanted) * len(there) > MOST_COMPARED:
        return wanted, there
    # Those with the very unit first: 5 mg is not to be used up by a bare 5.
    for exact in (True, False):
        open_numbers, wanted = wanted, []
        for number in open_numbers:
            fits = (n for n in there if number.agrees(n) and (not exact or n.unit == number.unit))
            match = next(fits, None)
            if match is None:
                wanted.append(number)
            else:
                there.remove(match)
    return wanted, there


def _written(number: Numeral) -> tuple[frozenset, str]:
    return number.readings, number.unit


def _beyond(numbers: Sequence[Numeral], same: Counter) -> list[Numeral]:
    left, found = Counter(same), []
    for number in numbers:
        if left[_written(number)] > 0:
            left[_written(number)] -= 1
        else:
            found.append(number)
    return found


def _without(numbers: Sequence[Numeral], words: Counter) -> list[Numeral]:
    """Those that no loose word of the other side stands for."""
    words, kept = Counter(words), []
    for number in numbers:
        word = next((word for word in words if words[word] and word & number.readings), None)
        if word is None:
            kept.append(number)
        else:
            words[word] -= 1
    return kept
