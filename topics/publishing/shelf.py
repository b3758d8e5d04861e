"""The shelf: the only public read. It sees editions and notices, never a version.

Every question takes the instant `at` and the `reader` who asks (`publishing.licensing`). Nothing that
starts later can be found, and what was never public, or is not for this reader, can't be told from
what never existed.
"""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, time, timezone

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast

from topics.content.links import articles_linked_by
from topics.models import Article, Category, Edition
from topics.publishing.beside import Begun, beside, notices_to_show
from topics.publishing.licensing import OPEN
from topics.rules.review_dates import utc_day
from topics.vocabulary import DirectoryKind


class NotOnShelf(LookupError):
    """Nothing of that name has ever been public."""


class LanguageNeeded(LookupError):
    """The slug names several originals, in different languages; `languages` lists them."""

    def __init__(self, languages):
        self.languages = languages
        super().__init__(f"The slug exists in: {', '.join(languages)}.")


def midnight(day):
    return datetime.combine(day, time.min, tzinfo=timezone.utc)


def named(reference, language=None):
    """Editions of the article that a public id, or a slug and perhaps a language, names; in no order.

    Few are found, and whoever asks takes them by article and number. To order by a column takes Django
    a fifth of the time that it needs for such a query.
    """
    editions = Edition.objects.order_by()
    try:
        editions = editions.filter(article__public_id=uuid.UUID(reference))
    except ValueError:
        editions = editions.filter(article__slug=reference)
    return editions.filter(language=language) if language else editions


def with_parts(editions, *, at, reader):
    """With their articles and withdrawals. `replacement_title` is None unless what replaces the
    withdrawn one is in force at `at` and for this reader, because only then may it be named.
    """
    replacement = (
        in_force(at=at, reader=reader).filter(article=OuterRef("withdrawal__replacement")).order_by()
    )
    return editions.select_related("article", "withdrawal__replacement").annotate(
        replacement_title=Subquery(replacement.values("title")[:1])
    )


def met(editions, *, at, reader):
    """The editions with their parts, as far as they are for the reader; one query, its key included."""
    return reader.met(with_parts(editions, at=at, reader=OPEN), at=at)


def is_newest_started(*, at):
    """The condition that no other edition of the article has started later, up to `at`."""
    later = Edition.objects.started(at=at).filter(
        article=OuterRef("article"), starts_at__gt=OuterRef("starts_at")
    )
    return ~Exists(later)


def one_article(editions, reference):
    """The editions of the article that is meant; raises `NotOnShelf` or `LanguageNeeded`.

    A slug alone means the original, so that a translation that shares it takes no address away.
    """
    if not editions:
        raise NotOnShelf(reference)
    if len({edition.article_id for edition in editions}) == 1:
        return editions
    originals = [edition for edition in editions if edition.article.translation_of_id is None]
    if len({edition.article_id for edition in originals}) == 1:
        return originals
    raise LanguageNeeded(sorted({edition.language for edition in editions}))


def find(reference, *, at, reader, language=None, now=None):
    """The article's newest edition that has started by `at`: in force, or ended since.

    `now` is the instant of the question, where that is about an earlier one. One query. Raises
    `NotOnShelf` or `LanguageNeeded`.
    """
    editions = named(reference, language).started(at=at).filter(is_newest_started(at=at))
    return one_article(met(editions, at=now or at, reader=reader), reference)[0]


def find_numbered(reference, number, *, at, reader, language=None):
    """The article's edition of that number, if it has started by `at`. Asks and raises as `find`."""
    editions = named(reference, language).started(at=at)
    # The newest come along, so that a slug stays as ambiguous here as it is elsewhere.
    editions = editions.filter(Q(number=number) | is_newest_started(at=at))
    for edition in one_article(met(editions, at=at, reader=reader), reference):
        if edition.number == number:
            return edition
    raise NotOnShelf(reference)


def history(reference, *, at, reader, language=None):
    """Every edition of the article that has started by `at`, newest first, without the documents.

    One query. Raises as `find` does.
    """
    editions = named(reference, language).started(at=at).order_by("-starts_at").defer("document")
    return one_article(met(editions, at=at, reader=reader), reference)


def in_force(*, at, reader):
    """What is public at the instant and for the reader, as a queryset to filter and page through."""
    return reader.sees(Edition.objects.in_force(at=at))


def newest(article_ids, *, at, reader, wanted=None):
    """Article id to its newest edition that has started by `at`, without the document; one query.

    Where none has, it is the newest whose release was cancelled, though it was to start by `at`.
    `wanted` is a condition; each edition says as `is_wanted` whether it meets it.
    """
    if not article_ids:
        return {}
    cancelled = Q(ends_at=F("starts_at"))
    editions = Edition.objects.filter(
        cancelled | Q(is_newest_started(at=at)), article_id__in=article_ids, starts_at__lte=at
    )
    met_it = Value(True) if not wanted else Case(When(wanted, then=Value(True)), default=Value(False))
    editions = with_parts(editions, at=at, reader=reader).annotate(is_wanted=met_it).defer("document")
    found = sorted(editions, key=lambda edition: (not edition.was_cancelled(), edition.number))
    return {edition.article_id: edition for edition in found}


def category_tree(*, reader):
    """The reader's categories, each with the id of its parent, by name; one query."""
    return list(reader.sees_categories(Category.objects.order_by("name", "slug")))


def has_category(slug, *, reader):
    return reader.has_category(slug)


def turns(*, at, reader):
    """The last instant up to `at`, and the first after it, at which any edition turns.

    That is: starts, ends, or changes its review status. Either is None where none is known. One
    query of eight probes of an index each.
    """
    day, live = utc_day(at), in_force(at=at, reader=reader)
    known = reader.sees(Edition.objects.ever_in_force())
    probes = {
        "last_start": (known.filter(starts_at__lte=at), "-starts_at"),
        "last_end": (known.filter(ends_at__lte=at), "-ends_at"),
        "last_due": (known.filter(next_review_due__lte=day), "-next_review_due"),
        "last_warning": (known.filter(review_warning_on__lte=day), "-review_warning_on"),
        "next_start": (known.filter(starts_at__gt=at), "starts_at"),
        "next_end": (known.filter(ends_at__gt=at), "ends_at"),
        "next_due": (live.filter(next_review_due__gt=day), "next_review_due"),
        "next_warning": (live.filter(review_warning_on__gt=day), "review_warning_on"),
    }
    values = {
        name: Subquery(editions.order_by(order).values(order.lstrip("-"))[:1])
        for name, (editions, order) in probes.items()
    }
    row = Edition.objects.order_by("pk").annotate(**values).values(*probes).first() or {}
    instants = {
        name: value if isinstance(value, datetime) else midnight(value)
        for name, value in row.items()
        if value
    }
    return (
        max((i for name, i in instants.items() if name.startswith("last")), default=None),
        min((i for name, i in instants.items() if name.startswith("next")), default=None),
    )


@dataclass
class Surroundings:
    """What stands around an edition at an instant, and when any of it changed or will change."""

    related: list = field(default_factory=list)
    links: list = field(default_factory=list)
    translations: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    physicians: list = field(default_factory=list)
    services: list = field(default_factory=list)
    site: dict | None = None
    instants: set = field(default_factory=set)

    def last_change(self, *, at):
        return max(instant for instant in self.instants if instant <= at)

    def next_change(self, *, at):
        return min((instant for instant in self.instants if instant > at), default=None)


def surroundings(edition, *, at, reader):
    """What is in force around it at the instant for the reader, and its notices; one query.

    That is: related articles, those that its text links to, and translations.
    """
    document = json.loads(edition.document)
    around = around_article(
        edition.article, edition.language, document, at=at, reader=reader, category=edition.category_id
    )
    around.instants |= {
        edition.starts_at,
        midnight(edition.review_warning_on),
        midnight(edition.next_review_due),
        *({edition.ends_at} - {None}),
    }
    return around


def around_article(article, language, document, *, at, reader, category=None):
    """The same for a text that is no edition yet; one query. `category` is the id of the edition's."""
    related_ids, linked_ids = document["related_ids"], articles_linked_by(document)
    source = article.translation_of_id or article.pk
    # First the articles, each by an index; asked of the editions at once, it would read them all.
    around_it = Article.objects.filter(
        Q(public_id__in={*related_ids, *linked_ids}) | Q(translation_of=source) | Q(pk=source)
    ).exclude(pk=article.pk)
    neighbours = (
        reader.sees(Edition.objects.ever_in_force())
        .filter(article__in=around_it.order_by())
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
    around = Surroundings(site=reader.site)
    notices, directory = {}, []
    for key, slug, tag, text, starts_at, ends_at, source_id, pk in neighbours.union(
        *beside(language, category, reader=reader), all=True
    ):
        if key in DirectoryKind.values:
            directory.append((key, slug, pk, text))
            continue
        around.instants |= {starts_at, ends_at} - {None}
        if starts_at > at or (ends_at and ends_at <= at):
            continue
        if key == "notice":
            notice = Begun(source_id is not None, len(tag), starts_at, text)
            notices.setdefault(slug, []).append(notice)
            continue
        item = {"id": str(uuid.UUID(key)), "slug": slug, "language": tag, "title": text}
        if item["id"] in related_ids:
            around.related.append(item)
        if item["id"] in linked_ids:
            around.links.append(item)
        if source in (source_id, pk):
            around.translations.append(item)
    around.notices = notices_to_show(notices)
    for kind, _name, _pk, shown in sorted(directory):
        found = around.physicians if kind == DirectoryKind.PHYSICIAN else around.services
        found.append(json.loads(shown))
    around.related.sort(key=lambda item: related_ids.index(item["id"]))
    around.links.sort(key=lambda item: linked_ids.index(item["id"]))
    around.translations.sort(key=lambda item: item["language"])
    return around
