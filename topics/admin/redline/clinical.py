"""The clinical changes over a document or its redline, each a link to the passage that it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from topics.admin.redline.names import named
from topics.models import Article
from topics.rules.clinical_change import ClinicalChange
from topics.rules.redline import Redline

KINDS = {
    "number": _("Number or dose"),
    "unit": _("Unit"),
    "frequency": _("Frequency"),
    "negation": _("Negation"),
    "comparison": _("Comparison"),
    "opposite": _("Opposite"),
    "advice": _("Advice"),
    "treatment": _("Treatment"),
    "name": _("Name"),
    "sentence": _("Sentence"),
    "moved": _("Moved"),
    "section": _("Section"),
    "language": _("Unchecked words"),
    "extent": _("Much rewritten"),
}
"""The kinds that are listed as clinical changes, and what each is called."""

OTHERS = {
    "structure": _("Shape"),
    "link": _("Link"),
}
"""Kinds beside the wording. With the records (title, authors, codes …) they follow, folded away."""


@dataclass(frozen=True)
class Row:
    """One change: what its kind is called, the sentence, and the id that it leads to."""

    kind: str
    sentence: str
    target: str


@dataclass(frozen=True)
class Listed:
    """What the list shows: `first` in sight, `rest` folded away, `others` beside the wording."""

    first: list[Row]
    rest: list[Row]
    others: list[Row]
    nothing_before: bool

    @property
    def count(self) -> int:
        """The clinical changes; those of records, shapes and links are counted apart."""
        return len(self.first) + len(self.rest)


def listed(
    found: Redline, articles: Mapping[str, Article], *, in_redline: bool = True, most: int = 40
) -> Listed:
    """The clinical changes of a redline for a page: the same rows, whatever the page shows below them.

    They lead into the redline or, without `in_redline`, into the document as it reads now. Beyond
    `most` they are folded away, so that the text itself isn't pages below.
    """
    target = _Redline(found).target if in_redline else _Reading(found).target
    rows, others = [], []
    for change in found.clinical:
        kind = KINDS.get(change.kind)
        row = Row(str(kind or OTHERS.get(change.kind, "")), named(str(change), articles), target(change))
        (rows if kind else others).append(row)
    return Listed(rows[:most], rows[most:], others, not found.before)


class _Redline:
    """Where in a redline a change is: its passage, else its section or field."""

    def __init__(self, found: Redline) -> None:
        self.fields = {field.name for field in found.fields}
        self.sections = {
            heading.anchor: section
            for section in found.sections
            for heading in (section.before, section.after)
            if heading
        }

    def target(self, change: ClinicalChange) -> str:
        if change.number:
            return f"change-{change.number}"
        if not change.anchor:
            name = change.kind if change.kind in self.fields else "summary"
            return f"redline-field-{name}" if name in self.fields else "redline"
        section = self.sections.get(change.anchor)
        if section is None or not section.heading.text:
            return "redline"
        return f"redline-{'' if section.after else 'was-'}{section.heading.anchor}"


class _Reading:
    """Where in the document a change is: its section, if it is still there."""

    def __init__(self, found: Redline) -> None:
        self.anchors = {section.after.anchor for section in found.sections if section.after}

    def target(self, change: ClinicalChange) -> str:
        return f"at-{change.anchor}" if change.anchor in self.anchors else "document"
