"""Walls around licences and keys: what a licensee was allowed stays on record, given by an act."""

from topics.models.walls.wall import Wall, append_only, changed, head_entry, never_deleted

LICENCES = [
    *append_only("topics_licence", "licences"),
    Wall(
        "licence_has_its_audit_entry",
        "topics_licence",
        "INSERT",
        "NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = 'licence' AND e.actor_id = NEW.given_by_id "
            "AND e.at = NEW.given_at"
        ),
        "a licence is given through the door, which writes the ledger first",
    ),
    *never_deleted("topics_apikey", "api_keys"),
    Wall(
        "api_key_has_its_audit_entry",
        "topics_apikey",
        "INSERT",
        "NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = 'make_key' AND e.actor_id = NEW.made_by_id "
            "AND e.at = NEW.made_at AND @text(e.detail, 'prefix') = NEW.prefix"
        ),
        "a key is made through the door, which writes the ledger first",
    ),
    Wall(
        "api_key_stays_what_it_is",
        "topics_apikey",
        "UPDATE",
        changed("id", "licensee_id", "prefix", "key_hash", "made_by_id", "made_at", "entry_id")
        + " OR (OLD.revoked_at IS NOT NULL AND "
        + changed("revoked_at", "revoked_by_id", "expires_at")
        + ") OR (OLD.expires_at IS NOT NULL "
        + "AND (NEW.expires_at IS NULL OR NEW.expires_at > OLD.expires_at))",
        "a key can be revoked and expire earlier; it is never given to another, or revived",
    ),
]
