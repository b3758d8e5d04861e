"""A frozen document laid out for reading: what a reviewer signs, nothing added, nothing left out."""

import json

from topics.models import Article


def readable(document):
    """The document as a dict, with the articles that its `related_ids` name as `related`.

    The sections' HTML was sanitised when the version froze, so it may be shown as it is.
    """
    content = json.loads(document)
    known = {
        str(article.public_id): article
        for article in Article.objects.filter(public_id__in=content["related_ids"])
    }
    related = [known.get(public_id, public_id) for public_id in content["related_ids"]]
    return {**content, "related": related}
