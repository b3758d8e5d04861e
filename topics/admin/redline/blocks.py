"""The blocks of a redline as HTML: paragraphs, lists, tables, call-outs, with what happened to each."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from topics.admin.redline.inline import hidden, runs
from topics.content.sections import plain_text
from topics.rules.redline import ADDED, CHANGED, MOVED_AWAY, REMOVED, SAME, Passage, Place

CONTEXT = 1
"""Unchanged blocks left in sight before and after a change."""

FEWEST_FOLDED = 3
"""Unchanged blocks from which a stretch is folded away."""

SHAPES = {
    "p": gettext_lazy("paragraph"),
    "ul": gettext_lazy("bulleted list"),
    "ol": gettext_lazy("numbered list"),
    "dl": gettext_lazy("list of terms"),
    "dt": gettext_lazy("term"),
    "dd": gettext_lazy("definition"),
    "li": gettext_lazy("list item"),
    "table": gettext_lazy("table"),
    "tr": gettext_lazy("table row"),
    "td": gettext_lazy("table cell"),
    "th": gettext_lazy("header cell"),
    "caption": gettext_lazy("table caption"),
    "key-points": gettext_lazy("call-out “key points”"),
    "when-to-call": gettext_lazy("call-out “when to call”"),
    "aside": gettext_lazy("call-out"),
}
OUTERMOST = ("p", "ul", "ol", "dl", "table")
"""Elements above which a note may stand."""

_OUTER = re.compile(r"\A<(\w+)([^>]*)>(.*)</\1>\Z", re.DOTALL)
_CELL = re.compile(r"<(t[dh])([^>]*)>(.*?)</\1>", re.DOTALL)
_WORDS = 14


def passages(
    found: Sequence[Passage], *, fold: bool = False, beside: Mapping[int, str] | None = None
) -> SafeString:
    """Blocks of one section or container, in reading order; `fold` hides long unchanged stretches.

    `beside` is what stands below a block, by that one's place among those that stand there now.
    """
    return mark_safe("".join(_each(found, notes_by_place(found, beside or {}), fold=fold)))


def notes_by_place(found: Sequence[Passage], beside: Mapping[int, str]) -> dict[int, str]:
    """The same notes by the place of their block among all, with those that went."""
    standing = (n for n, block in enumerate(found) if block.status not in (REMOVED, MOVED_AWAY))
    return {place: beside[n] for n, place in enumerate(standing) if n in beside}


def _each(found: Sequence[Passage], notes: Mapping[int, str], *, fold: bool) -> Iterator[str]:
    start = 0
    while start < len(found):
        end = start
        while fold and end < len(found) and is_same(found[end]) and end not in notes:
            end += 1
        first = start + (CONTEXT if start else 0)
        last = end - (CONTEXT if end < len(found) else 0)
        if last - first >= FEWEST_FOLDED:
            yield from (block.after for block in found[start:first])
            inner = "".join(block.after for block in found[first:last])
            yield folded(unchanged_blocks(last - first), inner)
            yield from (block.after for block in found[last:end])
        else:
            yield from (block.after for block in found[start:end])
        if end < len(found):
            yield passage(found[end]) + notes.get(end, "")
        start = end + 1


def is_same(found: Passage) -> bool:
    return found.status == SAME and not found.moved_from and not found.parts


def folded(summary: str, inner: str) -> str:
    """Something that stayed as it was, a click or a key away."""
    return format_html(
        '<details class="redline-same"><summary>{}</summary>{}</details>', summary, mark_safe(inner)
    )


def unchanged_blocks(count: int) -> str:
    return ngettext("%(count)s unchanged block", "%(count)s unchanged blocks", count) % {"count": count}


def passage(found: Passage) -> str:
    """One block, marked with what happened to it."""
    if found.status == MOVED_AWAY:
        return _stub(found)
    if found.moved_from:
        return _arrived(found)
    if found.status == SAME:
        return found.after
    if found.status in (ADDED, REMOVED):
        return _whole(found)
    return _reworded(found)


def _identity(found: Passage) -> str:
    return f' id="change-{found.number}"' if found.number else ""


def shape(tag: str, attributes: Sequence[tuple[str, str]] = ()) -> str:
    kind = dict(attributes).get("class", tag)
    return str(SHAPES.get(kind, SHAPES["p"]))


def _whole(found: Passage) -> str:
    """A block that came or went altogether."""
    gone = found.status == REMOVED
    mark, word = ("del", _("removed:")) if gone else ("ins", _("added:"))
    kind = f' class="redline-{"removed" if gone else "added"}"'
    if found.parts:
        inner = "".join(map(passage, found.parts))
        return f"<{found.tag}{_attributes(found)}{kind}{_identity(found)}>{inner}</{found.tag}>"
    tag, attributes, inner = _OUTER.match(found.html()).groups()
    marked = f"<{mark}>{hidden(word)}{{}}</{mark}>"
    if tag == "tr":
        cells = _CELL.sub(
            lambda cell: f"<{cell[1]}{cell[2]}>{marked.format(cell[3])}</{cell[1]}>", inner
        )
        return f"<tr{kind}{_identity(found)}>{cells}</tr>"
    if tag in ("li", "dt", "dd", "td", "th", "caption"):
        return f"<{tag}{attributes}{kind}{_identity(found)}>{marked.format(inner)}</{tag}>"
    return f"<{mark}{kind}{_identity(found)}>{hidden(word)}{found.html()}</{mark}>"


def _attributes(found: Passage) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in found.attributes)


def _reworded(found: Passage, note: str = "") -> str:
    """A block with changes inside it."""
    notes = " · ".join(filter(None, (note, _shape_note(found))))
    above = notes and found.tag in OUTERMOST
    before = f'<p class="redline-what">{notes}</p>' if above else ""
    first = f'<span class="redline-what">{notes}</span> ' if notes and not above else ""
    kind = ' class="redline-changed"' if found.runs else ""
    if found.runs:
        inner = runs(found.runs)
    else:
        inner = "".join(_table(found.parts) if found.tag == "table" else map(passage, found.parts))
    opening = f"<{found.tag}{_attributes(found)}{kind}{_identity(found)}>"
    return f"{before}{opening}{first}{inner}</{found.tag}>"


def _shape_note(found: Passage) -> str:
    if not found.was:
        return ""
    tag, attributes = found.was
    if shape(tag, attributes) != shape(found.tag, found.attributes):
        names = {"before": shape(tag, attributes), "after": shape(found.tag, found.attributes)}
        return escape(_("was a %(before)s, is a %(after)s now") % names)
    return escape(_("the shape of the cell changed"))


def _table(parts: Sequence[Passage]) -> Iterator[str]:
    """Rows in the part of the table in which they stand; a row of before where it stood."""
    yield from (passage(part) for part in parts if part.tag == "caption")
    rows = [part for part in parts if part.tag == "tr"]
    for outer, in_head in (("thead", True), ("tbody", False)):
        inner = [passage(row) for row in rows if _in_head(row) is in_head]
        if inner:
            yield f"<{outer}>{''.join(inner)}</{outer}>"


def _in_head(row: Passage) -> bool:
    return row.head if row.status in (SAME, CHANGED, ADDED) else row.head_before


def _stub(found: Passage) -> str:
    """The old place of a block that stands elsewhere now."""
    target = f"#change-{found.twin.number}" if found.twin else ""
    words = Truncator(plain_text(_standing(found.before)).replace("\n", " ")).words(_WORDS)
    note = format_html(
        '<span class="redline-what">{} <a href="{}">{}</a></span> <del>{}</del>',
        _moved_to(found.moved_to),
        target,
        _("Go there"),
        words,
    )
    return _in_place(found, note, "redline-away")


def _moved_to(where: Place) -> str:
    if where.same_section:
        return _("Moved to another place in this section:")
    return _("Moved to “%(heading)s”:") % {"heading": where.heading or _("the introduction")}


def _standing(html: str) -> str:
    """The HTML of a block with what it stands in, so that it can be read alone."""
    tag = html[1 : re.search(r"[\s>]", html).start()]
    outer = {"li": "ul", "tr": "table", "td": "table", "th": "table", "caption": "table"}.get(tag)
    return f"<{outer}>{html}</{outer}>" if outer else html


def _in_place(found: Passage, note: str, kind: str) -> str:
    """A note where a block may stand: in a list as an item, in a table as a row."""
    tag = found.tag if found.tag in ("li", "dt", "dd", "td", "th", "caption") else "p"
    if found.tag == "tr":
        columns = found.before.count("<t") - 1
        return f'<tr class="{kind}"><td colspan="{max(columns, 1)}">{note}</td></tr>'
    return f'<{tag} class="{kind}">{note}</{tag}>'


def _arrived(found: Passage) -> str:
    """A block at the place to which it was moved."""
    where = found.moved_from
    note = escape(
        _("Moved here within this section")
        if where.same_section
        else _("Moved here from “%(heading)s”") % {"heading": where.heading or _("the introduction")}
    )
    if found.status == CHANGED and found.tag != "tr":
        html = _reworded(found, note)
        return f'<div class="redline-moved">{html}</div>' if found.tag in OUTERMOST else html
    if found.tag == "tr":
        row = _reworded(found) if found.status == CHANGED else found.after
        columns = max(found.after.count("<t") - 1, 1)
        says = f'<tr class="redline-moved"{_identity(found)}><td colspan="{columns}">{note}</td></tr>'
        return says + row.replace(_identity(found), "", 1)
    if found.tag in (*OUTERMOST, "aside"):
        return (
            f'<div class="redline-moved"{_identity(found)}><p class="redline-what">{note}</p>'
            f"{found.after}</div>"
        )
    tag, attributes, inner = _OUTER.match(found.after).groups()
    what = f'<span class="redline-what">{note}</span> '
    return f'<{tag}{attributes} class="redline-moved"{_identity(found)}>{what}{inner}</{tag}>'
