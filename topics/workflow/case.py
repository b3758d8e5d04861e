"""One act under question, and the facts that several of its conditions want to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from topics.models import User, Version
from topics.workflow.changes import released_base


@dataclass(frozen=True)
class Case:
    """One act under question: the version, who acts, the instant (UTC), and what was given with it."""

    version: Version
    actor: User
    at: datetime
    given: Mapping[str, Any] = field(default_factory=dict)
    known: dict = field(default_factory=dict, compare=False, repr=False)

    def once(self, ask):
        """What `ask(case)` answers, which several conditions want to know: asked once in a case."""
        if ask not in self.known:
            self.known[ask] = ask(self)
        return self.known[ask]


def policy_of(case):
    """The review policy that holds for the version's category, with its roles, or None."""
    policy = case.version.article.category.effective_policy()
    if policy:
        prefetch_related_objects([policy], "roles__specialties")
    return policy


def authors_of(case):
    """The credits of the version's authors, each with its author."""
    return case.version.parts_of("authors")


def base_of(case):
    """The edition that the version would replace, or None."""
    return released_base(case.version)
