"""The state of the collection: how the review of every article stands, by category, as bars."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from topics.admin.desk.section import listed
from topics.admin.lists.of_reviews import GONE, NEVER, articles_reviewed
from topics.models import Article, Category
from topics.vocabulary import ReviewStatus

KINDS = (
    (ReviewStatus.CURRENT.value, ReviewStatus.CURRENT.label),
    (ReviewStatus.DUE.value, ReviewStatus.DUE.label),
    (ReviewStatus.OVERDUE.value, ReviewStatus.OVERDUE.label),
    (NEVER, _("Never reviewed")),
    (GONE, _("Not public now")),
)
"""The parts into which every article falls: filters of the list of articles, and their names."""

RARER = [kind for kind, _label in KINDS if kind != ReviewStatus.CURRENT]

NARROWEST = 0.7
"""Percent of a bar that even a single article takes, so that it can be seen and clicked."""

WRITTEN = 9
"""Percent of a bar from which a part has room for its number."""


@dataclass(frozen=True)
class Part:
    """One part of a bar: `x` and `width` in percent, and where its articles are listed."""

    kind: str
    label: str
    count: int
    x: str
    width: str
    middle: str
    written: bool
    url: str


@dataclass(frozen=True)
class Bar:
    """A category of the top, with all that is below it; or all of them, without a category."""

    label: str
    total: int
    parts: list
    url: str

    def cells(self):
        """The number of every kind, also where it is nought, for a table."""
        found = {part.kind: part for part in self.parts}
        return [found.get(kind) for kind, _label in KINDS]


def collection(*, now):
    """The bar of the whole collection, and one for each category of the top that holds an article."""
    counts = counted(now=now)
    tops = top_of(counts.keys())
    by_top = {}
    for category, numbers in counts.items():
        sums = by_top.setdefault(tops[category].pk, dict.fromkeys(numbers, 0))
        for kind, number in numbers.items():
            sums[kind] += number
    names = {category.pk: category for category in tops.values()}
    everything = {kind: sum(sums[kind] for sums in by_top.values()) for kind, _label in KINDS}
    ordered = sorted(by_top, key=lambda pk: (-sum(by_top[pk].values()), names[pk].name))
    return {
        "kinds": KINDS,
        "whole": bar(_("All articles"), everything),
        "bars": [bar(names[pk].name, by_top[pk], category=pk) for pk in ordered],
    }


def counted(*, now):
    """How many articles of each category are of each kind: `{category: {kind: number}}`.

    All but the most frequent kind are asked for as their lists ask; that one is what is left.
    """
    counts = {
        category: {ReviewStatus.CURRENT.value: total} | dict.fromkeys(RARER, 0)
        for category, total in by_category(Article.objects.all())
    }
    for kind in RARER:
        for category, number in by_category(articles_reviewed(Article.objects.all(), kind, now=now)):
            counts[category][kind] = number
            counts[category][ReviewStatus.CURRENT.value] -= number
    return counts


def by_category(articles):
    return articles.order_by().values_list("category").annotate(number=Count("pk"))


def top_of(holding):
    """The category of the top that each category lies below, by its key; one query.

    Where all lies below a single one that holds no article itself, the top is what is right below it.
    `holding` are the keys of the categories that hold articles.
    """
    known = {category.pk: category for category in Category.objects.only("name", "parent")}
    roots = [category for category in known.values() if category.parent_id is None]
    roof = roots[0].pk if len(roots) == 1 and roots[0].pk not in holding else None

    def top(category):
        seen = set()
        while category.parent_id not in (None, roof) and category.pk not in seen:
            seen.add(category.pk)  # A loop ends where it began.
            category = known[category.parent_id]
        return category

    return {pk: top(category) for pk, category in known.items()}


def bar(label, numbers, *, category=None):
    """A bar whose parts fill it in proportion; no part is narrower than `NARROWEST`."""
    within = {"category": category} if category else {}
    total = sum(numbers.values())
    wide = {kind: max(100 * n / total, NARROWEST) for kind, n in numbers.items() if n}
    scale = 100 / sum(wide.values()) if wide else 0
    parts, x = [], 0
    for kind, name in KINDS:
        if kind not in wide:
            continue
        width = wide[kind] * scale
        parts.append(
            Part(
                kind=kind,
                label=name,
                count=numbers[kind],
                x=f"{x:.2f}%",
                width=f"{width:.2f}%",
                middle=f"{x + width / 2:.2f}%",
                written=width >= WRITTEN,
                url=listed("article", review=kind, **within),
            )
        )
        x += width
    return Bar(label, total, parts, listed("article", **within))
