"""The evidence behind remarks: each row against the ledger's entry of the act that wrote it."""

import json

from topics.content.canonical import digest
from topics.models import Remark

CHUNK = 500


def unproven_remarks():
    """Yields `(remark, what is wrong)` for every row that differs from what is on record as said."""
    rows = Remark.objects.select_related("entry", "thread").order_by("pk")
    for remark in rows.iterator(chunk_size=CHUNK):
        entry, detail = remark.entry, json.loads(remark.entry.detail)
        row = (remark.kind, remark.version_id, remark.said_by_id, remark.said_at)
        began = str(remark.thread.entry_id) if remark.thread else ""
        said = (digest(remark.text), remark.part, remark.section, remark.quote, began)
        told = tuple(detail.get(n) for n in ("text_digest", "part", "section", "quote", "thread"))
        if (entry.act, entry.version_id, entry.actor_id, entry.at) != row or told != said:
            yield remark, "is not what the audit trail says was said"
