"""Articles in force: the list with its filters, and one article, now or as of an earlier instant."""

from django.utils import timezone

from topics.api import parameters
from topics.api.caching import reply
from topics.api.categories import with_descendants
from topics.api.lookup import on_the_shelf
from topics.api.pagination import MOST, ArticlePagination
from topics.api.parameters import bad
from topics.api.responses import article_text, dump, list_item
from topics.api.schema import ARTICLE, ARTICLES
from topics.api.standing import refuse_unless_shown, withdrawal_in_effect
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.stamps import stamp
from topics.rules.review_dates import utc_day


class ArticleListView(ReadView):
    accepted = {
        "language": parameters.language,
        "category": parameters.slug,
        "modified_after": parameters.instant_or_day,
        "review_status": parameters.review_status,
        "cursor": parameters.text,
        "page_size": parameters.count_up_to(MOST),
    }

    @ARTICLES
    def get(self, request):
        at = timezone.now()
        paginator = ArticlePagination()
        page = paginator.paginate_queryset(self.chosen(at=at), request, view=self)
        body = dump(
            {
                "articles": [list_item(edition, at=at) for edition in page],
                "next": paginator.get_next_link(),
                "previous": paginator.get_previous_link(),
            }
        )
        last, next_change = shelf.turns(at=at)
        # A category may be moved in the tree, which leaves no instant to date the list by.
        last = None if "category" in self.given else last
        return reply(request, body, at=at, last=last, next_change=next_change)

    def chosen(self, *, at):
        """The editions in force that the filters leave."""
        editions = shelf.in_force(at=at).select_related("article").defer("document")
        if "language" in self.given:
            editions = editions.filter(language=self.given["language"])
        if "category" in self.given:
            editions = editions.filter(category_id__in=with_descendants(self.given["category"]))
        if "modified_after" in self.given:
            editions = editions.filter(modified__gt=self.given["modified_after"])
        if "review_status" in self.given:
            editions = getattr(editions, self.given["review_status"])(on=utc_day(at))
        return editions


class ArticleView(ReadView):
    accepted = {"language": parameters.language, "as_of": parameters.instant}

    @ARTICLE
    def get(self, request, reference):
        now = timezone.now()
        as_of = self.given.get("as_of")
        if as_of and as_of > now:
            raise bad("as_of", f"It is {stamp(now)} now: nobody can say yet what will be read then.")
        at = as_of or now
        with on_the_shelf(reference):
            edition = shelf.find(reference, at=at, language=self.given.get("language"), now=now)
        refuse_unless_shown(edition, at=at, follow=as_of is None)
        around = shelf.surroundings(edition, at=at)
        return reply(
            request,
            article_text(edition, around, at=now, as_of=as_of),
            at=now,
            last=around.last_change(at=now),
            next_change=around.next_change(at=now),
            # What replaces withdrawn content comes and goes by itself.
            keep=withdrawal_in_effect(edition, at=now) is None,
            language=edition.language,
        )
