"""A translation beside its source: which sections stand together, and which numbers are not in both."""

import pytest

from tests.effort import calls
from topics.content.document import build_document
from topics.content.sections import plain_text
from topics.rules.numerals import readings
from topics.rules.same_numbers import Numbers, compared
from topics.rules.side_by_side import side_by_side

MATCHING = [
    # source (English), translation (Spanish): the same numbers
    ("Take 5 mg.", "Tome 5 mg."),
    ("Take 1,000 mg.", "Tome 1.000 mg."),
    ("Take 1,000 mg.", "Tome 1 000 mg."),
    ("Take 1,000 mg.", "Tome 1,000 mg."),
    ("Take 1.5 mg.", "Tome 1,5 mg."),
    ("Take 1.5 mg.", "Tome 1.5 mg."),
    ("1,234,567.5 people", "1.234.567,5 personas"),
    ("Take 2 tablets.", "Tome dos comprimidos."),
    ("Take two tablets.", "Tome 2 comprimidos."),
    ("Half: ½ tablet, 1½ days", "Media: ½ comprimido, 1½ días"),
    ("5 mcg", "5 µg"),
    ("800 IU a day", "800 UI al día"),
    ("Below 140/90 mmHg", "Por debajo de 140/90 mmHg"),
    ("5 mL", "5 ml"),
    ("On 3 days", "En 3 días"),
    ("5–10 mg", "de 5 a 10 mg"),
    ("5-day course", "curso de 5 días"),
    ("Take .5 mg.", "Tome 0,5 mg."),
    ("1 1/2 cups", "1½ tazas"),
    ("5% of people", "el 5 por ciento de las personas"),
    ("5 percent", "5 %"),
    ("5 milligrams", "5 mg"),
    ("5 mg/kg/day", "5 mg/kg/día"),
    ("10<sup>9</sup> cells", "10⁹ células"),
    ("CO₂ and B₁₂", "CO2 y B12"),
    ("Twenty-five pills", "Veinticinco pastillas"),
    ("thirty five", "treinta y cinco"),
    ("Below -5 °C", "A menos de −5 °C"),
    ("Once a day, for one year", "Una vez al día durante un año"),
    ("Both hands", "Las dos manos"),
    ("5 mg in the morning, 10 mg in the evening", "5 mg por la mañana, 10 mg por la noche"),
    ("Open 24/7 on 3 days", "Abierto 24/7 en 3 días"),
]
DIFFERING = [
    # source, translation, missing, added, moved
    ("Take 5 mg.", "Tome 50 mg.", ("5 mg",), ("50 mg",), ()),
    ("Take 5 mg.", "Tome 5 mcg.", ("5 mg",), ("5 mcg",), ()),
    ("Take 5 mg.", "Tome una pastilla.", ("5 mg",), (), ()),
    ("Take it.", "Tome 5 mg.", (), ("5 mg",), ()),
    ("Take 1.5 mg.", "Tome 15 mg.", ("1.5 mg",), ("15 mg",), ()),
    ("Take 1.5 mg.", "Tome 1,05 mg.", ("1.5 mg",), ("1,05 mg",), ()),
    ("1,000 mg", "1,0 mg", ("1,000 mg",), ("1,0 mg",), ()),
    ("5 mg, then 5 mg", "5 mg", ("5 mg",), (), ()),
    ("5 mg or 5 g", "5 g o 5 g", ("5 mg",), ("5 g",), ()),
    ("3 days", "dos días", ("3 days",), ("dos días",), ()),
    ("1 pill", "½ pastilla", ("1",), ("½",), ()),
    ("Call 911.", "Llame al 112.", ("911",), ("112",), ()),
    ("5 mg then 10 mg", "10 mg y 5 mg", (), (), ("10 mg, 5 mg",)),
    ("Two or 3 days", "3 o dos días", (), (), ("3, dos días",)),
    ("two tablets", "tres comprimidos", ("two",), ("tres",), ()),
    ("5 hours", "5 días", ("5 hours",), ("5 días",), ()),
    ("5 milligrams", "5 gramos", ("5 milligrams",), ("5 gramos",), ()),
    ("5%", "5 por mil", ("5%",), ("5 por mil",), ()),
    ("5 mg/kg", "5 mg/l", ("5 mg/kg",), ("5 mg/l",), ()),
    ("5–10 mg", "5–15 mg", ("10 mg",), ("15 mg",), ()),
    ("1/2 tablet", "1/4 de tableta", ("1/2",), ("1/4",), ()),
    ("Vitamin B12", "Vitamina B6", ("12",), ("6",), ()),
    ("10⁹ cells", "10⁶ células", ("10⁹",), ("10⁶",), ()),
    ("-5 °C", "5 °C", ("-5 °C",), ("5 °C",), ()),
    ("Twenty-five", "Veinticuatro", ("Twenty-five",), ("Veinticuatro",), ()),
    ("Take 2 of two colours", "Tome de dos colores", ("two",), (), ()),
    ("1,500 mg", "1,5 mg", ("1,500 mg",), ("1,5 mg",), ()),
]


def text(html):
    return plain_text(f"<p>{html}</p>")


@pytest.mark.parametrize(("source", "translation"), MATCHING)
def test_the_same_number_written_otherwise_is_no_difference(source, translation):
    assert compared(text(source), "en", text(translation), "es") == Numbers()
    assert compared(text(translation), "es", text(source), "en") == Numbers()


@pytest.mark.parametrize(("source", "translation", "missing", "added", "moved"), DIFFERING)
def test_a_number_that_only_one_side_has_or_has_elsewhere_is_named(
    source, translation, missing, added, moved
):
    assert compared(source, "en", translation, "es") == Numbers(missing, added, moved)
    back = compared(translation, "es", source, "en")
    assert (back.missing, back.added) == (added, missing)
    assert bool(back.moved) == bool(moved)


PASSAGES = [
    # What differs where the passages of two sections stand side by side.
    (
        "Take 5 mg in the morning.\n\nTake 10 mg at night.",
        "Tome 10 mg por la mañana.\n\nTome 5 mg por la noche.",
        Numbers(moved=("10 mg", "5 mg")),
    ),
    (
        "Take 2 tablets.\n\nFor the two of you.",
        "Tome comprimidos.\n\nPara los dos.",
        Numbers(missing=("2",)),
    ),
    (
        "Age | Dose\n1 year | 5 mg\n2 years | 10 mg",
        "Edad | Dosis\n1 año | 10 mg\n2 años | 5 mg",
        Numbers(moved=("10 mg", "5 mg")),
    ),
    ("Age | Dose\n1 year | 5 mg", "Edad | Dosis\n1 año | 5 mg", Numbers()),
    ("1. Wash\n2. Take 5 mg", "1. Lave\n2. Tome 5 mg", Numbers()),
    ("1. Wash\n2. Take 2 tablets", "1. Lave\n2. Tome comprimidos", Numbers(missing=("2",))),
    ("- 5 mg\n- 10 mg", "- 10 mg\n- 5 mg", Numbers(moved=("10 mg", "5 mg"))),
    # Of other shapes, they are compared as one passage.
    ("Take 5 mg. Rest.", "Tome 5 mg.\n\nDescanse.", Numbers()),
    ("5 mg, then 10 mg.", "Primero 10 mg.\n\nLuego 5 mg.", Numbers(moved=("10 mg, 5 mg",))),
    ("Take 5 mg.\n\nRest.", "Tome 50 mg.", Numbers(("5 mg",), ("50 mg",))),
]


@pytest.mark.parametrize(("source", "translation", "numbers"), PASSAGES)
def test_each_passage_is_compared_with_its_like(source, translation, numbers):
    assert compared(source, "en", translation, "es") == numbers


def test_words_are_compared_only_between_languages_whose_words_are_known():
    assert compared("Take two tablets.", "en", "Prenez deux comprimés.", "fr") == Numbers()
    assert compared("Take two tablets.", "en", "Prenez 2 comprimés.", "fr") == Numbers()
    assert compared("Take 2 tablets.", "en", "Prenez 3 comprimés.", "fr") == Numbers(("2",), ("3",))


@pytest.mark.parametrize("piece", ["1 ", "1,", "- ", "1/", "one ", "twenty-", "9", "5 mg 6 g "])
def test_many_numbers_are_compared_quickly(piece):
    assert calls(lambda: compared(piece * 5000, "en", f"x {piece * 4000}", "es")) < 3_000_000


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "figure", ["12.03.2024", "1.2.3", "0.001", "0,001", "007", "1.000.000", "1,5.2"]
)
def test_every_figure_has_a_reading(figure, language):
    assert readings(figure, language)


def document(language, body, title="Cough", summary="What it is."):
    return build_document(
        article_id="x",
        language=language,
        title=title,
        also_called=[],
        summary=summary,
        body=body,
        authors=[],
        references=[],
        codes=[],
        related_ids=[],
    )


def headings(source, translation):
    pairs = side_by_side(document("en", source), document("es", translation, "Tos", "Qué es."))
    return [
        (
            pair.source.heading if pair.source else None,
            pair.translation.heading if pair.translation else None,
        )
        for pair in pairs
    ]


def section(heading, text, level=2):
    return f"<h{level}>{heading}</h{level}><p>{text}</p>"


THREE = section("Dose", "Take 5 mg.") + section("Risks", "Bleeding. " * 9) + section("Help", "Call 911.")


def test_sections_stand_beside_each_other_in_their_order():
    spanish = (
        section("Dosis", "Tome 5 mg.")
        + section("Riesgos", "Sangrado. " * 9)
        + section("Ayuda", "Llame al 911.")
    )
    assert headings(THREE, spanish) == [
        ("Cough", "Tos"),
        ("Dose", "Dosis"),
        ("Risks", "Riesgos"),
        ("Help", "Ayuda"),
    ]


@pytest.mark.parametrize("left_out", ["Dose", "Risks", "Help"])
def test_a_section_that_the_translation_lacks_stands_alone(left_out):
    spanish = {
        "Dose": section("Dosis", "Tome 5 mg."),
        "Risks": section("Riesgos", "Sangrado. " * 9),
        "Help": section("Ayuda", "Llame al 911."),
    }
    kept = "".join(html for name, html in spanish.items() if name != left_out)
    assert (left_out, None) in headings(THREE, kept)
    assert sum(None in pair for pair in headings(THREE, kept)) == 1


def test_a_section_that_the_translation_alone_has_stands_alone():
    spanish = section("Dosis", "Tome 5 mg.") + section("Nota", "Dos cosas.", 3)
    assert headings(section("Dose", "Take 5 mg."), spanish)[-1] == (None, "Nota")


def test_a_section_of_another_level_is_still_found():
    source = section("Dose", "Take 5 mg.") + section("Children", "Take 2.5 mg.", 3)
    spanish = section("Dosis", "Tome 5 mg.") + section("Niños", "Tome 2,5 mg.", 2)
    assert headings(source, spanish)[-1] == ("Children", "Niños")


def test_the_numbers_of_each_pair_are_compared():
    pairs = side_by_side(
        document("en", "<p>Take 5 mg.</p>" + section("Help", "Call 911.")),
        document("es", "<p>Tome 50 mg.</p>" + section("Ayuda", "Llame al 911."), "Tos", "Qué es."),
    )
    assert [(pair.numbers, pair.is_marked) for pair in pairs] == [
        (Numbers(), False),
        (Numbers(("5 mg",), ("50 mg",)), True),
        (Numbers(), False),
    ]


def test_a_translation_that_is_still_empty_has_every_section_missing():
    pairs = side_by_side(document("en", THREE), document("es", ""))
    assert [pair.lacks_a_side for pair in pairs] == [False, True, True, True]


def test_a_very_long_document_is_aligned_in_its_order():
    many = "".join(section(f"Part {n}", f"{n} mg") for n in range(600))
    pairs = side_by_side(document("en", many), document("es", many))
    assert len(pairs) == 601
    assert not any(pair.is_marked for pair in pairs)
