"""What a follower of the feed wants: some of the articles, and some of the changes that they go through.

Which articles are wanted is asked of each edition by what is frozen with it, so a filtered mirror stays
exact: an article whose next edition is not wanted any more is to be deleted. Only the tree of categories
changes without an edition; so which categories counted is remembered with the cursor.
"""

from dataclasses import dataclass, fields

from django.db.models import Q

from topics.models.marks import MarkKind
from topics.publishing.choosing import marked
from topics.publishing.scopes import Scope
from topics.vocabulary import Severity

PEOPLE = {
    "author": MarkKind.AUTHOR,
    "reviewer": MarkKind.REVIEWER,
    "specialty": MarkKind.SPECIALTY,
}
PUBLISHED, REMOVED = "published", "removed"


@dataclass(frozen=True)
class Wanted:
    """The filters of a follower; None stands for any. People are given as `marks.key_of` has them.

    `language` to `specialty` choose articles. `type` and `severity` (at least so severe) only choose
    what is told of them.
    """

    language: str | None = None
    category: str | None = None
    audience: str | None = None
    author: str | None = None
    reviewer: str | None = None
    specialty: str | None = None
    type: str | None = None
    severity: str | None = None

    def given(self):
        """The filters that were given, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def chooses_articles(self):
        return bool(self.given().keys() - {"type", "severity"})

    def condition(self, categories):
        """What editions must meet, as a Q. `categories` are the ids of the category and all below."""
        found = Q()
        for name in ("language", "audience"):
            if value := getattr(self, name):
                found &= Q(**{name: value})
        if self.category:
            found &= Q(category_id__in=sorted(categories)) if categories else Q(pk__lt=0)
        for name, kind in PEOPLE.items():
            if key := getattr(self, name):
                found &= Q(marked(kind, key))
        return found

    def tells(self, *, in_force, severity):
        """Whether a change of that severity (None for an ordinary one) is told of."""
        if self.type and in_force != (self.type == PUBLISHED):
            return False
        ranks = list(Severity)
        return self.severity is None or (
            severity is not None and ranks.index(severity) <= ranks.index(self.severity)
        )


ANYTHING = Wanted()


@dataclass(frozen=True)
class Shown:
    """What a mirror shows at an instant: what its licence had, and of it what was wanted."""

    scope: Scope
    wanted: Wanted
    categories: frozenset | None

    def is_everything(self):
        return self.scope.is_everything() and not self.wanted.chooses_articles()

    def condition(self):
        return self.scope.condition() & self.wanted.condition(self.categories)

    def sees(self, editions):
        return editions if self.is_everything() else editions.filter(self.condition())
