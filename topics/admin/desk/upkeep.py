"""What waits for a publisher and an administrator, and how the collection stands."""

from dataclasses import dataclass
from datetime import timedelta, timezone

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from topics.admin.columns import category_tree
from topics.admin.desk.section import SHOWN, Row, Section, age, days_to, listed, page_of, section
from topics.admin.desk.shelved import due_row, note_of_edition, withheld, withheld_row
from topics.admin.desk.work import act_on, light, version_row
from topics.models import AuditEntry, Credential, Edition, Reviewer, SignOff, Version
from topics.vocabulary import State

AHEAD = timedelta(days=90)
"""How far ahead the desk looks for what expires."""


# The publisher --------------------------------------------------------------------------------------


def of_publisher(user, *, now, today):
    yield section(
        "unreadable",
        _("Withheld from readers until reviewed"),
        withheld(now=now),
        lambda edition: withheld_row(edition, today=today),
        empty="",
        url=listed("edition", standing="expired"),
        when=_("Withheld since"),
        quiet=True,
    )
    editions = Edition.objects.ever_in_force().filter(version=OuterRef("pk"))
    newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    cancelled = Q(~Exists(editions), ~Exists(newer), state=State.RELEASED)
    yield section(
        "to-release",
        _("Approved, waiting for release"),
        light(Version.objects.filter(Q(state=State.APPROVED) | cancelled)).order_by("state_since"),
        lambda version: version_row(
            version,
            now=now,
            standing=_("its release was cancelled") if version.state == State.RELEASED else "",
            step=_("Release"),
            step_url=act_on(version, "release"),
        ),
        empty=_("No approved version waits."),
        url=listed("version", state__exact=State.APPROVED),
        when=_("Since"),
    )
    shelf = Edition.objects.select_related("article", "withdrawal").defer(
        "document", "record", "summary"
    )
    yield section(
        "scheduled",
        _("Scheduled releases"),
        with_unqualified(shelf.scheduled(at=now)).order_by("-unqualified", "starts_at"),
        lambda edition: scheduled_row(edition, today=today),
        empty=_("Nothing is scheduled."),
        url=listed("edition", standing="scheduled"),
        when=_("Begins (UTC)"),
    )
    ending = Q(expires_at__lte=now + AHEAD, ends_at=F("expires_at")) | Q(withdrawal__isnull=False)
    yield section(
        "ending",
        _("In force, but due or ending"),
        shelf.in_force(at=now)
        .filter(Q(review_warning_on__lte=today) | ending)
        .order_by("next_review_due"),
        lambda edition: due_row(edition, today=today, standing=end_of(edition)),
        empty=_("Every edition in force is current, and none ends soon."),
        url=listed("edition", standing="in_force", review="overdue"),
        when=_("Review due"),
    )


def with_unqualified(editions):
    """Editions with whether a signer's credential will not be valid on the day of their start.

    `release_refusals` asks the same of one version; asked here of all, it is one query.
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


def scheduled_row(edition, *, today):
    unqualified = {
        "alarm": ("overdue", _("Not covered")),
        "standing": _("a signer's credential is not valid on that day: cancel this release"),
    }
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=("scheduled", _("Scheduled")),
        when=f"{edition.starts_at:%Y-%m-%d %H:%M}",
        age=days_to(edition.starts_at.date(), today),
        step=_("Cancel the release"),
        step_url=reverse("admin:edition_act", args=[edition.pk, "cancel_release"]),
        **(unqualified if edition.unqualified else {}),
    )


def end_of(edition):
    """What ends an edition in force, as far as it is known."""
    if edition.ends_at is None:
        return ""
    instant = f"{edition.ends_at:%Y-%m-%d %H:%M}"
    if edition.withdrawal_id:
        return _("to be withdrawn at %s UTC") % instant
    if edition.ends_at == edition.expires_at:
        return _("withheld from %s UTC") % instant
    return _("replaced at %s UTC") % instant


# The administrator ----------------------------------------------------------------------------------


def of_administrator(user, *, now, today):
    with_account = Reviewer.objects.filter(user__isnull=False).annotate(
        last_day=Max("credential_set__expires_on")
    )
    yield section(
        "credentials",
        _("Credentials that end or are missing"),
        with_account.filter(Q(last_day=None) | Q(last_day__lte=today + AHEAD)).order_by(
            F("last_day").asc(nulls_first=True), "name"
        ),
        lambda reviewer: credential_row(reviewer, today=today),
        empty=_("Every reviewer with an account holds a credential for the next 90 days."),
        url=listed("reviewer"),
        when=_("Valid until"),
    )
    yield section(
        "accounts",
        _("Reviewers without an account"),
        Reviewer.objects.filter(user=None).order_by("name"),
        lambda reviewer: Row(
            title=str(reviewer), url=page_of(reviewer), standing=_("can't be asked to sign")
        ),
        empty=_("Every reviewer has an account."),
        url=listed("reviewer"),
    )
    yield lawless_categories()


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


def lawless_categories():
    """The categories of which no ancestor states a review policy: nothing in them can be submitted."""
    found = [category for category, _depth in category_tree() if category.effective_policy() is None]
    rows = [
        Row(title=str(category), url=page_of(category), standing=_("nothing here can be submitted"))
        for category in found[:SHOWN]
    ]
    return Section(
        "categories",
        _("Categories without a review policy"),
        len(found),
        rows,
        empty=_("Every category has a review policy, its own or inherited."),
        url=listed("category"),
    )


def ledger(*, now):
    """How long the ledger is, and how old its last entry; None while it is empty."""
    newest = AuditEntry.objects.order_by("-number").values("number", "at").first()
    if newest is None:
        return None
    return {"size": newest["number"], "at": newest["at"], "age": age(newest["at"], now)}


# The collection -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """One part of the collection's bar: `x` and `width` on a scale of 1,000."""

    name: str
    label: str
    count: int
    x: int
    width: int
    url: str


def collection(*, now, today):
    """How many articles are in force, by review status; one query."""
    counts = Edition.objects.in_force(at=now).aggregate(
        current=Count("pk", filter=Q(review_warning_on__gt=today)),
        due=Count("pk", filter=Q(review_warning_on__lte=today, next_review_due__gt=today)),
        overdue=Count("pk", filter=Q(next_review_due__lte=today)),
    )
    total = sum(counts.values())
    shares, x = [], 0
    for name, label in (("current", _("Current")), ("due", _("Due")), ("overdue", _("Overdue"))):
        count = counts[name]
        width = round(1000 * count / total) if total else 0
        url = listed("edition", standing="in_force", review=name)
        shares.append(Share(name, label, count, x, width, url))
        x += width
    return {"total": total, "shares": shares}
