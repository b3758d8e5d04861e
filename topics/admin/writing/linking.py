"""Which articles a writer may mean: looked up by the words of the lists, told by titles they may see."""

import re

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import slugify

from topics.admin.desk.access import sees_every_version, visible_versions
from topics.content.words import terms
from topics.models import Article, Edition, VersionWord

MOST_FOUND = 12

PUBLIC_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def meant(user, typed):
    """The articles that what was typed may mean, as dicts, and whether there are more than are told.

    For every word typed, one of their versions that the person may see has a word that begins so: in
    its title, another name, slug or public id. The article of exactly that slug comes first, then the
    newest. Four queries at most, whatever is found.
    """
    now = timezone.now()
    known = seen_words(user, at=now)
    named = PUBLIC_ID.search(typed.lower())
    found = known.meant_by(terms(named[0] if named else typed)).order_by("-article")
    ids = list(found.values_list("article", flat=True).distinct()[: MOST_FOUND + 1])
    if not ids:
        return [], False
    exactly = Q(slug=slugify(typed), pk__in=found.order_by().values("article"))
    articles = list(Article.objects.filter(Q(pk__in=ids) | exactly).order_by("slug", "language", "pk"))
    articles.sort(key=lambda article: article.slug != slugify(typed))
    shown = articles[:MOST_FOUND]
    public, titles = titles_of(shown, user, at=now)
    told = [
        {
            "id": str(article.public_id),
            "slug": article.slug,
            "language": article.language,
            "title": public.get(article.pk) or titles.get(article.pk) or article.slug,
            "is_public": article.pk in public,
        }
        for article in shown
    ]
    return told, len(articles) > len(shown)


def seen_words(user, *, at):
    """The words of the versions that the account may look at, drafts and what is public alike."""
    if user.has_perm("topics.view_version") and sees_every_version(user):
        return VersionWord.objects.all()
    own = visible_versions(user).values("pk")
    public = Edition.objects.in_force(at=at).filter(version=OuterRef("version"))
    return VersionWord.objects.filter(Q(version__in=own) | Exists(public))


def titles_of(articles, user, *, at):
    """By article: the title that the public reads, and that of the newest version the person may see."""
    public = Edition.objects.in_force(at=at).filter(article__in=articles)
    versions = visible_versions(user).filter(article__in=articles).order_by("number")
    return tuple(dict(rows.values_list("article", "title")) for rows in (public, versions))
