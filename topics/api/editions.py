"""The editions of an article: its public history, and each edition under its permanent address."""

from django.http import Http404
from django.utils import timezone

from topics.api import parameters
from topics.api.caching import reply
from topics.api.lookup import on_the_shelf
from topics.api.responses import article_text, dump, history_item
from topics.api.schema import EDITION, EDITIONS
from topics.api.standing import refuse_unless_shown
from topics.api.views import ReadView
from topics.publishing import shelf

LARGEST_NUMBER = 2**31 - 1


class EditionListView(ReadView):
    accepted = {"language": parameters.language}

    @EDITIONS
    def get(self, request, reference):
        at = timezone.now()
        with on_the_shelf(reference):
            editions = shelf.history(reference, at=at, language=self.given.get("language"))
        body = dump({"editions": [history_item(edition, at=at) for edition in editions]})
        # What comes next is not known from here, so the list is asked for anew each time.
        return reply(request, body, at=at, keep=False)


class EditionView(ReadView):
    accepted = {"language": parameters.language}

    @EDITION
    def get(self, request, reference, number):
        at = timezone.now()
        if number > LARGEST_NUMBER:
            raise Http404
        with on_the_shelf(reference):
            edition = shelf.find_numbered(reference, number, at=at, language=self.given.get("language"))
        refuse_unless_shown(edition, at=at)
        around = shelf.surroundings(edition, at=at)
        return reply(
            request,
            article_text(edition, around, at=at),
            at=at,
            last=around.last_change(at=at),
            next_change=around.next_change(at=at),
            language=edition.language,
        )
