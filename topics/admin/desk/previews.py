"""The preview links of a version: who made which, until when; making one, copying it, revoking it."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.columns import state_badge
from topics.admin.desk.access import visible_versions
from topics.admin.desk.views import status_of
from topics.admin.moments import spoken
from topics.models import PreviewLink, walls
from topics.publishing.previews import DAYS, hashed, revoke, share, token_of, why_not_share
from topics.rules.refusal import Refusal, Refused
from topics.workflow.ledger import ClockError

USUAL = 7


class ShareForm(forms.Form):
    """How long the link lasts. What isn't asked here is checked by the door."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("The link lasts for"),
        # Asked for each form: what a plural says is settled when it is made.
        choices=lambda: [(days, ngettext("%s day", "%s days", days) % days) for days in DAYS],
        initial=USUAL,
        coerce=int,
        help_text=gettext_lazy(
            "At the longest: it ends at once when the version is released, scheduled or returned."
        ),
    )


@method_decorator(never_cache, name="dispatch")
class PreviewsView(View):
    """GET lists the links of a version; POST makes one, or revokes the one that it names."""

    admin_site = None

    def get(self, request, pk):
        version = self.version(pk)
        return self.show(version, ShareForm(label_suffix=""), why_not_share(version, actor=request.user))

    def post(self, request, pk):
        version = self.version(pk)
        form = ShareForm(request.POST, label_suffix="")
        try:
            with transaction.atomic():
                told = self.act(version, form)
        except Refused as refused:
            return self.refused(pk, form, refused.refusals)
        except IntegrityError as error:
            sentence = walls.message_of(error)
            if sentence is None:
                raise
            return self.refused(pk, form, [Refusal("wall", sentence)])
        except ClockError as error:
            return self.refused(pk, form, [Refusal("clock", str(error))])
        messages.success(request, told)
        return HttpResponseRedirect(self.address(version))

    def act(self, version, form):
        named = self.request.POST.get("revoke", "")
        if named:
            link = get_object_or_404(version.preview_links, pk=named if named.isdecimal() else 0)
            revoke(link, actor=self.request.user)
            return _("The link is revoked: it opens nothing any more.")
        days = form.cleaned_data["days"] if form.is_valid() else 0
        link = share(version, days=days, actor=self.request.user)
        return _("The link is made. Whoever has it can read this version until %s.") % spoken(
            link.expires_at
        )

    def refused(self, pk, form, refusals):
        """The page as it stands now, with every reason."""
        status = status_of(refusals, otherwise=422)
        return self.show(self.version(pk), form, refusals, status=status)

    def version(self, pk):
        return get_object_or_404(visible_versions(self.request.user).select_related("article"), pk=pk)

    def address(self, version):
        return reverse("admin:preview_links", args=[version.pk])

    def show(self, version, form, refusals, *, status=200):
        user = self.request.user
        may_see = user.has_perm("topics.share_version")
        context = {
            **self.admin_site.each_context(self.request),
            "title": _("Preview links"),
            "version": version,
            "standing": state_badge(version),
            "form": form,
            "reasons": [refusal.sentence for refusal in refusals],
            "open_to_act": not why_not_share(version, actor=user),
            "links": shown_links(version, self.request) if may_see else [],
        }
        return TemplateResponse(self.request, "topics/desk/previews.html", context, status=status)


def shown_links(version, request):
    """Each link with how it stands and, while it opens something, its addresses."""
    now = timezone.now()
    links = version.preview_links.select_related("created_by", "revoked_by").order_by("-pk")
    alive = set(PreviewLink.objects.alive(at=now).filter(version=version).values_list("pk", flat=True))
    for link in links:
        token = token_of(link)
        opens = link.pk in alive and hashed(token) == link.token_hash
        yield {
            "link": link,
            "opens": opens,
            "ended": link.expires_at <= now,
            "page": request.build_absolute_uri(reverse("preview:page", args=[token])) if opens else "",
            "json": request.build_absolute_uri(reverse("preview:json", args=[token])) if opens else "",
        }
