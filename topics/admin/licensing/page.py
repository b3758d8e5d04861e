"""What the desk's pages about one licensee have in common."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.desk.views import status_of
from topics.models import Licensee, walls
from topics.rules.refusal import Refusal, Refused
from topics.workflow.ledger import ClockError


@method_decorator(never_cache, name="dispatch")
class LicenseeView(View):
    """A page that looks at a licensee, or does `act` to it and shows every reason of a refusal."""

    admin_site = None
    template = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("topics.view_licensee"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def licensee(self, pk):
        return get_object_or_404(Licensee, pk=pk)

    def tried(self, licensee, form):
        """Does `act` in one transaction: `(what it returned, the refusals)`."""
        try:
            with transaction.atomic():
                return self.act(licensee, form), []
        except Refused as refused:
            return None, refused.refusals
        except IntegrityError as error:
            sentence = walls.message_of(error)
            if sentence is None:
                raise
            return None, [Refusal("wall", sentence)]
        except ClockError as error:
            return None, [Refusal("clock", str(error))]

    def show(self, licensee, *, refusals=(), status=None, **context):
        refusals = list(refusals)
        status = status or (status_of(refusals, otherwise=422) if refusals else 200)
        found = {
            **self.admin_site.each_context(self.request),
            "licensee": licensee,
            "reasons": [refusal.sentence for refusal in refusals],
            "may_act": self.request.user.has_perm("topics.change_licensee"),
            **context,
        }
        return TemplateResponse(self.request, self.template, found, status=status)
