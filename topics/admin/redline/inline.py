"""The words of a redline as HTML: what came and went is marked, and said to those who hear the page."""

from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from topics.content.inline import write
from topics.rules.redline import ADDED, REMOVED, RESTYLED, Run

HIDDEN = '<span class="hidden-text">{} </span>'


def runs(found: Sequence[Run]) -> SafeString:
    """The runs of one passage. Their text was sanitised when the document was made."""
    return mark_safe("".join(map(run, found)))


def run(found: Run) -> str:
    if not found.text().strip():
        return write(list(found.after))
    if found.kind == REMOVED:
        return f"<del>{hidden(_('removed:'))}{write(list(found.before))}</del>"
    if found.kind == ADDED:
        return f"<ins>{hidden(_('added:'))}{write(list(found.after))}</ins>"
    html = write(list(found.after))
    return html + restyling(found) if found.kind == RESTYLED else html


def hidden(text: str) -> str:
    """Words that are read aloud and not shown, because the mark shows them."""
    return format_html(HIDDEN, text)


def restyling(found: Run) -> str:
    """A note of what is another about the same words: where a link leads, emphasis."""
    old, new = (
        [mark for _text, marks in pieces for mark in marks] for pieces in (found.before, found.after)
    )
    notes = []
    links = [[mark[2:] for mark in marks if mark.startswith("a ")] for marks in (old, new)]
    before, after = (" ".join(dict.fromkeys(targets)) for targets in links)
    if before != after:
        notes.append(link_note(before, after))
    styles = [{mark for mark in marks if not mark.startswith("a ")} for marks in (old, new)]
    if styles[0] != styles[1]:
        words = _("emphasis changed") if styles[1] else _("emphasis removed")
        notes.append(escape(_("emphasis added") if not styles[0] else words))
    return "".join(f' <span class="redline-note">{note}</span>' for note in notes)


def link_note(before: str, after: str) -> str:
    if not before:
        sentence = _("link added: %(after)s")
    elif not after:
        sentence = _("link removed: %(before)s")
    else:
        sentence = _("link changed from %(before)s to %(after)s")
    return escape(sentence % {"before": before, "after": after})
