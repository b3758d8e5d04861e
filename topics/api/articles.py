"""One article, now or as of an earlier instant."""

import json

from django.utils import timezone

from topics.api import bodies, parameters, representing, surrogates
from topics.api.caching import reply
from topics.api.formats.table import ARTICLE_FORMATS
from topics.api.lookup import on_the_shelf
from topics.api.parameters import bad
from topics.api.responses import article_text
from topics.api.schema import ARTICLE
from topics.api.selecting import paths, selected
from topics.api.standing import refuse_unless_shown
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.replies import dump
from topics.publishing.stamps import stamp
from topics.publishing.standing import withdrawal_in_effect


class ArticleView(ReadView):
    accepted = {
        "language": parameters.language,
        "as_of": parameters.instant,
        "fields": paths(bodies.Article),
        "omit": paths(bodies.Article),
        **representing.ACCEPTED,
    }
    formats = ARTICLE_FORMATS

    @ARTICLE
    def get(self, request, reference):
        now = timezone.now()
        as_of = self.given.get("as_of")
        if as_of and as_of > now:
            raise bad("as_of", f"It is {stamp(now)} now: nobody can say yet what will be read then.")
        at = as_of or now
        with on_the_shelf(reference):
            edition = shelf.find(
                reference, at=at, reader=self.reader, language=self.given.get("language"), now=now
            )
        refuse_unless_shown(edition, at=at, follow=as_of is None)
        self.served = edition.article_id
        around = shelf.surroundings(edition, at=at, reader=self.reader)
        text = article_text(edition, around, at=now, as_of=as_of)
        if parts := [name for name in ("fields", "omit") if name in self.given]:
            if self.format is not self.formats["json"]:
                raise bad(parts[0], "Only JSON has parts to choose from.")
            text = dump(selected(json.loads(text), self.given))
        return reply(
            request,
            representing.represented(text, self.format, request, self.given),
            media_type=self.format.media_type,
            negotiated="format" not in self.given,
            at=now,
            last=around.last_change(at=now),
            next_change=around.next_change(at=now),
            # What replaces withdrawn content comes and goes by itself.
            keep=withdrawal_in_effect(edition, at=now) is None,
            language=edition.language,
            keys=surrogates.of_article(edition, around),
        )
