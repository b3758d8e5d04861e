"""A draft that somebody submitted while another tab still had it: who did what, and what was typed."""

from topics.admin.desk.trail import MOVES, Seen
from topics.admin.redline import redline, rendered
from topics.admin.writing.beside import UNREADABLE
from topics.admin.writing.typed import as_typed
from topics.models import Version
from topics.vocabulary import State
from topics.workflow.changes import document_of


def left_behind(pk, data):
    """What the page of a save after submission shows; None of a version that is still a draft.

    `data` is the posted form: of what it says a redline from the version as it stands, so that it
    can be read and copied.
    """
    saved = Version.objects.select_related("article").get(pk=pk)
    if saved.is_draft:
        return None
    reasons = Seen(0, State.DRAFT, "").refusals(saved, after=MOVES)
    try:
        typed = as_typed(saved, data)
    except UNREADABLE:
        return {"reasons": reasons, "redline": None}
    typed.document = ""  # The frozen one says what is saved, not what was typed.
    marked = redline(document_of(saved), document_of(typed))
    return {"reasons": reasons, "redline": None if marked.is_empty else rendered(marked)}
