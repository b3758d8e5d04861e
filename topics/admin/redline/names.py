"""Articles that a redline speaks of, by what they are called here instead of their public ids."""

import re
from collections.abc import Mapping

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from topics.admin.desk.access import with_known_title
from topics.content.links import articles_linked_by
from topics.models import Article, Edition, User

_HREF = re.compile(r'href="article:([0-9a-f-]{36})"')
_NOTE = re.compile(r'<span class="redline-note">[^<]*</span>')
_REFERENCE = re.compile(r"article:([0-9a-f-]{36})")


def articles_of(*documents: Mapping, user: User | None = None) -> dict[str, Article]:
    """The articles that these documents link to or name as related, by public id: one query, or none.

    Each with the title under which it is public now, if it is, and with the one that the user knows.
    """
    ids: set[str] = set()
    for document in documents:
        ids.update(document.get("related_ids") or ())
        ids.update(articles_linked_by(document))
    if not ids:
        return {}
    public = Edition.objects.in_force(at=timezone.now()).filter(article=OuterRef("pk"))
    articles = Article.objects.annotate(public_title=Subquery(public.values("title")[:1]))
    if user:
        articles = with_known_title(articles, user)
    return {str(article.public_id): article for article in articles.filter(public_id__in=ids)}


def linked(html: str, articles: Mapping[str, Article]) -> SafeString:
    """References to articles led to their pages here, and named in the notes about changed links."""

    def page(match: re.Match) -> str:
        article = articles.get(match[1])
        if article is None:
            return match[0]
        return f'href="{reverse("admin:topics_article_change", args=[article.pk])}"'

    named = _NOTE.sub(lambda note: escape_names(note[0], articles), html)
    return mark_safe(_HREF.sub(page, named))


def escape_names(text: str, articles: Mapping[str, Article]) -> str:
    """The same HTML with articles called as they are called here."""
    return _REFERENCE.sub(lambda match: escape(name_of(match[1], articles, match[0])), text)


def named(text: str, articles: Mapping[str, Article]) -> str:
    """The same plain text with articles called as they are called here."""
    return _REFERENCE.sub(lambda match: name_of(match[1], articles, match[0]), text)


def related_name(public_id: str, articles: Mapping[str, Article]) -> str:
    """What a related article is called in a redline; of one that isn't public it is said."""
    article = articles.get(public_id)
    title = getattr(article, "known_title", None)
    if article is None or article.public_title or not title:
        return name_of(public_id, articles, public_id)
    return _("%s (not public)") % title


def name_of(public_id: str, articles: Mapping[str, Article], otherwise: str) -> str:
    article = articles.get(public_id)
    return str(article.public_title or article) if article else otherwise
