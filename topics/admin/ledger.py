"""The ledger as a list: every act, newest first. Nobody writes here."""

import json

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin
from topics.admin.changed import changes_of, configured
from topics.admin.columns import badge, link_to
from topics.admin.details import about
from topics.admin.entries import told
from topics.admin.lists.distinct import values_of
from topics.admin.lists.filters import Choice, plainly
from topics.admin.lists.of_reviews import DayChoice
from topics.admin.lists.of_work import QueueChoice
from topics.admin.lists.searched import LongList
from topics.admin.moments import clock, span
from topics.admin.timeline.words import act_name
from topics.models import AuditEntry, User
from topics.vocabulary import State

TOLD = ("number", "instant", "who", "deed", "subject", "states", "in_words")
EVIDENCE = ("detail", "previous_hash", "hash")
NOTHING = "–"


class ActChoice(Choice):
    """By act; the acts that occur are few."""

    title = _("act")
    parameter_name = "act"

    def options(self):
        return plainly((act, act_name(act)) for act in values_of(AuditEntry, "act"))

    def narrow(self, rows, value):
        return rows.filter(act=value)


class DayOfEntry(DayChoice):
    """By the day of the act, which a link names."""

    title = _("on")
    parameter_name = "on"

    def narrow(self, rows, value):
        first, end = span(self.day())
        return rows.filter(at__gte=first, at__lt=end)


class AuditEntryAdmin(LongList, ReadOnlyAdmin):
    list_display = ("number", "instant", "actor", "deed", "subject", "states")
    list_display_links = ("number",)
    list_filter = (QueueChoice, ActChoice, DayOfEntry)
    list_select_related = ("actor", "article", "version__article")
    list_per_page = 100
    sortable_by = ("number",)
    search_help_text = _("Words of an article's title, its slug or public id, or a user name")
    word_column = row_column = "article"
    csv_columns = (
        (_("number"), lambda entry: entry.number),
        (_("at (UTC)"), lambda entry: entry.at),
        (_("actor"), lambda entry: entry.actor.username),
        (_("act"), lambda entry: entry.act),
        (_("article"), lambda entry: entry.article and entry.article.public_id),
        (_("slug"), lambda entry: entry.article and entry.article.slug),
        (_("version"), lambda entry: entry.version and entry.version.number),
        (_("detail"), lambda entry: entry.detail),
        (_("hash"), lambda entry: entry.hash),
    )
    fieldsets = (
        (None, {"fields": TOLD}),
        (_("As its hash covers it"), {"fields": EVIDENCE, "classes": ["collapse"]}),
    )
    readonly_fields = (*TOLD, *EVIDENCE)

    def shown(self, request, queryset):
        texts = ("document", "body", "summary")
        return queryset.defer(*(f"version__{name}" for name in texts))

    def get_search_results(self, request, queryset, search_term):
        by = User.objects.filter(username__iexact=search_term.strip()).values("pk")
        if search_term.strip() and by.exists():
            return queryset.filter(actor__in=by), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("when"))
    def instant(self, entry):
        return clock(entry.at, seconds=True)

    @admin.display(description=_("actor"))
    def who(self, entry):
        # Without a link: most readers of the ledger may not open accounts.
        name, username = entry.actor.printed_name(), entry.actor.username
        return name if name == username else f"{name} ({username})"

    @admin.display(description=_("act"))
    def deed(self, entry):
        return act_name(entry.act)

    @admin.display(description=_("of"))
    def subject(self, entry):
        if entry.version:
            return link_to(entry.version)
        if entry.article:
            return link_to(entry.article)
        name = configured(entry) or about(json.loads(entry.detail))
        changes = "; ".join(map(str, changes_of(entry)))
        below = format_html('<br><span class="quiet">{}</span>', Truncator(changes).chars(160))
        return format_html("{}{}", name, below if changes else "") if name else NOTHING

    @admin.display(description=_("in words"))
    def in_words(self, entry):
        changes = changes_of(entry)
        if changes:
            rows = format_html_join("", "<li>{}</li>", ((str(change),) for change in changes))
            return format_html("<ul>{}</ul>", rows)
        [entry] = told([entry])
        reason = format_html('<q lang="">{}</q>', entry.reason) if entry.reason else ""
        return format_html("{} {}", entry.words, reason) if entry.words or reason else NOTHING

    @admin.display(description=_("state"))
    def states(self, entry):
        return badge(entry.to_state, State(entry.to_state).label) if entry.to_state else NOTHING

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)
