"""The instants of a story, and what can happen to an edition at them."""

from datetime import datetime, timedelta, timezone

from tests import make
from topics.models import Article, RelatedArticle
from topics.publishing.withdraw import withdraw

T = datetime(2025, 1, 10, 9, 0, tzinfo=timezone.utc)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
MOMENT = timedelta(microseconds=1)


def taken_back(room, edition, *, at, kind="correction", **fields):
    return withdraw(
        edition, kind=kind, explanation="It was wrong.", actor=room.publisher, at=at, **fields
    )


def successor(room, edition, *, at, starts_at=None, title="Cough, revised"):
    version = make.next_draft(room, edition.article, at=at, title=title)
    return make.released(room, version, at=at, starts_at=starts_at)


def next_edition(room, edition, *, at, **content):
    """In the category in which its article stands now."""
    article = Article.objects.get(pk=edition.article_id)
    return make.released(room, make.next_draft(room, article, at=at, **content), at=at)


def moved(room, edition, category, *, at, **content):
    """The article's next edition, in another category."""
    Article.objects.filter(pk=edition.article_id).update(category=category)
    return next_edition(room, edition, at=at, **content)


def next_approved(room, edition, *, at, title="Cough, revised"):
    return make.approved(room, make.next_draft(room, edition.article, at=at, title=title), at=at)


def relate(version, *articles):
    for position, article in enumerate(articles, start=1):
        RelatedArticle.objects.create(version=version, article=article, position=position)


def notice(room, *, at, **fields):
    return make.notice(room, at=T, starts_at=at, **fields)
