"""The sections of a redline as HTML, with those that stayed as they were folded away."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from topics.admin.redline.blocks import folded, notes_by_place, passages, unchanged_blocks
from topics.admin.redline.inline import hidden, runs
from topics.rules.redline import ADDED, MOVED_AWAY, REMOVED, SAME, Place, SectionChange

DEEPEST = 6
NAMED = 3
"""Sections named where several are folded away."""


Beside = Mapping[tuple[str, int | None], str]
"""What stands below a block, by its section's anchor and its number there; None: below the heading."""


def sections(found: Sequence[SectionChange], beside: Beside | None = None) -> SafeString:
    """All sections, in reading order.

    With `beside`, however empty, each names the section of the document in which it stands now.
    """
    return mark_safe("".join(_all(found, beside)))


def _all(found: Sequence[SectionChange], beside: Beside | None) -> Iterator[str]:
    noted = {anchor for anchor, _number in beside or ()}
    waiting: list[SectionChange] = []
    for n, section in enumerate(found):
        # The heading over a change stays in sight: it says where one is.
        quiet = section.status == SAME and section.after.anchor not in noted
        if quiet and not _leads_to_change(found, n):
            waiting.append(section)
            continue
        if waiting:
            yield _unchanged(waiting, beside)
            waiting = []
        yield _placed(section, one(section, _own(section, beside)), beside)
    if waiting:
        yield _unchanged(waiting, beside)


def _own(section: SectionChange, beside: Beside | None) -> dict[int | None, str]:
    anchor = section.after and section.after.anchor
    return {number: html for (where, number), html in (beside or {}).items() if where == anchor}


def _placed(section: SectionChange, html: str, beside: Beside | None) -> str:
    """What a script asks of a selection: in which section of the document it stands."""
    if beside is None or section.after is None:
        return html
    return f'<div data-part="section:{escape(section.after.anchor)}">{html}</div>'


def _leads_to_change(found: Sequence[SectionChange], n: int) -> bool:
    level = found[n].heading.level
    for section in found[n + 1 :]:
        if not level or section.heading.level <= level:
            return False
        if section.status != SAME:
            return True
    return False


def _unchanged(found: Sequence[SectionChange], beside: Beside | None) -> str:
    blocks = sum(len(section.passages) for section in found)
    names = [section.heading.text for section in found if section.heading.text]
    said = unchanged_blocks(blocks)
    count = ngettext("%(count)s block", "%(count)s blocks", blocks) % {"count": blocks}
    if names:
        more = len(names) - NAMED
        shown = ", ".join(f"“{name}”" for name in names[:NAMED])
        words = {"names": shown, "blocks": count, "more": more}
        said = (
            ngettext(
                "Unchanged: %(names)s and %(more)s more section (%(blocks)s)",
                "Unchanged: %(names)s and %(more)s more sections (%(blocks)s)",
                more,
            )
            if more > 0
            else _("Unchanged: %(names)s (%(blocks)s)")
        ) % words
    return folded(said, "".join(_placed(section, _whole(section), beside) for section in found))


def _whole(section: SectionChange) -> str:
    return _heading(section, escape(section.heading.text)) + "".join(
        passage.html() for passage in section.passages
    )


def one(section: SectionChange, notes: Mapping[int | None, str] | None = None) -> str:
    """One section that changed, with its heading, and the notes below it and its blocks."""
    notes = notes or {}
    if section.status == MOVED_AWAY:
        return _stub(section)
    if section.status in (ADDED, REMOVED):
        gone = section.status == REMOVED
        mark, word = ("del", _("removed:")) if gone else ("ins", _("added:"))
        heading = f"<{mark}>{hidden(word)}{escape(section.heading.text)}</{mark}>"
        return (
            f'<div class="redline-{"removed" if gone else "added"}" id="change-{section.number}">'
            f"{_heading(section, heading) if section.heading.text else ''}{notes.get(None, '')}"
            f"{_marked(section, mark, word, notes)}</div>"
        )
    words = runs(section.runs) if section.runs else escape(section.heading.text)
    inner = notes.get(None, "") + passages(section.passages, fold=True, beside=notes)
    said = list(_notes(section))
    what = f'<p class="redline-what" id="change-{section.number}">{" · ".join(said)}</p>'
    moved = ' class="redline-moved"' if section.moved_from else ""
    html = f"{what if said else ''}{_heading(section, words)}{inner}"
    return f"<div{moved}>{html}</div>" if moved else html


def _marked(section: SectionChange, mark: str, word: str, notes: Mapping) -> str:
    """The content of a section that came or went, apart from what moved into it or out of it."""
    html, below = [], notes_by_place(section.passages, notes)
    for place, passage in enumerate(section.passages):
        plain = passage.status in (ADDED, REMOVED) and not passage.parts
        html.append(f"<{mark}>{hidden(word)}{passage.html()}</{mark}>" if plain else passages([passage]))
        html.append(below.get(place, ""))
    return "".join(html)


def _heading(section: SectionChange, words: str) -> str:
    if not section.heading.text:
        return ""
    level = min(section.heading.level + 1, DEEPEST)
    gone = "" if section.after else "was-"
    number = ""
    if section.number and section.runs and not list(_notes(section)):
        number = f'<span id="change-{section.number}"></span>'
    anchor = f"redline-{gone}{section.heading.anchor}"
    return f'<h{level} id="{escape(anchor)}" class="redline-h{level}">{number}{words}</h{level}>'


def _notes(section: SectionChange) -> Iterator[str]:
    if section.moved_from and not section.moved_along:
        yield escape(_from(section.moved_from))
    if section.level_changed:
        levels = {"before": section.before.level, "after": section.after.level}
        yield escape(_("Heading of level %(before)s, is of level %(after)s now") % levels)


def _from(where: Place) -> str:
    if not where.heading:
        return _("Section moved here from the beginning")
    return _("Section moved here; it stood after “%(heading)s”") % {"heading": where.heading}


def _stub(section: SectionChange) -> str:
    """The old place of a section that stands elsewhere now."""
    if section.moved_along:
        return ""
    name = section.heading.text or _("the introduction")
    where = section.moved_to
    sentence = (
        _("The section “%(name)s” was moved; it stands after “%(after)s” now.")
        if where.heading
        else _("The section “%(name)s” was moved to the beginning.")
    ) % {"name": name, "after": where.heading}
    return format_html(
        '<p class="redline-away"><span class="redline-what">{} <a href="#redline-{}">{}</a></span></p>',
        sentence,
        section.new_anchor,
        _("Go there"),
    )
