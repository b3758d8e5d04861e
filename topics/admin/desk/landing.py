"""My work: what waits for the person who signed in, what they handed over, and what comes due."""

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.admin.desk.access import sees_every_version
from topics.admin.desk.calendar import month
from topics.admin.desk.collection import collection
from topics.admin.desk.recalled import of_recalls
from topics.admin.desk.section import COMING, HANDED, WAITING
from topics.admin.desk.translations import of_translations
from topics.admin.desk.upkeep import ledger, of_administrator, of_publisher
from topics.admin.desk.work import credential_warning, of_editor, of_reviewer, of_writer
from topics.admin.moments import day_of
from topics.rules.review_dates import utc_day

ROLES = (
    ("topics.sign_version", of_reviewer),
    ("topics.return_version", of_recalls),
    ("topics.send_version", of_editor),
    ("topics.release_version", of_publisher),
    ("topics.edit_version", of_writer),
    ("topics.view_requirement", of_translations),
    ("topics.change_credential", of_administrator),
)
"""Whose sections an account sees, by permission: several roles see several, in this order."""

FOLLOWS = ("topics.send_version", "topics.release_version")
"""Who has one of these sees the state of the collection, and the month."""


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
    parts = parts_of([section for section in sections if section.shown])
    context = {
        **site.each_context(request),
        "title": _("My work"),
        "parts": parts,
        "sections": [section for part in parts for section in part["sections"]],
        "today": day_of(now),
        **(extra_context or {}),
    }
    if sees_every_version(user) and any(user.has_perm(permission) for permission in FOLLOWS):
        context["collection"] = collection(now=now)
        context["month"] = month(day_of(now).replace(day=1), now=now)
    if user.has_perm("topics.sign_version"):
        context["warning"] = credential_warning(user, today=today)
    if user.has_perm("topics.change_credential"):
        context["ledger"] = ledger(now=now)
    return TemplateResponse(request, "topics/desk/landing.html", context)


def parts_of(sections):
    """The sections under the three headings of the page; a heading with nothing below it is left out."""
    headings = (
        (WAITING, _("Waits for you")),
        (HANDED, _("Handed over")),
        (COMING, _("Comes due")),
    )
    parts = [
        {"name": name, "heading": heading, "sections": [s for s in sections if s.part == name]}
        for name, heading in headings
    ]
    return [part for part in parts if part["sections"]]
