"""Versions: written here while they are drafts, and only read once they were submitted."""

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery, URLField
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin, RefusableForm
from topics.admin.columns import (
    ReviewColumns,
    VersionCategoryFilter,
    VersionLanguageFilter,
    moment,
    state_badge,
)
from topics.admin.desk.access import visible_versions
from topics.admin.desk.panel import acts_panel
from topics.admin.editor import BodyField, LinesField
from topics.admin.reading import reading
from topics.models import Code, Edition, Reference, RelatedArticle, Version, VersionAuthor
from topics.models.version import EDITABLE_FIELDS
from topics.vocabulary import ChangeKind
from topics.workflow import drafting


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


class PartFormSet(forms.BaseInlineFormSet):
    """The parts of a draft; a new row without an order comes last."""

    def save(self, commit=True):
        positions = [form.cleaned_data.get("position") or 0 for form in self.forms if form.is_valid()]
        last = max(positions, default=0)
        for form in self.forms:
            if form.has_changed() and not form.cleaned_data.get("position"):
                last += 1
                form.instance.position = last
        return super().save(commit)


class PartForm(forms.ModelForm):
    position = forms.IntegerField(
        label=_("Order"),
        required=False,
        min_value=1,
        max_value=999,
        widget=admin.widgets.AdminIntegerFieldWidget(attrs={"class": "order-field"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None

    def clean_position(self):
        # A row that had a place and lost it goes to the end as well; `PartFormSet` says where.
        return self.cleaned_data["position"] or 0


class PartInline(admin.TabularInline):
    """A part of a draft: whoever may write the draft may write it."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request, obj=None):
        return True

    has_change_permission = has_delete_permission = has_view_permission = has_add_permission


class AuthorInline(PartInline):
    model = VersionAuthor
    fields = ["position", "author", "name", "credentials"]
    autocomplete_fields = ["author"]


class ReferenceInline(PartInline):
    model = Reference
    fields = ["position", "title", "url", "doi", "pmid"]


class CodeInline(PartInline):
    model = Code
    fields = ["position", "system", "code", "display"]


class RelatedInline(PartInline):
    model = RelatedArticle
    fields = ["position", "article"]
    autocomplete_fields = ["article"]


class VersionAdmin(ReviewColumns, ReadOnlyAdmin):
    form = DraftForm
    list_display = (
        *("name", "number", "state_shown", "language", "category", "change_kind"),
        *("reviewed", "due", "since", "writer"),
    )
    list_filter = ("state", "change_kind", VersionLanguageFilter, VersionCategoryFilter)
    list_select_related = ("article__category", "edited_by")
    search_fields = ("title", "article__slug", "article__public_id", "digest")
    ordering = ("-state_since", "-pk")
    inlines = (AuthorInline, ReferenceInline, CodeInline, RelatedInline)
    change_form_template = "topics/admin/version.html"
    fieldsets = (
        (None, {"fields": ["revision", "title", "also_called", "summary", "body"]}),
        (_("This change"), {"fields": ["change_kind", "change_note", "internal_note"]}),
    )

    # The list --------------------------------------------------------------------------------------

    def get_queryset(self, request):
        editions = Edition.objects.ever_in_force().filter(version=OuterRef("pk")).order_by("-number")
        return visible_versions(request.user).annotate(
            last_reviewed=Subquery(editions.values("last_reviewed")[:1]),
            next_due=Subquery(editions.values("next_review_due")[:1]),
        )

    @admin.display(description=_("title"), ordering="title")
    def name(self, version):
        title = version.title or _("(no title yet)")
        return format_html('{}<br><span class="quiet">{}</span>', title, version.article.slug)

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, version):
        return state_badge(version.state)

    @admin.display(description=_("since (UTC)"), ordering="state_since")
    def since(self, version):
        return moment(version.state_since)

    @admin.display(description=_("edited by"), ordering="edited_by__username")
    def writer(self, version):
        return version.edited_by.printed_name()

    @admin.display(description=_("language"), ordering="article__language")
    def language(self, version):
        return version.article.language

    @admin.display(description=_("category"), ordering="article__category__name")
    def category(self, version):
        return version.article.category

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
            "title": _t("Preview: %s") % version,
            "version": version,
            "opts": self.opts,
            "reading": reading(request, version),
        }
        return TemplateResponse(request, "topics/admin/preview.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        version = kwargs["obj"]
        writing = self.has_change_permission(request, version)
        panel = render_to_string("topics/desk/acts_panel.html", acts_panel(request, version), request)
        context.update(
            title=str(version),
            subtitle=None,
            version=version,
            writing=writing,
            acts=panel,
            refused=bool(getattr(request, "refusals", ())),
            **({} if writing else {"reading": reading(request, version)}),
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def entries_about(self, version):
        return version.audit_entries.all()

    def response_post_save_change(self, request, obj):
        """Back to the draft: writing goes on, and the next step is on its page."""
        return HttpResponseRedirect(reverse("admin:topics_version_change", args=[obj.pk]))
