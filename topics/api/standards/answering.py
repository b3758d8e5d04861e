"""What is in force about the subject of a request: by code with its parents, else by name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from topics.api.standards import context
from topics.publishing import choosing, shelf
from topics.publishing.search import finding

MOST = 20
BY_TITLE = ("title", "article_id")


@dataclass(frozen=True)
class Answer:
    """The editions found, and the instants at which that changed last and changes next, or None."""

    editions: list
    last: datetime | None
    next_change: datetime | None
    keep: bool


def answer(given, *, at, reader):
    """What the shelf has for a request: by title, up to 20 editions; at most three queries.

    Whom it speaks to and the language choose first: the parent of a code is asked for where nothing
    else that this reader could be given has the code. A name counts only as a whole, as the title or
    another name of an article: a similar word may be another medicine.
    """
    asked = context.subject(given)
    editions = for_reader(given, at=at, reader=reader)
    if not asked.codes:
        named = finding.called(asked.names, editions=editions, at=at)
        return Answer(list(choosing.page(named, *BY_TITLE, most=MOST)), None, None, keep=False)
    found = list(choosing.page(choosing.about(editions, asked.codes), *BY_TITLE, most=MOST))
    last, next_change = shelf.turns(at=at, reader=reader)
    return Answer(found, last, next_change, keep=True)


def for_reader(given, *, at, reader):
    """The editions in force in the language asked for, its regions included, for that audience."""
    editions = shelf.in_force(at=at, reader=reader)
    base = context.spoken(given).split("-")[0]
    editions = editions.filter(Q(language=base) | Q(language__startswith=f"{base}-"))
    audience = context.RECIPIENTS[context.recipient(given)]
    return editions.filter(audience=audience) if audience else editions
