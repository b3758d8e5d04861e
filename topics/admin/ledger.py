"""The ledger as a list: every act, newest first. Nobody writes here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin
from topics.admin.columns import badge, link_to
from topics.vocabulary import State


class ActFilter(admin.AllValuesFieldListFilter):
    """By act; the acts that occur are few."""


class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("number", "instant", "actor", "act", "subject", "states")
    list_display_links = ("number",)
    list_filter = (("act", ActFilter), ("at", admin.DateFieldListFilter))
    list_select_related = ("actor", "article", "version__article")
    list_per_page = 100
    search_fields = ("actor__username", "article__slug", "article__public_id", "detail")
    show_full_result_count = False
    fields = (
        *("number", "instant", "actor", "act", "subject", "states"),
        *("detail", "previous_hash", "hash"),
    )
    readonly_fields = fields

    @admin.display(description=_("at (UTC)"), ordering="at")
    def instant(self, entry):
        return f"{entry.at:%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("of"))
    def subject(self, entry):
        if entry.version:
            return link_to(entry.version)
        return link_to(entry.article) if entry.article else None

    @admin.display(description=_("state"))
    def states(self, entry):
        return badge(entry.to_state, State(entry.to_state).label) if entry.to_state else None

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)
