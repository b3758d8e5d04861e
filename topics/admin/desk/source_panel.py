"""What stands beside the form of a translation's draft: its source, section by section."""

import json

from topics.admin.desk.source_rows import rows_of
from topics.admin.redline.names import articles_of
from topics.content.languages import language_name
from topics.workflow.changes import document_of
from topics.workflow.source_changes import source_changes


def source_panel(version):
    """The context of `topics/writing/source.html`; empty where the draft isn't made from an edition.

    `version` may be a draft as it is typed.
    """
    edition = version.made_from
    if edition is None:
        return {}
    source, translation = json.loads(edition.document), document_of(version)
    changes = source_changes(version)
    earlier = [changes.redline.before] if changes else []
    rows = rows_of(source, translation, changes, articles_of(source, *earlier))
    return {
        "edition": edition,
        "since": changes.since if changes else None,
        "rows": [row for row in rows if row.source],
        "changed": [row for row in rows if row.changes],
        "language": source["language"],
        "language_name": language_name(source["language"]),
    }
