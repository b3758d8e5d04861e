"""One clinical change between two documents, and the sentence that tells of it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RECORDS = {
    "id": gettext_lazy("The identifier"),
    "language": gettext_lazy("The language"),
    "title": gettext_lazy("The title"),
    "also_called": gettext_lazy("The other names"),
    "audience": gettext_lazy("The audience"),
    "authors": gettext_lazy("The authors"),
    "references": gettext_lazy("The references"),
    "codes": gettext_lazy("The codes"),
    "related_ids": gettext_lazy("The related articles"),
}
"""The fields that are compared as they stand, and how a sentence calls each."""

_MOVED, _ADDED, _REMOVED, _BECAME = "moved", "added", "removed", "became"
_IN_FIELD = {
    _ADDED: gettext_lazy("%(where)s changed: “%(after)s” was added."),
    _REMOVED: gettext_lazy("%(where)s changed: “%(before)s” was removed."),
    _MOVED: gettext_lazy("%(where)s changed: “%(before)s” was moved."),
    _BECAME: gettext_lazy("%(where)s changed: “%(before)s” became “%(after)s”."),
}
_IN_LINKS = {
    _ADDED: gettext_lazy("In “%(where)s”, the link “%(after)s” was added."),
    _REMOVED: gettext_lazy("In “%(where)s”, the link “%(before)s” was removed."),
    _BECAME: gettext_lazy("In “%(where)s”, the link “%(before)s” became “%(after)s”."),
}
_IN_SECTION = {
    _ADDED: gettext_lazy("In “%(where)s”, “%(after)s” was added."),
    _REMOVED: gettext_lazy("In “%(where)s”, “%(before)s” was removed."),
    _MOVED: gettext_lazy("In “%(where)s”, “%(before)s” was moved."),
    _BECAME: gettext_lazy("In “%(where)s”, “%(before)s” became “%(after)s”."),
}
_OF_SECTION = {
    _ADDED: gettext_lazy("The section “%(where)s” was added."),
    _REMOVED: gettext_lazy("The section “%(where)s” was removed."),
    _MOVED: gettext_lazy("The section “%(where)s” was moved."),
}
_UNCHECKED = {
    _ADDED: gettext_lazy(
        "In “%(where)s”, “%(after)s” was added (words of this language can't be checked)."
    ),
    _REMOVED: gettext_lazy(
        "In “%(where)s”, “%(before)s” was removed (words of this language can't be checked)."
    ),
    _BECAME: gettext_lazy(
        "In “%(where)s”, “%(before)s” became “%(after)s” (words of this language can't be checked)."
    ),
}


@dataclass(frozen=True)
class ClinicalChange:
    """One reason why a change isn't minor; `str()` of it is a sentence that names the words.

    `kind` is number, unit, frequency, negation, comparison, advice, treatment, name, opposite,
    structure, sentence, moved, section, link, language, extent, or the field of a record that changed.
    `before` or `after` is "" where words were added or removed; they are equal where a sentence was
    moved. `where`
    is the heading of the section, or the name of the field; `anchor` is the section's in the document,
    that of the later one where something stands there still, "" outside of the body.
    """

    kind: str
    before: str
    after: str
    where: str
    anchor: str = field(default="", compare=False)
    number: int = field(default=0, compare=False)
    """In a redline: that of the changed passage in which it is; else 0."""

    def __str__(self) -> str:
        said = {
            "where": RECORDS.get(self.kind, self.where),
            "before": _shortened(self.before),
            "after": _shortened(self.after),
        }
        if self.kind == "extent":
            return _("Too much was rewritten from “%(where)s” on to pass as a minor change.") % said
        if self.kind == "structure" and not self.before and not self.after:
            return _("In “%(where)s”, the shape of a table or call-out changed.") % said
        sentences = _IN_FIELD if self.kind in RECORDS else _IN_SECTION
        sentences = {"link": _IN_LINKS, "language": _UNCHECKED, "section": _OF_SECTION}.get(
            self.kind, sentences
        )
        return str(sentences[self._what()]) % said

    def _what(self) -> str:
        if self.before == self.after:
            return _MOVED
        if not self.before:
            return _ADDED
        return _BECAME if self.after else _REMOVED


def _shortened(text: str) -> str:
    parts = text.split()
    return text if len(parts) <= 16 else " ".join([*parts[:15], "…"])
