"""What consumers get around a document: titles of related articles, and the notices in force."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from topics.admin.desk.access import with_known_title
from topics.models import Article, Edition, User
from topics.publishing import shelf
from topics.publishing.licensing import OPEN


@dataclass(frozen=True)
class Around:
    """`related` and `notices` as the API has them; `unseen` are related articles that aren't public.

    Each of those has a `name` and whether it `was_public`.
    """

    related: list[dict]
    notices: list[dict]
    unseen: list[Article]


def around(article: Article, document: Mapping, *, user: User) -> Around:
    """What stands around a document of the article now: one query, or two where some isn't public.

    What isn't public is called by its title where the user may read it, or else by its slug.
    """
    now = timezone.now()
    found = shelf.around_article(article, document["language"], document, at=now, reader=OPEN)
    public = {item["id"] for item in found.related}
    missing = [key for key in document["related_ids"] if key not in public]
    return Around(found.related, found.notices, unseen_by(user, missing, now=now) if missing else [])


def unseen_by(user: User, public_ids: Collection[str], *, now: datetime) -> list[Article]:
    """The articles in the order of their ids here, as `Around.unseen` has them; one query."""
    ever = Edition.objects.started(at=now).filter(article=OuterRef("pk"))
    articles = with_known_title(Article.objects.annotate(was_public=Exists(ever)), user)
    found = {str(one.public_id): one for one in articles.filter(public_id__in=public_ids)}
    for article in found.values():
        article.name = article.known_title or str(article)
    return [found[key] for key in public_ids if key in found]
