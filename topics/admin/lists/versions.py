"""The list of versions: what its columns show, how it is narrowed, and what its export holds."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from topics.admin.columns import ReviewColumns, state_badge
from topics.admin.desk.access import visible_versions
from topics.admin.lists.filters import CategoryOfArticle, LanguageOfArticle
from topics.admin.lists.of_versions import (
    KindChoice,
    PartChoice,
    ReviewerChoice,
    SigningChoice,
    StateChoice,
)
from topics.admin.lists.of_work import QueueChoice
from topics.admin.lists.searched import LongList
from topics.admin.moments import clock
from topics.models import Edition


class VersionList(ReviewColumns, LongList):
    """Versions, those first whose state changed last."""

    list_display = (
        *("name", "number", "state_shown", "language", "category", "change_kind"),
        *("reviewed", "due", "since", "writer"),
    )
    list_filter = (
        *(QueueChoice, StateChoice, KindChoice, SigningChoice, CategoryOfArticle),
        *(LanguageOfArticle, ReviewerChoice, PartChoice),
    )
    list_select_related = ("article__category", "edited_by")
    sortable_by = ("since",)
    ordering = ("-state_since", "-pk")
    csv_columns = (
        (_("public id"), lambda version: version.article.public_id),
        (_("slug"), lambda version: version.article.slug),
        (_("title"), lambda version: version.title),
        (_("version"), lambda version: version.number),
        (_("state"), lambda version: version.standing[1]),
        (_("since (UTC)"), lambda version: version.state_since),
        (_("kind of change"), lambda version: version.get_change_kind_display()),
        (_("language"), lambda version: version.article.language),
        (_("category"), lambda version: version.article.category.name),
        (_("last reviewed"), lambda version: version.last_reviewed),
        (_("next due"), lambda version: version.next_due),
        (_("edited by"), lambda version: version.edited_by.printed_name()),
        (_("digest"), lambda version: version.digest),
    )

    def get_queryset(self, request):
        return visible_versions(request.user)

    def shown(self, request, queryset):
        editions = Edition.objects.ever_in_force().filter(version=OuterRef("pk")).order_by("-number")
        return (
            queryset.with_taken_back()
            .defer("document", "body", "summary")
            .annotate(
                last_reviewed=Subquery(editions.values("last_reviewed")[:1]),
                next_due=Subquery(editions.values("next_review_due")[:1]),
            )
        )

    @admin.display(description=_("title"))
    def name(self, version):
        title = version.title or _("(no title yet)")
        return format_html('{}<br><span class="quiet">{}</span>', title, version.article.slug)

    @admin.display(description=_("state"))
    def state_shown(self, version):
        return state_badge(version)

    @admin.display(description=_("since"), ordering="state_since")
    def since(self, version):
        return clock(version.state_since)

    @admin.display(description=_("edited by"))
    def writer(self, version):
        return version.edited_by.printed_name()

    @admin.display(description=_("language"))
    def language(self, version):
        return version.article.language

    @admin.display(description=_("category"))
    def category(self, version):
        return version.article.category
