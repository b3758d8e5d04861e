"""The grade of a text, computed by hand; what counts as a sentence; where the hard places are."""

import pytest

from tests.effort import calls
from topics.content.html import clean
from topics.content.sections import sections
from topics.rules.readability import readability, school_year
from topics.rules.sentences import sentences_of, split


def document(body="", *, language="en", summary="", title="T"):
    return {
        "language": language,
        "title": title,
        "summary": summary,
        "sections": sections(clean(body)),
    }


def test_flesch_kincaid_is_as_computed_by_hand():
    # 9 + 6 = 15 words in 2 sentences; syllables 1 3 1 1 3 1 1 1 3, 1 1 2 1 1 2 = 15 + 8 = 23.
    text = "The medicine can make the medicine in your medicine. Call the doctor if it bothers."
    measured = readability(document(f"<p>{text}</p>"))
    assert (measured.words, measured.sentences) == (15, 2)
    assert measured.formula == "Flesch-Kincaid"
    # 0.39 * 7.5 + 11.8 * 23 / 15 - 15.59 = 2.925 + 18.0933 - 15.59 = 5.428
    assert (measured.score, measured.grade) == (5.4, 5.4)


def test_fernandez_huerta_is_as_computed_by_hand():
    # "La tos es seca." 1+1+1+2 = 5; "Beba agua cada día." 2+2+2+2 = 8: 13 syllables in 8 words.
    measured = readability(document("<p>La tos es seca. Beba agua cada día.</p>", language="es-MX"))
    assert (measured.words, measured.sentences) == (8, 2)
    # 206.84 - 60 * 13 / 8 - 1.02 * 4 = 206.84 - 97.5 - 4.08 = 105.26
    assert (measured.formula, measured.score, measured.grade) == ("Fernández-Huerta", 105.3, 4.0)


@pytest.mark.parametrize(
    ("score", "year"), [(95, 4), (90, 4), (89.9, 5), (75, 6), (60, 8), (59.9, 12), (30, 13), (-5, 16)]
)
def test_a_score_is_read_as_a_school_year_by_its_own_table(score, year):
    assert school_year(score) == year


def test_a_language_without_a_formula_has_no_grade_but_its_longest_sentences():
    long = " ".join(["Wort"] * 30)
    measured = readability(document(f"<p>{long}. Kurz.</p>", language="de"))
    assert (measured.formula, measured.grade, measured.score) == ("", None, None)
    assert [len(sentence.words) for sentence in measured.longest] == [30]
    assert not measured.is_harder_than(1)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Take 2.5 mg. Then rest.", ["Take 2.5 mg.", "Then rest."]),
        ("Dr. Smith came at 5 p.m. to help.", ["Dr. Smith came at 5 p.m. to help."]),
        ("Eat fruit, e.g. apples. Sleep!", ["Eat fruit, e.g. apples.", "Sleep!"]),
        ("Ask: “Is it safe?” Then wait.", ["Ask: “Is it safe?”", "Then wait."]),
        ("¿Le duele? ¡Llame! Espere.", ["¿Le duele?", "¡Llame!", "Espere."]),
        ("Llame a la Dra. López hoy.", ["Llame a la Dra. López hoy."]),
        ("No stop at the end", ["No stop at the end"]),
        ("Wait … and see. 3 days later, call.", ["Wait … and see.", "3 days later, call."]),
    ],
)
def test_a_line_is_cut_where_a_sentence_ends_and_nowhere_else(line, parts):
    assert split(line) == parts


def test_headings_and_tables_are_no_sentences_and_items_are():
    body = (
        "<p>Call us.</p><h2>When to call the clinic</h2>"
        "<ul><li>You cough up blood</li><li>You feel faint</li></ul><ol><li>Sit down</li></ol>"
        "<table><tbody><tr><th>Age</th><td>5 mg</td></tr></tbody></table>"
    )
    found = list(sentences_of(document(body, summary="What helps.")))
    assert [(one.text, one.where) for one in found] == [
        ("What helps.", "summary"),
        ("Call us.", "lead"),
        ("You cough up blood", "when-to-call-the-clinic"),
        ("You feel faint", "when-to-call-the-clinic"),
        ("Sit down", "when-to-call-the-clinic"),
    ]


def test_the_hardest_words_say_how_often_they_stand_there_and_where_first():
    body = (
        "<h2>Tests</h2><p>An electrocardiogram is done. It is safe.</p>"
        "<h2>Drugs</h2><p>Antibiotics help. Your antibiotics work. HIV is a virus.</p>"
    )
    hardest = readability(document(body)).hardest
    assert [(word.word, word.syllables, word.times, word.first.where) for word in hardest] == [
        ("electrocardiogram", 7, 1, "tests"),
        ("antibiotics", 5, 2, "drugs"),
    ]


def test_the_longest_sentences_come_longest_first_and_short_ones_not_at_all():
    body = f"<p>{' '.join(['word'] * 21)}. {' '.join(['Word'] * 40)}. {' '.join(['Word'] * 20)}.</p>"
    assert [len(one.words) for one in readability(document(body)).longest] == [40, 21]


def test_a_grade_is_passed_only_by_the_next_whole_one():
    measured = readability(document("<p>" + "The medicine can make the medicine in your medicine. " * 3))
    assert measured.grade == 7.6  # 0.39 * 9 + 11.8 * 15 / 9 - 15.59
    assert not measured.is_harder_than(7)
    assert measured.is_harder_than(6)
    assert not measured.is_harder_than(None)


@pytest.mark.parametrize("empty", ["", "<p>5, 10</p>", "<table><tr><td>a</td><td>b</td></tr></table>"])
def test_a_text_without_a_sentence_has_no_grade(empty):
    measured = readability(document(empty))
    assert (measured.grade, measured.sentences) == (None, 0)
    assert not measured.is_harder_than(1)


def test_fifty_kilobytes_are_measured_with_little_work():
    words = "People with high blood pressure should take their medicine every morning with water"
    words = words.split()
    lines = []
    for n in range(600):
        lines.append(" ".join(words[n % 13 :] + words[: n % 13]).capitalize() + f" for {n} days.")
    body = "".join(f"<h2>Part {n}</h2><p>{' '.join(lines[n * 20 : n * 20 + 20])}</p>" for n in range(30))
    assert len(body) > 50_000
    made = document(body)
    readability(made)
    assert calls(lambda: readability(made)) < 60_000
