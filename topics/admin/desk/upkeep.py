"""What waits for a publisher and an administrator."""

import json
from datetime import timezone

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from topics.admin.columns import standing
from topics.admin.desk.queues import with_last_day
from topics.admin.desk.rows import act_on, light, version_row
from topics.admin.desk.section import COMING, HANDED, Row, age, days_to, page_of, queued
from topics.admin.desk.shelved import due_row, light_editions, note_of_edition, withheld_row
from topics.admin.moments import day, day_of, spoken
from topics.admin.timeline.words import act_name
from topics.models import AuditEntry, Category, Credential, SignOff
from topics.workflow.password import BARRED

# The publisher --------------------------------------------------------------------------------------


def of_publisher(user, *, now, today):
    on = {"user": user, "now": now, "today": today}
    yield queued(
        "unreadable",
        lambda edition: withheld_row(edition, today=today),
        prepare=light_editions,
        order=["ends_at"],
        empty="",
        when=_("Withheld since"),
        quiet=True,
        **on,
    )
    yield queued(
        "to-release",
        lambda version: version_row(
            version,
            now=now,
            step=_("Release"),
            step_url=act_on(version, "release"),
        ),
        prepare=lambda rows: light(rows).with_taken_back(),
        order=["state_since"],
        empty=_("No approved version waits."),
        when=_("Since"),
        **on,
    )
    yield queued(
        "released",
        lambda edition: released_row(edition, now=now),
        prepare=light_editions,
        order=["-released_at"],
        empty="",
        when=_("Released"),
        quiet=True,
        part=HANDED,
        **on,
    )
    yield queued(
        "scheduled",
        lambda edition: scheduled_row(edition, now=now),
        prepare=lambda rows: with_unqualified(light_editions(rows)),
        weigh=with_unqualified,
        order=["-unqualified", "starts_at"],
        empty=_("Nothing is scheduled."),
        when=_("Begins"),
        part=COMING,
        **on,
    )
    yield queued(
        "ending",
        lambda edition: due_row(edition, today=today, standing=end_of(edition)),
        prepare=light_editions,
        order=["next_review_due"],
        empty=_("Every edition in force is current, and none ends soon."),
        when=_("Review due"),
        part=COMING,
        **on,
    )


def released_row(edition, *, now):
    """A row about an edition that this publisher released: where it stands now."""
    found = standing(edition, at=now)
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=(found.name, found.label),
        standing=end_of(edition) if found.name == "in_force" else "",
        when=day(edition.released_at),
        age=age(edition.released_at, now),
    )


def with_unqualified(editions):
    """Editions with whether a signer's credential will not be valid on the day of their start.

    `release_refusals` asks the same of one version, before it is released; asked here of all, it is
    one query.
    """
    valid = Credential.objects.filter(
        reviewer=OuterRef("reviewer"),
        valid_from__lte=OuterRef(OuterRef("starts_on")),
        expires_on__gte=OuterRef(OuterRef("starts_on")),
    )
    return editions.annotate(
        starts_on=TruncDate("starts_at", tzinfo=timezone.utc),
        unqualified=Exists(SignOff.objects.filter(~Exists(valid), version=OuterRef("version"))),
    )


def scheduled_row(edition, *, now):
    unqualified = {
        "alarm": ("overdue", _("Not covered")),
        "standing": _("a signer's credential is not valid on that day: move or cancel this release"),
    }
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=("scheduled", _("Scheduled")),
        when=spoken(edition.starts_at),
        age=days_to(day_of(edition.starts_at), day_of(now)),
        step=_("Move the release"),
        step_url=reverse("admin:edition_act", args=[edition.pk, "move"]),
        other=_("Cancel the release"),
        other_url=reverse("admin:edition_act", args=[edition.pk, "cancel_release"]),
        **(unqualified if edition.unqualified else {}),
    )


def end_of(edition):
    """What ends an edition in force, as far as it is known."""
    if edition.ends_at is None:
        return ""
    instant = spoken(edition.ends_at)
    if edition.withdrawal_id:
        return _("to be withdrawn at %s") % instant
    if edition.ends_at == edition.expires_at:
        return _("withheld from %s") % instant
    return _("replaced at %s") % instant


# The administrator ----------------------------------------------------------------------------------


def of_administrator(user, *, now, today):
    on = {"user": user, "now": now, "today": today}
    yield queued(
        "wrong-passwords",
        lambda entry: tried_row(entry, now=now),
        prepare=lambda rows: rows.select_related("actor"),
        order=["-number"],
        empty="",
        when=_("Tried"),
        quiet=True,
        **on,
    )
    yield queued(
        "credentials",
        lambda reviewer: credential_row(reviewer, today=today),
        prepare=with_last_day,
        order=[F("last_day").asc(nulls_first=True), "name"],
        empty=_("Every reviewer with an account holds a credential for the next 90 days."),
        when=_("Valid until"),
        **on,
    )
    yield queued(
        "accounts",
        lambda reviewer: Row(
            title=str(reviewer), url=page_of(reviewer), standing=_("can't be asked to sign")
        ),
        order=["name"],
        empty=_("Every reviewer has an account."),
        **on,
    )
    yield queued(
        "categories",
        lambda category: Row(
            title=str(category), url=page_of(category), standing=_("nothing here can be submitted")
        ),
        order=Category._meta.ordering,
        empty=_("Every category has a review policy, its own or inherited."),
        **on,
    )


def tried_row(entry, *, now):
    """A row about a wrong password, or one that wasn't taken after too many of them."""
    detail = json.loads(entry.detail)
    barred = entry.act == BARRED
    return Row(
        title=f"{entry.actor.printed_name()} ({entry.actor.username})",
        url=page_of(entry),
        note=detail["of"] or _("Change password"),
        badge=("overdue", act_name(entry.act)) if barred else ("due", act_name(entry.act)),
        when=day(entry.at),
        age=age(entry.at, now),
    )


def credential_row(reviewer, *, today):
    missing = reviewer.last_day is None
    expired = not missing and reviewer.last_day < today
    return Row(
        title=str(reviewer),
        url=page_of(reviewer),
        when="–" if missing else f"{reviewer.last_day:%Y-%m-%d}",
        age="" if missing else days_to(reviewer.last_day, today),
        badge=("overdue", _("None on record") if missing else _("Expired"))
        if missing or expired
        else ("due", _("Ends soon")),
    )


def ledger(*, now):
    """How long the ledger is, and how old its last entry; None while it is empty."""
    newest = AuditEntry.objects.order_by("-number").values("number", "at").first()
    if newest is None:
        return None
    return {"size": newest["number"], "at": newest["at"], "age": age(newest["at"], now)}
