"""Walls around release batches: their editions start together, and are cancelled together.

That no edition stays behind, and none is left out, is the doing of two foreign keys (see
`models.batch`): they are checked when the transaction ends, on both databases.
"""

from topics.models.batch import CANCELLED
from topics.models.walls.wall import Wall, changed, head_entry, never_deleted

CANCELLED_KEY = f"OLD.{{column}} || '{CANCELLED}'"
ENDS = "NEW.ends_at IS DISTINCT FROM OLD.ends_at"
NAMES_THE_VERSION = (
    "replace(replace(@part(e.detail, 'versions'), '[', ','), ']', ',') "
    "LIKE '%,' || NEW.version_id || ',%'"
)
# A release at the very instant at which the batch started leaves its edition an empty interval.
BY_RELEASE = head_entry("e.act = 'release' AND e.at >= OLD.starts_at")
# The entries of the releases that a batch consists of: those that follow its own, up to its last.
ITS_RELEASES = "NEW.release_entry_id > b.entry_id AND NEW.release_entry_id <= b.last_id"

BATCHES = [
    *never_deleted("topics_releasebatch", "release_batches"),
    Wall(
        "release_batch_has_its_audit_entry",
        "topics_releasebatch",
        "INSERT",
        "NEW.cancelled_entry_id IS NOT NULL OR NEW.key <> CAST(NEW.entry_id AS text) OR NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = 'release_together' "
            "AND e.actor_id = NEW.created_by_id AND e.at = NEW.created_at "
            "AND @text(e.detail, 'starts_at') = @stamp(NEW.starts_at) "
            "AND @count(e.detail, 'versions') >= 2 "
            "AND NEW.last_id = e.number + @count(e.detail, 'versions')"
        ),
        "several are released together through the door, which writes the ledger first",
    ),
    Wall(
        "release_batch_is_only_cancelled",
        "topics_releasebatch",
        "UPDATE",
        changed("id", "starts_at", "created_by_id", "created_at", "entry_id", "last_id")
        + " OR OLD.cancelled_entry_id IS NOT NULL "
        f"OR NEW.key IS DISTINCT FROM {CANCELLED_KEY.format(column='key')} OR NOT "
        + head_entry(
            "e.number = NEW.cancelled_entry_id AND e.act = 'cancel_release' AND e.at < OLD.starts_at "
            "AND EXISTS (SELECT 1 FROM topics_edition n "
            "WHERE n.version_id = e.version_id AND n.batch_id = OLD.key)"
        ),
        "a batch is cancelled once, before it starts, through the door",
    ),
    Wall(
        "edition_starts_with_its_batch",
        "topics_edition",
        "INSERT",
        "NEW.batch_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM topics_releasebatch b "
        "JOIN topics_auditentry e ON e.number = b.entry_id WHERE b.key = NEW.batch_id "
        "AND b.cancelled_entry_id IS NULL AND b.starts_at = NEW.starts_at "
        "AND b.created_by_id = NEW.released_by_id AND b.created_at = NEW.released_at "
        f"AND {NAMES_THE_VERSION})",
        "the editions of a batch start at its instant, and are those that it names",
    ),
    # With the last of them all are there: each comes after another, and no other release in between.
    Wall(
        "editions_of_a_batch_follow_its_entry",
        "topics_edition",
        "INSERT",
        f"EXISTS (SELECT 1 FROM topics_releasebatch b WHERE {ITS_RELEASES} "
        "AND b.key IS DISTINCT FROM NEW.batch_id) OR (NEW.batch_id IS NOT NULL AND NOT EXISTS ("
        f"SELECT 1 FROM topics_releasebatch b WHERE b.key = NEW.batch_id AND {ITS_RELEASES} "
        "AND (NEW.release_entry_id = b.entry_id + 1 OR EXISTS (SELECT 1 FROM topics_edition n "
        "WHERE n.batch_id = b.key AND n.release_entry_id = NEW.release_entry_id - 1))))",
        "the releases of a batch follow its entry one by one, and are all of it",
    ),
    Wall(
        "edition_is_cancelled_with_its_batch",
        "topics_edition",
        "UPDATE",
        f"({changed('batch_id')} AND (OLD.batch_id IS NULL "
        f"OR NEW.batch_id IS DISTINCT FROM {CANCELLED_KEY.format(column='batch_id')} "
        "OR NEW.ends_at IS DISTINCT FROM NEW.starts_at)) "
        f"OR (OLD.batch_id IS NOT NULL AND NOT {changed('batch_id')} AND {ENDS} "
        f"AND NEW.ends_at = NEW.starts_at AND NOT {BY_RELEASE})",
        "a scheduled edition of a batch is cancelled together with all the others",
    ),
]
