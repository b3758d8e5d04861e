"""The clinical changes beside the wording: of records, of shapes, and of where links lead."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from topics.rules.alignment import steps_between
from topics.rules.clinical_change import RECORDS, ClinicalChange
from topics.rules.places import Section, change, every_section, named

_SHAPE = re.compile(r"<(/?(?:table|caption|thead|tbody|tr|th|td|aside)\b[^>]*)>")
_HREF = re.compile(r'<a href="([^"]*)"')


def beside_wording(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    """The changes of records, of the shape of tables and call-outs, and of where links lead."""
    yield from _records(before, after)
    yield from _shapes(before, after)
    yield from _links(before, after)


def _records(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    for name in RECORDS:
        old, new = _items(before.get(name)), _items(after.get(name))
        if old != new:
            gone = list((Counter(old) - Counter(new)).elements())
            come = list((Counter(new) - Counter(old)).elements())
            if not gone and not come:
                gone = come = ["their order"]
            yield ClinicalChange(name, "; ".join(gone), "; ".join(come), name)


def _items(value: object) -> list[str]:
    if value is None or isinstance(value, str):
        return [value] if value else []
    return [_item(item) for item in value]


def _item(item: object) -> str:
    """One line for an entry of a list. Keys are sorted: a frozen document has them in that order."""
    if not isinstance(item, Mapping):
        return str(item)
    return " ".join(str(item[key]) for key in sorted(item) if item[key])


def _from_html(document: Mapping, pattern: re.Pattern) -> list[tuple[str, Section]]:
    return [
        (found, named(section))
        for _, section in every_section(document)
        for found in pattern.findall(section.get("html") or "")
    ]


def _shapes(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    old, new = _from_html(before, _SHAPE), _from_html(after, _SHAPE)
    tags = [tag for tag, _ in old], [tag for tag, _ in new]
    if tags[0] != tags[1]:
        first = next((n for n, (a, b) in enumerate(zip(*tags, strict=False)) if a != b), None)
        longer = max(old, new, key=len)
        where = (new[first] if first is not None else longer[min(map(len, tags))])[1]
        yield change("structure", "", "", where)


def _links(before: Mapping, after: Mapping) -> Iterator[ClinicalChange]:
    old, new = _from_html(before, _HREF), _from_html(after, _HREF)
    steps = steps_between([href for href, _ in old], [href for href, _ in new])
    if steps is None:
        yield ClinicalChange("extent", "", "", "the links")
    for a1, a2, b1, b2 in steps or ():
        where = (old[a1:a2] + new[b1:b2])[0][1]
        gone, come = (" ".join(href for href, _ in part) for part in (old[a1:a2], new[b1:b2]))
        yield change("link", gone, come, where)
