"""Who reads: open reading, or a licensee by its key. A reader says what is for them at all.

A key is looked up at the first need, with the first editions that are asked for where that can be:
so one article with all that stands around it costs a licensee two queries, as it costs anybody.
"""

from django.db.models import (
    BigIntegerField,
    Case,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from topics.models import ApiKey, AuditEntry, Category, Edition, Licence
from topics.publishing.scopes import EVERYTHING, scope_of
from topics.publishing.scopes import plain as unwrapped


class UnknownKey(LookupError):
    """The key opens nothing: it was never made, or has expired, or was revoked."""


class Reader:
    """Whoever asks without a key; every question to the shelf and the feed takes a reader."""

    is_licensee = False
    licensee_id = None
    key_id = None
    site = None
    scope = EVERYTHING

    def identify(self):
        """Raises `UnknownKey` unless the reader is known."""

    def sees(self, editions):
        """The editions among them that are for this reader, as a queryset: all of them, in the open."""
        return self.scope.sees(editions)

    def sees_categories(self, categories):
        """The same of categories."""
        if self.scope.categories is None:
            return categories
        return categories.filter(pk__in=sorted(self.scope.categories))

    def has_category(self, slug):
        """Whether there is such a category for this reader; one query, its key included."""
        return Category.objects.filter(slug=slug).exists()

    def met(self, editions, *, at):
        """The editions of one article or slug that are for this reader, read: one query."""
        return list(editions)

    def across(self, window, *, to):
        """What the feed needs of a window: the ledger's newest number and the one that it begins after,
        and the scope of this reader as it was at its beginning, and as it is at its end. One query.
        """
        row = AuditEntry.objects.order_by("-number").values_list("number", number_of(window)).first()
        head, begin = row or (0, 0)
        return head, begin, EVERYTHING, EVERYTHING


OPEN = Reader()


class Licensed(Reader):
    """A licensee, by the hashes that its key may have. It sees what its licence has, and no more.

    The licence is asked of the present instant, also where an earlier edition is read; and an article
    that has left the licence is gone with all of its editions.
    """

    is_licensee = True

    def __init__(self, hashes, *, at):
        self.hashes, self.at, self.facts = hashes, at, None

    def key(self):
        """The facts about the key as one value in JSON, for a query of its own or within another."""
        keys = ApiKey.objects.alive(at=self.at).filter(key_hash__in=self.hashes).order_by("pk")
        return keys.values_list(
            Told(
                key="pk",
                licensee="licensee_id",
                name="licensee__name",
                names="licensee__site_names",
                licence=Subquery(licence(OuterRef("licensee_id"), at=self.at)),
            ),
            flat=True,
        )

    def identify(self):
        if self.facts is None:
            self.know(self.key().first())

    def know(self, facts):
        if facts is None:
            raise UnknownKey
        self.facts = unwrapped(facts)

    def fact(self, name):
        self.identify()
        return self.facts[name]

    @property
    def licensee_id(self):
        return self.fact("licensee")

    @property
    def key_id(self):
        return self.fact("key")

    @property
    def site(self):
        """What the licensee calls its sites, as the pages around an article print it."""
        return {"organisation": self.fact("name"), "names": unwrapped(self.fact("names"))}

    @property
    def scope(self):
        return scope_of(self.fact("licence"))

    def has_category(self, slug):
        """Asked together with who this is."""
        rows = Category.objects.filter(slug=slug).values_list("pk", Subquery(self.key()[:1]))
        for category_id, facts in rows:
            if self.facts is None:
                self.know(facts)
            return self.scope.admits_category(category_id)
        return False

    def met(self, editions, *, at):
        """Asked together with who this is; what is not for this reader is dropped once that is known."""
        newest = Edition.objects.started(at=at).filter(article=OuterRef("article"))
        newest = newest.order_by("-starts_at")
        instead = Edition.objects.in_force(at=at).filter(article=OuterRef("withdrawal__replacement"))
        instead = instead.order_by()
        rows = list(
            editions.annotate(
                reader_facts=Subquery(self.key()[:1]),
                newest_category=Subquery(newest.values("category_id")[:1]),
                newest_language=Subquery(newest.values("language")[:1]),
                replacement_category=Subquery(instead.values("category_id")[:1]),
            )
        )
        if self.facts is None and rows:
            self.know(rows[0].reader_facts)
        admits = self.scope.admits
        for edition in rows:
            named = edition.replacement_title is not None
            if named and not admits(
                edition.replacement_category, edition.withdrawal.replacement.language
            ):
                edition.replacement_title = None
        return [
            edition
            for edition in rows
            if admits(edition.category_id, edition.language)
            and admits(edition.newest_category, edition.newest_language)
        ]

    def across(self, window, *, to):
        newest = AuditEntry.objects.order_by("-number")
        known_then = {"entry__lte": number_of(window)}
        known_now = {} if window.to_seq is None else {"entry__lte": window.to_seq}
        mine = ApiKey.objects.filter(key_hash__in=self.hashes).values("licensee_id")[:1]
        row = newest.values_list(
            "number",
            number_of(window),
            Subquery(self.key()[:1]),
            Subquery(licence(Subquery(mine), at=window.until, **known_then)),
            Subquery(licence(Subquery(mine), at=to, **known_now)),
        ).first()
        # Where there is a key there is the entry of its making.
        if row is None:
            raise UnknownKey
        head, begin, facts, before, after = row
        self.know(facts)
        return head, begin, scope_of(before), scope_of(after)


def number_of(window):
    """The number of the ledger after which a window begins, as an expression: where it was begun by an
    instant alone, that of the last act up to then.
    """
    if window.seq is not None:
        return Value(window.seq, output_field=BigIntegerField())
    until = AuditEntry.objects.filter(at__lte=window.until).order_by("-at", "-number")
    return Coalesce(Subquery(until.values("number")[:1]), Value(0), output_field=BigIntegerField())


class Told(JSONObject):
    """Django's JSON object without its question whether SQLite knows JSON, which every one here does:
    it would cost three queries on each new connection.
    """

    def as_sql(self, compiler, connection, **extra_context):
        return Func.as_sql(self, compiler, connection, **extra_context)


def licence(licensee, *, at, **known):
    """The licence of the licensee that counts at the instant, as one value in JSON."""
    still = Q(ends_at=None) | Q(ends_at__gt=at)
    licences = Licence.objects.filter(licensee=licensee, **known).begun(at=at)
    return licences.values_list(
        Told(
            languages="languages",
            every="every_category",
            categories="category_ids",
            in_effect=Case(When(still, then=Value(1)), default=Value(0), output_field=IntegerField()),
            since=Case(When(still, then="starts_at"), default="ends_at"),
        ),
        flat=True,
    )[:1]
