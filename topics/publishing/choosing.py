"""Choosing among editions: by mark, by code with its parents, and by category, inside of one query."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from topics.models import Category, Edition, EditionMark
from topics.models.marks import MarkKind
from topics.publishing.marks import code_key, key_of
from topics.rules.code_parents import with_parents

BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT c.id FROM topics_category c WHERE {found_by} = %s
        UNION
        SELECT c.id FROM topics_category c JOIN below ON c.parent_id = below.id
    ) SELECT id FROM below
"""


def named(editions, kind, name):
    """Those that name that author, reviewer or specialty, in whatever case and accents."""
    return editions.filter(marked(kind, key_of(name)))


def coded(editions, codes):
    """Those about any of the codes `(system, code)`; one that none has stands for its parent."""
    wanted = Q()
    for key in nearest(editions, codes):
        wanted |= Q(marked(MarkKind.CODE, key))
    return editions.filter(wanted)


def about(editions, codes):
    """The same, gathered by code: sooner found where few are about any of them."""
    wanted = Q()
    for key in nearest(editions, codes):
        marks = EditionMark.objects.filter(kind=MarkKind.CODE, key=key)
        wanted |= Q(pk__in=marks.values("edition_id"))
    return editions.filter(wanted)


def nearest(editions, codes):
    """For each code the key of itself, or of the nearest parent that one of the editions has."""
    here = Exists(editions.order_by().filter(pk=OuterRef("edition_id")))
    for system, code in codes:
        keys = [code_key(system, one) for one in with_parents(system, code)]
        marks = EditionMark.objects.filter(here, kind=MarkKind.CODE, key__in=keys)
        # The nearest is the longest: each parent is a part of the code.
        yield Subquery(marks.order_by(Length("key").desc()).values("key")[:1])


def page(editions, *order, start=0, most):
    """So many of them in that order, as a queryset. Chosen first, so that only small rows are sorted."""
    chosen = editions.order_by(*order).values("pk")[start : start + most]
    return Edition.objects.filter(pk__in=chosen).select_related("article").order_by(*order)


def marked(kind, key):
    """The condition that an edition has the mark. Asked one by one, so that a page of many is short."""
    return Exists(EditionMark.objects.filter(kind=kind, key=key, edition=OuterRef("pk")))


def in_category(editions, slug):
    """Those of a category and of all below it."""
    return editions.filter(category_id__in=RawSQL(BELOW.format(found_by="c.slug"), [slug]))


def below(*, slug=None, pk=None):
    """The id of the category of that slug, or id, and the ids of it and of all below it; one query.

    `(None, frozenset())` where there is no such category.
    """
    found_by, value = ("c.slug", slug) if pk is None else ("c.id", pk)
    ids = RawSQL(BELOW.format(found_by=found_by), [value])
    rows = Category.objects.filter(pk__in=ids).order_by().values_list("pk", "slug")
    slugs = dict(rows)
    root = pk if pk is not None else next((key for key, name in slugs.items() if name == slug), None)
    return (root if root in slugs else None), frozenset(slugs)
