"""The tree of categories, flat."""

from django.utils import timezone

from topics.api import surrogates
from topics.api.caching import reply
from topics.api.parameters import bad
from topics.api.schema import CATEGORIES
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.replies import dump


class CategoryListView(ReadView):
    @CATEGORIES
    def get(self, request):
        tree = shelf.category_tree(reader=self.reader)
        slugs = {category.pk: category.slug for category in tree}
        found = [
            {"slug": category.slug, "name": category.name, "parent": slugs.get(category.parent_id)}
            for category in tree
        ]
        body = dump({"categories": found})
        return reply(request, body, at=timezone.now(), keys=[surrogates.CATEGORIES])


def refuse_unknown(slug, *, reader):
    """Raises `Problem` where there is no such category for the reader; one query."""
    if not shelf.has_category(slug, reader=reader):
        raise bad("category", f"There is no category “{slug}”; categories/ lists them.")
