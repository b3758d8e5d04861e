"""The clinical changes of a redline: the rule for minor changes, asked of each passage that changed.

Asked of the documents as wholes, the rule takes a section that moved for one that was removed and one
that was added; the redline knows better, and so tells of each dose once, in the passage where it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from topics.content.sections import line, plain_text
from topics.content.tree import LISTS
from topics.rules.beside_wording import beside_wording
from topics.rules.clinical_change import ClinicalChange
from topics.rules.minor import clinical_changes, distinct, wording
from topics.rules.redline.passages import MOVED_AWAY, Passage
from topics.rules.redline.sections import SectionChange
from topics.rules.redline.wording import ADDED, REMOVED, SAME, Pieces, merged

_LEADS_IN = re.compile(r":\s*(?:</(?:strong|em|a)>)*</p>\Z")


def clinical_between(
    before: Mapping, after: Mapping, sections: Sequence[SectionChange]
) -> list[ClinicalChange]:
    """Every clinical change in reading order, those of records, tables and links first.

    Never empty where `clinical_changes` of the two documents isn't.
    """
    language = after.get("language", "")
    fields = (
        {"language": language, "summary": before.get("summary", "")},
        {
            "language": language,
            "summary": after.get("summary", ""),
        },
    )
    found = [*beside_wording(before, after), *wording(*fields)]
    for section in sections:
        found += _of_section(section, language)
    return distinct(found) or clinical_changes(before, after)


def _of_section(section: SectionChange, language: str) -> Iterator[ClinicalChange]:
    if section.status in (SAME, MOVED_AWAY):
        return
    heading = section.heading
    place = {"id": heading.anchor, "heading": heading.text or None}
    moved = section.moved_from and not section.moved_along
    old, new = (side.text if side else "" for side in (section.before, section.after))
    if heading.text and (moved or not (old and new)):
        sides = (heading.text, heading.text) if moved else (old, new)
        yield ClinicalChange("section", *sides, heading.text, heading.anchor, section.number)
    if old and new and old != new:
        texts = [{"language": language, "sections": [{**place, "text": text}]} for text in (old, new)]
        for change in wording(*texts):
            yield replace(change, number=section.number)
    for passage, intro in _changed(section.passages):
        for change in _of_passage(passage, place, language, intro):
            yield replace(change, number=passage.number or section.number)


def _changed(passages: list[Passage], intro: str = "") -> Iterator[tuple[Passage, str]]:
    """The innermost passages that differ; what came or went as a whole is not taken apart.

    With each of a list, the words that lead it in; with each of a row, that row's words.
    """
    led_in = ""
    for passage in passages:
        leads = (led_in or intro) if passage.tag in LISTS else intro
        if passage.tag == "tr" and passage.parts:
            leads = plain_text(_standing(passage.html()))
        if passage.parts:
            yield from _changed(passage.parts, leads)
        elif passage.runs or passage.status in (ADDED, REMOVED) or passage.moved_from:
            yield passage, leads
        if passage.status not in (REMOVED, MOVED_AWAY):
            led_in = plain_text(passage.after) if _LEADS_IN.search(passage.after) else ""


def _of_passage(passage: Passage, place: Mapping, language: str, intro: str) -> Iterator[ClinicalChange]:
    if passage.runs:
        sides = (_side(run.before for run in passage.runs), _side(run.after for run in passage.runs))
    else:
        sides = tuple(plain_text(_standing(html)) for html in (passage.before, passage.after))
    texts = [{"language": language, "sections": [{**place, "text": text}]} for text in sides]
    yield from wording(*texts, intro=intro)
    if passage.moved_from:
        words = " ".join(sides[1].removeprefix("- ").split())
        yield ClinicalChange("moved", words, words, place["heading"] or "introduction", place["id"])


def _side(runs: Iterable[Pieces]) -> str:
    return line(merged(chain.from_iterable(runs)))


def _standing(html: str) -> str:
    """The HTML of a block inside what it has to stand in."""
    outer = {"<li": "ul", "<tr": "table", "<td": "table", "<th": "table", "<ca": "table"}.get(html[:3])
    return f"<{outer}>{html}</{outer}>" if outer else html
