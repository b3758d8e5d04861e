"""Lists as cards on small screens: every cell carries the heading of its column.

`{% load cards %}` gives templates `{% for row in results|headed:result_headers %}`.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def headed(results, headers):
    """The rows of a list, with `data-label` on each plain cell, as Django made them otherwise."""
    labels = [escape(capfirst(str(header["text"]))) for header in headers]
    for result in results:
        yield [labelled(cell, label) for cell, label in zip(result, labels, strict=True)]


def labelled(cell, label):
    if "action-checkbox" in cell:
        return cell
    return mark_safe(cell.replace("<td", f'<td data-label="{label}"', 1))
