"""`fields=` and `omit=`: parts of a reply by their paths, such as `title,category.slug`.

Parts are only taken out of a finished reply; nothing that it doesn't have can come in.
"""

from rest_framework.serializers import BaseSerializer, ListSerializer

from topics.api.parameters import bad
from topics.api.problems import echo

MOST_PATHS = 50
DEEPEST = 8


def paths(serializer):
    """The parser of a list of paths into what that serializer describes."""

    def parse(name, value):
        tree = {}
        given = value.split(",")
        if len(given) > MOST_PATHS:
            raise bad(name, f"It takes up to {MOST_PATHS} paths.")
        for path in given:
            parts = path.split(".")
            if len(parts) > DEEPEST:
                raise bad(name, f"“{echo(path)}” is nested too deeply.")
            check(name, path, parts, serializer())
            put(tree, parts)
        return tree

    return parse


def check(name, path, parts, serializer):
    for part in parts:
        if isinstance(serializer, ListSerializer):
            serializer = serializer.child
        known = sorted(serializer.fields) if isinstance(serializer, BaseSerializer) else []
        if part not in known:
            says = f"There are: {', '.join(known)}." if known else "There is nothing below it."
            raise bad(name, f"There is no “{echo(part)}” in “{echo(path)}”. {says}", accepted=known)
        serializer = serializer.fields[part]


def put(tree, parts):
    """Adds a path; what is asked for whole stays whole, whatever is asked for below it."""
    *above, last = parts
    for part in above:
        tree = tree.setdefault(part, {})
        if tree is None:
            return
    tree[last] = None


def selected(value, given):
    """The value with what `fields` asks for, without what `omit` names."""
    if "fields" in given:
        value = only(value, given["fields"])
    return without(value, given["omit"]) if "omit" in given else value


def only(value, tree):
    if tree is None or value is None:
        return value
    if isinstance(value, list):
        return [only(each, tree) for each in value]
    return {name: only(part, tree[name]) for name, part in value.items() if name in tree}


def without(value, tree):
    if isinstance(value, list):
        return [without(each, tree) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: without(part, tree[name]) if name in tree else part
        for name, part in value.items()
        if name not in tree or tree[name] is not None
    }
