"""The columns that several lists share: states, review dates, standings."""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from topics.models import Category, Edition
from topics.models.version import TAKEN_BACK, among
from topics.rules.review_dates import utc_day
from topics.vocabulary import ReviewStatus, State


def badge(kind, label):
    """A word on a coloured ground; `kind` is a class of the stylesheet."""
    return format_html('<span class="badge badge-{}">{}</span>', kind, label)


def state_badge(version):
    """The word for how a version stands, which isn't its state where its release was cancelled."""
    return badge(*version.standing)


def link_to(obj, label=None):
    """A link to an object's page in the admin."""
    url = reverse(f"admin:topics_{obj._meta.model_name}_change", args=[obj.pk])
    return format_html('<a href="{}">{}</a>', url, label or obj)


# The newest version and the edition in force, beside each article ----------------------------------


def with_newest(articles, *, versions, at):
    """Articles with the newest of these versions and the edition in force then, in one query.

    `versions` are those that the person asking may see: a title alone could give a draft away.
    """
    newest = versions.filter(article=OuterRef("pk")).order_by("-number")
    live = Edition.objects.in_force(at=at).filter(article=OuterRef("pk"))
    return articles.annotate(
        newest_title=Subquery(newest.values("title")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        newest_taken_back=among("pk", versions.taken_back().order_by().values("article")),
        newest_kind=Subquery(newest.values("change_kind")[:1]),
        edition_number=Subquery(live.values("number")[:1]),
        last_reviewed=Subquery(live.values("last_reviewed")[:1]),
        warning_on=Subquery(live.values("review_warning_on")[:1]),
        next_due=Subquery(live.values("next_review_due")[:1]),
    )


def review_status(row, *, on):
    """Current, due or overdue of a row with `next_due` and `warning_on`; None without them."""
    if row.next_due is None:
        return None
    if on >= row.next_due:
        return ReviewStatus.OVERDUE
    return ReviewStatus.DUE if on >= row.warning_on else ReviewStatus.CURRENT


def newest_standing(article):
    """How the newest version of a row of `with_newest` stands, as `Version.standing`; None without."""
    if article.newest_taken_back:
        return "cancelled", TAKEN_BACK
    return article.newest_state and (article.newest_state, State(article.newest_state).label)


class ReviewColumns:
    """Columns for rows annotated with `last_reviewed`, `next_due` and `warning_on`."""

    @admin.display(description=_("last reviewed"))
    def reviewed(self, row):
        return row.last_reviewed and row.last_reviewed.isoformat()

    @admin.display(description=_("next due"))
    def due(self, row):
        return row.next_due and row.next_due.isoformat()

    @admin.display(description=_("review"))
    def review(self, row):
        status = review_status(row, on=utc_day(timezone.now()))
        return badge(status, status.label) if status else None


# Editions -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How an edition stands towards the public at an instant: a class of the stylesheet, a word."""

    name: str
    label: str


STANDINGS = {
    "in_force": _("In force"),
    "scheduled": _("Scheduled"),
    "superseded": _("Superseded"),
    "withdrawn": _("Withdrawn"),
    "expired": _("Expired"),
    "cancelled": _("Cancelled"),
}


def standing(edition, *, at):
    """Where the edition stands at the instant, as one of `STANDINGS`."""
    if edition.was_cancelled():
        name = "cancelled"
    elif edition.starts_at > at:
        name = "scheduled"
    elif edition.is_in_force(at=at):
        name = "in_force"
    elif edition.withdrawal_id:
        name = "withdrawn"
    elif edition.ends_at == edition.expires_at:
        name = "expired"
    else:
        name = "superseded"
    return Standing(name, STANDINGS[name])


def standing_badge(edition):
    found = standing(edition, at=timezone.now())
    return badge(found.name, found.label)


def editions_standing(editions, name, *, at):
    """The editions that stand so at the instant; the query that answers as `standing` does."""
    ended = editions.ever_in_force().filter(ends_at__lte=at)
    if name == "in_force":
        return editions.in_force(at=at)
    if name == "scheduled":
        return editions.scheduled(at=at)
    if name == "cancelled":
        return editions.filter(ends_at=F("starts_at"))
    if name == "withdrawn":
        return ended.filter(withdrawal__isnull=False)
    expired = Q(withdrawal=None, expires_at__isnull=False, ends_at=F("expires_at"))
    return ended.filter(expired) if name == "expired" else ended.filter(withdrawal=None).exclude(expired)


def category_tree():
    """Every category with its depth, each below its parent; one query, parents filled in."""
    categories = list(Category.objects.select_related("policy", "specialty").order_by("name", "pk"))
    known = {category.pk: category for category in categories}
    children = {}
    for category in categories:
        category.parent = known.get(category.parent_id)
        children.setdefault(category.parent_id, []).append(category)

    def walk(parent_id, depth):
        for category in children.get(parent_id, ()):
            yield category, depth
            yield from walk(category.pk, depth + 1)

    return list(walk(None, 0))
