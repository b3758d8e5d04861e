"""Text as words, of which the clinical ones know what they are: a number, a unit, a negation."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = ("en", "es")
"""Languages whose numbers, negations and dose words are listed here."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBERS = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred hundreds thousand thousands million millions billion billions dozen half
    halves quarter quarters third thirds once twice thrice double doubled triple tripled single
    couple both cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece
    catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós
    veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta
    cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos doscientas
    trescientos trescientas quinientos quinientas mil miles millón millones docena mitad medio
    media tercio cuarto doble triple ambos ambas"""
)
NEGATIONS = _words(
    """no not never without nor neither none nobody nothing nowhere cannot cant dont avoid
    avoids avoided avoiding stop stops stopped stopping except unless non contraindicated
    discontinue discontinued refrain instead false free lack lacks lacking absent absence
    exclude excluded hardly rarely forbidden prohibited nunca sin ni jamás nada nadie ningún
    ninguno ninguna evite evita evitar evitarse eviten excepto salvo tampoco suspenda suspender
    deje dejar detenga interrumpa interrumpir contraindicado contraindicada ausencia falta
    carece prohibido excluye apenas"""
)
FREQUENCIES = _words(
    """daily weekly monthly yearly hourly nightly fortnightly biweekly annually every each per
    time times often always sometimes occasionally dose doses dosage overdose morning evening
    night bedtime bid tid qid qd qod qh qhs prn ac pc stat diario diaria diarios diarias
    diariamente semanal semanales semanalmente mensual mensualmente anual anualmente cada vez
    veces siempre frecuencia dosis sobredosis mañana tarde noche acostarse"""
)
COMPARISONS = _words(
    """more less fewer most least above below over under greater higher lower larger smaller
    maximum minimum max min than before after until within between only increase increases
    increased decrease decreases decreased raise lowers reduce reduces reduced up down left
    right más menos mayor menor mayores menores superior inferior máximo máxima mínimo mínima
    antes después hasta dentro entre solo sólo solamente aumenta aumente aumentar disminuye
    disminuya disminuir reduce reduzca reducir sobre bajo encima debajo izquierdo izquierda
    derecho derecha"""
)
UNIT_WORDS = _words(
    """milligram milligrams microgram micrograms nanogram nanograms gram grams kilogram
    kilograms milliliter milliliters millilitre millilitres liter liters litre litres ounce
    ounces pound pounds teaspoon teaspoons teaspoonful tablespoon tablespoons tablespoonful cup
    cups drop drops unit units tablet tablets pill pills capsule capsules puff puffs spray
    sprays patch patches injection injections vial vials ampoule ampoules sachet sachets lozenge
    lozenges suppository suppositories second seconds minute minutes hour hours day days week
    weeks month months year years percent degree degrees celsius fahrenheit inch inches foot
    feet calorie calories kcal mmhg bpm mph centimeter centimeters centimetre centimetres
    millimeter millimeters millimetre millimetres meter meters metre metres joule joules gray
    mole moles millimole millimoles miligramo miligramos microgramo microgramos gramo gramos
    kilogramo kilogramos kilo kilos mililitro mililitros litro litros onza onzas libra libras
    cucharada cucharadas cucharadita cucharaditas taza tazas gota gotas unidad unidades tableta
    tabletas pastilla pastillas comprimido comprimidos cápsula cápsulas inhalación inhalaciones
    parche parches inyección inyecciones ampolla ampollas sobre sobres supositorio supositorios
    segundo segundos minuto minutos hora horas día días semana semanas mes meses año años
    porcentaje grado grados caloría calorías centímetro centímetros milímetro milímetros metro
    metros"""
)
# Case matters in symbols: mU is a billionth of MU. Litres alone are written both ways.
UNIT_SYMBOLS = _words(
    """mg mcg μg ug ng pg g kg dg t ml dl cl l μl ul fl nl IU UI iu ui U mU kU MU mmol mol μmol
    umol nmol pmol mEq meq Eq osm mosm mOsm mmHg mmhg kPa Pa bar cm mm m km μm nm in ft lb lbs
    oz tsp tbsp kcal cal kJ J Gy cGy mGy Sv mSv Bq MBq Hz bpm h hr hrs min mins s sec secs ms d
    wk wks mo yr yrs °C °F ° ºC ºF º C F K % ‰ ppm ppb cc gtt pH hs"""
)
# Kept out of the units that count by themselves: outside a dose they are words or names of things.
_ONLY_AFTER_NUMBER = _words("t C F K U m s d h J in º ° hs bar min mo cal ms sobre second segundo")

_OPPOSITE = ("un", "in", "im", "ir", "il", "non", "dis", "mis", "contra", "anti", "a", "ab", "des")
_SWAPS = (("hyper", "hypo"), ("hiper", "hipo"), ("inter", "intra"), ("macro", "micro"))


@dataclass(frozen=True)
class Word:
    """One word or measured number: `key` compares, `shown` reads, `kind` is "" or clinical."""

    key: str
    shown: str
    kind: str
    where: str
    joined: bool
    """No punctuation stands between the word before it and this one."""


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
_NUMBER = rf"{_FIGURE}(?:\s?[-–—]\s?{_FIGURE})?"
_TOKEN = re.compile(
    rf"(?P<dose>(?<![\w.,])(?=[-−+.,\d¼½¾⅐-⅞]){_NUMBER}(?:\s?-?{_UNIT}(?:\s?/\s?(?:{_NUMBER}\s?)?{_UNIT})*)?)"
    rf"|(?P<per>(?<!\w)(?=\S{{1,16}}\s?/){_UNIT}(?:\s?/\s?{_UNIT})+)"
    r"|(?P<initials>(?:(?<![\w.])[^\W\d_]\.(?=\w))(?:[^\W\d_]\.)*[^\W\d_]?(?!\w))"
    rf"|(?P<symbol>[%‰°<>≤≥±≈≠=~×|^_§])"
    rf"|(?P<word>[\w{_RAISED}]+(?:['’][\w]+)*)"
    rf"|(?P<mark>[^\w\s])"
)
_CASELESS_UNIT = re.compile(r"[^\W\d_]{4,}")


def words(text: str, where: str) -> list[Word]:
    """The words of `text` with what each is; punctuation is dropped but parts neighbours."""
    found: list[Word] = []
    joined = False
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        shown = match[0]
        group = match.lastgroup
        if group == "mark":
            joined = joined and shown in "'’\"“”-"
            continue
        key, kind = _identity(shown, group)
        found.append(Word(key, shown, kind, where, joined))
        joined = True
    return found


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


@lru_cache(maxsize=20_000)
def _identity(shown: str, group: str | None) -> tuple[str, str]:
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
    if key in NUMBERS:
        return key, "number"
    if key in NEGATIONS or key.endswith("n't"):
        return key, "negation"
    if key in FREQUENCIES:
        return key, "frequency"
    if key in COMPARISONS:
        return key, "comparison"
    symbol = plain.replace("µ", "μ")
    if symbol not in _ONLY_AFTER_NUMBER and symbol in _SYMBOLS:
        return symbol.replace("L", "l"), "unit"
    if key in UNIT_WORDS and key not in _ONLY_AFTER_NUMBER:
        return key, "unit"
    return key, ""
