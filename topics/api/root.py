"""The entrance of the API, and the list of the problems that it answers with."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from topics.api import surrogates
from topics.api.caching import reply
from topics.api.problems import KINDS, TYPES
from topics.api.schema import PROBLEM, PROBLEMS, ROOT
from topics.api.views import ReadView
from topics.publishing.addresses import KEYS_PATH
from topics.publishing.replies import dump

ENTRANCES = (
    *("articles", "search", "suggest", "categories", "changes"),
    *("connect", "infobutton", "nhs"),
    *("problems", "schema", "docs"),
)


class RootView(ReadView):
    for_everyone = True

    @ROOT
    def get(self, request):
        body = {name: reverse(f"api:{name}") for name in ENTRANCES}
        body |= {"changes_feed": reverse("api:changes-feed"), "keys": KEYS_PATH}
        return reply(request, dump(body), at=timezone.now(), keys=[surrogates.CONTRACT])


def explained(name):
    kind = KINDS[name]
    return {"type": TYPES + name, "title": kind.title, "status": kind.status, "meaning": kind.meaning}


class ProblemListView(ReadView):
    for_everyone = True

    @PROBLEMS
    def get(self, request):
        body = {"problems": [explained(name) for name in KINDS]}
        return reply(request, dump(body), at=timezone.now(), keys=[surrogates.CONTRACT])


class ProblemView(ReadView):
    for_everyone = True

    @PROBLEM
    def get(self, request, name):
        if name not in KINDS:
            raise Http404
        return reply(request, dump(explained(name)), at=timezone.now(), keys=[surrogates.CONTRACT])
