"""What changed in a translation's source since what it was translated from, and what of it is open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from topics.content.html import clean
from topics.content.sections import sections
from topics.models import Edition
from topics.rules.carrying_over import SECTION, Changed, changed_parts, untouched, wording
from topics.rules.redline import Redline, redline
from topics.vocabulary import State
from topics.workflow.changes import document_of


def taken_on(version, edition, *, body):
    """The `caught_up` of a translation that goes on from the version, with this body and `edition`."""
    if edition is None or version.made_from_id is None:
        return []
    if edition.number <= version.made_from.number:
        return kept_on(version) if edition.pk == version.made_from_id else []
    document = {**document_of(version), "sections": sections(clean(body))}
    step = {"from": version.made_from_id, "wording": wording(document)}
    return [*kept_on(version), step]


def kept_on(version):
    """The `caught_up` that a copy of the version begins with: none where its wording was released."""
    return version.caught_up if version.state in (State.DRAFT, State.RETURNED) else []


@dataclass
class SourceChanges:
    """What the source says otherwise in `now` than in `since`, two of its editions.

    `steps` are pairs: a document of the source, and the marks of the translation when it was taken on
    from it. `translation` is the translation's document.
    """

    since: Edition
    now: Edition
    document: Mapping
    steps: list
    translation: Mapping

    @cached_property
    def redline(self) -> Redline:
        return redline(self.steps[0][0], self.document)

    @cached_property
    def changed(self) -> list[Changed]:
        return list(changed_parts(self.redline))

    @cached_property
    def untouched(self) -> list[Changed]:
        """The parts whose translation says what it said before, in reading order."""
        found = {
            (part.name, part.anchor): part
            for before, marks in self.steps
            for part in untouched(before, self.document, self.translation, marks)
        }
        return list(found.values())


def source_changes(version):
    """The `SourceChanges` of a translation's version, or None where it was not taken on. Two queries.

    `version` may be a draft as somebody has it in their form.
    """
    if not version.caught_up or version.made_from_id is None:
        return None
    editions = Edition.objects.select_related("article").in_bulk(
        {step["from"] for step in version.caught_up} | {version.made_from_id}
    )
    steps = [
        (json.loads(editions[step["from"]].document), step["wording"])
        for step in version.caught_up
        if step["from"] in editions
    ]
    if not steps:
        return None
    now = editions[version.made_from_id]
    return SourceChanges(
        since=editions[version.caught_up[0]["from"]],
        now=now,
        document=json.loads(now.document),
        steps=steps,
        translation=document_of(version),
    )


def name_of(part):
    """What the part is called in a sentence: a section by its heading in quotation marks."""
    if part.name == SECTION:
        return f"“{part.heading}”" if part.heading else _("the introduction")
    return {
        "title": _("the title"),
        "also_called": _("the other names"),
        "summary": _("the summary"),
        "references": _("the references"),
        "codes": _("the codes"),
    }[part.name]
