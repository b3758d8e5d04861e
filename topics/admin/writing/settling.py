"""How a writer's answers make one text of two: the second save of a conflict, read as they chose.

It is held against the revision that they were shown: if the draft moved on in between, they are shown
what differs then.
"""

from topics.admin.writing.beside import UNREADABLE
from topics.admin.writing.questions import differences, merged_body
from topics.admin.writing.typed import PARTS, as_typed, is_given, posted_rows
from topics.models.version import EDITABLE_FIELDS
from topics.rules.merging import MINE, THEIRS

SETTLE = "_settle"
"""The button of the second save; its value is the revision that the writer was shown."""


def settled(data, version):
    """The posted form as the writer's answers make it, against the revision that they were shown.

    Unchanged where it isn't such a second save, where a question is open, or where the draft has moved
    on again: then the door refuses it, and what differs is shown.
    """
    if data.get(SETTLE) != str(version.revision):
        return data
    try:
        found = list(differences(version, as_typed(version, data), data))
    except UNREADABLE:
        return data
    if any(each.is_open for each in found):
        return data
    data = data.copy()
    data["revision"] = data[SETTLE]
    data["body"] = merged_body(found)
    whose = {each.name: each.taken for each in found if not each.stretch}
    for name in EDITABLE_FIELDS:
        if whose.get(name) == THEIRS:
            value = getattr(version, name)
            data[name] = "\n".join(value) if isinstance(value, list) else value
    for prefix in PARTS:
        # What both have alike is saved already; typed rows of it would be added once more.
        if whose.get(prefix, THEIRS) == MINE:
            keep_mine(data, prefix, version)
        else:
            write_rows(data, prefix, [], 0)
    return data


def keep_mine(data, prefix, version):
    """Makes the rows say: exactly mine. Rows that came meanwhile go, those that went come anew."""
    saved = {str(pk) for pk in getattr(version, prefix).values_list("pk", flat=True)}
    typed = [row for row in posted_rows(data, prefix) if row["id"] in saved or is_given(row, prefix)]
    for place, row in enumerate(typed, start=1):
        row["position"] = row["position"] or str(place)
    known = [row for row in typed if row["id"] in saved]
    new = [{**row, "id": ""} for row in typed if row["id"] not in saved]
    came = [{"id": pk, "DELETE": "on"} for pk in sorted(saved - {row["id"] for row in known})]
    write_rows(data, prefix, [*known, *came, *new], len(known) + len(came))


def write_rows(data, prefix, written, initial):
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        del data[key]
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(written)), str(initial)
    for n, row in enumerate(written):
        for name, value in row.items():
            if value or name != "DELETE":
                data[f"{prefix}-{n}-{name}"] = value
