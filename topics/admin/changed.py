"""The changes that an entry of the ledger tells of, in words: each field with what it was and is."""

import json
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from topics.workflow.roles import ROLE_LABELS

MOST_NAMED = 50
"""Characters of a row's name: what changed of it has to be in sight in a list."""


@dataclass(frozen=True)
class Change:
    """One changed field or row. Without `values` only that it changed is on record."""

    label: str
    before: str
    after: str
    values: bool = True

    def __str__(self):
        if not self.values:
            return _("%(field)s: changed") % {"field": self.label}
        return f"{self.label}: {quoted(self.before)} → {quoted(self.after)}"


def changes_of(entry):
    """The changes that an entry's detail tells of, in order; none of an entry without."""
    detail = json.loads(entry.detail)
    return [read(detail.get("model", ""), change) for change in detail.get("changes", ())]


def configured(entry):
    """What a change of settings is about: “reviewer: Pia Primary, MD”; empty of any other entry."""
    detail = json.loads(entry.detail)
    name = detail.get("name") or detail.get("licensee")
    return f"{model_name(detail['model'])}: {name}" if name and "model" in detail else ""


def read(model, change):
    row, name = change.get("row", ""), change.get("field", "")
    of = row or model
    label = label_of(of, name) if name else model_name(of)
    if row:
        called = f"{model_name(row)} “{Truncator(change['called']).chars(MOST_NAMED)}”"
        label = f"{called}, {label}" if name else called
    if name:
        before, after = (shown(of, name, change.get(end)) for end in ("before", "after"))
        return Change(label, before, after, "before" in change)
    before, after = (whole(of, change.get(end)) for end in ("before", "after"))
    return Change(label, before, after)


def quoted(words):
    return f"“{words}”" if words else _("nothing")


def whole(model, values):
    """What a row says in one line; empty where there is none."""
    if values is None:
        return ""
    said = (f"{label_of(model, name)} {shown(model, name, value)}" for name, value in values.items())
    return ", ".join(said)


def shown(model, name, value):
    """A value as people read it: a choice by its label, a list in one line."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        names = ROLE_LABELS if name == "groups" else {}
        return ", ".join(str(names.get(part, part)) for part in value)
    choices = dict(getattr(field_of(model, name), "flatchoices", ()))
    return str(choices.get(value, value))


def field_of(model, name):
    """The field of that name, or None where the record is older than a change of the fields."""
    try:
        return apps.get_model("topics", model)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None


def label_of(model, name):
    field = field_of(model, name)
    if field is not None and field.auto_created:
        return str(field.related_model._meta.verbose_name_plural)
    return str(getattr(field, "verbose_name", name.replace("_", " ")))


def model_name(model):
    try:
        return str(apps.get_model("topics", model)._meta.verbose_name)
    except LookupError:
        return model
