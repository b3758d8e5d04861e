"""Walls around the ledger and the notices: appended in order, in a chain, and never touched again."""

from topics.models.walls.wall import (
    Wall,
    append_only,
    changed,
    head_entry,
    never_deleted,
    never_replaced,
)

# What `AuditEntry.computed_hash` hashes: the canonical JSON of the entry.
SAID = (
    """'{"act":' || @json(NEW.act) || ',"actor":' || NEW.actor_id"""
    """ || ',"article":' || COALESCE(CAST(NEW.article_id AS text), 'null')"""
    """ || ',"at":"' || @instant(NEW.at) || '","detail":' || @json(NEW.detail)"""
    """ || ',"from_state":' || @json(NEW.from_state) || ',"number":' || NEW.number"""
    """ || ',"previous_hash":"' || NEW.previous_hash || '","to_state":' || @json(NEW.to_state)"""
    """ || ',"version":' || COALESCE(CAST(NEW.version_id AS text), 'null') || '}'"""
)

# What `publishing.notices.what` says of a notice that is put in force.
SAYS_THE_NOTICE = (
    "e.act = 'notice' AND @text(e.detail, 'kind') = NEW.kind "
    "AND @text(e.detail, 'language') = NEW.language "
    "AND @text(e.detail, 'licensee') IS NOT DISTINCT FROM CAST(NEW.licensee_id AS text) "
    "AND @text(e.detail, 'text_digest') = 'sha-256:' || @sha256(NEW.text) "
    "AND @text(e.detail, 'in_force_from') = @instant(NEW.in_force_from)"
)

LEDGER = [
    *append_only("topics_auditentry", "audit_entries", insert=False),
    never_replaced("topics_auditentry", "audit_entries", key="number"),
    Wall(
        "audit_entries_form_a_chain",
        "topics_auditentry",
        "INSERT",
        "NEW.number <> COALESCE((SELECT max(number) FROM topics_auditentry), 0) + 1 "
        "OR NEW.previous_hash IS DISTINCT FROM COALESCE((SELECT e.hash FROM topics_auditentry e "
        "WHERE e.number = NEW.number - 1), 'sha-256:' || "
        "'0000000000000000000000000000000000000000000000000000000000000000')",
        "an entry follows the newest one and names its hash",
    ),
    Wall(
        "audit_entry_carries_its_hash",
        "topics_auditentry",
        "INSERT",
        f"NEW.hash <> 'sha-256:' || (SELECT @sha256(entry.said) FROM (SELECT {SAID} AS said) entry)",
        "an entry carries the hash of all that it says",
    ),
    Wall(
        "ledger_time_never_runs_backwards",
        "topics_auditentry",
        "INSERT",
        "EXISTS (SELECT 1 FROM topics_auditentry e WHERE e.number = NEW.number - 1 AND e.at > NEW.at)",
        "an act can't be dated before one that is on record",
    ),
    *never_deleted("topics_notice", "notices"),
    Wall(
        "notices_are_never_changed",
        "topics_notice",
        "UPDATE",
        "OLD.in_force_from IS NOT NULL OR "
        + changed("licensee_id", "kind", "language", "text", "created_by_id", "created_at"),
        "a notice is replaced by a later one; only a beginning may be set where there is none",
    ),
    *(
        Wall(
            f"notice_begins_now_or_later_{event.lower()}",
            "topics_notice",
            event,
            "EXISTS (SELECT 1 FROM topics_auditentry e WHERE e.number = "
            "(SELECT max(number) FROM topics_auditentry) AND NEW.in_force_from < e.at)",
            "what readers were told stays on record: a notice can't begin in the past",
        )
        for event in ("INSERT", "UPDATE")
    ),
    *(
        Wall(
            f"notice_has_its_audit_entry_{event.lower()}",
            "topics_notice",
            event,
            f"{begins} AND NOT {head_entry(entry)}",
            "a notice is put in force through the door, which writes the ledger first",
        )
        for event, begins, entry in (
            (
                "INSERT",
                "NEW.in_force_from IS NOT NULL",
                f"{SAYS_THE_NOTICE} AND e.actor_id = NEW.created_by_id AND e.at = NEW.created_at",
            ),
            ("UPDATE", "OLD.in_force_from IS NULL AND NEW.in_force_from IS NOT NULL", SAYS_THE_NOTICE),
        )
    ),
    *append_only("topics_sourcestatement", "source_statements"),
]
