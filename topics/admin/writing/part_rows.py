"""The tabular parts of a draft's form: authors, references, codes and related articles, row by row."""

from django import forms
from django.contrib import admin
from django.db.models import URLField
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from topics.models import Code, Reference, RelatedArticle, VersionAuthor


class PartFormSet(forms.BaseInlineFormSet):
    """The parts of a draft; a new row without an order comes last."""

    def add_fields(self, form, index):
        """Names every input by its column and its row, since a table's cells have no labels."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if not field.widget.is_hidden:
                label = field.label or name
                words = gettext("%(field)s, row %(row)s") % {"field": capfirst(label), "row": "{row}"}
                number = 0 if index is None else index + 1
                # A select of related objects is wrapped, and shares the wrapper's own between rows.
                widget = getattr(field.widget, "widget", field.widget)
                widget.attrs |= {
                    "aria-label": words.replace("{row}", str(number)),
                    "data-row-label": words,
                }

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
    formfield_overrides = {
        URLField: {"assume_scheme": "https", "widget": forms.URLInput(attrs={"class": "vURLField"})}
    }

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
