"""Editions: what the public reads, read and will read. Nothing here can be changed."""

import json
from datetime import datetime

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.around import around
from topics.admin.base import ReadOnlyAdmin
from topics.admin.columns import ReviewColumns, standing, standing_badge
from topics.admin.desk.access import visible_editions
from topics.admin.desk.panel import edition_panel
from topics.admin.lists.filters import CategoryChoice, LanguageChoice
from topics.admin.lists.of_reviews import BeginsOn, DueOn, EndsOn, ReviewChoice, StandingChoice
from topics.admin.lists.of_versions import KindChoice, PartChoice, ReviewerOfEdition
from topics.admin.lists.of_work import QueueChoice
from topics.admin.lists.searched import LongList
from topics.admin.moments import clock
from topics.rules.review_dates import utc_day


class EditionAdmin(ReviewColumns, LongList, ReadOnlyAdmin):
    list_display = (
        *("title", "number", "language", "category", "stands", "begins", "ends"),
        *("reviewed", "due", "review"),
    )
    list_filter = (
        *(QueueChoice, StandingChoice, KindChoice, ReviewChoice, CategoryChoice, LanguageChoice),
        *(ReviewerOfEdition, PartChoice, BeginsOn, EndsOn, DueOn),
    )
    list_select_related = ("category", "article")
    sortable_by = ("begins", "due")
    row_column = "version"
    ordering = ("-starts_at", "-pk")
    csv_columns = (
        (_("public id"), lambda edition: edition.article.public_id),
        (_("slug"), lambda edition: edition.article.slug),
        (_("title"), lambda edition: edition.title),
        (_("edition"), lambda edition: edition.number),
        (_("language"), lambda edition: edition.language),
        (_("category"), lambda edition: edition.category.name),
        (_("written for"), lambda edition: edition.get_audience_display()),
        (_("kind of change"), lambda edition: edition.get_change_kind_display()),
        (_("standing"), lambda edition: standing(edition, at=timezone.now()).label),
        (_("in force from (UTC)"), lambda edition: edition.starts_at),
        (_("until (UTC)"), lambda edition: edition.ends_at),
        (_("last reviewed"), lambda edition: edition.last_reviewed),
        (_("next due"), lambda edition: edition.next_review_due),
        (_("review"), lambda edition: edition.review_status(on=utc_day(timezone.now())).label),
        (_("digest"), lambda edition: edition.digest),
    )
    change_form_template = "topics/admin/edition.html"

    def get_queryset(self, request):
        return visible_editions(request.user, at=timezone.now())

    def shown(self, request, queryset):
        rows = queryset.annotate(next_due=F("next_review_due"), warning_on=F("review_warning_on"))
        return rows.defer("document", "record", "summary")

    @admin.display(description=_("standing"))
    def stands(self, edition):
        return standing_badge(edition)

    @admin.display(description=_("next due"), ordering="next_review_due")
    def due(self, edition):
        return super().due(edition)

    @admin.display(description=_("in force from"), ordering="starts_at")
    def begins(self, edition):
        return clock(edition.starts_at)

    @admin.display(description=_("until"))
    def ends(self, edition):
        return clock(edition.ends_at)

    def get_fieldsets(self, request, obj=None):
        return ()

    def render_change_form(self, request, context, *args, **kwargs):
        edition = kwargs["obj"]
        content = json.loads(edition.document)
        record = json.loads(edition.record)
        for review in record["reviews"]:
            review["at"] = datetime.fromisoformat(review["signed_at"].replace("Z", "+00:00"))
        context.update(
            title=str(edition),
            subtitle=None,
            content=content,
            around=around(edition.article, content, user=request.user),
            record=record,
            standing=standing(edition, at=timezone.now()),
            acts=edition_panel(request, edition),
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def entries_about(self, edition):
        return edition.version.audit_entries.all()
