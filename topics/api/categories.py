"""The tree of categories, flat, and the descent of one."""

from collections import defaultdict

from django.utils import timezone

from topics.api.caching import reply
from topics.api.parameters import bad
from topics.api.responses import dump
from topics.api.schema import CATEGORIES
from topics.api.views import ReadView
from topics.publishing import shelf


class CategoryListView(ReadView):
    @CATEGORIES
    def get(self, request):
        tree = shelf.category_tree()
        slugs = {category.pk: category.slug for category in tree}
        found = [
            {"slug": category.slug, "name": category.name, "parent": slugs.get(category.parent_id)}
            for category in tree
        ]
        return reply(request, dump({"categories": found}), at=timezone.now())


def with_descendants(slug):
    """The ids of a category and of all below it; one query. Raises `Problem` for an unknown slug."""
    children, root = defaultdict(list), None
    for category in shelf.category_tree():
        children[category.parent_id].append(category.pk)
        if category.slug == slug:
            root = category.pk
    if root is None:
        raise bad("category", f"There is no category “{slug}”; categories/ lists them.")
    found, ahead = set(), [root]
    while ahead:
        category_id = ahead.pop()
        if category_id not in found:
            found.add(category_id)
            ahead += children[category_id]
    return found
