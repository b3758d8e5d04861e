"""Versions: written here while they are drafts, and only read once they were submitted."""

from django import forms
from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin, RefusableForm
from topics.admin.desk.bulk import BulkAct, BulkActs
from topics.admin.desk.panel import acts_panel
from topics.admin.desk.source_panel import source_panel
from topics.admin.desk.threads import remarks_beside
from topics.admin.editor import BodyField, LinesField
from topics.admin.lists.versions import VersionList
from topics.admin.reading import reading
from topics.admin.writing.beside import UNREADABLE, beside, beside_nothing, draft_of
from topics.admin.writing.conflict import conflict
from topics.admin.writing.left_behind import left_behind
from topics.admin.writing.opened import OPENED, opened_of
from topics.admin.writing.part_rows import AuthorInline, CodeInline, ReferenceInline, RelatedInline
from topics.admin.writing.settling import SETTLE, settled
from topics.admin.writing.typed import as_typed
from topics.models import Version
from topics.models.version import EDITABLE_FIELDS
from topics.vocabulary import ChangeKind
from topics.workflow import drafting

TO_SUBMIT = "_to_submit"
"""The button that saves and then opens the page on which the draft is submitted."""

SAVED = "draft_saved"
"""In the session: the draft that was saved last and the revision it was typed on, until it is told."""


class DraftForm(RefusableForm):
    """A draft as it is written. `revision` is the one that the writer had before them."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    also_called = LinesField(
        label=_("Also called"),
        required=False,
        help_text=_("Other names that readers may search for, one per line."),
    )
    body = BodyField(label=_("Body"), required=False)

    class Meta:
        model = Version
        fields = EDITABLE_FIELDS
        widgets = {
            "title": admin.widgets.AdminTextInputWidget(attrs={"class": "vTextField title-field"}),
            "summary": admin.widgets.AdminTextareaWidget(attrs={"rows": 3}),
            "change_note": admin.widgets.AdminTextareaWidget(attrs={"rows": 2}),
            "internal_note": admin.widgets.AdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "change_kind" not in self.fields:
            return  # It is only read now: nothing on it is a field.
        self.fields["revision"].initial = self.instance.revision
        self.fields["also_called"].widget.attrs["rows"] = 3
        released = self.instance.article.editions.ever_in_force().exists()
        fitting = [kind for kind in ChangeKind if released != (kind == ChangeKind.NEW)]
        self.fields["change_kind"].choices = [
            (kind.value, kind.label)
            for kind in ChangeKind
            if kind in fitting or kind == self.instance.change_kind
        ]

    def clean(self):
        cleaned = super().clean()
        revision = cleaned.get("revision")
        if (
            not self.refusals
            and revision
            and (revision != self.instance.revision or not self.instance.is_draft)
        ):
            # Said before any complaint about rows that somebody else removed meanwhile.
            drafting.edit(self.instance, actor=self.actor, revision=revision)
        return cleaned


class VersionAdmin(BulkActs, VersionList, ReadOnlyAdmin):
    form = DraftForm
    bulk_acts = (
        BulkAct(
            "assign_many", _("Assign reviewers to the chosen versions"), "assign_reviewer", "assign_many"
        ),
        BulkAct(
            "release_together",
            _("Release the chosen versions together"),
            "release_version",
            "release_together",
        ),
    )
    inlines = (AuthorInline, ReferenceInline, CodeInline, RelatedInline)
    change_form_template = "topics/admin/version.html"
    fieldsets = (
        (None, {"fields": ["revision", "title", "also_called", "audience", "summary", "body"]}),
        (_("This change"), {"fields": ["change_kind", "change_note", "internal_note"]}),
    )

    # Writing a draft -------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        """Drafts alone are written. A post goes on to the door, which refuses it in its own words
        with everything typed still on the page: somebody may have submitted the draft meanwhile.
        """
        may = request.user.has_perm("topics.edit_version")
        return may and (obj is None or obj.is_draft or request.method == "POST")

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if self.has_change_permission(request, obj) else ()

    def get_inlines(self, request, obj):
        return self.inlines if self.has_change_permission(request, obj) else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        # `revision` is the form's own field: the door alone counts the model's.
        kwargs["fields"] = [name for name in kwargs.get("fields") or () if name != "revision"]
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        """Nothing yet: text and parts go through the door together."""

    def save_related(self, request, form, formsets, change):
        def parts(version):
            for formset in formsets:
                formset.save()

        drafting.edit(
            form.instance,
            actor=request.user,
            revision=form.cleaned_data["revision"],
            parts=parts,
            **{name: form.cleaned_data[name] for name in EDITABLE_FIELDS},
        )

    # The page --------------------------------------------------------------------------------------

    def get_urls(self):
        preview = path(
            "<int:pk>/preview/",
            self.admin_site.admin_view(self.preview_view),
            name="topics_version_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request, pk):
        """A draft as its readers would see it, and as it would be submitted."""
        version = self.get_object(request, str(pk))
        if version is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Preview: %s") % version,
            "version": version,
            "opts": self.opts,
            "reading": reading(request, version),
        }
        return TemplateResponse(request, "topics/admin/preview.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        version = kwargs["obj"]
        writing = self.has_change_permission(request, version)
        posted = request.method == "POST"
        panel = render_to_string("topics/desk/acts_panel.html", acts_panel(request, version), request)
        two_texts = conflict(version.pk, request.POST, actor=request.user) if posted else None
        late = left_behind(version.pk, request.POST) if posted else None
        if two_texts or late:
            context["errors"] = ()  # Those say it, with what to do about it.
        # What was typed isn't the version's title: it is not saved.
        saved = Version.objects.select_related("article").get(pk=version.pk) if posted else version
        context.update(
            title=str(saved),
            original=saved,
            subtitle=None,
            version=version,
            writing=writing,
            acts=panel,
            **remarks_beside(request, version),
            refused=bool(getattr(request, "refusals", ())),
            conflict=two_texts,
            left_behind=late,
            **self.written(request, version) if writing and version.is_draft else {},
            **({} if writing else {"reading": reading(request, version)}),
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def written(self, request, version):
        """What stands beside the form: of what is typed after a refusal, else of what is saved."""
        was_saved = request.session.get(SAVED, (0, 0))
        if request.method != "POST" and was_saved[0] == version.pk:
            del request.session[SAVED]
        try:
            shown = as_typed(version, request.POST) if request.method == "POST" else version
            found, source = beside(shown, actor=request.user), source_panel(shown)
        except UNREADABLE as error:
            found, source = beside_nothing(error), source_panel(version)
        opened = request.POST.get(OPENED) or opened_of(version)
        return {
            "opened": opened,
            "beside": found,
            "source": source,
            "was_saved": was_saved[1] if was_saved[0] == version.pk else "",
        }

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A save that settles a conflict is read as the writer's choices make it."""
        if request.method == "POST" and SETTLE in request.POST:
            version = draft_of(request.user, object_id) if str(object_id).isdecimal() else None
            if version:
                request.POST = settled(request.POST, version)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def entries_about(self, version):
        return version.audit_entries.all()

    def response_post_save_change(self, request, obj):
        """Back to the draft: writing goes on. Or to the page of the next step, which asks for it."""
        request.session[SAVED] = [obj.pk, int(request.POST["revision"])]
        if TO_SUBMIT in request.POST:
            return HttpResponseRedirect(reverse("admin:version_act", args=[obj.pk, "submit"]))
        return HttpResponseRedirect(reverse("admin:topics_version_change", args=[obj.pk]))
