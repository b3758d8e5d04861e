"""The entrance of the API, and the list of the problems that it answers with."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from topics.api.caching import reply
from topics.api.problems import KINDS, TYPES
from topics.api.responses import dump
from topics.api.schema import PROBLEM, PROBLEMS, ROOT
from topics.api.views import ReadView

ENTRANCES = ("articles", "categories", "changes", "problems", "schema", "docs")


class RootView(ReadView):
    @ROOT
    def get(self, request):
        body = {name: reverse(f"api:{name}") for name in ENTRANCES}
        return reply(request, dump(body), at=timezone.now())


def explained(name):
    kind = KINDS[name]
    return {"type": TYPES + name, "title": kind.title, "status": kind.status, "meaning": kind.meaning}


class ProblemListView(ReadView):
    @PROBLEMS
    def get(self, request):
        body = {"problems": [explained(name) for name in KINDS]}
        return reply(request, dump(body), at=timezone.now())


class ProblemView(ReadView):
    @PROBLEM
    def get(self, request, name):
        if name not in KINDS:
            raise Http404
        return reply(request, dump(explained(name)), at=timezone.now())
