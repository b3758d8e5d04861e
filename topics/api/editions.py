"""The editions of an article: its public history, and each edition under its permanent address."""

from django.http import Http404
from django.utils import timezone

from topics.api import parameters, representing, surrogates
from topics.api.caching import reply
from topics.api.formats.table import ARTICLE_FORMATS
from topics.api.lookup import on_the_shelf
from topics.api.responses import article_text, history_item
from topics.api.schema import EDITION, EDITIONS
from topics.api.standing import refuse_unless_shown
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.replies import dump

LARGEST_NUMBER = 2**31 - 1


def edition_to_serve(view, reference, number, *, at):
    """The edition of that number, which the view then counts as served; raises why it is not shown."""
    if number > LARGEST_NUMBER:
        raise Http404
    with on_the_shelf(reference):
        edition = shelf.find_numbered(
            reference, number, at=at, reader=view.reader, language=view.given.get("language")
        )
    refuse_unless_shown(edition, at=at)
    view.served = edition.article_id
    return edition


class EditionListView(ReadView):
    accepted = {"language": parameters.language}

    @EDITIONS
    def get(self, request, reference):
        at = timezone.now()
        with on_the_shelf(reference):
            editions = shelf.history(
                reference, at=at, reader=self.reader, language=self.given.get("language")
            )
        body = dump({"editions": [history_item(edition, at=at) for edition in editions]})
        # What comes next is not known from here, so the list is asked for anew each time.
        keys = [surrogates.article_key(editions[0].article.public_id)]
        return reply(request, body, at=at, keep=False, keys=keys)


class EditionView(ReadView):
    accepted = {"language": parameters.language, **representing.ACCEPTED}
    formats = ARTICLE_FORMATS

    @EDITION
    def get(self, request, reference, number):
        at = timezone.now()
        edition = edition_to_serve(self, reference, number, at=at)
        around = shelf.surroundings(edition, at=at, reader=self.reader)
        text = article_text(edition, around, at=at)
        return reply(
            request,
            representing.represented(text, self.format, request, self.given),
            media_type=self.format.media_type,
            negotiated="format" not in self.given,
            at=at,
            last=around.last_change(at=at),
            next_change=around.next_change(at=at),
            language=edition.language,
            keys=surrogates.of_article(edition, around),
        )
