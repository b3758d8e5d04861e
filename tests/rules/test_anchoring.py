"""Where a passage went, held to a table that was written by hand: quote, old body, new body, outcome."""

import pytest

from tests.effort import calls
from topics.content.html import clean
from topics.content.passages import reading_text
from topics.content.sections import sections
from topics.rules.anchoring import Anchor, locate, quoted, texts

OLD = (
    "<p>Most coughs clear up on their own.</p>"
    "<h2>Treatment</h2><p>Drink plenty of water. Take 5 mg at night with food.</p>"
    "<p>Rest as much as you need.</p>"
    "<h2>When to get help</h2><ul><li>You cough up blood</li><li>You lose weight</li></ul>"
    "<table><tbody><tr><th>Age</th><th>Dose</th></tr><tr><td>2 years</td><td>2.5 mg</td></tr>"
    "</tbody></table>"
)


def document(body, **fields):
    fields = {"title": "Cough", "also_called": ["Tussis"], "summary": "What helps.", **fields}
    return {**fields, "sections": sections(clean(body))}


def change(before, after):
    assert before in OLD
    return OLD.replace(before, after)


# (what is tried, section, quote, the new body, how, section, what stands there, its sentences)
CASES = [
    ("nothing changed", "treatment", "5 mg", OLD, "kept", "treatment", "5 mg", ""),
    ("the first words of a block", "treatment", "Drink plenty", OLD, "kept", "treatment",
     "Drink plenty", ""),
    ("a whole block", "treatment", "Rest as much as you need.", OLD, "kept", "treatment",
     "Rest as much as you need.", ""),
    ("across two blocks", "treatment", "food. Rest as", OLD, "kept", "treatment", "food. Rest as", ""),
    ("a list item", "when-to-get-help", "You lose weight", OLD, "kept", "when-to-get-help",
     "You lose weight", ""),
    ("across list items", "when-to-get-help", "blood You lose", OLD, "kept", "when-to-get-help",
     "blood You lose", ""),
    ("a cell", "when-to-get-help", "2.5 mg", OLD, "kept", "when-to-get-help", "2.5 mg", ""),
    ("before the first heading", "lead", "on their own", OLD, "kept", "lead", "on their own.", ""),
    ("other words of its sentence changed", "treatment", "5 mg",
     change("at night with food", "in the morning, after a meal"), "kept", "treatment", "5 mg", ""),
    ("emphasis was added", "treatment", "Take 5 mg", change("Take 5 mg", "Take <strong>5 mg</strong>"),
     "kept", "treatment", "Take 5 mg", ""),
    ("another paragraph came before", "treatment", "5 mg",
     change("<p>Drink", "<p>Honey helps children over 1 year: 5 mg of it.</p><p>Drink"),
     "kept", "treatment", "5 mg", ""),
    ("the dose changed", "treatment", "5 mg", change("5 mg at", "50 mg at"), "rewritten", "treatment",
     "50 mg", "Take 50 mg at night with food."),
    ("only part of a number is the same", "treatment", "5 mg", change("5 mg at", "2.5 mg at"),
     "rewritten", "treatment", "2.5 mg", "Take 2.5 mg at night with food."),
    ("the same dose elsewhere is no find", "treatment", "5 mg",
     change("5 mg at night with food.</p>", "10 mg at night with food.</p><p>Children: 5 mg.</p>"),
     "rewritten", "treatment", "10 mg", "Take 10 mg at night with food."),
    ("a negation came in", "treatment", "Take 5 mg at night", change("Take 5 mg", "Never take 5 mg"),
     "rewritten", "treatment", "Never take 5 mg at night", "Never take 5 mg at night with food."),
    ("the words were replaced in place", "treatment", "plenty of water",
     change("plenty of water", "eight glasses"), "rewritten", "treatment", "eight glasses.",
     "Drink eight glasses."),
    ("a cell changed", "when-to-get-help", "2.5 mg", change("2.5 mg", "3 mg"), "rewritten",
     "when-to-get-help", "3 mg", "Age Dose 2 years 3 mg"),
    ("words were taken out", "treatment", "at night", change(" at night", ""), "removed", "treatment",
     "", ""),
    ("the sentence was taken out", "treatment", "Rest as much as you need.",
     change("<p>Rest as much as you need.</p>", ""), "removed", "treatment", None, ""),
    ("the whole list was taken out", "when-to-get-help", "You cough up blood",
     change("<ul><li>You cough up blood</li><li>You lose weight</li></ul>", "<p>Ask us.</p>"),
     "removed", "when-to-get-help", None, ""),
    ("the section moved", "treatment", "5 mg",
     "<h2>When to get help</h2><p>Soon.</p><h2>Treatment</h2>"
     "<p>Drink plenty of water. Take 5 mg at night with food.</p>",
     "kept", "treatment", "5 mg", ""),
    ("the heading was reworded", "treatment", "5 mg", change("<h2>Treatment", "<h2>What you can do"),
     "moved", "what-you-can-do", "5 mg", ""),
    ("the sentence went to another section", "treatment", "Rest as much as you need.",
     change("<p>Rest as much as you need.</p>", "") + "<p>Rest as much as you need.</p>",
     "moved", "when-to-get-help", "Rest as much as you need.", ""),
    ("a short word of another section is no find", "treatment", "food",
     change("<p>Drink plenty of water. Take 5 mg at night with food.</p>", "")
     + "<p>No food is bad.</p>",
     "removed", "treatment", None, ""),
    ("moved and rewritten", "treatment", "5 mg",
     "<h2>Medicines</h2><p>Drink plenty of water. Take 10 mg at night with food.</p>",
     "rewritten", "medicines", "10 mg", "Take 10 mg at night with food."),
    ("everything is another text", "treatment", "5 mg", "<h2>Treatment</h2><p>See a doctor.</p>",
     "removed", "treatment", None, ""),
    ("nothing is left", "treatment", "5 mg", "", "removed", "treatment", None, ""),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_passage_is_found_again_as_the_table_says(case):
    _name, section, quote, body, how, new_section, wording, sentences = case
    anchor = quoted(Anchor("section", section, quote), texts(document(OLD)), context=80)
    now = texts(document(body))
    found = locate(anchor, now)
    assert (found.how, found.section) == (how, new_section)
    if wording is None:
        assert found.block is None
    else:
        (text,) = [text for text in now if text.section == new_section]
        assert text.whole[found.start : found.end] == wording
        assert found.block == text.block_at(found.start)
    if how == "rewritten":
        assert found.text == sentences


SPANISH = (
    "<h2>Qué hacer</h2><p>Llame al médico si la fiebre pasa de 38,5 °C. No dé aspirina a los niños.</p>"
)


def test_a_spanish_passage_is_found_by_its_accents_and_its_decimal_comma():
    now = SPANISH.replace("38,5", "39,5")
    anchor = quoted(Anchor("section", "que-hacer", "38,5 °C"), texts(document(SPANISH)), context=80)
    found = locate(anchor, texts(document(now)))
    assert (found.how, found.text) == ("rewritten", "Llame al médico si la fiebre pasa de 39,5 °C.")
    kept = Anchor("section", "que-hacer", "No dé aspirina a los niños.")
    assert locate(quoted(kept, texts(document(SPANISH)), context=80), texts(document(now))).how == "kept"


def test_what_is_quoted_is_widened_to_whole_words_and_gets_its_neighbours():
    anchor = quoted(Anchor("section", "treatment", "mg at nig"), texts(document(OLD)), context=12)
    assert anchor == Anchor("section", "treatment", "mg at night", "Take 5", "with food.")


def test_a_number_is_never_quoted_in_part():
    anchor = quoted(Anchor("section", "when-to-get-help", "5 mg"), texts(document(OLD)), context=80)
    assert anchor.quote == "2.5 mg"


@pytest.mark.parametrize("quote", ["Take\n5\u00a0mg \t at night", "  Take 5 mg at night  "])
def test_a_quote_is_found_whatever_parts_its_words(quote):
    anchor = quoted(Anchor("section", "treatment", quote), texts(document(OLD)), context=80)
    assert anchor.quote == "Take 5 mg at night"


def test_of_several_places_the_one_between_the_neighbours_is_quoted():
    body = "<h2>Dose</h2><p>Adults: 5 mg a day.</p><p>Children: 5 mg a week.</p>"
    given = Anchor("section", "dose", "5 mg", "a day. Children:", "a week.")
    anchor = quoted(given, texts(document(body)), context=80)
    assert (anchor.prefix, anchor.suffix) == ("Children:", "a week.")
    assert locate(anchor, texts(document(body))).block == 1


@pytest.mark.parametrize(
    "section, quote", [("treatment", "You lose weight"), ("treatment", "50 mg"), ("dose", "5 mg")]
)
def test_words_that_do_not_stand_there_are_not_quoted(section, quote):
    assert quoted(Anchor("section", section, quote), texts(document(OLD)), context=80) is None


def test_without_words_the_whole_part_is_meant():
    now = texts(document(OLD))
    assert locate(Anchor("version"), now).how == "whole"
    assert locate(Anchor("section", "treatment"), now).how == "whole"
    assert locate(Anchor("section", "gone"), now).how == "removed"
    assert quoted(Anchor("section", "gone"), now, context=80) is None


def test_a_passage_of_the_summary_that_was_reworded_shows_the_summary():
    anchor = quoted(Anchor("summary", quote="helps"), texts(document(OLD)), context=80)
    found = locate(anchor, texts(document(OLD, summary="What can be done.")))
    assert (found.how, found.text) == ("rewritten", "What can be done.")
    assert locate(anchor, texts(document(OLD))).how == "kept"


def test_fifty_passages_of_a_long_document_are_found_quickly():
    paragraph = (
        "<p>" + "Some words about number {0}, which differs, and its dose of {0} mg a day. " * 9 + "</p>"
    )
    body = "".join(f"<h2>Part {n}</h2>{paragraph.format(n)}" for n in range(340))
    assert len(body) > 200_000
    now = texts(document(body))
    anchors = [
        Anchor("section", f"part-{n}", f"gone {n} away", "Some words about", "mg") for n in range(25)
    ]
    anchors += [Anchor("section", f"part-{n}", f"dose of {n} mg", "its", "a day") for n in range(25)]
    found = []
    assert calls(lambda: found.extend(locate(anchor, now).how for anchor in anchors)) < 9_000_000
    assert found[25:] == ["kept"] * 25


def test_the_text_to_quote_from_parts_what_a_reader_sees_parted():
    html = "<p>One<br>two <em>th</em>ree</p><ul><li>Four<ul><li>five</li></ul></li></ul>"
    assert reading_text(html) == "One two three Four five"
