"""A source beside its translation in rows, each with what changed in it since it was translated last."""

from dataclasses import asdict, dataclass, field

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.redline.fields import LABELS, field_rows
from topics.admin.redline.names import linked
from topics.admin.redline.sections import DEEPEST, one
from topics.rules.carrying_over import MOVED, SECTION, Changed, counterparts
from topics.rules.redline import ADDED, CHANGED, REMOVED
from topics.rules.redline.fields import BEFORE_BODY, line_of
from topics.rules.side_by_side import Pair, Side, side_by_side
from topics.workflow.source_changes import SourceChanges, name_of

HOW = {
    CHANGED: gettext_lazy("changed in the source"),
    ADDED: gettext_lazy("new in the source"),
    REMOVED: gettext_lazy("removed from the source"),
    MOVED: gettext_lazy("moved in the source"),
}
LISTED = ("references", "codes")
"""The fields that stand below the body, a row for each."""


@dataclass
class Row:
    """One part of a source and its translation's, as HTML; "" where one of them has none.

    `missing` are the numbers, references or codes that the translation lacks, `added` the converse,
    `moved` the numbers that it has in another place or order.
    `changes` are what changed in it in the source since it was translated last, `untouched` those of
    them whose translation says what it said before.
    """

    heading: str
    source: str
    translation: str
    missing: tuple = ()
    added: tuple = ()
    moved: tuple = ()
    changes: list[Changed] = field(default_factory=list)
    untouched: list[Changed] = field(default_factory=list)
    was_removed: bool = False
    is_named: bool = True
    """Whether the heading is the document's own, and not a word of ours."""
    level: int = 3
    """Of the heading on a page, below its own h2."""
    number: int = 0

    @property
    def lacks_a_side(self):
        return not (self.source and self.translation) and not self.was_removed

    @property
    def is_marked(self):
        return self.lacks_a_side or self.differs or bool(self.untouched)

    @property
    def differs(self):
        return bool(self.missing or self.added or self.moved)

    @property
    def change(self):
        """What happened to it in the source, in words; "" where nothing did."""
        if not self.changes:
            return ""
        words = str(HOW[self.changes[0].how])
        if self.changes[0].name == SECTION:
            return words
        return f"{HOW[CHANGED]}: {', '.join(map(name_of, self.changes))}"

    @property
    def following(self):
        """What became of that in the translation, in words; "" where there was nothing to do."""
        if self.untouched:
            if self.changes == self.untouched or self.changes[0].name == SECTION:
                return _("still translated as before")
            parts = ", ".join(map(name_of, self.untouched))
            return _("still translated as before: %s") % parts
        if not self.changes or all(part.how == MOVED for part in self.changes):
            return ""
        return _("the translation was changed since")


def rows_of(source, translation, changes: SourceChanges | None, articles):
    """The rows of two documents in reading order, numbered from 1.

    `articles` are those that the documents link to, by public id, as `articles_of` gives them.
    """
    marked = Marked(changes, articles)
    pairs = side_by_side(source, translation)
    rows = [marked.head(source, translation, pairs[0])]
    gone = marked.gone(translation, [pair.translation for pair in pairs if pair.source is None])
    rows += gone.pop("", [])
    for pair in pairs[1:]:
        if pair.source:
            rows.append(marked.section(pair))
            rows += gone.pop(pair.source.anchor, [])
        elif pair.translation not in marked.placed:
            rows.append(marked.section(pair))
    rows += [marked.listed(name, source, translation) for name in LISTED]
    rows = [row for row in rows if row.source or row.translation]
    for number, row in enumerate(rows, start=1):
        row.number = number
    return rows


class Marked:
    """The source's parts as HTML, with the redline where they changed."""

    def __init__(self, changes, articles):
        self.articles = articles
        self.sections, self.fields, self.changed, self.left = {}, (), {}, set()
        self.changes, self.placed = changes, []
        if changes:
            self.fields = changes.redline.fields
            self.sections = {s.heading.anchor: s for s in changes.redline.sections if s.after}
            self.changed = {
                (part.name, part.anchor, part.how == REMOVED): part for part in changes.changed
            }
            self.left = set(changes.untouched)

    def row(self, heading, source, translation, parts, **more):
        parts = [part for part in parts if part]
        untouched = [part for part in parts if part in self.left]
        return Row(heading, source, translation, changes=parts, untouched=untouched, **more)

    def part(self, name, anchor="", removed=False):
        return self.changed.get((name, anchor, removed))

    def head(self, source, translation, pair):
        parts = [
            self.changed.get((name, "", removed)) for name in BEFORE_BODY for removed in (False, True)
        ]
        return self.row(
            source["title"] or translation["title"],
            head_of(
                source, {row["name"]: row for row in field_rows(self.fields, BEFORE_BODY, self.articles)}
            ),
            head_of(translation, {}),
            parts,
            **asdict(pair.numbers),
        )

    def section(self, pair: Pair):
        source, translation = pair.source, pair.translation
        part = self.part(SECTION, source.anchor) if source else None
        html = self.side(source) if source else ""
        if part:
            html = linked(one(self.sections[source.anchor]), self.articles)
        theirs = self.side(translation) if translation else ""
        shown = source or translation
        return self.row(
            shown.heading or capfirst(_("the introduction")),
            html,
            theirs,
            [part],
            **asdict(pair.numbers),
            is_named=bool(shown.heading),
            level=page_level(shown.level),
        )

    def side(self, side: Side):
        # Its HTML was cleaned before it froze, and a draft's is cleaned as its document is built.
        level = page_level(side.level)
        heading = f"<h{level}>{escape(side.heading)}</h{level}>" if side.heading else ""
        return linked(heading + side.html, self.articles)

    def gone(self, translation, alone):
        """Rows of sections that the source has no more, by the anchor of the one that they followed."""
        found, last = {}, ""
        if self.changes is None:
            return found
        was = counterparts(self.changes.steps[0][0], translation)
        for section in self.changes.redline.sections:
            if section.after:
                last = section.after.anchor
            elif part := self.part(SECTION, section.heading.anchor, section.status == REMOVED):
                side = was.get(part.anchor)
                side = side if side in alone else None
                self.placed.append(side)
                row = self.row(
                    part.heading or capfirst(_("the introduction")),
                    linked(one(section), self.articles),
                    self.side(side) if side else "",
                    [part],
                    was_removed=True,
                    is_named=bool(part.heading),
                    level=page_level(section.heading.level),
                )
                found.setdefault(last, []).append(row)
        return found

    def listed(self, name, source, translation):
        lines = [
            [line_of(name, entry) for entry in document[name]] for document in (source, translation)
        ]
        part = self.part(name) or self.part(name, removed=True)
        html = list_of(name, lines[0])
        if part:
            (row,) = field_rows(self.fields, [name], self.articles)
            html = labelled(name, row["html"])
        missing, added = apart(name, source, translation)
        label = str(LABELS[name])
        return self.row(
            label, html, list_of(name, lines[1]), [part], missing=missing, added=added, is_named=False
        )


def page_level(level):
    """The level on a page of a section's heading; what has none stands among the highest."""
    return min(max(level, 2) + 1, DEEPEST)


def head_of(document, marked):
    """Title, other names and summary, each marked where it changed."""
    said = {name: document[name] for name in BEFORE_BODY}
    said["also_called"] = " · ".join(said["also_called"])
    changed = {name: row["html"] for name, row in marked.items() if row["changed"]}
    fields = [
        (name, LABELS[name], changed.get(name), said[name])
        for name in BEFORE_BODY
        if said[name] or name in changed
    ]
    return mark_safe(render_to_string("topics/desk/side_head.html", {"fields": fields}))


def list_of(name, lines):
    if not lines:
        return ""
    return mark_safe(
        render_to_string("topics/desk/side_list.html", {"label": LABELS[name], "lines": lines})
    )


def labelled(name, html):
    context = {"label": LABELS[name], "name": name, "html": html}
    return mark_safe(render_to_string("topics/desk/side_list.html", context))


def apart(name, source, translation):
    """The entries that only one of both has, told apart by what doesn't depend on the language."""

    def known(entry):
        if name == "codes":
            return entry["system"], entry["code"]
        return next((entry[key] for key in ("doi", "pmid", "url") if entry[key]), entry["title"])

    def called(entry):
        return entry["title"] if name == "references" else f"{entry['system']} {entry['code']}"

    ours, theirs = ({known(e): called(e) for e in doc[name]} for doc in (source, translation))
    return (
        tuple(words for key, words in ours.items() if key not in theirs),
        tuple(words for key, words in theirs.items() if key not in ours),
    )
