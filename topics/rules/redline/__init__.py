"""The redline: two documents of one article, section by section, block by block, word by word.

`redline(before, after)` takes two documents as `content.document.build_document` makes them and as they
are frozen (`workflow.changes.document_of(version)` gives one). It is pure, and takes some 50 ms for
a document of 250 kB. What it returns:

- `fields`: title, other names, summary, authors, references, codes and related articles, each with the
  passages of its entries;
- `sections`: the sections in the order of the later document, each with its `passages`. Passages have
  `status` same, changed, added, removed, moved_away; a changed one has the `runs` of its words or the
  `parts` inside it. A moved one stands at both places and says of the other;
- `clinical`: the changes of numbers, doses, units, frequencies, negations and whatever else can't pass
  as minor, each a sentence with the anchor of its section and, where it is in one passage, its number.
  It is the rule that refuses a minor change, asked of each passage: never empty where that one refuses;
- `is_empty`, and `counts` of what was added, removed, reworded and moved.

`topics.admin.redline.rendered` shows it as HTML.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from topics.rules.clinical_change import ClinicalChange
from topics.rules.redline.clinical import clinical_between
from topics.rules.redline.fields import FieldChange, fields_between
from topics.rules.redline.moves import mark_moves
from topics.rules.redline.passages import CHANGED, MOVED_AWAY, Passage, Place
from topics.rules.redline.sections import Heading, SectionChange, sections_between
from topics.rules.redline.wording import ADDED, REMOVED, RESTYLED, SAME, Run, words_compared

__all__ = [
    "ADDED",
    "CHANGED",
    "MOVED_AWAY",
    "REMOVED",
    "RESTYLED",
    "SAME",
    "Counts",
    "FieldChange",
    "Heading",
    "Passage",
    "Place",
    "Redline",
    "Run",
    "SectionChange",
    "redline",
    "words_compared",
]


@dataclass(frozen=True)
class Counts:
    """How many blocks and sections were added, removed, reworded and moved."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0


@dataclass(frozen=True)
class Redline:
    """The marked difference between two documents; see the module for its parts."""

    before: Mapping
    after: Mapping
    fields: tuple[FieldChange, ...]
    sections: tuple[SectionChange, ...]

    @cached_property
    def clinical(self) -> list[ClinicalChange]:
        """What changed clinically; empty against nothing: a first version has nothing to compare."""
        return clinical_between(self.before, self.after, self.sections) if self.before else []

    @property
    def is_empty(self) -> bool:
        """Whether the two documents are the same."""
        return not next(self.changes(), None)

    @cached_property
    def counts(self) -> Counts:
        """Counted as they are numbered: a list with one reworded item is one change."""
        kinds = [_kind(change) for change in self.changes()]
        return Counts(*map(kinds.count, (ADDED, REMOVED, CHANGED, MOVED_AWAY)))

    def changes(self) -> Iterator[FieldChange | SectionChange | Passage]:
        """Every change by its `number`, in reading order; where a block left is none by itself."""
        for part in (*self.fields, *self.sections):
            if part.number:
                yield part
            yield from _numbered(part.passages)


def redline(before: Mapping | None, after: Mapping) -> Redline:
    """The difference between two documents; `before` is None where there is nothing to compare with,
    and then everything was added. An absent field counts as empty. Never fails.
    """
    before = before or {}
    fields = fields_between(before, after)
    sections = sections_between(before, after)
    for changed in fields:
        mark_moves([(Place("", ""), Place("", ""), changed.passages)])
    mark_moves(
        [
            (_place(section.before), _place(section.after), section.passages)
            for section in sections
            if section.status != SAME
        ]
    )
    _number(fields, sections)
    return Redline(before, after, tuple(fields), tuple(sections))


def _place(heading: Heading | None) -> Place | None:
    return heading and Place(heading.anchor, heading.text)


def _number(fields: list[FieldChange], sections: list[SectionChange]) -> None:
    count = 0

    def next_number() -> int:
        nonlocal count
        count += 1
        return count

    def walk(passages: list[Passage], *, moved_only: bool = False) -> None:
        for passage in passages:
            if passage.moved_from or (not moved_only and _is_change(passage)):
                passage.number = next_number()
            walk(passage.parts, moved_only=moved_only or passage.status in (ADDED, REMOVED))

    for part in (*fields, *sections):
        whole = part.status in (ADDED, REMOVED)
        if whole or getattr(part, "head_changed", False):
            part.number = next_number()
        # A whole section is one change; only what moved into it is told apart.
        walk(part.passages, moved_only=whole)


def _is_change(passage: Passage) -> bool:
    """Whether it is changed itself, and not only by what is inside it."""
    if passage.status == CHANGED:
        return bool(passage.runs or passage.was or passage.head != passage.head_before)
    return passage.status in (ADDED, REMOVED)


def _numbered(passages: list[Passage]) -> Iterator[Passage]:
    for passage in passages:
        if passage.number:
            yield passage
        yield from _numbered(passage.parts)


def _kind(change: FieldChange | SectionChange | Passage) -> str:
    if getattr(change, "moved_from", None):
        return MOVED_AWAY
    return change.status
