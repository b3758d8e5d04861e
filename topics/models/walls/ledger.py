"""Walls around the ledger and the notices: appended in order, in a chain, and never touched again."""

from topics.models.walls.wall import Wall, append_only, never_replaced

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
        "ledger_time_never_runs_backwards",
        "topics_auditentry",
        "INSERT",
        "EXISTS (SELECT 1 FROM topics_auditentry e WHERE e.number = NEW.number - 1 AND e.at > NEW.at)",
        "an act can't be dated before one that is on record",
    ),
    *append_only("topics_notice", "notices"),
    *append_only("topics_sourcestatement", "source_statements"),
]
