"""What changed in a source, and which of it a translation has not taken over."""

import pytest

from topics.content.document import build_document
from topics.rules.carrying_over import changed_parts, untouched, wording
from topics.rules.redline import redline

LEAD = "<p>Most coughs clear up.</p>"
DOSE = "<h2>Dose</h2><p>Take 5 mg at night.</p>"
RISKS = "<h2>Risks</h2><p>You may feel sleepy on the next day, and should not drive.</p>"
HELP = "<h2>Help</h2><ul><li>Call 911 if you can't breathe.</li></ul>"
BODY = LEAD + DOSE + RISKS + HELP
SPANISH = (
    "<p>La mayoría se va sola.</p><h2>Dosis</h2><p>Tome 5 mg por la noche.</p>"
    "<h2>Riesgos</h2><p>Puede tener sueño al día siguiente, y no debe conducir.</p>"
    "<h2>Ayuda</h2><ul><li>Llame al 911 si no puede respirar.</li></ul>"
)


def document(language="en", body=BODY, **fields):
    given = {
        "title": "Cough",
        "also_called": ["Tussis"],
        "summary": "What it is.",
        "references": [{"title": "A source"}],
        "codes": [{"system": "icd-10-cm", "code": "R05"}],
        **fields,
    }
    return build_document(
        article_id="x", language=language, body=body, authors=[], related_ids=[], **given
    )


def spanish(body=SPANISH, **fields):
    return document("es", body, **{"title": "Tos", "summary": "Qué es.", **fields})


def names(parts):
    return [part.heading or part.name for part in parts]


CHANGES = [
    # what the source says now, the parts that changed and how
    ({}, []),
    ({"body": BODY.replace("5 mg", "2 mg")}, [("Dose", "changed")]),
    ({"body": BODY.replace("Risks", "Dangers")}, [("Dangers", "changed")]),
    ({"body": BODY + "<h2>Rest</h2><p>Stay in bed.</p>"}, [("Rest", "added")]),
    ({"body": LEAD + RISKS + HELP}, [("Dose", "removed")]),
    ({"body": LEAD + DOSE + HELP + RISKS}, [("Help", "moved")]),
    (
        {"body": BODY.replace("<h2>Risks", "<h3>Risks").replace("Risks</h2>", "Risks</h3>")},
        [("Risks", "changed")],
    ),
    ({"body": BODY.replace("Most", "Some")}, [("section", "changed")]),
    ({"title": "Coughing"}, [("title", "changed")]),
    ({"also_called": ["Tussis", "Barking"]}, [("also_called", "changed")]),
    ({"summary": "What helps."}, [("summary", "changed")]),
    ({"references": []}, [("references", "removed")]),
    ({"codes": [{"system": "icd-10-cm", "code": "R05.1"}]}, [("codes", "changed")]),
]


@pytest.mark.parametrize(("now", "expected"), CHANGES)
def test_each_part_that_changed_is_named_with_how(now, expected):
    found = changed_parts(redline(document(), document(**now)))
    assert [(part.heading or part.name, part.how) for part in found] == expected


@pytest.mark.parametrize(("now", "expected"), CHANGES)
def test_a_translation_that_says_what_it_said_has_taken_nothing_over(now, expected):
    before = spanish()
    left = untouched(document(), document(**now), before, wording(before))
    assert names(left) == [name for name, how in expected if how != "moved"]


TAKEN_OVER = [
    # what the source says now, what the translation says now
    ({"body": BODY.replace("5 mg", "2 mg")}, {"body": SPANISH.replace("5 mg", "2 mg")}),
    (
        {"body": LEAD + RISKS + HELP},
        {"body": SPANISH.replace("<h2>Dosis</h2><p>Tome 5 mg por la noche.</p>", "")},
    ),
    (
        {"body": BODY + "<h2>Rest</h2><p>Stay in bed.</p>"},
        {"body": SPANISH + "<h2>Reposo</h2><p>Guarde cama.</p>"},
    ),
    ({"body": BODY.replace("Most", "Some")}, {"body": SPANISH.replace("La mayoría", "Alguna")}),
    ({"title": "Coughing"}, {"title": "Toser"}),
    ({"also_called": ["Barking"]}, {"also_called": ["Perruna"]}),
    ({"summary": "What helps."}, {"summary": "Qué ayuda."}),
    ({"references": []}, {"references": []}),
    ({"codes": []}, {"codes": []}),
]


@pytest.mark.parametrize(("now", "says"), TAKEN_OVER)
def test_what_was_rewritten_in_the_translation_is_taken_over(now, says):
    assert untouched(document(), document(**now), spanish(**says), wording(spanish())) == []


def test_a_change_elsewhere_in_the_translation_takes_nothing_over():
    says = spanish(body=SPANISH.replace("sueño", "mucho sueño"))
    source = document(body=BODY.replace("5 mg", "2 mg"))
    assert names(untouched(document(), source, says, wording(spanish()))) == ["Dose"]


def test_only_the_changed_section_of_several_is_left():
    source = document(body=BODY.replace("5 mg", "2 mg").replace("911", "112"))
    says = spanish(body=SPANISH.replace("5 mg", "2 mg"))
    assert names(untouched(document(), source, says, wording(spanish()))) == ["Help"]


def test_a_very_long_source_is_compared():
    def many(word):
        return "".join(f"<h2>Part {n}</h2><p>{word} {n} mg</p>" for n in range(300))

    source = document(body=many("Take") + "<h2>Last</h2><p>One.</p>")
    assert names(untouched(document(body=many("Take")), source, spanish(many("Tome")), [])) == ["Last"]
