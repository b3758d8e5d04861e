"""The fields beside the body: title, names, summary, authors, references, codes, related articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from topics.content.inline import write
from topics.content.tree import Block
from topics.rules.redline.passages import CHANGED, Given, Passage, passages_between
from topics.rules.redline.wording import ADDED, REMOVED, SAME

BEFORE_BODY = ("title", "also_called", "audience", "summary")
AFTER_BODY = ("authors", "references", "codes", "related_ids", "language")


@dataclass
class FieldChange:
    """One field: its name in the document and a passage for each of its entries.

    `status` is same, changed, added or removed. An entry is one line: “name, credentials” of an
    author, “title · address · doi:… · PMID …” of a reference, “system code display” of a code.
    """

    name: str
    status: str
    passages: list[Passage] = field(default_factory=list)
    number: int = 0


def fields_between(before: Mapping, after: Mapping) -> list[FieldChange]:
    """Every field that either document has something in, in reading order."""
    found = []
    for name in (*BEFORE_BODY, *AFTER_BODY):
        old, new = _entries(name, before.get(name)), _entries(name, after.get(name))
        if not old and not new:
            continue
        change = FieldChange(name, SAME, passages_between(old, new))
        if old != new:
            change.status = CHANGED if old and new else ADDED if new else REMOVED
        found.append(change)
    return found


def line_of(name: str, entry: object) -> str:
    """An entry of a field as one line of text."""
    if not isinstance(entry, Mapping):
        return str(entry)
    parts = {key: str(entry.get(key) or "") for key in entry}
    if name == "authors":
        return ", ".join(filter(None, (parts.get("name"), parts.get("credentials"))))
    if name == "references":
        doi, pmid = parts.get("doi"), parts.get("pmid")
        own = (parts.get("title"), parts.get("url"), doi and f"doi:{doi}", pmid and f"PMID {pmid}")
        return " · ".join(filter(None, own))
    return " ".join(filter(None, (parts.get("system"), parts.get("code"), parts.get("display"))))


def _entries(name: str, value: object) -> list[Given]:
    entries = [value] if isinstance(value, str) else value or ()
    lines = [line_of(name, entry) for entry in entries]
    return [_paragraph(line) for line in lines if line]


def _paragraph(text: str) -> Given:
    runs = [(text, ())]
    return Given(f"<p>{write(runs)}</p>", Block("p", runs=runs))
