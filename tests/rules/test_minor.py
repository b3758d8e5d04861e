"""Every change that touches a number, unit, dose or negation is found, and typo fixes pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import calls
from tests.rules.minor_cases import CLINICAL, MINOR
from topics.content.document import build_document
from topics.management.demo.stage import read
from topics.rules.clinical_words import misspelt, reverses
from topics.rules.minor import ClinicalChange, clinical_changes
from topics.rules.redline import redline
from topics.rules.treatment import names_medicine


def document(body="", **changes):
    fields = {
        "article_id": "T-1",
        "language": "en",
        "title": "Fever",
        "also_called": ["High temperature"],
        "audience": "patient",
        "summary": "What to do.",
        "authors": [{"name": "A. Writer", "credentials": "MA"}],
        "references": [{"title": "A study", "pmid": "1"}],
        "codes": [{"system": "icd-10-cm", "code": "R50.9", "display": "Fever"}],
        "related_ids": ["T-2"],
    }
    return build_document(body=body, **(fields | changes))


def changes_between(before, after, language="en"):
    return clinical_changes(
        document(f"<h2>Dosage</h2><p>{before}</p>", language=language),
        document(f"<h2>Dosage</h2><p>{after}</p>", language=language),
    )


@pytest.mark.parametrize(("language", "before", "after"), MINOR)
def test_a_change_away_from_clinical_words_may_be_minor(language, before, after):
    assert changes_between(before, after, language) == []
    assert changes_between(after, before, language) == []


@pytest.mark.parametrize(("language", "kind", "before", "after"), CLINICAL)
def test_a_clinical_change_is_found_in_both_directions(language, kind, before, after):
    found = changes_between(before, after, language)
    assert kind in [change.kind for change in found]
    assert changes_between(after, before, language) != []


def test_a_changed_dose_is_one_replacement_named_in_a_sentence():
    (change,) = changes_between("Take 5 mg now.", "Take 50 mg now.")
    assert change == ClinicalChange("number", "5 mg", "50 mg", "Dosage")
    assert str(change) == "In “Dosage”, “5 mg” became “50 mg”."


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("Do not drive.", "Do drive.", "In “Dosage”, “not” was removed."),
        ("Do drive.", "Do not drive.", "In “Dosage”, “not” was added."),
        (
            "It is not recommended.",
            "It is not required.",
            "In “Dosage”, “not recommended” became “not required”.",
        ),
    ],
)
def test_a_sentence_names_the_words_that_changed(before, after, sentence):
    assert [str(change) for change in changes_between(before, after)] == [sentence]


def test_equal_documents_have_no_clinical_change():
    assert clinical_changes(document("<p>Take 5 mg.</p>"), document("<p>Take 5 mg.</p>")) == []


def test_a_dose_moved_to_another_section_is_found():
    dose = "<p>Take 5 mg.</p>"
    before = document(f"<h2>Adults</h2>{dose}<h2>Children</h2><p>Ask first.</p>")
    after = document(f"<h2>Adults</h2><h2>Children</h2>{dose}<p>Ask first.</p>")
    assert clinical_changes(before, after)


def test_an_item_moved_from_do_to_do_not_is_found():
    before = document("<p>Do:</p><ul><li>rest</li><li>eat</li></ul><p>Do not:</p><ul><li>run</ul>")
    after = document("<p>Do:</p><ul><li>rest</li></ul><p>Do not:</p><ul><li>eat</li><li>run</ul>")
    assert clinical_changes(before, after)


LED_IN = [
    ("<p>You can take:</p><ul><li>Advil or the like</li><li>Aleve</li></ul>", "Advil", "Motrin"),
    ("<p>Use <em>one of these:</em></p><ol><li>sea water baths</li></ol>", "sea water", "vinegar"),
    (
        "<p>Take</p><p>any of:</p><p>Give it:</p><ul><li>x<ul><li>as a syrup</li></ul></li></ul>",
        "syrup",
        "gel",
    ),
]


@pytest.mark.parametrize(("body", "was", "now"), LED_IN)
def test_a_word_in_an_item_that_a_treatment_leads_in_is_found_by_rule_and_redline(body, was, now):
    before, after = document(body), document(body.replace(was, now))
    assert {change.kind for change in clinical_changes(before, after)} == {"treatment"}
    assert {change.kind for change in redline(before, after).clinical} == {"treatment"}


def test_a_word_in_the_row_of_a_dose_is_found_by_rule_and_redline():
    row = "<tr><td>Advil for grown people</td><td>{}</td></tr>"
    body = f"<table>{row.format('200 mg')}{row.format('400 mg')}</table><p>Rest 2 days.</p>"
    after = body.replace("Advil", "Motrin", 1).replace("2 days", "3 days")
    for found in (
        clinical_changes(document(body), document(after)),
        redline(document(body), document(after)).clinical,
    ):
        changes = [(change.kind, change.before, change.after) for change in found]
        assert changes == [("treatment", "Advil", "Motrin"), ("number", "2 days", "3 days")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>You may see:</p><ul><li>Advil or the like</li></ul>",
        "<p>You can take:</p><p>Nothing.</p><ul><li>Advil or the like</li></ul>",
        "<p>You can take anything.</p><ul><li>Advil or the like</li></ul>",
    ],
)
def test_an_item_that_no_treatment_leads_in_may_be_reworded(body):
    before, after = document(body), document(body.replace("Advil", "Motrin"))
    assert clinical_changes(before, after) == redline(before, after).clinical == []


def test_a_heading_with_a_corrected_typo_may_be_minor():
    before = document("<h2>Dosgae</h2><p>Take 5 mg twice daily.</p>")
    after = document("<h2>Dosing</h2><p>Take 5 mg twice daily.</p>")
    assert clinical_changes(before, after) == []


def test_a_heading_added_or_lowered_is_found():
    body = "<h2>One thing</h2><p>Rest.</p><h2>Children</h2><p>Call us.</p>"
    for other in (
        body.replace("<h2>Children</h2>", ""),
        body.replace("h2>Children<", "h3>Children<"),
    ):
        kinds = [change.kind for change in clinical_changes(document(body), document(other))]
        assert "structure" in kinds


TABLE = "<table><tr><th>Age</th><td>Dose</td></tr></table>"


@pytest.mark.parametrize(
    "after",
    [
        TABLE.replace("<td>Dose</td>", "<td>Dose</td><td></td>"),
        TABLE.replace("<td>", '<td colspan="2">'),
        TABLE.replace("<td>Dose</td></tr>", "</tr><tr><td>Dose</td></tr>"),
        f'<aside class="key-points"><p>x</p></aside>{TABLE}',
    ],
)
def test_the_shape_of_a_table_or_call_out_is_compared(after):
    assert "structure" in [c.kind for c in clinical_changes(document(TABLE), document(after))]


def test_a_link_to_another_address_is_found():
    before = document('<p>See <a href="https://a.example/">this</a>.</p>')
    after = document('<p>See <a href="https://b.example/">this</a>.</p>')
    (change,) = clinical_changes(before, after)
    assert str(change) == (
        "In “introduction”, the link “https://a.example/” became “https://b.example/”."
    )


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("title", "Fevers", "title"),
        ("title", "Chickenpox", "title"),
        ("also_called", ["High temperatures"], "also_called"),
        ("also_called", [], "also_called"),
        ("audience", "professional", "audience"),
        ("summary", "What to do daily.", "frequency"),
        ("authors", [{"name": "B. Writer", "credentials": "MA"}], "authors"),
        ("references", [], "references"),
        ("codes", [{"system": "icd-10-cm", "code": "R51", "display": "Fever"}], "codes"),
        ("related_ids", ["T-3"], "related_ids"),
        ("language", "es", "language"),
    ],
)
def test_every_field_of_the_document_is_compared(field, value, kind):
    found = clinical_changes(document("<p>Rest.</p>"), document("<p>Rest.</p>", **{field: value}))
    assert kind in [change.kind for change in found]
    assert all(str(change).endswith(".") for change in found)


def test_references_in_another_order_are_found():
    two = [{"title": "A"}, {"title": "B"}]
    (change,) = clinical_changes(document(references=two), document(references=two[::-1]))
    assert str(change) == "The references changed: “their order” was moved."


def test_an_ordered_list_that_becomes_a_bulleted_one_is_found():
    steps = "<ol><li>wash</li><li>dry</li></ol>"
    assert clinical_changes(document(steps), document(steps.replace("ol>", "ul>")))


def test_the_rewording_of_the_demo_may_be_minor():
    (revision,) = (r for r in read("revisions.json")["revisions"] if r["change_kind"] == "minor")
    body = other = "".join(read(f"articles/{revision['slug']}.en.json")["body"])
    for before, after in revision["replacements"]:
        other = other.replace(before, after)
    assert other != body
    assert clinical_changes(document(body), document(other)) == []


@pytest.mark.parametrize("added", ["<p>Call a doctor if it hurts.</p>", "<p>A nap helps.</p>"])
@pytest.mark.parametrize("rest", ["Rest a lot in bed.", "Rest well in bed."])
def test_a_paragraph_added_or_deleted_is_found(added, rest):
    before = document("<p>Rest well in bed.</p><p>Drink water.</p>")
    after = document(f"<p>{rest}</p>{added}<p>Drink water.</p>")
    assert "sentence" in [c.kind for c in clinical_changes(before, after)] or "if" in added
    assert clinical_changes(before, after)
    assert clinical_changes(after, before)


def test_an_added_sentence_is_named():
    (change,) = changes_between("Rest well.", "Rest well. A nap helps.")
    assert str(change) == "In “Dosage”, “A nap helps” was added."


def test_a_negation_that_punctuation_moved_is_named():
    (change,) = changes_between("No, smoke less.", "No smoke less.")
    assert str(change) == "In “Dosage”, “No,” became “No”."


def test_words_mistyped():
    assert misspelt("teh", "the")
    assert misspelt("tabelt", "tablet")
    assert misspelt("medicna", "medicina")
    assert not misspelt("whole", "hole")
    assert not misspelt("clonidine", "clozapine")


MEDICINES = (
    "ibuprofen ibuprofeno naproxen amoxicillin amoxicilina metformin metformina lisinopril losartán "
    "amlodipine amlodipino simvastatin atorvastatina omeprazole omeprazol clopidogrel insulin insulina "
    "warfarin morphine morfina codeine prednisone prednisolona apixaban levodopa gabapentin "
    "salbutamol sertraline"
)
ORDINARY = (
    "april abril cholesterol colesterol magazine doctrine routine rutina repentina vivir servir milk "
    "endorfina spartan machine medicine vaccine vacuna water sleep reform uniform"
)


def test_medicines_are_known_by_the_stems_of_their_names():
    unknown = {"salbutamol", "sertraline"}  # Of stems that end ordinary words too.
    assert {word for word in MEDICINES.split() if not names_medicine(word)} == unknown
    assert [word for word in ORDINARY.split() if names_medicine(word)] == []


def test_opposites_by_form():
    assert reverses("safe", "unsafe")
    assert reverses("useful", "useless")
    assert reverses("hyperglycemia", "hypoglycemia")
    assert not reverses("teh", "the")


WORDS = st.sampled_from(["rest", "well", "5 mg", "not", "daily", "water", "10", "twice", "home", "."])


@settings(deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_without_findings_the_clinical_words_are_the_same_in_the_same_order(before, after):
    found = changes_between(" ".join(before), " ".join(after))
    clinical = {"5 mg", "not", "daily", "10", "twice"}
    kept = [[word for word in words if word in clinical] for words in (before, after)]
    if not found:
        assert kept[0] == kept[1]
    if before == after:
        assert found == []


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda n: f"Sentence {n} tells of water and rest at home, and of the tablet taken.",
        lambda n: f"Sentence {n} tells of water and rest at house, and of teh tablet taken.",
        lambda n: f"Other words here, {n} in all, with nothing in common but the length of it.",
        lambda n: "Same.",
    ],
)
def test_long_documents_are_compared_with_little_work(rewrite):
    body = "".join(
        f"<p>Sentence {n} tells of water and rest at home, and of the tablet taken.</p>"
        for n in range(3500)
    )
    other = "".join(f"<p>{rewrite(n)}</p>" for n in range(3500))
    before, after = document(body), document(other)
    assert calls(lambda: clinical_changes(before, after)) < 9_000_000


def test_one_giant_paragraph_rewritten_throughout_is_refused_quickly():
    before = document(f"<p>{'and of the water ' * 15000}</p>")
    after = document(f"<p>{'of the water and so ' * 12000}</p>")
    assert [change.kind for change in clinical_changes(before, after)] == ["extent"]
    assert calls(lambda: clinical_changes(before, after)) < 9_000_000


def test_every_other_one_of_many_short_sentences_is_compared_quickly():
    before = document("".join(f"<p>Rest {n}.</p>" for n in range(15000)))
    after = document("".join(f"<p>{'Rest' if n % 2 else 'Sleep'} {n}.</p>" for n in range(15000)))
    assert clinical_changes(before, after)
    assert calls(lambda: clinical_changes(before, after)) < 9_000_000
