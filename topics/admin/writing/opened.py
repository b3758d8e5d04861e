"""What a writer opened, as digests in the form: enough to tell two edits apart, and no text."""

import hashlib
import json
from dataclasses import dataclass

from topics.admin.writing.typed import PARTS
from topics.content.html import clean
from topics.content.tree import parse, serialise
from topics.models.version import EDITABLE_FIELDS
from topics.rules.merging import block_digest
from topics.workflow.changes import rows

OPENED = "opened"
"""The hidden field of the form."""

WHOLE = tuple(name for name in (*EDITABLE_FIELDS, *PARTS) if name != "body")
"""The fields and parts that are one writer's or the other's as a whole; the body goes block by block."""

COLUMNS = {
    "authors": ("name", "credentials"),
    "references": ("title", "url", "doi", "pmid"),
    "codes": ("system", "code", "display"),
    "related": ("article_id",),
}


@dataclass(frozen=True)
class Opened:
    """The digests of what a writer opened: by field and part, and of each block of the body.

    What isn't known is absent, and `body` None: then whoever changed it has to be asked.
    """

    whole: dict[str, str]
    body: list[str] | None


def opened_of(version):
    """The value of `OPENED` for the draft as it is now."""
    whole = {name: told_apart(version, name) for name in WHOLE}
    return json.dumps({**whole, "body": [block_digest(html) for html in blocks(version.body)]})


def opened_in(data):
    """What the posted form says was opened; what can't be read of it isn't known."""
    try:
        found = json.loads(data.get(OPENED) or "{}")
    except ValueError:
        found = {}
    found = found if isinstance(found, dict) else {}
    body = found.get("body")
    is_known = isinstance(body, list) and all(isinstance(digest, str) for digest in body)
    whole = {name: found[name] for name in WHOLE if isinstance(found.get(name), str)}
    return Opened(whole, body if is_known else None)


def told_apart(version, name):
    """A short digest of a field or part: enough to see whether it was touched."""
    value = rows(version, name, COLUMNS[name]) if name in PARTS else getattr(version, name)
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def blocks(body):
    """The outermost blocks of a body, each in its canonical HTML; joined they are the cleaned body."""
    return [serialise([block]) for block in parse(clean(body))]
