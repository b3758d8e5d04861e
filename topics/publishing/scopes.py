"""A scope: the languages and categories that a reader may have, as a question and as a filter."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

from django.db.models import Q
from django.utils.dateparse import parse_datetime


@dataclass(frozen=True)
class Scope:
    """What somebody may receive. None stands for every language, and for every category.

    A base language covers its regions: es covers es-MX. `since` is when it came to be so, where that
    is known.
    """

    languages: frozenset | None = None
    categories: frozenset | None = None
    since: datetime | None = field(default=None, compare=False)

    def is_everything(self):
        return self.languages is None and self.categories is None

    def condition(self):
        """What editions must meet, as a Q."""
        found, none = Q(), Q(pk__lt=0)
        if self.languages is not None:
            spoken = none
            for tag in sorted(self.languages):
                spoken |= Q(language=tag) | Q(language__startswith=f"{tag}-")
            found &= spoken
        if self.categories is not None:
            found &= Q(category_id__in=sorted(self.categories)) if self.categories else none
        return found

    def sees(self, editions):
        return editions if self.is_everything() else editions.filter(self.condition())

    def admits(self, category_id, language):
        """The same question about one edition, by its category's id and its language."""
        if not self.admits_category(category_id):
            return False
        if self.languages is None:
            return True
        return any(language == tag or language.startswith(f"{tag}-") for tag in self.languages)

    def admits_category(self, category_id):
        return self.categories is None or category_id in self.categories


EVERYTHING = Scope()
NOTHING = Scope(frozenset(), frozenset())


def scope_of(said):
    """The scope that a licence states, as the database told it; none where none is in effect."""
    said = plain(said)
    if not said:
        return NOTHING
    since = parse_datetime(said["since"])
    since = since if since.tzinfo else since.replace(tzinfo=timezone.utc)
    if not said["in_effect"]:
        return replace(NOTHING, since=since)
    categories = None if said["every"] else frozenset(plain(said["categories"]))
    return Scope(frozenset(plain(said["languages"])), categories, since)


def plain(value):
    """JSON within JSON comes as text from SQLite and as an object from PostgreSQL."""
    return json.loads(value) if isinstance(value, str) else value
