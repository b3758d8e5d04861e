"""The index of links between articles: noted whenever a draft's text is written."""

from topics.content.html import clean
from topics.content.links import linked_articles
from topics.models import Article, Mention


def links_of(version):
    """The public ids of the articles that the version's text links to, in order, each once."""
    return linked_articles(clean(version.body))


def note_mentions(version):
    """Makes the index of a draft say what its text links to; ids that no article has are left out."""
    wanted = set(Article.objects.filter(public_id__in=links_of(version)).values_list("pk", flat=True))
    noted = set(version.mentions.values_list("article_id", flat=True))
    if noted - wanted:
        version.mentions.filter(article__in=noted - wanted).delete()
    missing = sorted(wanted - noted)
    Mention.objects.bulk_create(Mention(version=version, article_id=pk) for pk in missing)
