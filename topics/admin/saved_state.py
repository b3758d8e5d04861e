"""What is saved of an object that a form shows, its rows included: told apart and compared."""

import hashlib
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from topics.content.canonical import canonical

NOBODY_TYPES = {"last_login"}
"""Fields that change by themselves."""

SECRET = {"password"}
"""Fields of which the ledger says only that they changed. They are no part of the digest."""


@dataclass(frozen=True)
class Value:
    """One field: what tells two values apart, and how the ledger tells it."""

    key: object
    told: object


@dataclass(frozen=True)
class Row:
    """The object itself (`model` and `pk` empty) or one of its rows."""

    called: str
    values: dict[str, Value]
    model: str = ""
    pk: str = ""


def saved_state(obj, *, inlines=(), lines=(), lock=False):
    """The rows that are saved of the object, read afresh: a list of `Row`, the object's own first.

    `inlines` are the admin's; `lines` are relations of the object whose rows are told by name, as one
    field. `lock` holds the object until the transaction ends. An object that is gone has no rows.
    The queries are as many as there are relations, however many rows they have.
    """
    rows = type(obj)._base_manager.filter(pk=obj.pk).select_related(*foreign_keys(type(obj)))
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        return []
    named = [*(field.name for field in type(obj)._meta.many_to_many), *lines]
    wanted = [
        Prefetch(
            relation_to(type(obj), inline.model).remote_field.get_accessor_name(),
            inline.model._base_manager.select_related(*foreign_keys(inline.model))
            .prefetch_related(*(field.name for field in inline.model._meta.many_to_many))
            .order_by("pk"),
            to_attr=f"rows_of_{inline.model._meta.model_name}",
        )
        for inline in inlines
    ]
    prefetch_related_objects([found], *named, *wanted)
    state = [Row(str(found), values_of(found, named))]
    for inline in inlines:
        name = inline.model._meta.model_name
        parent = relation_to(type(obj), inline.model).name
        many = [field.name for field in inline.model._meta.many_to_many]
        state += [
            Row(str(row), values_of(row, many, without=parent), name, str(row.pk))
            for row in getattr(found, f"rows_of_{name}")
        ]
    return state


def foreign_keys(model):
    return [field.name for field in model._meta.concrete_fields if field.is_relation]


def relation_to(parent, model):
    """The foreign key by which rows of the model belong to the parent."""
    return next(field for field in model._meta.concrete_fields if field.related_model is parent)


def values_of(row, many, *, without=""):
    values = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in (without, *NOBODY_TYPES):
            continue
        key = field.value_to_string(row) if getattr(row, field.attname) is not None else None
        if field.is_relation:
            related = getattr(row, field.name)
            values[field.name] = Value(key, str(related) if related else None)
        else:
            value = getattr(row, field.attname)
            is_plain = value is None or isinstance(value, (bool, int, str))
            values[field.name] = Value(key, value if is_plain else key)
    for name in many:
        related = sorted(getattr(row, name).all(), key=lambda one: one.pk)
        keys = [str(one.pk) for one in related]
        values[name] = Value(keys, sorted(str(one) for one in related))
    return values


def digest_of(state):
    """Enough to see whether two states are the same."""
    keys = [
        [
            row.model,
            row.pk,
            {name: value.key for name, value in row.values.items() if name not in SECRET},
        ]
        for row in state
    ]
    return hashlib.sha256(canonical(keys).encode()).hexdigest()[:32]


def changes_between(before, after):
    """What differs, as the ledger keeps it: a list of mappings.

    Each has `field` with `before` and `after` (a password has neither), and where it is about a row
    of the object `row`, `row_id` and `called`. A row that is new or gone has no `field`, and in
    `after` or `before` what it says.
    """
    was = {(row.model, row.pk): row for row in before}
    now = {(row.model, row.pk): row for row in after}
    found = []
    for place in dict.fromkeys([*was, *now]):
        old, new = was.get(place), now.get(place)
        about = {"row": place[0], "row_id": place[1], "called": (old or new).called} if place[0] else {}
        if about and not (old and new):
            found.append({**about, "before": told(old), "after": told(new)})
            continue
        for name, value in new.values.items() if new else ():
            earlier = old.values[name] if old else Value(None, None)
            if value.key == earlier.key or (old is None and value.told in (None, "", [])):
                continue
            if name in SECRET:
                found.append({**about, "field": name})
            else:
                found.append({**about, "field": name, "before": earlier.told, "after": value.told})
    return found


def told(row):
    """What a whole row says, without what is empty; None where there is none."""
    if row is None:
        return None
    return {
        name: value.told
        for name, value in row.values.items()
        if name not in SECRET and value.told not in (None, "", [])
    }
