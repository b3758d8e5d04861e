"""The shelf: the only public read. It sees editions and notices, never a version.

Every question takes the instant `at`; nothing that starts later can be found, and what was never
public can't be told from what never existed.
"""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, time, timezone

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast

from topics.models import Article, Category, Edition, Notice
from topics.rules.review_dates import utc_day


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
    """Editions of the article that a public id, or a slug and perhaps a language, names."""
    try:
        editions = Edition.objects.filter(article__public_id=uuid.UUID(reference))
    except ValueError:
        editions = Edition.objects.filter(article__slug=reference)
    return editions.filter(language=language) if language else editions


def with_parts(editions, *, at):
    """With their articles and withdrawals. `replacement_title` is None unless what replaces the
    withdrawn one is in force at `at`, because only then may it be named.
    """
    replacement = in_force(at=at).filter(article=OuterRef("withdrawal__replacement")).order_by()
    return editions.select_related("article", "withdrawal__replacement").annotate(
        replacement_title=Subquery(replacement.values("title")[:1])
    )


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


def find(reference, *, at, language=None, now=None):
    """The article's newest edition that has started by `at`: in force, or ended since.

    `now` is the instant of the question, where that is about an earlier one. One query. Raises
    `NotOnShelf` or `LanguageNeeded`.
    """
    editions = named(reference, language).started(at=at).filter(is_newest_started(at=at))
    return one_article(list(with_parts(editions, at=now or at)), reference)[0]


def find_numbered(reference, number, *, at, language=None):
    """The article's edition of that number, if it has started by `at`. Asks and raises as `find`."""
    editions = named(reference, language).started(at=at)
    # The newest come along, so that a slug stays as ambiguous here as it is elsewhere.
    editions = editions.filter(Q(number=number) | is_newest_started(at=at))
    for edition in one_article(list(with_parts(editions, at=at)), reference):
        if edition.number == number:
            return edition
    raise NotOnShelf(reference)


def history(reference, *, at, language=None):
    """Every edition of the article that has started by `at`, newest first, without the documents.

    One query. Raises as `find` does.
    """
    editions = named(reference, language).started(at=at).order_by("-starts_at")
    return one_article(list(with_parts(editions, at=at).defer("document")), reference)


def in_force(*, at):
    """The editions that are public at the instant, as a queryset to filter and page through."""
    return Edition.objects.in_force(at=at)


def newest_started(article_ids, *, at):
    """Article id to its newest edition that has started by `at`, without the document; one query."""
    editions = Edition.objects.started(at=at).filter(
        is_newest_started(at=at), article_id__in=article_ids
    )
    return {edition.article_id: edition for edition in with_parts(editions, at=at).defer("document")}


def newest_cancelled(article_ids, *, at):
    """Article id to its newest edition whose release was cancelled, though it was to start by `at`."""
    editions = Edition.objects.filter(
        article_id__in=article_ids, starts_at__lte=at, ends_at=F("starts_at")
    )
    editions = with_parts(editions, at=at).defer("document").order_by("number")
    return {edition.article_id: edition for edition in editions}


def category_tree():
    """Every category with the id of its parent, by name; one query."""
    return list(Category.objects.order_by("name", "slug"))


def turns(*, at):
    """The last instant up to `at`, and the first after it, at which any edition turns.

    That is: starts, ends, or changes its review status. Either is None where none is known. One
    query of eight probes of an index each.
    """
    day, known, live = utc_day(at), Edition.objects.ever_in_force(), in_force(at=at)
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
    # First the articles, each by an index; asked of the editions at once, it would read them all.
    around_it = Article.objects.filter(
        Q(public_id__in=related_ids) | Q(translation_of=source) | Q(pk=source)
    ).exclude(pk=article.pk)
    neighbours = (
        Edition.objects.ever_in_force()
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
