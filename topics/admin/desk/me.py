"""My settings: what a person chooses for themselves, in which time zone they read and type."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.moments import shown_in, spoken
from topics.admin.noted import note_change
from topics.admin.saved_state import saved_state
from topics.models import User
from topics.models.zones import time_zone_choices
from topics.workflow.ledger import begin_act


class TimeZoneField(forms.ChoiceField):
    """A place of the time zone database, by region."""

    def __init__(self, **kwargs):
        kwargs = {
            "label": gettext_lazy("Time zone"),
            "help_text": User._meta.get_field("time_zone").help_text,
            **kwargs,
        }
        super().__init__(choices=time_zone_choices, **kwargs)


class MyForm(forms.ModelForm):
    """What everybody may set on their own account; a role or a name is not among it."""

    time_zone = TimeZoneField()

    class Meta:
        model = User
        fields = ["time_zone"]


@method_decorator(never_cache, name="dispatch")
class MyView(View):
    """The page of one's own settings."""

    admin_site = None

    def get(self, request):
        return self.show(MyForm(instance=self.account(), label_suffix=""))

    def post(self, request):
        with transaction.atomic():
            at = begin_act()
            account = self.account()
            before = saved_state(account, lock=True)
            form = MyForm(request.POST, instance=account, label_suffix="")
            if not form.is_valid():
                return self.show(form, status=422)
            if form.has_changed():
                account = form.save()
                fields = sorted(form.changed_data)
                note_change(account, actor=account, at=at, fields=fields, before=before)
        with shown_in(form.instance.zone()):
            told = {"zone": form.instance.time_zone, "now": spoken(timezone.now())}
        messages.success(request, _("Your settings are saved. In %(zone)s it is %(now)s.") % told)
        return HttpResponseRedirect(reverse("admin:me"))

    def account(self):
        """The account afresh: a refused form must not change the one that the page greets."""
        return User.objects.get(pk=self.request.user.pk)

    def show(self, form, *, status=200):
        context = {
            **self.admin_site.each_context(self.request),
            "title": _("My settings"),
            "form": form,
            "now": timezone.now(),
        }
        return TemplateResponse(self.request, "topics/desk/me.html", context, status=status)
