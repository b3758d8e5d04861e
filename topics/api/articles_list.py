"""The list of articles in force: by filters, in any order, or by words in order of rank."""

from django.utils import timezone

from topics.api import filters, pagination, parameters, surrogates
from topics.api.caching import reply
from topics.api.categories import refuse_unknown
from topics.api.list_bodies import FoundArticle
from topics.api.pagination import MOST, ORDERINGS
from topics.api.parameters import bad
from topics.api.responses import list_item
from topics.api.schema_lists import ARTICLES, SEARCH
from topics.api.search import NOT_OF_THE_PAST, search_reply, words
from topics.api.selecting import paths, selected
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.replies import dump


class ArticleListView(ReadView):
    accepted = {
        **filters.ACCEPTED,
        "q": words,
        "ordering": parameters.one_of([*ORDERINGS, *(f"-{name}" for name in ORDERINGS)]),
        "fields": paths(FoundArticle),
        "omit": paths(FoundArticle),
        "cursor": parameters.text,
        "page_size": parameters.count_up_to(MOST),
    }
    refused = {"as_of": NOT_OF_THE_PAST}

    @ARTICLES
    def get(self, request):
        at = timezone.now()
        if "q" in self.given:
            if "ordering" in self.given:
                raise bad("ordering", "With “q” the order is that of rank; leave one out.")
            return search_reply(request, self.given, at=at, reader=self.reader)
        editions = (
            filters.chosen(self.given, at=at, reader=self.reader)
            .select_related("article")
            .defer("document")
        )
        page = pagination.paged(
            editions,
            ordering=self.given.get("ordering", ""),
            cursor=self.given.get("cursor"),
            size=self.given.get("page_size", pagination.USUAL),
        )
        if not page.items and "category" in self.given:
            refuse_unknown(self.given["category"], reader=self.reader)
        items = [selected(list_item(edition, at=at), self.given) for edition in page.items]
        body = dump({"articles": items, **page.links(request)})
        last, next_change = shelf.turns(at=at, reader=self.reader)
        # A category may be moved in the tree, which leaves no instant to date the list by.
        last = None if "category" in self.given else last
        keys = surrogates.of_list(self.given)
        return reply(request, body, at=at, last=last, next_change=next_change, keys=keys)


class SearchView(ReadView):
    accepted = {name: parse for name, parse in ArticleListView.accepted.items() if name != "ordering"}
    refused = {"as_of": NOT_OF_THE_PAST}
    required = ("q",)

    @SEARCH
    def get(self, request):
        return search_reply(request, self.given, at=timezone.now(), reader=self.reader)
