"""What every page of the admin keeps: no deletion, refusals as sentences, the ledger as history."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from js_asset import Media

from topics.admin.entries import told
from topics.admin.lists.filters import tell_of_unknown
from topics.content.canonical import canonical
from topics.models import AuditEntry
from topics.models.walls import message_of
from topics.rules.refusal import Refused
from topics.workflow.ledger import ClockError


def sentences_of(error):
    """What to tell people of a refusal by a door, by the ledger's clock, or by the database."""
    if isinstance(error, Refused):
        return [str(refusal) for refusal in error.refusals]
    if isinstance(error, ClockError):
        return [str(error)]
    sentence = message_of(error)
    if sentence:
        return [_("The database refused this: %s.") % sentence]
    return [_("Somebody else just saved the same thing. Please look at it again, then save.")]


class RefusableForm(forms.ModelForm):
    """A form that repeats the sentences of a refusal above what was typed."""

    refusals = ()
    actor = None

    def clean(self):
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        return cleaned


class SignoffModelAdmin(admin.ModelAdmin):
    """A page on which nothing is deleted and nothing is done in bulk, whoever asks."""

    form = RefusableForm
    actions = None
    list_per_page = 50
    save_on_top = False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_actions(self, request):
        return {}

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        response = super().changelist_view(request, {"title": title, **(extra_context or {})})
        changelist = (getattr(response, "context_data", None) or {}).get("cl")
        if changelist:
            tell_of_unknown(request, changelist)
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusals = getattr(request, "refusals", ())
        form.actor = request.user
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Shows the form again, with all that was typed, where a door or the database refuses it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (Refused, IntegrityError, ClockError) as error:
            if request.method != "POST":
                raise
            request.refusals = sentences_of(error)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        response.status_code = 409
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script, which runs under the CSP only with the nonce.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    # The ledger is the one record of who did what; Django's own log could be rewritten.

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None

    def entries_about(self, obj):
        """The ledger's entries about this object."""
        about = canonical({"model": self.opts.model_name})[1:-1]
        key = canonical({"pk": str(obj.pk)})[1:-1]
        return AuditEntry.objects.filter(act="configure", detail__contains=about).filter(
            Q(detail__contains=f"{key},") | Q(detail__contains=f"{key}}}")
        )

    def history_view(self, request, object_id, extra_context=None):
        """What the ledger says of this object."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not (
            self.has_view_or_change_permission(request, obj)
            and request.user.has_perm("topics.view_auditentry")
        ):
            raise PermissionDenied
        entries = self.entries_about(obj).select_related("actor", "article", "version__article")
        page = Paginator(entries.order_by("-number"), 100).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "object": obj,
            "opts": self.opts,
            "page": page,
            "entries": told(page),
        }
        return TemplateResponse(request, "topics/admin/history.html", context)


class ReadOnlyAdmin(SignoffModelAdmin):
    """A page to look at: what it shows is written elsewhere, through the doors."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
