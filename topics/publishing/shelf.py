"""The shelf: the only public read. It sees editions and notices, never a version.

Every question takes the instant `at`; nothing that starts later can be found, and what was never
public can't be told from what never existed.
"""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, time, timezone

from django.db.models import CharField, DateTimeField, F, Q, Subquery, TextField, Value
from django.db.models.functions import Cast

from topics.models import Edition, Notice
from topics.rules.review_dates import utc_day


class NotOnShelf(LookupError):
    """Nothing of that name has ever been public."""


class LanguageNeeded(LookupError):
    """The slug names articles in several languages; `languages` lists them."""

    def __init__(self, languages):
        self.languages = languages
        super().__init__(f"The slug exists in: {', '.join(languages)}.")


def midnight(day):
    return datetime.combine(day, time.min, tzinfo=timezone.utc)


def named(reference, language=None):
    """Editions of the article that a public id, or a slug and perhaps a language, names."""
    try:
        editions = Edition.objects.filter(article__public_id=uuid.UUID(reference))
    except ValueError:
        editions = Edition.objects.filter(article__slug=reference)
    return editions.filter(language=language) if language else editions


def with_parts(editions):
    return editions.select_related("article", "withdrawal__replacement")


def find(reference, *, at, language=None):
    """The article's newest edition that has started by `at`: in force, or ended since.

    One query. Raises `NotOnShelf` or `LanguageNeeded`.
    """
    found = {}
    for edition in with_parts(named(reference, language).started(at=at)).order_by("starts_at"):
        found[edition.article_id] = edition
    if not found:
        raise NotOnShelf(reference)
    if len(found) > 1:
        raise LanguageNeeded(sorted(edition.language for edition in found.values()))
    return found.popitem()[1]


def history(reference, *, at, language=None):
    """Every edition of the article that has started by `at`, newest first. Raises as `find` does."""
    editions = list(with_parts(named(reference, language).started(at=at)).order_by("-starts_at"))
    languages = sorted({edition.language for edition in editions})
    if not editions:
        raise NotOnShelf(reference)
    if len(languages) > 1:
        raise LanguageNeeded(languages)
    return editions


def in_force(*, at):
    """The editions that are public at the instant, as a queryset to filter and page through."""
    return Edition.objects.in_force(at=at)


def newest_started(article_ids, *, at):
    """Article id to its newest edition that has started by `at`; one query."""
    editions = with_parts(Edition.objects.started(at=at).filter(article_id__in=article_ids))
    return {edition.article_id: edition for edition in editions.order_by("starts_at")}


def next_change(*, at):
    """The first instant after `at` at which any edition starts, ends, or changes its review status.

    None where nothing is known to come. One query: four probes of an index each.
    """
    day, live = utc_day(at), in_force(at=at)
    probes = {
        "start": Edition.objects.scheduled(at=at).order_by("starts_at").values("starts_at"),
        "end": Edition.objects.ever_in_force()
        .filter(ends_at__gt=at)
        .order_by("ends_at")
        .values("ends_at"),
        "due": live.filter(next_review_due__gt=day)
        .order_by("next_review_due")
        .values("next_review_due"),
        "warning": live.filter(review_warning_on__gt=day)
        .order_by("review_warning_on")
        .values("review_warning_on"),
    }
    row = (
        Edition.objects.order_by("pk")
        .annotate(**{name: Subquery(probe[:1]) for name, probe in probes.items()})
        .values(*probes)
        .first()
    )
    instants = [
        value if isinstance(value, datetime) else midnight(value)
        for value in (row or {}).values()
        if value
    ]
    return min(instants, default=None)


@dataclass
class Surroundings:
    """What stands around an edition at an instant, and when any of it changed or will change."""

    related: list = field(default_factory=list)
    translations: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    instants: set = field(default_factory=set)

    def last_change(self, *, at):
        return max(instant for instant in self.instants if instant <= at)

    def next_change(self, *, at):
        return min((instant for instant in self.instants if instant > at), default=None)


def surroundings(edition, *, at):
    """Related articles and translations in force at the instant, and its notices; one query."""
    related_ids = json.loads(edition.document)["related_ids"]
    article = edition.article
    source = article.translation_of_id or article.pk
    neighbours = (
        Edition.objects.ever_in_force()
        .filter(
            Q(article__public_id__in=related_ids) | Q(article__translation_of=source) | Q(article=source)
        )
        .exclude(article=article)
        .order_by()
        .values_list(
            Cast("article__public_id", CharField()),
            F("article__slug"),
            F("language"),
            Cast("title", TextField()),
            F("starts_at"),
            F("ends_at"),
            F("article__translation_of_id"),
            F("article_id"),
        )
    )
    none = Value(None, output_field=Edition._meta.get_field("id"))
    notices = (
        Notice.objects.filter(language=edition.language, in_force_from__isnull=False)
        .order_by()
        .values_list(
            Value("notice", output_field=CharField()),
            F("kind"),
            F("language"),
            F("text"),
            F("in_force_from"),
            Value(None, output_field=DateTimeField()),
            none,
            F("id"),
        )
    )
    around = Surroundings(
        instants={
            edition.starts_at,
            midnight(edition.review_warning_on),
            midnight(edition.next_review_due),
            *({edition.ends_at} - {None}),
        }
    )
    texts = {}
    for key, slug, language, text, starts_at, ends_at, source_id, pk in neighbours.union(
        notices, all=True
    ):
        around.instants |= {starts_at, ends_at} - {None}
        if starts_at > at or (ends_at and ends_at <= at):
            continue
        if key == "notice":
            texts[slug] = max(texts.get(slug, (starts_at, text)), (starts_at, text))
            continue
        item = {"id": str(uuid.UUID(key)), "slug": slug, "language": language, "title": text}
        if item["id"] in related_ids:
            around.related.append(item)
        if source in (source_id, pk):
            around.translations.append(item)
    around.related.sort(key=lambda item: related_ids.index(item["id"]))
    around.translations.sort(key=lambda item: item["language"])
    around.notices = [
        {"kind": kind, "text": text, "in_force_from": starts_at}
        for kind, (starts_at, text) in sorted(texts.items())
    ]
    return around
