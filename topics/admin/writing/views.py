"""What the pages of a draft ask while somebody types: how it stands now, and which article is meant."""

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.desk.access import visible_articles, visible_versions
from topics.admin.writing.beside import UNREADABLE, beside, beside_nothing, draft_of
from topics.admin.writing.linking import meant
from topics.admin.writing.typed import as_typed

MOST_TYPED = 3_000_000
"""Bytes of a form that are looked at while it is typed; saving takes more."""


@method_decorator(never_cache, name="dispatch")
class TypedView(View):
    """What stands beside the draft, for what is in the form now. Nothing is saved.

    For who may write the draft, else a 403; a version that is no draft any more is a 409.
    """

    admin_site = None
    http_method_names = ["post"]

    def post(self, request, pk):
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_TYPED:
            return self.told(_("This is too long to be looked at while you type. Saving it tells more."))
        version = draft_of(request.user, pk)
        if version is None:
            known = visible_versions(request.user).filter(pk=pk).exists()
            may = known and request.user.has_perm("topics.edit_version")
            return HttpResponse(status=409 if may else 403)
        try:
            context = beside(as_typed(version, request.POST), actor=request.user)
        except UNREADABLE as error:
            return self.told(error)
        return HttpResponse(render_to_string("topics/writing/beside.html", context, request))

    def told(self, sentence):
        context = beside_nothing(sentence)
        return HttpResponse(render_to_string("topics/writing/beside.html", context, self.request))


@method_decorator(never_cache, name="dispatch")
class ArticleSearchView(View):
    """Articles by the words that the lists find them by, as JSON for the link picker."""

    admin_site = None
    http_method_names = ["get"]

    def get(self, request):
        if not request.user.has_perm("topics.edit_version"):
            return JsonResponse({"articles": []}, status=403)
        found, more = meant(request.user, request.GET.get("q", "")[:200])
        return JsonResponse({"articles": found, "more": more})


class ReferenceView(View):
    """Where a reference in a text leads: to the page of the article that it names."""

    admin_site = None

    def get(self, request, public_id):
        article = get_object_or_404(visible_articles(request.user), public_id=public_id)
        return HttpResponseRedirect(reverse("admin:topics_article_change", args=[article.pk]))
