"""Notices: a new text takes the place of the one before; none is ever changed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ConfigurationAdmin, RefusableForm
from topics.admin.columns import badge, moment
from topics.models import AuditEntry, Notice
from topics.publishing.notices import ACT, entry_detail, put_in_force
from topics.workflow.ledger import begin_act


class NoticeForm(RefusableForm):
    """A new notice, or the beginning of one that has none yet."""

    from_now = forms.BooleanField(
        label=_("In force from now on"),
        required=False,
        help_text=_("It takes the place of the notice of its kind and language at once."),
    )

    class Meta:
        model = Notice
        fields = ["kind", "language", "text", "in_force_from"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("from_now") and cleaned.get("in_force_from"):
            raise ValidationError(_("Either from now on, or from an instant."))
        return cleaned


class NoticeAdmin(ConfigurationAdmin):
    form = NoticeForm
    list_display = ("kind", "language", "begins", "stands", "opening", "created_by")
    list_filter = ("kind", "language")
    list_select_related = ("created_by",)
    search_fields = ("text",)
    change_form_template = "topics/admin/notice.html"

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("kind", "language", "-in_force_from", "-pk")

    @admin.display(description=_("in force from (UTC)"), ordering="in_force_from")
    def begins(self, notice):
        return moment(notice.in_force_from)

    @admin.display(description=_("text"))
    def opening(self, notice):
        return notice.text if len(notice.text) <= 80 else f"{notice.text[:80]}…"

    @admin.display(description=_("standing"))
    def stands(self, notice):
        if notice.in_force_from is None:
            return badge("draft", _("Not in force yet"))
        if notice.in_force_from > timezone.now():
            return badge("scheduled", _("To come"))
        if notice.pk in self.current_pks:
            return badge("in_force", _("In force"))
        return badge("superseded", _("Superseded"))

    def changelist_view(self, request, extra_context=None):
        self.current_pks = {notice.pk for notice in current_notices(at=timezone.now())}
        return super().changelist_view(request, extra_context)

    def has_change_permission(self, request, obj=None):
        """Only the beginning of a notice that has none yet can still be set."""
        return request.user.has_perm("topics.add_notice") and bool(obj) and obj.in_force_from is None

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["kind", "language", "text", "from_now", "in_force_from"]
        if self.has_change_permission(request, obj):
            return ["kind", "language", "text", "from_now", "in_force_from", "created_by", "created_at"]
        return ["kind", "language", "text", "in_force_from", "created_by", "created_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "language", "text", "created_by", "created_at"] if obj else []

    def save_model(self, request, obj, form, change):
        """Through the door where it gets a beginning; a notice without one isn't public."""
        starts_at = form.cleaned_data.get("in_force_from")
        if starts_at or form.cleaned_data.get("from_now"):
            made = put_in_force(obj, actor=request.user, starts_at=starts_at)
            obj.pk, obj.in_force_from = made.pk, made.in_force_from
            return
        request.act_at = begin_act()
        if not change:
            obj.created_by, obj.created_at = request.user, request.act_at
        obj.save()

    def note(self, request, obj, fields):
        """The door leaves the entry of a notice that it puts in force."""
        if obj.in_force_from is None:
            super().note(request, obj, fields)

    def entries_about(self, notice):
        entries = super().entries_about(notice)
        if notice.in_force_from is None:
            return entries
        return entries | AuditEntry.objects.filter(act=ACT, detail=entry_detail(notice))

    def render_change_form(self, request, context, *args, **kwargs):
        if kwargs.get("obj") is None:
            context["current_notices"] = current_notices(at=timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)


def current_notices(*, at):
    """The notice of each kind and language that is in force at the instant."""
    newest = {}
    for notice in Notice.objects.filter(in_force_from__lte=at).order_by("in_force_from", "pk"):
        newest[notice.kind, notice.language] = notice
    return [newest[key] for key in sorted(newest)]
