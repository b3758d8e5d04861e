"""The page of an article's timeline, with the form that compares any two of its versions."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from topics.admin.desk.access import visible_articles
from topics.admin.redline.views import choices
from topics.admin.timeline.ahead import ahead
from topics.admin.timeline.events import page_of_events


class TimelineView(View):
    """All of it, a page at a time. What the person may not see is a 404."""

    admin_site = None

    def get(self, request, pk):
        article = get_object_or_404(visible_articles(request.user), pk=pk)
        events, page = page_of_events(article, request.user, number=request.GET.get("p"))
        versions = list(choices(request.user, article).only("title", "number", "state", "article"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Timeline"),
            "article": article,
            "headline": (versions[0].title if versions else "") or article.slug,
            "events": events,
            "page": page,
            "versions": versions,
            "ahead": ahead(article, request.user, at=timezone.now()) if page.number == 1 else [],
        }
        return TemplateResponse(request, "topics/desk/timeline/page.html", context)
