"""Two people in one draft: what the second one sees when their save is refused.

Nothing of either text is lost: the form is given back as it was typed, below what differs from what is
saved now. What one side alone changed is taken; where both did, the writer says whose stays.
"""

from django.utils.translation import gettext as _

from topics.admin.redline import redline, rendered
from topics.admin.writing.beside import UNREADABLE
from topics.admin.writing.questions import differences
from topics.admin.writing.settling import SETTLE
from topics.admin.writing.typed import as_typed
from topics.models import Version
from topics.rules.merging import ASKED, SAME
from topics.workflow.changes import document_of


def conflict(pk, data, *, actor):
    """What the page of a refused second save shows, or None where there is no such conflict.

    `data` is the posted form. Five queries or so, however much differs.
    """
    saved = Version.objects.select_related("article", "edited_by").get(pk=pk)
    if not saved.is_draft or data.get("revision") == str(saved.revision):
        return None
    try:
        typed = as_typed(saved, data)
    except UNREADABLE:
        return None
    found = [each for each in differences(saved, typed, data) if each.whose != SAME]
    questions = [each for each in found if each.whose == ASKED]
    marked = redline(document_of(saved), document_of(typed))
    is_self = saved.edited_by_id == actor.pk
    return {
        "saved": saved,
        "is_self": is_self,
        "name": _("You, in another window") if is_self else saved.edited_by.printed_name(),
        "redline": None if marked.is_empty else rendered(marked),
        "questions": questions,
        "taken": [each for each in found if each.whose != ASKED],
        "unanswered": SETTLE in data and any(each.is_open for each in questions),
        "differs": bool(found),
    }
