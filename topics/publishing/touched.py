"""Which articles a window of the change feed touches, as one query."""

from datetime import timedelta

from django.db.models import Case, DateTimeField, Exists, F, IntegerField, Max, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from topics.models import Edition
from topics.publishing import shelf
from topics.publishing.wanted import REMOVED
from topics.vocabulary import Severity, WithdrawalKind

LATE = timedelta(minutes=1)
"""How long before its start a release must be cancelled so that nobody can have read it: far longer
than any act takes to be committed, and than the clocks of two servers may differ."""


def lately(window):
    """The ids of editions of which anything was recorded or took effect within the window."""
    by_instant = ("starts_at", window.until, window.to), ("ends_at", window.until, window.to)
    by_number = ("release_entry", window.seq, window.to_seq), ("end_entry", window.seq, window.to_seq)
    # Asked one by one, each is a range of an index; as one OR they would be a scan.
    first, *others = (
        Edition.objects.filter(**{f"{name}__gt": after, f"{name}__lte": up_to}).order_by().values("pk")
        for name, after, up_to in (*by_instant, *by_number)
    )
    return first.union(*others)


def touched(window, *, had, has, newest_first=False):
    """The articles that changed within the window, in the order of the feed.

    `had` is what a mirror showed at its beginning, `has` what it is to show at its end.
    """
    to, to_seq = window.to, window.to_seq
    ended = Coalesce("end_entry_id", "release_entry_id")
    started_in = Q(starts_at__lte=to, release_entry_id__lte=to_seq) & (
        Q(release_entry_id__gt=window.seq) | Q(starts_at__gt=window.until)
    )
    ended_in = Q(ends_at__lte=to, ended__lte=to_seq) & (
        Q(ended__gt=window.seq) | Q(ends_at__gt=window.until)
    )
    never_came = Q(ends_at=F("starts_at"))
    cancelled_late = never_came & Q(
        starts_at__lte=window.until,
        end_entry__gt=window.seq,
        end_entry__lte=to_seq,
        end_entry__at__gt=F("starts_at") - LATE,
    )
    recalled = ended_in & Q(
        withdrawal__kind=WithdrawalKind.SAFETY_RECALL, withdrawal__effective_at=F("ends_at")
    )
    editions, wanted = Edition.objects.all(), ~never_came & (started_in | ended_in)
    effective = [When(ended_in, then="ends_at")]
    if window.seq:  # Else nothing was ever given, and all of it is to be gone through.
        wanted |= cancelled_late
        if had == has:
            editions = editions.filter(pk__in=lately(window))
    live = Q(starts_at__lte=to, release_entry__lte=to_seq) & (Q(ends_at=None) | Q(ends_at__gt=to))
    if not (had.is_everything() and has.is_everything()):
        given = was_given(window, had)
        recalled &= had.scope.condition() | has.scope.condition()
        if had != has:
            moved = given & ~has.condition()
            moved |= ~had.condition() & has.condition() & live
            wanted |= moved
            effective += [When(started_in, then="starts_at"), When(moved, then=moving_day(had, has, to))]
        editions = editions.filter(concerns(given, has, to=to))
    rows = (
        editions.annotate(ended=ended)
        .filter(wanted)
        .order_by()
        .values("article_id")
        .annotate(
            recall=Max(Case(When(recalled, then=1), default=0, output_field=IntegerField())),
            effective=Max(
                Case(
                    *effective,
                    default="starts_at",
                    output_field=DateTimeField(),
                )
            ),
        )
    )
    rows = choosing_told(rows, window.wanted, has=has, live=live)
    return in_order(rows, window.after, newest_first=newest_first)


def choosing_told(rows, wanted, *, has, live):
    """As near as the database can say it, the rows of which the follower wants to be told."""
    if not (wanted.type or wanted.severity):
        return rows
    if wanted.severity == Severity.HIGH:
        rows = rows.filter(recall=1)
    editions = has.sees(Edition.objects.filter(live, article=OuterRef("article_id")))
    published = Exists(editions.order_by())
    if wanted.type:
        rows = rows.filter(~published if wanted.type == REMOVED else published)
    elif wanted.severity:
        rows = rows.filter(Q(recall=1) | ~published)
    return rows


def in_order(rows, after, *, newest_first):
    """Safety recalls first, then by instant; only what comes after that place."""
    beyond, sign = ("lt", "-") if newest_first else ("gt", "")
    if after:
        recall, effective, article_id = after
        rows = rows.filter(
            Q(recall__lt=recall)
            | Q(recall=recall, **{f"effective__{beyond}": effective})
            | Q(recall=recall, effective=effective, **{f"article_id__{beyond}": article_id})
        )
    return rows.order_by("-recall", f"{sign}effective", f"{sign}article_id")


def moving_day(had, has, to):
    """When a changed licence took effect. When a category was moved in the tree nobody wrote down."""
    return Value((has.scope.since if had.categories == has.categories else None) or to)


def was_given(window, had):
    """The condition on editions that a mirror which has followed up to the window shows."""
    return had.condition() & Q(
        Q(ends_at=None) | Q(ends_at__gt=window.until) | Q(end_entry__gt=window.seq),
        starts_at__lte=window.until,
        release_entry__lte=window.seq,
    )


def concerns(given, has, *, to):
    """The condition that an edition's article is for the follower, or was given and is to be deleted.

    Of any other nothing may be told, not even that it changed.
    """
    of_article = Edition.objects.filter(article=OuterRef("article"))
    newest = of_article.started(at=to).filter(shelf.is_newest_started(at=to))
    return Exists(has.sees(newest)) | Exists(of_article.filter(given))
