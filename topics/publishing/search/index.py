"""The index kept in step with the ledger and the clock: by whoever asks, before they are answered.

It follows the editions as a reader of the change feed does. What was recorded or took effect since it
was last in step is looked at again, under the lock of its one row: in force, or out of the index.
"""

import json
import logging

from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, Max
from django.db.models.expressions import RawSQL

from topics.models import AuditEntry, Edition
from topics.models.search import SearchEntry, SearchName, SearchState
from topics.publishing.feed import BEGINNING, Window
from topics.publishing.search.stores import store
from topics.publishing.search.texts import fields_of, names_of
from topics.publishing.touched import lately

MOST = 200
"""Editions that one question may wait for; the next question goes on with the rest."""

BATCH = 500
log = logging.getLogger(__name__)


STATE, EDITIONS = SearchState._meta.db_table, Edition._meta.db_table
CAME = " OR ".join(
    f"EXISTS (SELECT 1 FROM {EDITIONS} AS e WHERE {condition})"
    for name in ("starts_at", "ends_at")
    for condition in (
        f"e.{name} > s.until AND e.{name} <= %s",
        # A clock may have been set back.
        f"e.{name} > %s AND e.{name} <= s.until",
    )
)
RECORDED = " OR ".join(
    f"EXISTS (SELECT 1 FROM {EDITIONS} AS e WHERE e.{name}_id > s.seq)"
    for name in ("release_entry", "end_entry")
)
IS_BEHIND = (
    f"NOT EXISTS (SELECT 1 FROM {STATE}) OR "
    f"EXISTS (SELECT 1 FROM {STATE} AS s WHERE {CAME} OR {RECORDED})"
)
"""Written out, for it goes with every search: to build it took longer than to ask it."""


def is_behind(*, at):
    """A condition for another query: the index is not in step with that instant."""
    at = connection.ops.adapt_datetimefield_value(at)
    return RawSQL(IS_BEHIND, [at] * IS_BEHIND.count("%s"), output_field=BooleanField())


def behind_now(*, at):
    """The same, asked by itself; one query."""
    return not SearchState.objects.exclude(is_behind(at=at)).exists()


def catch_up(*, at, most=MOST):
    """Brings the index into step with the instant; returns how many editions it left for later.

    Where the database can't be written just now, the index stays as it is: it may miss, not leak.
    """
    try:
        return follow(at=at, most=most)
    except OperationalError:
        log.warning("The search index could not be brought into step.", exc_info=True)
        return 0


@transaction.atomic
def follow(*, at, most):
    SearchState.objects.bulk_create([SearchState(pk=1, until=BEGINNING)], ignore_conflicts=True)
    state = SearchState.objects.select_for_update().get(pk=1)
    if not SearchEntry.objects.exists():
        store().clear()
    head = AuditEntry.objects.aggregate(head=Max("number"))["head"] or 0
    window = Window(state.seq, min(at, state.until), to_seq=head, to=max(at, state.until))
    touched = Edition.objects.filter(pk__in=lately(window))
    live = Edition.objects.in_force(at=at)
    gone = SearchEntry.objects.filter(edition__in=touched.order_by()).exclude(
        edition__in=live.order_by()
    )
    take_out(list(gone.values_list("pk", flat=True)))
    missing = touched.in_force(at=at).exclude(pk__in=SearchEntry.objects.values("pk")).order_by("pk")
    waiting = list(missing.values_list("pk", flat=True))
    for first in range(0, min(len(waiting), most), BATCH):
        put_in(waiting[first : min(first + BATCH, most)])
    left = max(0, len(waiting) - most)
    if not left:
        state.seq, state.until = head, at
        state.save()
    return left


def take_out(ids):
    if ids:
        store().remove(ids)
        SearchName.objects.filter(entry__in=ids).delete()
        SearchEntry.objects.filter(pk__in=ids).delete()


def put_in(ids):
    columns = ("pk", "article_id", "language", "audience", "category_id", "document")
    editions = Edition.objects.filter(pk__in=ids).order_by("pk").only(*columns)
    entries, names, fields = [], [], {}
    for edition in editions:
        document = json.loads(edition.document)
        entries.append(
            SearchEntry(
                edition=edition,
                article_id=edition.article_id,
                language=edition.language,
                audience=edition.audience,
                category_id=edition.category_id,
            )
        )
        fields[edition.pk] = fields_of(document)
        names += [row_of(edition, name) for name in names_of(document)]
    SearchEntry.objects.bulk_create(entries)
    SearchName.objects.bulk_create(names, batch_size=2_000)
    store().add(fields)


def row_of(edition, name):
    word = name.key.partition(" ")[0]
    return SearchName(
        entry_id=edition.pk,
        language=edition.language,
        key=name.key.encode(),
        word=word.encode(),
        backwards=word[::-1].encode(),
        shown=name.shown,
        is_title=name.is_title,
        place=name.place,
    )


def rebuild(*, at):
    """Makes the index anew, batch by batch; yields how many editions are left after each."""
    with transaction.atomic():
        SearchName.objects.all().delete()
        SearchEntry.objects.all().delete()
        SearchState.objects.all().delete()
        store().clear()
    while left := follow(at=at, most=BATCH):
        yield left
    yield 0


def prepare(*, using, **kwargs):
    """Raises the store's tables after migrating; they are no models of Django's."""
    store(using).prepare(using)
