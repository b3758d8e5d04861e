"""The change feed: which articles became public or ceased to be since a cursor, and how they stand.

An edition's start and end are each recorded under the number of a ledger entry, and take effect at
an instant. A cursor is a pair of the two: everything recorded up to `seq` that took effect up to
`until` is known. What is new is what was recorded later or took effect later, so neither a writer
that commits late nor a schedule that was set long ago can slip past. Ledger numbers are committed
in order (`workflow.ledger`), which makes this exact under concurrent publishers.

One case needs a word: a release cancelled at the last moment may have been read, and given to
consumers, between the instant at which it was to start and the commit of its cancellation.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.db.models import Case, DateTimeField, F, IntegerField, Max, Q, When
from django.db.models.functions import Coalesce

from topics.models import AuditEntry, Edition
from topics.publishing import shelf
from topics.vocabulary import WithdrawalKind

BEGINNING = datetime(1970, 1, 1, tzinfo=timezone.utc)
LATE = timedelta(minutes=1)
"""How long before its start a release must be cancelled so that nobody can have read it: far longer
than any act takes to be committed, and than the clocks of two servers may differ."""


@dataclass(frozen=True)
class Window:
    """What is asked for: after (`seq`, `until`), up to (`to_seq`, `to`); `after` is a place in it.

    `after` is `(recall, effective, article_id)` of the last change already given, or None.
    """

    seq: int = 0
    until: datetime = BEGINNING
    to_seq: int | None = None
    to: datetime | None = None
    after: tuple | None = None


@dataclass(frozen=True)
class Change:
    """An article that became public or ceased to be, with its newest edition as it stands.

    Where no edition has ever started, it is the one whose release was cancelled while it was read.
    """

    effective_at: datetime
    recall: bool
    edition: Edition
    in_force: bool


class CursorAhead(ValueError):
    """A cursor from the future, or from another database."""


def changes(window, *, at, limit):
    """The next changes of a window and the window to ask for next: `(list[Change], Window, more)`.

    Safety recalls come first, then changes in the order in which they took effect. An article is
    given once a window, however often it changed. Three queries; a fourth after a late cancellation.
    """
    head = AuditEntry.objects.aggregate(head=Max("number"))["head"] or 0
    to_seq = head if window.to_seq is None else window.to_seq
    to = max(at, window.until) if window.to is None else window.to
    # A cursor may not look into the future, or schedules could be read from it.
    if window.until > at or to > at or window.seq > to_seq or to_seq > head:
        raise CursorAhead
    rows = list(touched(window, to_seq=to_seq, to=to)[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    article_ids = {row["article_id"] for row in rows}
    editions = shelf.newest_started(article_ids, at=to)
    if missing := article_ids - editions.keys():
        editions |= shelf.newest_cancelled(missing, at=to)
    found = [
        Change(
            effective_at=row["effective"],
            recall=bool(row["recall"]),
            edition=editions[row["article_id"]],
            in_force=editions[row["article_id"]].is_in_force(at=to),
        )
        for row in rows
    ]
    if more:
        last = rows[-1]
        after = (last["recall"], last["effective"], last["article_id"])
        return found, Window(window.seq, window.until, to_seq, to, after), True
    return found, Window(seq=to_seq, until=to), False


def lately(window, *, to_seq, to):
    """The ids of editions of which anything was recorded or took effect within the window."""
    by_instant = ("starts_at", window.until, to), ("ends_at", window.until, to)
    by_number = ("release_entry", window.seq, to_seq), ("end_entry", window.seq, to_seq)
    # Asked one by one, each is a range of an index; as one OR they would be a scan.
    first, *others = (
        Edition.objects.filter(**{f"{name}__gt": after, f"{name}__lte": up_to}).order_by().values("pk")
        for name, after, up_to in (*by_instant, *by_number)
    )
    return first.union(*others)


def touched(window, *, to_seq, to):
    """The articles that changed within the window, in the order of the feed."""
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
    if window.seq:  # Else nothing was ever given, and all of it is to be gone through.
        editions = editions.filter(pk__in=lately(window, to_seq=to_seq, to=to))
        wanted |= cancelled_late
    rows = (
        editions.annotate(ended=ended)
        .filter(wanted)
        .order_by()
        .values("article_id")
        .annotate(
            recall=Max(Case(When(recalled, then=1), default=0, output_field=IntegerField())),
            effective=Max(
                Case(
                    When(ended_in, then="ends_at"),
                    default="starts_at",
                    output_field=DateTimeField(),
                )
            ),
        )
    )
    if window.after:
        recall, effective, article_id = window.after
        rows = rows.filter(
            Q(recall__lt=recall)
            | Q(recall=recall, effective__gt=effective)
            | Q(recall=recall, effective=effective, article_id__gt=article_id)
        )
    return rows.order_by("-recall", "effective", "article_id")
