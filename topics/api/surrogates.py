"""The keys by which a CDN purges copies: a recall names one, and every copy that shows the article goes.

`Surrogate-Key` (Fastly, Varnish) and `Cache-Tag` (Cloudflare, Akamai) say the same. Replies to a
licensee have none: no shared cache keeps them.
"""

import json

from topics.content.languages import ranges

LISTS = "articles"
"""Stands on whatever tells of more than one article: any change of any article may change it."""

CATEGORIES = "categories"
CONTRACT = "contract"
"""Stands on what only another release of this software changes."""

SIGNING_KEYS = "keys"


def article_key(public_id):
    return f"article-{public_id}"


def category_key(slug):
    return f"category-{slug}"


def of_edition(edition):
    """The keys of a reply about one edition: its article's, its own and its category's."""
    public_id = edition.article.public_id
    return [
        article_key(public_id),
        f"edition-{public_id}-{edition.number}",
        category_key(json.loads(edition.record)["category"]["slug"]),
    ]


def of_article(edition, around):
    """The same with the articles that the reply names besides, and the notices of its language.

    Only what is named can be taken back from it. What comes in anew (a translation, say) is seen when
    the copy has aged.
    """
    beside = (*around.related, *around.links, *around.translations)
    named = sorted({article_key(item["id"]) for item in beside})
    spoken = [f"notices-{tag}" for tag in ranges(edition.language)]
    return [*of_edition(edition), *named, *spoken]


def of_list(given):
    """The keys of a list by the filters given: a category's list goes with its category."""
    return [LISTS, *([category_key(given["category"])] if "category" in given else ())]


def headers(keys):
    return {"Surrogate-Key": " ".join(keys), "Cache-Tag": ",".join(keys)}
