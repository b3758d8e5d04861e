"""Where in a document words stand: its sections in reading order, each with heading and anchor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from topics.rules.clinical_change import ClinicalChange


@dataclass(frozen=True)
class Section:
    """A section by its heading and its anchor in the document."""

    heading: str
    anchor: str


SUMMARY = Section("summary", "")


def named(section: Mapping) -> Section:
    """How a section of a document is called."""
    return Section(section.get("heading") or "introduction", section.get("id") or "")


def every_section(document: Mapping) -> Iterator[tuple[int, Mapping]]:
    """Each section with its depth, from 1, in reading order."""
    waiting = [(1, section) for section in reversed(document.get("sections") or ())]
    while waiting:
        depth, section = waiting.pop()
        yield depth, section
        inner = section.get("sections") or ()
        waiting += [(depth + 1, below) for below in reversed(inner)]


def change(kind: str, before: str, after: str, where: Section) -> ClinicalChange:
    """A clinical change in a section."""
    return ClinicalChange(kind, before, after, where.heading, where.anchor)
