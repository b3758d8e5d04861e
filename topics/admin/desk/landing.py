"""My work: what waits for the person who signed in, and what is due. Nothing here changes anything."""

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.admin.desk.access import sees_every_version
from topics.admin.desk.upkeep import collection, ledger, of_administrator, of_publisher
from topics.admin.desk.work import of_editor, of_reviewer, of_writer
from topics.rules.review_dates import utc_day

ROLES = (
    ("topics.sign_version", of_reviewer),
    ("topics.send_version", of_editor),
    ("topics.release_version", of_publisher),
    ("topics.edit_version", of_writer),
    ("topics.change_credential", of_administrator),
)
"""Whose sections an account sees, by permission: several roles see several, in this order."""


def landing(request, site, extra_context=None):
    """The first page of the admin, by what the account may do. Its queries don't grow with the rows."""
    user, now = request.user, timezone.now()
    today = utc_day(now)
    sections = [
        section
        for permission, sections_of in ROLES
        if user.has_perm(permission)
        for section in sections_of(user, now=now, today=today)
    ]
    context = {
        **site.each_context(request),
        "title": _("My work"),
        "sections": [section for section in sections if section.shown],
        "today": today,
        **(extra_context or {}),
    }
    if sees_every_version(user):
        context["collection"] = collection(now=now, today=today)
    if user.has_perm("topics.change_credential"):
        context["ledger"] = ledger(now=now)
    return TemplateResponse(request, "topics/desk/landing.html", context)
