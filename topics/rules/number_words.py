"""Numbers and units that are written out, in the languages that are known."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

_SMALL = {
    "en": """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""",
    "es": """cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro
    veinticinco veintiséis veintisiete veintiocho veintinueve""",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_MORE = {"en": {"twice": 2, "thrice": 3}, "es": {"veintiún": 21, "veintiuna": 21}}
_LOOSE = {
    "en": {
        **{"one": 1, "once": 1, "both": 2, "couple": 2, "pair": 2},
        **{"half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4)},
    },
    "es": {
        **{"un": 1, "una": 1, "uno": 1, "ambos": 2, "ambas": 2, "par": 2},
        **{"medio": Fraction(1, 2), "media": Fraction(1, 2), "mitad": Fraction(1, 2)},
        **{"tercio": Fraction(1, 3), "cuarto": Fraction(1, 4)},
    },
}
"""Words that may be a number and may be something else: an article, a pronoun, a room."""

_UNITS = {
    "mg": "milligram milligrams miligramo miligramos",
    "mcg": "microgram micrograms microgramo microgramos",
    "g": "gram grams gramo gramos",
    "kg": "kilogram kilograms kilo kilos kilogramo kilogramos",
    "ml": "milliliter milliliters millilitre millilitres mililitro mililitros",
    "l": "liter liters litre litres litro litros",
    "cm": "centimeter centimeters centimetre centimetres centímetro centímetros",
    "mm": "millimeter millimeters millimetre millimetres milímetro milímetros",
    "m": "meter meters metre metres metro metros",
    "km": "kilometer kilometers kilometre kilometres kilómetro kilómetros",
    "%": "percent per-cent por-ciento",
    "‰": "por-mil",
    "second": "second seconds sec secs segundo segundos",
    "min": "minute minutes mins minuto minutos",
    "h": "hour hours hr hrs hora horas",
    "d": "day days día días",
    "week": "week weeks wk wks semana semanas",
    "month": "month months mes meses",
    "year": "year years yr yrs año años",
    "times": "time times vez veces",
    "drop": "drop drops gota gotas",
    "puff": "puff puffs inhalación inhalaciones",
    "teaspoon": "teaspoon teaspoons tsp cucharadita cucharaditas",
    "tablespoon": "tablespoon tablespoons tbsp cucharada cucharadas",
    "cup": "cup cups taza tazas",
    "kcal": "calorie calories caloría calorías",
    "inch": "inch inches pulgada pulgadas",
    "pound": "pound pounds lb lbs libra libras",
    "ounce": "ounce ounces oz onza onzas",
}
UNIT_WORDS = {
    word.replace("-", " "): symbol for symbol, forms in _UNITS.items() for word in forms.split()
}
"""Units as they are written out in English and Spanish, and their one form."""

_WORD = re.compile(r"[^\W\d_]+")


def has_number_words(language: str) -> bool:
    """Whether the words for numbers of a language are known."""
    return language.split("-")[0].lower() in _SMALL


def number_words(text: str, language: str) -> Iterator[tuple[re.Match, Fraction, bool]]:
    """The numbers below a hundred that are written as words: where, what, and whether it is loose.

    None in a language whose words aren't known.
    """
    if not has_number_words(language):
        return
    base = language.split("-")[0].lower()
    known, pattern = _known(base)
    end = 0
    for word in _WORD.finditer(text):
        if word.start() >= end and word[0].lower() in known:
            match = pattern.match(text, word.start())
            if match:
                end = match.end()
                said = re.sub(r"[\s-]+", " ", match[0].lower())
                yield match, Fraction(known[said]), said in _LOOSE[base]


@lru_cache
def _known(base: str) -> tuple[dict, re.Pattern]:
    known = {word: n for n, word in enumerate(_SMALL[base].split())}
    between = " y " if base == "es" else " "
    for tens, word in enumerate(_TENS[base].split(), 2):
        known[word] = tens * 10
        for unit, small in enumerate(_SMALL[base].split()[1:10], 1):
            known[f"{word}{between}{small}"] = tens * 10 + unit
    known |= _MORE[base] | _LOOSE[base]
    forms = "|".join(word.replace(" ", r"[\s-]") for word in sorted(known, key=len, reverse=True))
    return known, re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
