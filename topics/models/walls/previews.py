"""Walls around preview links: made and revoked on record, and only of versions that are still open."""

from topics.models.walls.wall import OPEN, Wall, changed, head_entry, never_deleted

PREVIEWS = [
    *never_deleted("topics_previewlink", "preview_links"),
    Wall(
        "preview_link_opens_an_open_version",
        "topics_previewlink",
        "INSERT",
        "NEW.revoked_at IS NOT NULL OR "
        f"(SELECT v.state FROM topics_version v WHERE v.id = NEW.version_id @share) NOT {OPEN}",
        "what was released or returned is not previewed",
    ),
    Wall(
        "preview_link_has_its_audit_entry",
        "topics_previewlink",
        "INSERT",
        "NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = 'share_preview' AND e.version_id = NEW.version_id "
            "AND e.actor_id = NEW.created_by_id AND e.at = NEW.created_at"
        ),
        "a version is shared through the door, which writes the ledger first",
    ),
    Wall(
        "preview_link_is_only_revoked",
        "topics_previewlink",
        "UPDATE",
        changed("id", "version_id", "nonce", "token_hash", "expires_at")
        + " OR "
        + changed("created_by_id", "created_at", "entry_id")
        + " OR OLD.revoked_at IS NOT NULL OR NOT "
        + head_entry(
            "e.number = NEW.revoke_entry_id AND e.act = 'revoke_preview' "
            "AND e.version_id = NEW.version_id AND e.actor_id = NEW.revoked_by_id "
            "AND e.at = NEW.revoked_at"
        ),
        "a preview link can only be revoked, through the door and once",
    ),
]
