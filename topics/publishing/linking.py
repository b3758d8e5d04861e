"""What leads to an article: editions in force that name it as related or link to it in their text."""

from django.db.models import Exists, OuterRef

from topics.models import Edition, Mention, RelatedArticle


def linking_editions(article, *, at):
    """The editions in force of other articles that lead to this one, by title, with their articles.

    Each says how: `names_it` among its related articles, `mentions_it` in its text, or both.
    """
    named = RelatedArticle.objects.filter(version=OuterRef("version"), article=article)
    mentioned = Mention.objects.filter(version=OuterRef("version"), article=article)
    return (
        Edition.objects.in_force(at=at)
        .exclude(article=article)
        # First the versions, by an index; asked of every edition, it would read them all.
        .filter(version__in=versions_leading_to(article))
        .annotate(names_it=Exists(named), mentions_it=Exists(mentioned))
        .select_related("article")
        .order_by("title", "pk")
    )


def versions_leading_to(article):
    """The ids of all versions that name the article as related or link to it, as a query."""
    named = RelatedArticle.objects.filter(article=article).order_by().values("version")
    return named.union(Mention.objects.filter(article=article).order_by().values("version"))
