"""The keys of a licensee: made, renewed, revoked. A new one is shown once, on the page that made it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from topics.admin.licensing.page import LicenseeView
from topics.publishing.api_keys import LIFETIMES, OVERLAPS, make_key, renew_key, revoke_key


def days_named(days):
    return ngettext("%s day", "%s days", days) % days


class KeyForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("What will use it"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For example: the portal, the app."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("It lasts for"),
        # Asked for each form: what a plural says is settled when it is made.
        choices=lambda: [(days, days_named(days)) for days in LIFETIMES],
        initial=365,
        coerce=int,
    )


class KeysView(LicenseeView):
    """GET lists the keys; POST makes one, renews or revokes the one that it names."""

    template = "topics/licensing/keys.html"

    def get(self, request, pk):
        return self.page(self.licensee(pk), KeyForm(label_suffix=""))

    def post(self, request, pk):
        licensee = self.licensee(pk)
        form = KeyForm(request.POST, label_suffix="")
        made, refusals = self.tried(licensee, form)
        if refusals:
            return self.page(licensee, form, refusals=refusals)
        if made is None:
            messages.success(request, _("The key is revoked: it opens nothing any more."))
            return HttpResponseRedirect(reverse("admin:licensee_keys", args=[licensee.pk]))
        row, key = made
        # Shown in the answer itself: there is nowhere that it could be read from again.
        return self.page(licensee, KeyForm(label_suffix=""), new_key=key, new_row=row)

    def act(self, licensee, form):
        """The new row and its key, or None after a revocation."""
        actor = self.request.user
        if named := self.request.POST.get("revoke"):
            return revoke_key(self.key(licensee, named), actor=actor) and None
        if named := self.request.POST.get("renew"):
            overlap = self.request.POST.get("overlap", "")
            return renew_key(
                self.key(licensee, named),
                days=self.days(form),
                overlap_days=int(overlap) if overlap.isdecimal() else -1,
                actor=actor,
            )
        label = form.data.get("label", "").strip()[:100]
        return make_key(licensee, label=label, days=self.days(form), actor=actor)

    def days(self, form):
        form.is_valid()
        return form.cleaned_data.get("days", 0)

    def key(self, licensee, named):
        return get_object_or_404(licensee.keys, pk=named if named.isdecimal() else 0)

    def page(self, licensee, form, **context):
        now = timezone.now()
        rows = [
            {"key": key, "alive": key.is_alive(at=now)}
            for key in licensee.keys.select_related("made_by", "revoked_by").order_by("-pk")
        ]
        rows.sort(key=lambda row: not row["alive"])
        overlaps = [(days, days_named(days)) for days in OVERLAPS]
        lifetimes = [(days, days_named(days)) for days in LIFETIMES]
        return self.show(
            licensee,
            form=form,
            rows=rows,
            overlaps=overlaps,
            lifetimes=lifetimes,
            usual=365,
            title=_("API keys"),
            **context,
        )
