"""A translation beside the edition that it was made from, section by section."""

import json
from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.desk.access import visible_versions
from topics.admin.desk.panel import acts_panel
from topics.admin.desk.source_rows import rows_of
from topics.admin.redline.clinical import listed
from topics.admin.redline.names import articles_of
from topics.content.languages import language_name
from topics.workflow.changes import document_of
from topics.workflow.source_changes import source_changes
from topics.workflow.source_conditions import content_was_recalled
from topics.workflow.translating import newest_source_edition, standing_version, why_not_catch_up


@method_decorator(never_cache, name="dispatch")
class SideBySideView(View):
    """For whoever may see the version: translator, editor, and the reviewers who were asked.

    The source's side is an edition, which was public, so that nothing unreleased is shown by it.
    """

    admin_site = None

    def get(self, request, pk):
        versions = visible_versions(request.user).select_related(
            "article__category",
            "article__translation_of",
            "made_from__version",
            "made_from__article",
            "made_from__withdrawal",
        )
        version = get_object_or_404(versions, pk=pk)
        source = version.article.translation_of
        if source is None:
            raise Http404
        newest = newest_source_edition(version.article, at=timezone.now())
        edition = version.made_from or newest
        if edition is None:
            raise Http404
        document, translation = json.loads(edition.document), document_of(version)
        changes = source_changes(version)
        earlier = [changes.redline.before] if changes else []
        articles = articles_of(document, translation, *earlier)
        rows = rows_of(document, translation, changes, articles)
        is_behind = bool(version.made_from and newest and newest.number > edition.number)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Side by side"),
            "version": version,
            "article": version.article,
            "headline": version.title or version.article.slug,
            "edition": edition,
            "newest": newest,
            "recalled": content_was_recalled(edition),
            "withdrawal": edition.withdrawal,
            "is_behind": is_behind,
            "rows": rows,
            "marked": [row for row in rows if row.is_marked],
            "changes": changes,
            "changed": [row for row in rows if row.changes],
            **(clinical_of(changes, articles) if changes else {}),
            "source_language": document["language"],
            "language": translation["language"],
            "source_language_name": language_name(document["language"]),
            "language_name": language_name(translation["language"]),
            "writing": version.is_draft and request.user.has_perm("topics.edit_version"),
            "next_act": next_act(request, version, is_behind),
        }
        return TemplateResponse(request, "topics/desk/side_by_side.html", context)


def clinical_of(changes, articles):
    """The clinical changes of the source, and against which of its editions."""
    words = {"number": changes.since.number, "source": changes.since.article}
    return {
        # Authors and related articles have no row here that the others could lead to.
        "clinical": replace(listed(changes.redline, articles), others=[]),
        "against": _("edition %(number)s of %(source)s") % words,
    }


def next_act(request, version, is_behind):
    """The label and address of the one act that leads on from here, or None where there is none."""
    now, article = timezone.now(), version.article
    stands = is_behind and standing_version(article, at=now) == version
    if stands and not why_not_catch_up(article, actor=request.user, at=now):
        return _("Catch up…"), reverse("admin:catch_up", args=[article.pk])
    if version.is_draft and request.user.has_perm("topics.edit_version"):
        return _("Edit the draft"), reverse("admin:topics_version_change", args=[version.pk])
    offers = acts_panel(request, version)["offers"]
    return next(((f"{offer.label}…", offer.url) for offer in offers if offer.primary), None)
