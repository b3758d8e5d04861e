"""The rich-text editor, held to the vocabulary in which the server stores a body.

Each extension stands here with the elements that it writes; what the vocabulary does not allow is
not offered. `topics/editor.js` adds what the editor lacks: call-outs, definition lists, table
captions and header rows; `topics/writing-links.js` links to articles, and keeps headings in step.
Before anybody writes, it compares what the editor made of the body with
the body itself, and gives way to plain HTML where the editor would lose anything.
"""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django_prose_editor.widgets import AdminProseEditorWidget

from topics.content.html import (
    ALLOWED,
    ASIDE_CLASSES,
    LONGEST_BODY,
    URL_SCHEMES,
    BodyTooDeep,
    BodyTooLarge,
    clean,
)
from topics.content.tree import HEADINGS

WRITES = {
    "Paragraph": {"p"},
    "Heading": ALLOWED.keys() & HEADINGS.keys(),
    "Bold": {"strong"},
    "Italic": {"em"},
    "Subscript": {"sub"},
    "Superscript": {"sup"},
    "HardBreak": {"br"},
    "Link": {"a"},
    "BulletList": {"ul"},
    "OrderedList": {"ol"},
    "ListItem": {"li"},
    "DefinitionList": {"dl"},
    "DefinitionTerm": {"dt"},
    "Definition": {"dd"},
    "Table": {"table", "caption", "thead", "tbody"},
    "TableRow": {"tr"},
    "TableHeader": {"th"},
    "TableCell": {"td"},
    "CallOut": {"aside"},
}
"""Each extension of the editor, and the elements of the vocabulary that it writes."""

MENU = [
    {"group": "headings"},
    {"group": "lists"},
    {"group": "definitions"},
    {"group": "callOuts"},
    {"group": "marks"},
    {"group": "link"},
    {"group": "table"},
    {"group": "history"},
    {"group": "utility"},
]


def extensions():
    """The editor's extensions with their settings, for `ProseEditorWidget`."""
    settings = {
        "Heading": {"levels": sorted(int(tag[1]) for tag in WRITES["Heading"])},
        "Link": {
            "enableTarget": False,
            "protocols": sorted(URL_SCHEMES),
            "autolink": False,
            "linkOnPaste": False,
        },
        "OrderedList": {"enableListAttributes": False},
        "CallOut": {"kinds": sorted(ASIDE_CLASSES)},
    }
    offered = {name: settings.get(name, True) for name, tags in WRITES.items() if tags <= ALLOWED.keys()}
    return {**offered, "HTML": True, "Faithful": True, "Menu": {"groups": MENU}}


class BodyWidget(AdminProseEditorWidget):
    """The editor with this project's own extensions."""

    def __init__(self, attrs=None):
        super().__init__(attrs, config={"extensions": extensions()}, preset="configurable")

    def get_context(self, name, value, attrs):
        """A body beyond every limit is shown as plain text: the editor would stall on it."""
        context = super().get_context(name, value, attrs)
        if len(value or "") > LONGEST_BODY:
            given = context["widget"]["attrs"]
            given.pop(f"data-django-prose-editor-{self.preset}")
            given["class"] = f"{given.get('class', '')} plain-html".strip()
        return context

    def get_config(self):
        modules = [static("topics/editor.js"), static("topics/writing-links.js")]
        config = super().get_config()
        places = {"url": reverse("admin:article_search")}
        return {
            **config,
            "js_modules": modules,
            "extensions": {**config["extensions"], "ArticleLink": places},
        }


class BodyField(forms.CharField):
    """A body: whatever HTML arrives, its value is what `clean` makes of it."""

    widget = BodyWidget

    def clean(self, value):
        try:
            return clean(super().clean(value))
        except (BodyTooDeep, BodyTooLarge) as error:
            raise ValidationError(str(error), code="body_refused") from error

    def bound_data(self, data, initial):
        """What is shown again after a refusal: cleaned too, so that the editor can show it whole."""
        try:
            return clean(data or "")
        except ValueError:
            return data


class LinesField(forms.CharField):
    """A list of short texts, one per line."""

    widget = AdminTextareaWidget

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [" ".join(line.split()) for line in (super().clean(value) or "").splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if any(len(line) > 200 for line in lines):
            raise ValidationError(_("A name has at most 200 characters."), code="name_too_long")
        return lines
