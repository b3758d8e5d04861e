"""Acts on several rows chosen in a list: choosing one only leads to its page, which asks row by row."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

MOST = 100
"""Rows that one page takes; more would be more than a person looks at."""


@dataclass(frozen=True)
class BulkAct:
    """An entry in a list's menu of acts: `page` is a name in the admin's namespace that takes `?id=`."""

    name: str
    label: str
    permission: str
    page: str


class BulkActs:
    """Adds to a list the acts of `bulk_acts` that the person's role includes; comes first in its bases.

    Nothing is done by choosing one: its page shows what will happen to each row and goes, row by row,
    through the same door as the page of a single one.
    """

    bulk_acts = ()

    def get_actions(self, request):
        return {
            act.name: (partial(lead_to, act), act.name, act.label)
            for act in self.bulk_acts
            if request.user.has_perm(f"topics.{act.permission}")
        }


def lead_to(act, model_admin, request, queryset):
    """The answer to an act chosen in a list: its page with the chosen rows, or a sentence."""
    ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        sentence = _("Choose up to %(most)s rows at a time for “%(act)s”.")
        messages.error(request, sentence % {"most": MOST, "act": act.label})
        return None
    return HttpResponseRedirect(address(act.page, ids))


def address(page, ids):
    """The address of a page with its rows."""
    return f"{reverse(f'admin:{page}')}?{urlencode([('id', pk) for pk in ids])}"


def chosen_ids(data):
    """The rows that a page was opened or sent with, in their order, each once; at most `MOST`."""
    ids = [int(pk) for pk in data.getlist("id") if pk.isdecimal() and len(pk) < 19]
    return list(dict.fromkeys(ids))[:MOST]
