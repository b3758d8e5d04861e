"""Syllables are counted as a dictionary parts the words; the counts below are a person's."""

import pytest

from topics.rules.syllables import syllables

ENGLISH = """
a:1 the:1 open:2 diabetes:4 medicine:3 area:3 idea:3 doctor:2 breathing:2 hypertension:4 science:2
patient:2 asthma:2 fever:2 pneumonia:4 special:2 video:3 people:2 radio:3 curious:3 medium:3 usual:3
language:2 quality:3 quiet:2 believe:2 metabolism:5 rhythm:2 little:2 table:2 needed:2 walked:1
diseases:3 bandages:3 makes:1 cough:1 water:2 medications:4 blood:1 pressure:2 cholesterol:4
inflammation:4 every:2 insulin:3 infection:3 being:2 react:2 reaction:3 physician:3 antibiotics:5
appendicitis:5 throat:1 emergency:4 nausea:3 vegetables:4 appropriate:4 immediately:5 anxiety:4
variety:4 society:4 continue:3 fluid:2 dialysis:4 bacteria:4 obvious:3 serious:3 region:2 religion:3
million:2 opinion:3 kidney:2 exercise:3 vaccine:2 clothes:1 used:1 tired:1 treated:2 sometimes:2
therefore:2 create:2 employee:3 gradual:3 actually:4 January:4 virus:2 viruses:3 physiotherapy:6
cardiovascular:6 follow-up:3 HIV:3 MRI:3 DNA:3 5:1 2.5:1 mg:1 don't:1
"""
SPANISH = """
a:1 el:1 enfermedad:4 médico:3 día:2 corazón:3 aéreo:4 presión:2 ahogo:3 amor:2 idea:3 diabetes:3
hipertensión:4 que:1 guerra:2 agua:2 pingüino:3 país:2 oído:3 cuídese:3 y:1 muy:1 hoy:1 leyes:2
medicina:4 tratamiento:4 ciudad:2 huevo:2 anemia:3 neumonía:4 aire:2 siguiente:3 leer:2 proteína:4
cefalea:4 diarrea:3 ayuda:3 reúne:3 tos:1 fiebre:2 azúcar:3 respiración:4 cuerpo:2 Europa:3
averiguáis:4 enfermedades:5 hígado:3 5:1
"""


@pytest.mark.parametrize(
    ("word", "counted", "language"),
    [
        (*word.rsplit(":", 1), language)
        for language, words in (("en", ENGLISH), ("es", SPANISH))
        for word in words.split()
    ],
)
def test_a_word_has_as_many_syllables_as_a_person_counts(word, counted, language):
    assert syllables(word, language) == int(counted)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("odd", ["-", "a-", "中文", "ß", "é", "'", "x" * 500])
def test_odd_words_have_a_syllable_at_least(odd, language):
    assert syllables(odd, language) >= 1


def test_a_language_without_rules_is_an_error():
    with pytest.raises(KeyError):
        syllables("Husten", "de")
