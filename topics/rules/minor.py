"""Whether a change may pass as minor: it may not touch a number, a dose, a negation or any advice.

Both documents become one sequence of words in reading order, headings included, aligned by sentences
and then by words. A change is clinical when

1. an unequal word is a figure, dose or Roman numeral, the border of a section or cell, or listed in
   `word_lists`: numbers, units, frequencies, negations, comparisons, and what advice turns on (should
   or may, soon, if, the route, the part of the body, whom it is for);
2. it stands directly beside one of those, that last group aside ("not recommended" to "not required");
   only a mistyped word may be corrected beside a unit or frequency;
3. a word becomes its opposite ("unsafe"), or a negation is parted ("No smoke" to "No, smoke");
4. a word is replaced, added or removed in a sentence that tells of a treatment, or in an item of a list
   that such a sentence leads in, or the name of a medicine anywhere (`treatment`);
5. a name is replaced, added or removed, as far as capitals tell that it is one (`proper_names`);
6. a sentence was added, deleted, moved, or kept less than a third of its words, or more than three
   words in a row were added or removed; or
7. the title, other names, links, shape of tables and call-outs, or any other record is not equal.

Too much rewriting to align, and any change of wording in a language without word lists, is refused.

Not caught, and left to the reviewer who confirms a minor change: unlisted words that stand beside no
clinical one, in a sentence without treatment. "Asthma is a disease of the lungs" may become one "of the
airways".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from topics.rules.alignment import Step, steps_between
from topics.rules.beside_wording import beside_wording
from topics.rules.clinical_change import ClinicalChange
from topics.rules.clinical_words import Word, misspelt, reverses, words
from topics.rules.places import SUMMARY, Section, change, every_section, named
from topics.rules.proper_names import touches_name, with_names
from topics.rules.treatment import tells_of_treatment, touches_treatment
from topics.rules.word_lists import LANGUAGES

_WEIGHT = ("number", "unit", "negation", "frequency", "comparison", "structure")
"""Which kind a change is named after when it touches several."""

_BESIDE = ("number", "unit", "negation", "frequency", "comparison")
_BESIDE_TYPO = ("number", "negation", "comparison")  # "teh tablet" may be corrected.
_LEAST_KEPT = 3
"""A sentence of which less than one word in so many was kept counts as another sentence."""
_MOST_ADDED = 3
"""A run of more words, added or removed within a sentence, counts as a sentence too."""
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_ITEM = re.compile(r"\s*(?:- |\d{1,3}\. )|\s+")
"""Where an item of a list begins, or goes on."""


@dataclass(frozen=True)
class _Sentence:
    where: Section
    text: str
    border: str = ""
    intro: str = ""
    """Of an item of a list: the words that lead it in, up to their colon."""

    def words(self) -> list[Word]:
        border = [Word(self.border, "heading", "structure", self.where, False)]
        found = words(self.text, self.where)
        if tells_of_treatment(found) or tells_of_treatment(words(self.intro, self.where)):
            found = [replace(word, in_treatment=True) for word in found]
        found = with_names(found)
        return (border if self.border else []) + found


def clinical_changes(before: Mapping, after: Mapping) -> list[ClinicalChange]:
    """Every clinical difference between two documents of `build_document`; empty: it may be minor.

    Pure; an absent field counts as empty. Changes of case, punctuation, emphasis or spelling away
    from clinical words give none.
    """
    return distinct([*beside_wording(before, after), *wording(before, after)])


def distinct(found: Iterable[ClinicalChange]) -> list[ClinicalChange]:
    """Each change once for the section in which it is."""
    return list({(change, change.anchor): change for change in found}.values())


def wording(before: Mapping, after: Mapping, *, intro: str = "") -> Iterator[ClinicalChange]:
    """The clinical changes of words in summary, headings and text.

    Where these are but an item of a list or a cell, `intro` is what leads it in, or its row.
    """
    known = str(after.get("language", "")).split("-")[0].lower() in LANGUAGES
    yield from _wording(list(_sentences(before, intro)), list(_sentences(after, intro)), known)


def _sentences(document: Mapping, intro: str) -> Iterator[_Sentence]:
    yield from _split(SUMMARY, document.get("summary") or "", intro)
    for depth, section in every_section(document):
        where = named(section)
        if section.get("heading"):
            yield _Sentence(where, section["heading"], f"§{depth}")
        yield from _split(where, section.get("text") or "", intro)


def _split(where: Section, text: str, intro: str) -> Iterator[_Sentence]:
    led_in = ""
    for line in filter(str.strip, text.split("\n")):
        item = _ITEM.match(line)
        if not item:
            led_in = ""
        for part in _SENTENCE_END.split(line):
            # A list's dash is no minus: "- 5 mg" is an item, "-5 °C" a temperature.
            sentence = " ".join(re.sub(r"^\s*- ", "", part).split())
            if sentence:
                yield _Sentence(where, sentence, intro=intro or led_in)
        led_in = line if line.rstrip().endswith(":") else led_in


def _wording(old: list[_Sentence], new: list[_Sentence], known: bool) -> Iterator[ClinicalChange]:
    steps = steps_between([(s.text, s.border) for s in old], [(s.text, s.border) for s in new])
    if steps is None:
        yield change("extent", "", "", (old + new)[0].where)
        return
    gone: dict[tuple[str, ...], _Sentence] = {}
    come: dict[tuple[str, ...], _Sentence] = {}
    for a1, a2, b1, b2 in steps:
        pairs = [(old[a1:a2], new[b1:b2])]
        if a2 - a1 == b2 - b1:
            pairs = [([old[a1 + n]], [new[b1 + n]]) for n in range(a2 - a1)]
        for a, b in pairs:
            one = [sentence.words() for sentence in a]
            other = [sentence.words() for sentence in b]
            flat = list(chain(*one)), list(chain(*other))
            steps_in = steps_between(*map(_keys, flat))
            changes = list(_compared(*flat, steps_in, known))
            yield from changes or _rewritten(one, other, steps_in)
            left = {tuple(w.key for w in ws): s for ws, s in zip(one, a, strict=True) if ws}
            right = {tuple(w.key for w in ws): s for ws, s in zip(other, b, strict=True) if ws}
            gone |= {key: left[key] for key in left.keys() - right.keys()}
            come |= {key: right[key] for key in right.keys() - left.keys()}
    for key in gone:
        if key in come:
            yield change("moved", gone[key].text, gone[key].text, come[key].where)


def _rewritten(
    one: list[list[Word]], other: list[list[Word]], steps: list[Step]
) -> Iterator[ClinicalChange]:
    """The sentences of which too little is left, or was there before."""
    old, new = list(chain(*one)), list(chain(*other))
    lost, come = set(), set()
    for a1, a2, b1, b2 in steps:
        if not _corrected(old[a1:a2], new[b1:b2]):
            lost.update(range(a1, a2))
            come.update(range(b1, b2))
    gone, added = _foreign(one, lost), _foreign(other, come)
    if gone or added:
        yield change("sentence", _shown(gone), _shown(added), (added or gone)[0].where)


def _foreign(sentences: list[list[Word]], changed: set[int]) -> list[Word]:
    found, start = [], 0
    for ws in sentences:
        kept = sum(n not in changed for n in range(start, start + len(ws)))
        start += len(ws)
        found += ws if kept * _LEAST_KEPT < len(ws) else []
    return found


def _compared(
    old: list[Word], new: list[Word], steps: list[Step] | None, known: bool
) -> Iterator[ClinicalChange]:
    if steps is None:
        yield change("extent", "", "", (old + new)[0].where)
    for a1, a2, b1, b2 in steps or ():
        touched = old[a1:a2] + new[b1:b2]
        kinds = {word.kind for word in touched}
        kind = next((name for name in _WEIGHT if name in kinds), "")
        if not kind and a2 - a1 == b2 - b1:
            pairs = zip(old[a1:a2], new[b1:b2], strict=True)
            kind = "opposite" if any(reverses(a.key, b.key) for a, b in pairs) else ""
        if not kind and abs((a2 - a1) - (b2 - b1)) > _MOST_ADDED:
            kind = "sentence"
        if not kind and not known:
            kind = "language"
        if not kind:
            kind, left, right = _beside(old, a1, a2, new, b1, b2)
            a1, a2, b1, b2 = a1 - left, a2 + right, b1 - left, b2 + right
        kind = kind or ("advice" if "advice" in kinds else "")
        if not kind and touches_treatment(old[a1:a2], new[b1:b2]):
            kind = "treatment"
        if not kind and touches_name(old[a1:a2], new[b1:b2]):
            kind = "name"
        if kind:
            where = touched[0].where
            anchor = touched[-1].where.anchor
            gone, come = _shown(old[a1:a2]), _shown(new[b1:b2])
            yield ClinicalChange(kind, gone, come, where.heading, anchor)


def _beside(
    old: list[Word], a1: int, a2: int, new: list[Word], b1: int, b2: int
) -> tuple[str, int, int]:
    """The kind of a clinical neighbour of a change, and how far the change widens to show it."""
    anchors = _BESIDE_TYPO if _corrected(old[a1:a2], new[b1:b2]) else _BESIDE
    for ws, start, end in ((old, a1, a2), (new, b1, b2)):
        if 0 < start < len(ws) and ws[start].joined and ws[start - 1].kind in anchors:
            return ws[start - 1].kind, 1, 0
        if 0 < end < len(ws) and ws[end].joined and ws[end].kind in anchors:
            return ws[end].kind, 0, 1
    return "", 0, 0


def _corrected(old: list[Word], new: list[Word]) -> bool:
    return len(old) == len(new) and all(map(misspelt, _keys(old), _keys(new)))


def _keys(ws: list[Word]) -> list[str]:
    return [word.key for word in ws]


def _shown(ws: list[Word]) -> str:
    return " ".join(word.shown for word in ws)
