"""A saved article with its evidence, and every way of changing a word of it."""

import copy
import json

from tests.api import ask


def saved(client, reference, path=""):
    """What a consumer saves: article, provenance and keys, as parsed JSON."""
    article = ask.get(client, f"articles/{reference}/{path}").json()
    provenance = client.get(article["provenance_url"]).json()
    return {
        "article": article,
        "provenance": provenance,
        "keys": client.get(provenance["keys"]).json(),
    }


def places(node, path=()):
    """The path of every value in parsed JSON, leaf by leaf; an empty list or object is a leaf."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    inner = list(inner)
    if not inner:
        yield path
    for key, value in inner:
        yield from places(value, (*path, key))


def another(value):
    """A value that is not the given one, of its own kind where it has one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value.replace("5", "50") if "5" in value else value + "."
    return "something"


def tampered(evidence, path):
    """A copy in which the value at the path is another one."""
    changed = copy.deepcopy(evidence)
    node = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = another(node[path[-1]])
    return changed


def lacking(evidence, path):
    """A copy without the member at the path."""
    changed = copy.deepcopy(evidence)
    node = changed
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return changed


def write(evidence, folder):
    """The evidence as three files, named as `manage.py verify` expects them."""
    names = {"article": "cough.json", "provenance": "cough.provenance.json", "keys": "keys.json"}
    for part, name in names.items():
        (folder / name).write_text(json.dumps(evidence[part], ensure_ascii=False), encoding="utf-8")
    return [str(folder / name) for name in names.values()]
