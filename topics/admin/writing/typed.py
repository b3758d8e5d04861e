"""A draft as somebody has it in their form: read from what is posted, laid over it, never saved."""

import copy

from topics.content.html import clean
from topics.models import Article, Author, Code, Reference, RelatedArticle, VersionAuthor
from topics.vocabulary import Audience, ChangeKind

TEXTS = ("title", "summary", "body", "change_note", "internal_note")
PARTS = {
    "authors": (VersionAuthor, ("author", "name", "credentials")),
    "references": (Reference, ("title", "url", "doi", "pmid")),
    "codes": (Code, ("system", "code", "display")),
    "related": (RelatedArticle, ("article",)),
}
"""The tabular parts of the form: their prefix, their model, and the fields that are typed."""

MOST_ROWS = 1_000


def as_typed(version, data):
    """A copy of the draft that says what `data` (a posted form) says. It can't be saved.

    Raises `BodyTooLarge` or `BodyTooDeep`. What a field can't hold is left as it was typed, since
    nothing is kept of it.
    """
    typed = copy.copy(version)
    for name in TEXTS:
        if name in data:
            setattr(typed, name, data[name].replace("\r\n", "\n"))
    typed.body = clean(typed.body)
    if "also_called" in data:
        names = (" ".join(line.split()) for line in data["also_called"].splitlines())
        typed.also_called = list(dict.fromkeys(filter(None, names)))
    if data.get("audience") in Audience.values:
        typed.audience = data["audience"]
    if data.get("change_kind") in ChangeKind.values:
        typed.change_kind = data["change_kind"]
    typed.typed_parts = {prefix: _parts(version, prefix, data) for prefix in PARTS}
    return typed


def posted_rows(data, prefix):
    """The rows of one tabular part as dicts of what was typed, in the order of the form."""
    total = _number(data.get(f"{prefix}-TOTAL_FORMS")) or 0
    names = ("id", "position", "DELETE", *PARTS[prefix][1])
    return [
        {name: data.get(f"{prefix}-{n}-{name}", "").strip() for name in names}
        for n in range(min(total, MOST_ROWS))
    ]


def is_given(row, prefix):
    """Whether the row stays: something is typed in it, and it isn't marked to be taken out."""
    return not row["DELETE"] and any(row[name] for name in PARTS[prefix][1])


def _parts(version, prefix, data):
    if f"{prefix}-TOTAL_FORMS" not in data:
        return version.parts_of(prefix)
    model, names = PARTS[prefix]
    rows = [row for row in posted_rows(data, prefix) if is_given(row, prefix)]
    rows.sort(key=lambda row: _number(row["position"]) or MOST_ROWS)
    found = {"author": _named(Author, rows, "author"), "article": _named(Article, rows, "article")}
    parts = []
    for row in rows:
        part = model(version=version)
        for name in names:
            if name in found:
                one = found[name].get(_number(row[name]))
                if one is not None:
                    setattr(part, name, one)
            else:
                setattr(part, name, row[name])
        if prefix == "related" and not part.article_id:
            continue
        if prefix == "authors" and part.author_id and not part.name:
            part.name, part.credentials = part.author.name, part.author.credentials
        parts.append(part)
    return parts


def _named(model, rows, name):
    """The authors or articles that rows point to, by id; one query, or none."""
    wanted = {_number(row.get(name)) for row in rows} - {None}
    return model.objects.in_bulk(wanted) if wanted else {}


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
