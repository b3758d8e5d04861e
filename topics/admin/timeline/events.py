"""The events of an article: entries of its ledger with the rows that they speak of."""

import json
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from topics.admin.desk.access import sees_every_version, visible_versions
from topics.admin.moments import spoken
from topics.admin.timeline.words import look, sentence
from topics.models import AuditEntry, Edition, Remark, SignOff, Withdrawal
from topics.vocabulary import State

PER_PAGE = 40
RETURNS = ("return", "return_as_reviewer")


@dataclass
class Event:
    """One act on the timeline: its sentence and sign, what it moved, what was said with it."""

    entry: AuditEntry
    says: str
    sign: str
    kind: str
    times: int = 1
    notes: list = field(default_factory=list)
    quote: str = ""
    text: str = ""
    links: list = field(default_factory=list)

    @property
    def state(self):
        """The state to which the act moved its version, as a badge names it."""
        return self.entry.to_state

    @property
    def state_label(self):
        return State(self.state).label


def entries_of(article, user):
    """The ledger's entries about the article that the person may hear of, newest first.

    Who follows reviews as a whole hears of all of them, a reviewer of the versions that they were
    asked to review.
    """
    entries = AuditEntry.objects.filter(article=article).order_by("-number")
    if not sees_every_version(user):
        entries = entries.filter(version__in=visible_versions(user).filter(article=article))
    return entries.select_related("actor", "version__based_on")


def page_of_events(article, user, *, number=1, per_page=PER_PAGE):
    """A page of events and their paginator's page; six queries, whatever is on it."""
    page = Paginator(entries_of(article, user).defer(*LONG), per_page).get_page(number)
    return events(list(page.object_list)), page


def newest_events(article, user, *, most):
    """The newest events, for a page that shows the timeline's beginning."""
    return events(list(entries_of(article, user).defer(*LONG)[:most]))


LONG = tuple(
    f"{path}{name}"
    for path in ("version__", "version__based_on__")
    for name in ("body", "document", "summary")
)
"""Texts of versions, which no event shows."""


def events(entries):
    """The events of these entries, in the same order; a run of edits by one person is one event."""
    numbers = [entry.pk for entry in entries]
    sign_offs = {row.entry_id: row for row in SignOff.objects.filter(entry__in=numbers)}
    remarks = {row.entry_id: row for row in Remark.objects.filter(entry__in=numbers)}
    editions = {
        row.release_entry_id: row
        for row in Edition.objects.filter(release_entry__in=numbers).defer("document", "record")
    }
    withdrawals = {
        row.entry_id: row
        for row in Withdrawal.objects.filter(entry__in=numbers).select_related("replacement")
    }
    found = []
    for entry in entries:
        if found and repeats(found[-1].entry, entry):
            found[-1].times += 1
            found[-1].says = sentence(found[-1].entry, times=found[-1].times)
            continue
        if found and is_said_by(found[-1], remarks.get(entry.pk)):
            continue
        sign, kind = look(entry)
        event = Event(entry, sentence(entry), sign, kind)
        tell_of_version(event)
        if entry.pk in sign_offs:
            tell_of_sign_off(event, sign_offs[entry.pk])
        elif entry.pk in remarks:
            event.quote, event.text = remarks[entry.pk].quote, remarks[entry.pk].text
        elif entry.pk in editions:
            tell_of_edition(event, editions[entry.pk])
        elif entry.pk in withdrawals:
            tell_of_withdrawal(event, withdrawals[entry.pk])
        found.append(event)
    return found


def repeats(newer, older):
    """Whether two entries, one after the other, are edits of the same draft by the same person."""
    same = (newer.act, newer.actor_id, newer.version_id) == (older.act, older.actor_id, older.version_id)
    return same and newer.act == "edit"


def is_said_by(event, remark):
    """Whether the remark is that of the return before which it was written: one act, told once."""
    if remark is None or event.entry.act not in RETURNS:
        return False
    same = (remark.entry_id + 1, remark.version_id) == (event.entry.pk, event.entry.version_id)
    return same and remark.text == event.text


def tell_of_version(event):
    entry, version = event.entry, event.entry.version
    detail = json.loads(entry.detail)
    if entry.act == "submit":
        event.notes.append(version.get_change_kind_display())
        event.text = version.change_note
        if version.based_on:
            words = {"before": version.based_on.number, "after": version.number}
            label = _("Redline of version %(before)s and version %(after)s") % words
            address = reverse("admin:redline", args=[version.based_on_id, version.pk])
            event.links.append((address, label))
    elif entry.act in RETURNS:
        event.text = version.return_remarks
    elif detail.get("unanswered_reason"):
        event.notes.append(_("with unanswered remarks"))
        event.text = detail["unanswered_reason"]
    elif "reviewer" in detail:
        # Told by what the entry says: an assignment may have been replaced since.
        due = detail.get("due_on")
        event.notes.append(str(detail["reviewer"]))
        if due:
            event.notes.append(_("due %(day)s") % {"day": due})
        if detail.get("former"):
            event.notes.append(_("in place of %(name)s") % {"name": detail["former"]})
        event.text = detail.get("reason", "")


def tell_of_sign_off(event, sign_off):
    event.says = sentence(event.entry, name=sign_off.printed_name)
    credentials = ", ".join(filter(None, (sign_off.printed_name, sign_off.printed_credentials)))
    event.notes += [credentials, sign_off.role, sign_off.printed_specialty]
    event.notes.append(str(sign_off.printed_credential()))
    event.quote = sign_off.statement


def tell_of_edition(event, edition):
    address = reverse("admin:topics_edition_change", args=[edition.pk])
    event.links.append((address, _("Edition %(number)s") % {"number": edition.number}))
    event.links.append((reverse("admin:edition_record", args=[edition.pk]), _("Record of approval")))
    if edition.was_cancelled():
        event.notes.append(_("never became public"))
    else:
        event.notes.append(_("in force from %(instant)s") % {"instant": spoken(edition.starts_at)})


def tell_of_withdrawal(event, withdrawal):
    event.notes.append(withdrawal.get_kind_display())
    event.text = withdrawal.explanation
    if withdrawal.replacement:
        event.notes.append(_("replaced by %(article)s") % {"article": withdrawal.replacement})
