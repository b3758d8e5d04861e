"""The addresses at which health records ask: MedlinePlus Connect's way, and HL7 Infobutton's.

They take the same parameters, since Connect's are Infobutton's. Connect answers with one feed, and gives
back the four parameters that it knows; Infobutton with an aggregate of feeds, and gives back all.
"""

from django.utils import timezone

from topics.api import representing
from topics.api.caching import reply
from topics.api.formats.table import Format
from topics.api.parameters import bad
from topics.api.standards import context, knowledge, markup
from topics.api.standards.answering import answer
from topics.api.standards.asking_schema import CONNECT, INFOBUTTON
from topics.api.standards.callback import called
from topics.api.views import ReadView
from topics.publishing.replies import dump

FORMATS = {
    name: Format(name, media_type)
    for name, media_type in (
        (context.XML, "text/xml; charset=utf-8"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("application/xml", "application/xml; charset=utf-8"),
        (context.JSON, context.JSON),
    )
}
"""What Accept may choose, where `knowledgeResponseType` doesn't."""

SCRIPT = Format(context.SCRIPT, "application/javascript; charset=utf-8")


class KnowledgeView(ReadView):
    formats = None  # Chosen below, by a parameter of another name than `format`.

    def answered(self, request):
        """The response to a request: found, written as the subclass does, in the format asked for."""
        form = self.chosen(request)
        at = timezone.now()
        found = answer(self.given, at=at, reader=self.reader)
        name, tree = self.written(
            found, at=at, base=request.build_absolute_uri("/")[:-1], path=request.path
        )
        response = reply(
            request,
            self.text(form, name, tree),
            at=at,
            media_type=form.media_type,
            negotiated=not self.given.get("knowledgeResponseType"),
            last=found.last,
            next_change=found.next_change,
            keep=found.keep,
            language=context.spoken(self.given),
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def chosen(self, request):
        """The format. Raises the `Problem` of a callback that is missing, or that nothing calls."""
        kind, callback = self.given.get("knowledgeResponseType"), self.given.get("callback")
        if kind == context.SCRIPT and not callback:
            raise bad("callback", "It is missing: the function to be called.")
        if callback and kind != context.SCRIPT:
            raise bad("callback", f"Only knowledgeResponseType={context.SCRIPT} calls a function.")
        if kind == context.SCRIPT:
            return SCRIPT
        return FORMATS[kind] if kind else representing.chosen(request, {}, FORMATS)

    def text(self, form, name, tree):
        if form is SCRIPT:
            return called(self.given["callback"], {name: tree})
        return dump({name: tree}) if form.name == context.JSON else markup.document(name, tree)


class ConnectView(KnowledgeView):
    accepted = context.CONNECT_ACCEPTED

    @CONNECT
    def get(self, request):
        return self.answered(request)

    def written(self, found, *, at, base, path):
        asked = ("mainSearchCriteria.v.c", "mainSearchCriteria.v.cs", "mainSearchCriteria.v.dn")
        given_back = [
            *({"scheme": name, "term": self.given.get(name, "")} for name in asked),
            {"scheme": "informationRecipient", "term": context.recipient(self.given)},
        ]
        return "feed", knowledge.feed(self.given, given_back, found, at=at, base=base, path=path)


class InfobuttonView(KnowledgeView):
    accepted = context.ACCEPTED

    @INFOBUTTON
    def get(self, request):
        return self.answered(request)

    def written(self, found, *, at, base, path):
        one = knowledge.feed(
            self.given, context.categories(self.given), found, at=at, base=base, path=path
        )
        return "aggregateKnowledgeResponse", {"feed": [one]}
