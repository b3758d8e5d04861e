"""The remarks of a version below the blocks of its redline of which they speak."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from topics.admin.desk.threads import Remarks
from topics.admin.redline import FOOT, HEAD
from topics.vocabulary import RemarkPart


def beside_redline(request, version, remarks: Remarks, seen):
    """What `admin.redline.rendered` puts beside the new version's blocks: each one's threads as HTML."""
    found = {}
    for thread in remarks.threads:
        passage = thread.passage
        if passage.part == RemarkPart.SECTION and not thread.lost:
            found.setdefault((passage.section, passage.block), []).append(thread)
    found |= {(HEAD, None): remarks.head, (FOOT, None): remarks.foot}

    def html(threads):
        cards = [
            render_to_string(
                "topics/desk/thread.html",
                {"thread": thread, "version": version, "seen": seen, "back": "redline"},
                request,
            )
            for thread in threads
        ]
        return mark_safe(f'<div class="passage-remarks">{"".join(cards)}</div>')

    return {place: html(threads) for place, threads in found.items() if threads}
