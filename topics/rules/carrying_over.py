"""What a source says otherwise than before, and which of it a translation has not taken over yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from topics.content.canonical import canonical, digest
from topics.rules.redline import (
    CHANGED,
    MOVED_AWAY,
    REMOVED,
    SAME,
    Redline,
    SectionChange,
    redline,
)
from topics.rules.side_by_side import Side, side_by_side

FIELDS = ("title", "also_called", "summary", "references", "codes")
"""The fields of a source that its translation renders beside the sections of its body."""

SECTION = "section"
MOVED = "moved"


@dataclass(frozen=True)
class Changed:
    """One part of a source that isn't as it was: a field by its name, or a section.

    `how` is changed, added, removed, or moved for a section that stands elsewhere and says the same.
    `anchor` and `heading` are a section's as it stands now; of a removed one, as it stood.
    """

    name: str
    how: str
    anchor: str = ""
    heading: str = ""


def changed_parts(found: Redline) -> Iterator[Changed]:
    """What the redline of a source changes of what a translation renders, in reading order."""
    fields = {field.name: field.status for field in found.fields if field.status != SAME}
    for name in FIELDS[:3]:
        if name in fields:
            yield Changed(name, fields[name])
    for section in found.sections:
        if section.status not in (SAME, MOVED_AWAY):
            yield Changed(SECTION, _how(section), section.heading.anchor, section.heading.text)
    for name in FIELDS[3:]:
        if name in fields:
            yield Changed(name, fields[name])


def _how(section: SectionChange) -> str:
    if section.status != CHANGED:
        return section.status
    reworded = bool(section.runs) or section.level_changed
    return CHANGED if reworded or any(map(_differs, section.passages)) else MOVED


def _differs(passage) -> bool:
    return passage.status != SAME or bool(passage.moved_from) or any(map(_differs, passage.parts))


def wording(document: Mapping) -> list[str]:
    """A short mark of each field and section of a translation, to tell later which were touched."""
    marks = [_mark(name, document[name]) for name in FIELDS]
    return [*marks, *_marks_below(document["sections"], 2)]


def untouched(
    before: Mapping, after: Mapping, translation: Mapping, marks: Iterable[str]
) -> list[Changed]:
    """What changed from one document of the source to another and is not taken over, in reading order.

    `marks` are the translation's `wording` when it was taken on to the later one. A part counts as
    taken over once its translation says anything else than it said then.
    """
    changed = [part for part in changed_parts(redline(before, after)) if part.how != MOVED]
    if not changed:
        return []
    then = frozenset(marks)
    now = counterparts(after, translation)
    was = counterparts(before, translation) if any(part.how == REMOVED for part in changed) else {}
    return [part for part in changed if _stays(part, translation, then, now, was)]


def counterparts(source: Mapping, translation: Mapping) -> dict[str, Side | None]:
    """The translation's section beside each of the source's, by the anchor of the source's."""
    pairs = side_by_side(source, translation)
    return {pair.source.anchor: pair.translation for pair in pairs if pair.source and pair.source.anchor}


def _stays(part: Changed, translation: Mapping, then: frozenset, now: dict, was: dict) -> bool:
    if part.name != SECTION:
        return _mark(part.name, translation[part.name]) in then
    if part.how == REMOVED:
        side = was.get(part.anchor)
        return side is not None and _mark_of(side) in then
    side = now.get(part.anchor)
    return side is None or _mark_of(side) in then


def _marks_below(sections: Sequence[Mapping], level: int) -> Iterator[str]:
    for section in sections:
        yield _mark(SECTION, [level, section["heading"] or "", section["html"]])
        yield from _marks_below(section["sections"], level + 1)


def _mark_of(side: Side) -> str:
    return _mark(SECTION, [side.level, side.heading, side.html])


def _mark(name: str, value: object) -> str:
    return digest(canonical([name, value])).removeprefix("sha-256:")[:16]
