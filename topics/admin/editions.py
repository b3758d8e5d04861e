"""Editions: what the public reads, read and will read. Nothing here can be changed."""

import json

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin
from topics.admin.columns import (
    CategoryFilter,
    LanguageFilter,
    ReviewColumns,
    ReviewFilter,
    StandingFilter,
    moment,
    standing,
    standing_badge,
)
from topics.admin.desk.access import visible_editions
from topics.admin.desk.panel import edition_panel


class EditionAdmin(ReviewColumns, ReadOnlyAdmin):
    list_display = (
        *("title", "number", "language", "category", "stands", "begins", "ends"),
        *("reviewed", "due", "review"),
    )
    list_filter = (StandingFilter, LanguageFilter, CategoryFilter, ReviewFilter, "change_kind")
    list_select_related = ("category",)
    search_fields = ("title", "article__slug", "article__public_id", "digest")
    ordering = ("-starts_at", "-pk")
    change_form_template = "topics/admin/edition.html"

    def get_queryset(self, request):
        editions = visible_editions(request.user, at=timezone.now())
        return editions.annotate(next_due=F("next_review_due"), warning_on=F("review_warning_on"))

    @admin.display(description=_("standing"), ordering="starts_at")
    def stands(self, edition):
        return standing_badge(edition)

    @admin.display(description=_("in force from (UTC)"), ordering="starts_at")
    def begins(self, edition):
        return moment(edition.starts_at)

    @admin.display(description=_("until (UTC)"), ordering="ends_at")
    def ends(self, edition):
        return moment(edition.ends_at)

    def get_fieldsets(self, request, obj=None):
        return ()

    def render_change_form(self, request, context, *args, **kwargs):
        edition = kwargs["obj"]
        context.update(
            title=str(edition),
            subtitle=None,
            content=json.loads(edition.document),
            record=json.loads(edition.record),
            standing=standing(edition, at=timezone.now()),
            acts=edition_panel(request, edition),
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def entries_about(self, edition):
        return edition.version.audit_entries.all()
