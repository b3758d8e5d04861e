"""The search for an article to read instead: public articles by the words of their titles, as JSON."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from topics.content.words import terms
from topics.models import Edition, VersionWord

MOST = 12


@method_decorator(never_cache, name="dispatch")
class PublicArticlesView(View):
    """GET `?q=words`: the public articles that have all of them, those in `language` first."""

    admin_site = None

    def get(self, request):
        if not request.user.has_perm("topics.release_version"):
            raise PermissionDenied
        found = VersionWord.objects.meant_by(terms(request.GET.get("q", "")))
        editions = (
            Edition.objects.in_force(at=timezone.now())
            .filter(version__in=found.values("version"))
            .select_related("article")
            .only("title", "language", "article")
            .order_by("title", "pk")
        )
        without = request.GET.get("without", "")
        if without.isdecimal() and len(without) < 19:
            editions = editions.exclude(article=int(without))
        own = request.GET.get("language", "")
        rows = sorted(editions[: 4 * MOST], key=lambda edition: edition.language != own)[:MOST]
        return JsonResponse(
            {"articles": [{"value": str(row.article), "title": row.title} for row in rows]}
        )
