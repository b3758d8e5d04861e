"""Sentences that tell of a treatment, in which no word that carries meaning may be another.

A sentence tells of one when it has an amount (a figure, a unit, a number with its unit), says how often
something is done, or has a verb of taking. What such a sentence is about is the treatment itself:
"Take ibuprofen with milk" and "Take naproxen with water" differ in nothing that `word_lists` knows. The
name of a medicine counts in any sentence, as far as its form tells that it is one.

Every word counts but articles, possessives and "and"; so does a plural. Spelling is no excuse, for names
of medicines look alike (hydroxyzine and hydralazine, insulin and inulin): an accent may be corrected, or
a slip in one of the plain words that are listed.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from topics.rules.clinical_words import Word, misspelt, unaccented


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAKING = _words(
    """take takes taking took taken give gives giving gave given use uses using used apply applies
    applying applied inject injects injecting injected inhale inhales inhaling inhaled swallow swallows
    swallowing swallowed chew chews chewing chewed dissolve dissolves insert inserts inserted administer
    administers administering administered prescribe prescribes prescribing prescribed drink drinks
    drinking drank eat eats eating ate eaten sip rub
    tome tomen toma toman tomo tomar tomando tomado tomada tomó tómelo tómela tómelos tómelas tómese
    tomarlo tomarla tomarlos tomarlas tomarse dé den dar dele déle delo darle dando dado administre
    administra administrar administrado administrada use usen usa usan usar usado usada usando úselo
    úsela usarlo usarla utilice utiliza utilizar utilizado aplique apliquen aplica aplicar aplicado
    aplíquelo aplíquese inyecte inyecta inyectar inyectado inyectarse ingiera ingerir ingiere inhale
    inhala inhalar trague traga tragar mastique masticar disuelva disolver inserte insertar recete receta
    recetar recetado recetada beba bebe beben beber bebido coma come comen comer comido"""
)
"""Verbs of taking something, or of giving it, in the forms in which advice uses them."""

SLACK = _words(
    """minute minutes hour hours day days week weeks month months year years minuto minutos hora horas
    día días semana semanas mes meses año años
    other otro otra times time often always sometimes occasionally veces vez siempre frecuencia"""
)
"""Units and frequencies that make no treatment of a sentence by themselves: "for some days"."""

EMPTY = _words(
    """a an the this that these those your his her its their our my please also and
    plenty lot lots
    el la los las un una unos unas este esta estos estas ese esa esos esas su sus tu tus mi mis nuestro
    nuestra y e también"""
)
"""Words that carry nothing of a treatment, among them those that tell no amount one could measure."""

PLAIN = EMPTY | _words(
    """medicine medicines medication doctor doctors nurse pharmacist pharmacy clinic hospital patient
    patients water breakfast lunch dinner supper treatment because people person symptoms leaflet
    medicina medicinas medicamento medicamentos médico médica enfermera enfermero farmacéutico farmacia
    clínica hospital paciente pacientes agua desayuno almuerzo cena comida tratamiento porque persona
    personas síntomas prospecto"""
)
"""Words of which a slip may be corrected even there: nothing else is called nearly so."""

# The stems of international names that tell a group of medicines (WHO, "The use of stems"), in English
# and Spanish, without those that end ordinary words too.
_STEMS = """profeno? oxeno? cillin cilina mycin micina floxacino? cycline ciclina olol (?<=\\w\\w\\w)pril
    sart[aá]n dipin[eo] statina? prazole? conazole? bendazole? nidazole? tidin[ea] setr[oó]n tript[aá]n
    zepam zolam oxetin[ea] tript[yi]lin[ea] gliptina? gliflozina? glutid[ea] (?<=\\w\\w)formina?
    xab[aá]n (?<=\\w\\w)parina? ca[ií]n[ea] lukast (?<!s)terol tropi(?:um|o) barbital cod[oó]n[ea]
    morphin[ea] morfina thiazide tiazida semid[ea] dron(?:ate|ato|ic|ico) c[iy]clovir navir tegravir
    buvir asvir vudin[ea] tinib (?<=\\w\\w\\w)mab metasona methasone nison[ea] solon[ea] thyroxine
    tiroxina gabalina? gabapentina? levodopa methyldopa metildopa (?<=\\w\\w\\w)grel trexat[eo] platino?
    rubicina? taxel lactone lactona"""
_NAMES = """aspirin aspirina acetaminophen acetaminofén paracetamol insulin insulina insulins insulinas
    warfarin warfarina codeine codeína digoxin digoxina lithium litio diclofenac diclofenaco tramadol
    hydroxyzine hidroxizina hydralazine hidralazina cetirizine cetirizina loratadine loratadina
    loperamide loperamida naloxone naloxona naltrexone methadone metadona adrenaline adrenalina
    epinephrine epinefrina diphenhydramine difenhidramina promethazine prometazina"""
_MEDICINE = re.compile(rf"\w*(?:{'|'.join(_STEMS.split())})s?|(?:{'|'.join(_NAMES.split())})")


def tells_of_treatment(found: Iterable[Word]) -> bool:
    """Whether a sentence of these words has an amount, a frequency or a verb of taking."""
    counted = measured = False
    for word in found:
        if word.key in TAKING:
            return True
        if word.kind in ("unit", "frequency") and word.key not in SLACK:
            return True
        if word.kind == "number":
            # "every two hours" is one word; a lone "one" or "first" is no amount yet.
            if " " in word.key or any(char.isnumeric() for char in word.key):
                return True
            counted = True
        measured = measured or word.kind == "unit"
    return counted and measured


def touches_treatment(gone: Sequence[Word], come: Sequence[Word]) -> bool:
    """Whether words that went, and those that came in their place, change what a treatment is."""
    if len(gone) == len(come):
        pairs = [(a, b) for a, b in zip(gone, come, strict=True) if not _slip(a.key, b.key)]
        touched = [word for pair in pairs for word in pair]
    else:
        touched = [*gone, *come]
    return any(
        (word.in_treatment and word.key not in EMPTY) or names_medicine(word.key) for word in touched
    )


@lru_cache(maxsize=20_000)
def names_medicine(key: str) -> bool:
    """Whether a word, in small letters, has the form of the name of a medicine."""
    return _MEDICINE.fullmatch(key) is not None


def _slip(before: str, after: str) -> bool:
    """Whether two words are one, but for an accent or a slip in a plain word."""
    if unaccented(before) == unaccented(after):
        return True
    return (before in PLAIN or after in PLAIN) and misspelt(before, after)
