"""Whether a change may pass as minor: it may not touch a number, a dose, a negation or any advice.

Both documents become one sequence of words in reading order, headings included, aligned by sentences
and then by words. A change is clinical when

1. an unequal word is a figure, dose or Roman numeral, the border of a section or cell, or listed in
   `word_lists`: numbers, units, frequencies, negations, comparisons, and what advice turns on (should
   or may, soon, if, the route, the part of the body, whom it is for);
2. it stands directly beside one of those, that last group aside ("not recommended" to "not required");
   only a mistyped word may be corrected beside a unit or frequency;
3. a word becomes its opposite ("unsafe"), or a negation is parted ("No smoke" to "No, smoke");
4. a sentence was added, deleted, moved, or kept less than a third of its words, or more than three
   words in a row were added or removed; or
5. the title, other names, links, shape of tables and call-outs, or any other record is not equal.

Too much rewriting to align, and any change of wording in a language without word lists, is refused.

Not caught, and left to the reviewer who confirms a minor change: unlisted words beside no clinical
one. "Take ibuprofen with milk" may become "Take naproxen with water", or an item leave a list of foods.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from topics.rules.alignment import Step, steps_between
from topics.rules.clinical_words import Word, misspelt, reverses, words
from topics.rules.word_lists import LANGUAGES

_WEIGHT = ("number", "unit", "negation", "frequency", "comparison", "structure")
"""Which kind a change is named after when it touches several."""

_BESIDE = ("number", "unit", "negation", "frequency", "comparison")
_BESIDE_TYPO = ("number", "negation", "comparison")  # "teh tablet" may be corrected.
_LEAST_KEPT = 3
"""A sentence of which less than one word in so many was kept counts as another sentence."""
_MOST_ADDED = 3
"""A run of more words, added or removed within a sentence, counts as a sentence too."""
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_SHAPE = re.compile(r"<(/?(?:table|caption|thead|tbody|tr|th|td|aside)\b[^>]*)>")
_HREF = re.compile(r'<a href="([^"]*)"')
_RECORDS = {
    "id": "The identifier",
    "language": "The language",
    "title": "The title",
    "also_called": "The other names",
    "authors": "The authors",
    "references": "The references",
    "codes": "The codes",
    "related_ids": "The related articles",
}


@dataclass(frozen=True)
class ClinicalChange:
    """One reason why a change isn't minor; `str()` of it is a sentence that names the words.

    `kind` is number, unit, frequency, negation, comparison, advice, opposite, structure, sentence,
    moved, link, language, extent, or the field of a record that changed. `before` or `after` is ""
    where words were added or removed; they are equal where a sentence was moved. `where` is the
    heading of the section, or the name of the field.
    """

    kind: str
    before: str
    after: str
    where: str

    def __str__(self) -> str:
        before, after = _shortened(self.before), _shortened(self.after)
        if self.kind in _RECORDS:
            change = _change_of(before, after)
            return f"{_RECORDS[self.kind]} changed: {change}."
        if self.kind == "extent":
            return f"Too much was rewritten from “{self.where}” on to pass as a minor change."
        if self.kind == "structure" and not before and not after:
            return f"In “{self.where}”, the shape of a table or call-out changed."
        what = "the link " if self.kind == "link" else ""
        note = "" if self.kind != "language" else " (words of this language can't be checked)"
        return f"In “{self.where}”, {what}{_change_of(before, after)}{note}."


@dataclass(frozen=True)
class _Sentence:
    where: str
    text: str
    border: str = ""

    def words(self) -> list[Word]:
        border = [Word(self.border, "heading", "structure", self.where, False)]
        return (border if self.border else []) + words(self.text, self.where)


def clinical_changes(before: Mapping, after: Mapping) -> list[ClinicalChange]:
    """Every clinical difference between two documents of `build_document`; empty: it may be minor.

    Pure; an absent field counts as empty. Changes of case, punctuation, emphasis or spelling away
    from clinical words give none.
    """
    found = [*_records(before, after), *_shapes(before, after), *_links(before, after)]
    known = str(after.get("language", "")).split("-")[0].lower() in LANGUAGES
    found += _wording(list(_sentences(before)), list(_sentences(after)), known)
    return list(dict.fromkeys(found))


def _sentences(document: Mapping) -> Iterator[_Sentence]:
    yield from _split("summary", document.get("summary") or "")
    for depth, section in _every_section(document):
        where = section.get("heading") or "introduction"
        if section.get("heading"):
            yield _Sentence(where, section["heading"], f"§{depth}")
        yield from _split(where, section.get("text") or "")


def _split(where: str, text: str) -> Iterator[_Sentence]:
    for line in _SENTENCE_END.split(text):
        # A list's dash is no minus: "- 5 mg" is an item, "-5 °C" a temperature.
        sentence = " ".join(re.sub(r"^\s*- ", "", line).split())
        if sentence:
            yield _Sentence(where, sentence)


def _every_section(document: Mapping) -> Iterator[tuple[int, Mapping]]:
    waiting = [(1, section) for section in reversed(document.get("sections") or ())]
    while waiting:
        depth, section = waiting.pop()
        yield depth, section
        inner = section.get("sections") or ()
        waiting += [(depth + 1, below) for below in reversed(inner)]


def _records(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    for name in _RECORDS:
        old, new = _items(before.get(name)), _items(after.get(name))
        if old != new:
            gone = list((Counter(old) - Counter(new)).elements())
            come = list((Counter(new) - Counter(old)).elements())
            if not gone and not come:
                gone = come = ["their order"]
            yield ClinicalChange(name, "; ".join(gone), "; ".join(come), name)


def _items(value: object) -> list[str]:
    if value is None or isinstance(value, str):
        return [value] if value else []
    return [_item(item) for item in value]


def _item(item: object) -> str:
    """One line for an entry of a list. Keys are sorted: a frozen document has them in that order."""
    if not isinstance(item, Mapping):
        return str(item)
    return " ".join(str(item[key]) for key in sorted(item) if item[key])


def _from_html(document: Mapping, pattern: re.Pattern) -> list[tuple[str, str]]:
    return [
        (found, section.get("heading") or "introduction")
        for _, section in _every_section(document)
        for found in pattern.findall(section.get("html") or "")
    ]


def _shapes(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    old, new = _from_html(before, _SHAPE), _from_html(after, _SHAPE)
    tags = [tag for tag, _ in old], [tag for tag, _ in new]
    if tags[0] != tags[1]:
        first = next((n for n, (a, b) in enumerate(zip(*tags, strict=False)) if a != b), None)
        longer = max(old, new, key=len)
        where = (new[first] if first is not None else longer[min(map(len, tags))])[1]
        yield ClinicalChange("structure", "", "", where)


def _links(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    old, new = _from_html(before, _HREF), _from_html(after, _HREF)
    steps = steps_between([href for href, _ in old], [href for href, _ in new])
    if steps is None:
        yield ClinicalChange("extent", "", "", "the links")
    for a1, a2, b1, b2 in steps or ():
        where = (old[a1:a2] + new[b1:b2])[0][1]
        gone, come = (" ".join(href for href, _ in part) for part in (old[a1:a2], new[b1:b2]))
        yield ClinicalChange("link", gone, come, where)


def _wording(old: list[_Sentence], new: list[_Sentence], known: bool) -> Iterator[ClinicalChange]:
    steps = steps_between([(s.text, s.border) for s in old], [(s.text, s.border) for s in new])
    if steps is None:
        yield ClinicalChange("extent", "", "", (old + new)[0].where)
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
            yield ClinicalChange("moved", gone[key].text, gone[key].text, come[key].where)


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
        yield ClinicalChange("sentence", _shown(gone), _shown(added), (added or gone)[0].where)


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
        yield ClinicalChange("extent", "", "", (old + new)[0].where)
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
        if kind:
            yield ClinicalChange(kind, _shown(old[a1:a2]), _shown(new[b1:b2]), touched[0].where)


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


def _shortened(text: str) -> str:
    parts = text.split()
    return text if len(parts) <= 16 else " ".join([*parts[:15], "…"])


def _change_of(before: str, after: str) -> str:
    if before == after:
        return f"“{before}” was moved"
    if not before:
        return f"“{after}” was added"
    if not after:
        return f"“{before}” was removed"
    return f"“{before}” became “{after}”"
