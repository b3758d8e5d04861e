"""Pages that never count a large table: the first thousand rows, and whether there are more."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import InvalidPage, Paginator
from django.utils.functional import cached_property

MOST = 1_000
"""Rows that a list leads through. Nobody turns more pages; a filter, or the export, goes further."""


def up_to(queryset, most=MOST):
    """How many rows there are, counted no further than `most` + 1."""
    return queryset.order_by()[: most + 1].count()


class BoundedPaginator(Paginator):
    """A paginator for choices by autocomplete, which counts no further than it leads."""

    @cached_property
    def count(self):
        return min(up_to(self.object_list), MOST)


class BoundedList(ChangeList):
    """A change list in two short queries: the keys of the first rows, then the rows of one page.

    `more` tells that there are more rows than the list leads through.
    """

    def get_results(self, request):
        keys = list(self.queryset.values_list("pk", flat=True)[: MOST + 1])
        self.more = len(keys) > MOST
        self.paginator = Paginator(keys[:MOST], self.list_per_page)
        try:
            page = self.paginator.page(self.page_num)
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        self.result_list = self.model_admin.rows(request, page.object_list)
        self.result_count = self.paginator.count
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all = False
        self.multi_page = self.paginator.num_pages > 1
        self.page = page

    def address_before(self):
        return self.get_query_string({PAGE_VAR: self.page.previous_page_number()})

    def address_after(self):
        return self.get_query_string({PAGE_VAR: self.page.next_page_number()})

    def get_ordering_field(self, field_name):
        """Only what an index sorts can be sorted by, whatever an address asks for."""
        if self.sortable_by is not None and field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)

    def active_filters(self):
        """The filters that narrow the list, each with the address of the list without it."""
        for spec in self.filter_specs:
            if getattr(spec, "label", None) and spec.label():
                yield {
                    "title": spec.title,
                    "label": spec.label(),
                    "without": self.get_query_string(remove=[spec.parameter_name]),
                }

    def passed_on(self):
        """What the form of the filters repeats unseen: the order, and what the page was opened for."""
        own = {spec.parameter_name for spec in self.filter_specs if hasattr(spec, "parameter_name")}
        hidden = {s.parameter_name for s in self.filter_specs if getattr(s, "hidden", False)}
        return [
            (name, value)
            for name, value in self.params.items()
            if value and name != "q" and name not in own - hidden
        ]
