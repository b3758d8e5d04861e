"""Notices: a new text takes the place of the one before; none is ever changed."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.base import RefusableForm
from topics.admin.columns import badge
from topics.admin.configuration import OPENED, ConfigurationAdmin
from topics.admin.moments import clock, present_zone
from topics.models import AuditEntry, Notice
from topics.publishing.notices import ACT, entry_detail, put_in_force
from topics.rules.local_time import readings
from topics.workflow.ledger import begin_act

WRITTEN = ("whose", "kind", "language", "text")
"""What is never changed of a notice."""


class LocalInstantField(forms.SplitDateTimeField):
    """A date and a time on the clock of whoever types them; it has to come once there."""

    widget = AdminSplitDateTime

    def compress(self, typed):
        if not typed or None in typed:
            return super().compress(typed)
        day, time = typed
        told = {"day": day.isoformat(), "time": f"{time:%H:%M}", "zone": str(present_zone())}
        found = readings(day, time, present_zone())
        if len(found) == 1:
            return found[0]
        if found:
            sentence = _(
                "%(time)s comes twice on %(day)s in %(zone)s, because the clocks go back. "
                "Choose an earlier or a later time."
            )
        else:
            sentence = _(
                "%(time)s does not come on %(day)s in %(zone)s, because the clocks go forward. "
                "Choose an earlier or a later time."
            )
        raise ValidationError(sentence % told)


class NoticeForm(RefusableForm):
    """A new notice, or the beginning of one that has none yet."""

    in_force_from = LocalInstantField(label=_("In force from"), required=False)
    from_now = forms.BooleanField(
        label=_("In force from now on"),
        required=False,
        help_text=_("It takes the place of the notice of its kind and language at once."),
    )

    class Meta:
        model = Notice
        fields = ["licensee", "kind", "language", "text", "in_force_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "in_force_from" in self.fields:
            told = {"zone": present_zone()}
            self.fields["in_force_from"].help_text = (
                _("On the clock of %(zone)s. Empty: not in force yet.") % told
            )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("from_now") and cleaned.get("in_force_from"):
            raise ValidationError(_("Either from now on, or from an instant."))
        if "text" in self.fields and not (cleaned.get("text") or cleaned.get("licensee")):
            self.add_error("text", _("A notice for everybody has a text."))
        return cleaned


class NoticeAdmin(ConfigurationAdmin):
    form = NoticeForm
    list_display = ("kind", "language", "whose", "begins", "stands", "opening", "created_by")
    list_filter = ("kind", "language", "licensee")
    list_select_related = ("created_by", "licensee")
    search_fields = ("text",)
    change_form_template = "topics/admin/notice.html"

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("kind", "language", "-in_force_from", "-pk")

    @admin.display(description=_("in force from"), ordering="in_force_from")
    def begins(self, notice):
        return clock(notice.in_force_from)

    @admin.display(description=_("created"))
    def written(self, notice):
        return clock(notice.created_at)

    @admin.display(description=_("goes with"), ordering="licensee__name")
    def whose(self, notice):
        return notice.licensee or _("everybody's replies")

    @admin.display(description=_("stated by"))
    def stated_by(self, notice):
        return notice.created_by.printed_name()

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
        if not (obj and request.user.has_perm("topics.add_notice")):
            return False
        return obj.in_force_from is None or getattr(request, "is_stale", False)

    def may_learn(self, request, obj):
        # Whose page still offers a beginning is told that the notice has got one.
        is_shown = self.has_change_permission(request, obj) or OPENED in request.POST
        return is_shown and request.user.has_perm("topics.add_notice")

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["licensee", "kind", "language", "text", "from_now", "in_force_from"]
        if self.has_change_permission(request, obj):
            return [*WRITTEN, "from_now", "in_force_from", "stated_by", "written"]
        return [*WRITTEN, "begins", "stated_by", "written"]

    def get_readonly_fields(self, request, obj=None):
        return [*WRITTEN, "begins", "stated_by", "written"] if obj else []

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
    """The notice of each kind and language that is in force at the instant, for all and for each."""
    newest = {}
    notices = Notice.objects.filter(in_force_from__lte=at).select_related("licensee")
    for notice in notices.order_by("in_force_from", "pk"):
        newest[notice.licensee_id or 0, notice.kind, notice.language] = notice
    return [newest[key] for key in sorted(newest)]
