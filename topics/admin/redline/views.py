"""The page that compares any two versions of an article, and the form that chooses them."""

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from topics.admin.around import around
from topics.admin.desk.access import visible_versions
from topics.admin.redline import redline, rendered
from topics.admin.redline.names import articles_of
from topics.workflow.changes import document_of


class RedlineView(View):
    """What changed from one version to another, for those who may look at both.

    Versions of different articles are refused in a sentence (422): their difference says nothing.
    What the person may not see is a 404.
    """

    admin_site = None

    def get(self, request, before, after):
        old, new = (version_seen_by(request.user, pk) for pk in (before, after))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Redline"),
            "before": old,
            "after": new,
            "article": new.article,
            "headline": new.title or new.article.slug,
        }
        if old.article_id != new.article_id:
            context["refusal"] = _(
                "Version %(old)s of “%(one)s” and version %(new)s of “%(other)s” belong to different "
                "articles. A redline compares two versions of the same article."
            ) % {"old": old.number, "one": old.title, "new": new.number, "other": new.title}
            return TemplateResponse(request, "topics/desk/redline/page.html", context, status=422)
        document = document_of(new)
        found = redline(document_of(old), document)
        context.update(
            versions=choices(request.user, new.article),
            redline=rendered(found, articles=articles_of(found.before, found.after, user=request.user)),
            content=document,
            around=around(new.article, document, user=request.user),
            swapped=reverse("admin:redline", args=[new.pk, old.pk]),
        )
        return TemplateResponse(request, "topics/desk/redline/page.html", context)


class CompareView(View):
    """Where the form with the two selects leads: on to the redline of the versions chosen."""

    admin_site = None

    def get(self, request):
        chosen = [request.GET.get(name, "") for name in ("before", "after")]
        if not all(pk.isdecimal() and len(pk) < 19 for pk in chosen):
            raise Http404
        return HttpResponseRedirect(reverse("admin:redline", args=chosen))


def version_seen_by(user, pk):
    """The version with what its facts need, in two queries; a 404 where the person may not see it."""
    found = visible_versions(user).select_related("article__category", "edited_by", "created_by")
    version = found.prefetch_related("editions").filter(pk=pk).first()
    if version is None:
        raise Http404
    return version


def choices(user, article):
    """The versions of the article that the person may compare, newest first, without their text."""
    return (
        visible_versions(user)
        .filter(article=article)
        .with_taken_back()
        .only("number", "state", "change_kind", "article_id")
        .order_by("-number")
    )
