"""What the long lists have in common: bounded pages, search by words, filters, export."""

import re

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from topics.admin.desk.access import sees_every_version, visible_versions
from topics.admin.lists.export import exported
from topics.admin.lists.paging import BoundedList, BoundedPaginator
from topics.content.words import terms
from topics.models import VersionWord
from topics.rules.review_dates import utc_day

DIGEST = re.compile(r"(?:sha-256:)?([0-9a-f]{64})")


class LongList(admin.ModelAdmin):
    """A list of rows that words of versions lead to: `word_column` of the words, to `row_column`.

    `shown` adds to the rows of one page, and of one batch of the export, what the columns need, so
    that it is never asked of the rows in between. `csv_columns` are pairs of a heading and a function.
    """

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "topics/desk/list.html"
    search_fields = ("pk",)
    search_help_text = _("Words of the title or another name, or the slug, public id or digest")
    word_column, row_column, digest_column = "version", "pk", "digest"
    csv_columns = ()

    class Media:
        js = ["topics/lists.js"]

    def get_changelist(self, request, **kwargs):
        return BoundedList

    def shown(self, request, queryset):
        return queryset

    def rows(self, request, keys):
        """The rows with these keys, in their order, with all that the columns show."""
        queryset = self.shown(request, self.get_queryset(request).filter(pk__in=keys))
        found = {row.pk: row for row in queryset.select_related(*self.list_select_related)}
        return [found[key] for key in keys if key in found]

    def get_search_results(self, request, queryset, search_term):
        """The rows of which one version has a word that begins so, for every word typed."""
        if not search_term.strip():
            return queryset, False
        if digest := DIGEST.fullmatch(search_term.strip().lower()):
            return queryset.filter(**{self.digest_column: f"sha-256:{digest[1]}"}), False
        found = VersionWord.objects.meant_by(terms(search_term))
        if not sees_every_version(request.user):
            found = found.filter(version__in=visible_versions(request.user).values("pk"))
        return queryset.filter(**{f"{self.row_column}__in": found.values(self.word_column)}), False

    @property
    def named(self):
        """What the rows are called in the name of a file, whatever the reader's language."""
        with translation.override("en"):
            return slugify(str(self.opts.verbose_name_plural))

    # The export -------------------------------------------------------------------------------------

    def get_urls(self):
        model = self.opts.model_name
        own = [
            path(
                f"{name}.csv",
                self.admin_site.admin_view(self.export_view),
                {"mark": mark},
                name=f"topics_{model}_{name}",
            )
            for name, mark in (("export", False), ("export-excel", True))
        ]
        return [*own, *super().get_urls()]

    def export_view(self, request, mark):
        """The whole list, filtered as it was on screen, as CSV."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        request.GET = request.GET.copy()
        request.GET.pop(PAGE_VAR, None)
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse(f"admin:topics_{self.opts.model_name}_changelist"))
        today = utc_day(timezone.now())
        return exported(
            self.csv_columns,
            changelist.queryset,
            lambda keys: self.rows(request, keys),
            name=f"{self.named}-{today}",
            mark=mark,
        )
