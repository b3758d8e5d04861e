"""How hard a document is to read: a formula per language, its longest sentences and hardest words.

English: the Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, "Derivation of new
readability formulas for Navy enlisted personnel", 1975). Spanish: the score of Fernández Huerta
("Medidas sencillas de lecturabilidad", Consigna 214, 1959), with words per sentence as Law corrected
it ("Error in the Fernández Huerta readability formula", 2011), read as a grade by its own table.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from topics.rules.sentences import Sentence, sentences_of
from topics.rules.syllables import syllables

FORMULAS = {"en": "Flesch-Kincaid", "es": "Fernández-Huerta"}
"""The languages that can be measured, and the name of the formula."""

SCHOOL_YEARS = ((90, 4), (80, 5), (70, 6), (60, 8), (50, 12), (30, 13))
"""Fernández Huerta's table: from this score on the text suits this school year; below, university."""

UNIVERSITY = 16
LONG = 20
"""A sentence of more words than this is worth a second look (plain-language guides say 15 to 20)."""

HARD = {"en": 4, "es": 5}
"""A word of so many syllables or more is worth a second look."""

MOST_SHOWN = 8
ROUGH = 100
"""The formulas were made on samples of a hundred words; a shorter text is measured only roughly."""


@dataclass(frozen=True)
class HardWord:
    """A word with many syllables, how often it stands in the text, and where it stands first."""

    word: str
    syllables: int
    times: int
    first: Sentence


@dataclass(frozen=True)
class Readability:
    """What was measured. `formula` is "" and `grade` None for a language without a formula, or
    where there is no sentence. `score` is what the formula gives, `grade` the school year it means.
    """

    formula: str
    score: float | None = None
    grade: float | None = None
    words: int = 0
    sentences: int = 0
    longest: tuple[Sentence, ...] = ()
    hardest: tuple[HardWord, ...] = ()

    @property
    def is_rough(self) -> bool:
        return self.words < ROUGH

    def is_harder_than(self, target: int | None) -> bool:
        """Whether it is beyond the target; 8.9 is still grade 8, as years and months of school are."""
        return target is not None and self.grade is not None and int(self.grade) > target


def readability(document: Mapping) -> Readability:
    """Measures a document of `build_document`: its summary and sections. Pure; never fails."""
    language = str(document.get("language") or "").split("-")[0].lower()
    formula = FORMULAS.get(language, "")
    found = list(sentences_of(document))
    times = Counter(word for sentence in found for word in sentence.words)
    counted = sum(times.values())
    longest = [s for s in nlargest(MOST_SHOWN, found, lambda s: len(s.words)) if len(s.words) > LONG]
    if not formula or not counted:
        return Readability(formula, None, None, counted, len(found), tuple(longest))
    of_word = {word: syllables(word, language) for word in times}
    per_sentence = counted / len(found)
    per_word = sum(of_word[word] * number for word, number in times.items()) / counted
    score = flesch_kincaid(per_sentence, per_word)
    grade = max(0.0, round(score, 1))
    if language == "es":
        score = fernandez_huerta(per_sentence, per_word)
        grade = float(school_year(score))
    hardest = _hardest(found, times, of_word, HARD[language])
    return Readability(formula, round(score, 1), grade, counted, len(found), tuple(longest), hardest)


def flesch_kincaid(words_per_sentence: float, syllables_per_word: float) -> float:
    """The school grade in the United States at which a text is understood."""
    return 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59


def fernandez_huerta(words_per_sentence: float, syllables_per_word: float) -> float:
    """A score from about 0 (hardest) to 100 (easiest)."""
    return 206.84 - 60 * syllables_per_word - 1.02 * words_per_sentence


def school_year(score: float) -> int:
    """The school year that a score of Fernández Huerta stands for."""
    return next((year for least, year in SCHOOL_YEARS if score >= least), UNIVERSITY)


def _hardest(
    found: list[Sentence], times: Counter, of_word: dict[str, int], least: int
) -> tuple[HardWord, ...]:
    """The words with the most syllables, those that stand there most often first among equals."""
    counts: dict[str, tuple[int, int]] = {}
    for word, number in times.items():
        if of_word[word] >= least and "-" not in word and not word.isupper():
            most, total = counts.get(word.lower(), (0, 0))
            counts[word.lower()] = max(most, of_word[word]), total + number
    chosen = nlargest(MOST_SHOWN, counts, counts.__getitem__)
    firsts = {word.lower(): sentence for sentence in reversed(found) for word in sentence.words}
    return tuple(HardWord(word, *counts[word], firsts[word]) for word in chosen)
