"""The fields of a redline as HTML: title, names and summary before the body, the others after it."""

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from topics.admin.redline.blocks import passages
from topics.admin.redline.inline import runs
from topics.admin.redline.names import related_name
from topics.rules.redline import SAME, FieldChange

LABELS = {
    "title": _("Title"),
    "also_called": _("Also called"),
    "audience": _("Written for"),
    "summary": _("Summary"),
    "authors": _("Authors"),
    "references": _("References"),
    "codes": _("Codes"),
    "related_ids": _("Related articles"),
    "language": _("Language"),
}


def field_rows(fields: Sequence[FieldChange], wanted: Sequence[str], articles: Mapping) -> list[dict]:
    """Rows with the name, label and HTML of each field; of those after the body, what changed."""
    known = {field.name: field for field in fields}
    return [
        {
            "name": name,
            "label": LABELS[name],
            "html": _html(known[name], articles),
            "changed": known[name].status != SAME,
        }
        for name in wanted
        if name in known and (known[name].status != SAME or name in ("title", "summary"))
    ]


def _html(field: FieldChange, articles: Mapping) -> str:
    if field.name == "title" and len(field.passages) == 1 and not field.number:
        (title,) = field.passages
        words = runs(title.runs) if title.runs else title.after[len("<p>") : -len("</p>")]
        return mark_safe(words)
    html = passages(field.passages, fold=field.name == "references")
    for public_id in articles if field.name == "related_ids" else ():
        html = mark_safe(html.replace(public_id, escape(related_name(public_id, articles))))
    return html
