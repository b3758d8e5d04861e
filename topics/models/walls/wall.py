"""A wall: a named rule that the database itself keeps, spelled once for both databases."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wall:
    """Refuses `event` on `table` where the SQL `refuse_when` holds of the rows OLD and NEW.

    The refusal is an `IntegrityError` whose message begins with `name`.
    """

    name: str
    table: str
    event: str
    refuse_when: str
    message: str
    timing: str = "BEFORE"
    keys: tuple[tuple[str, str], ...] = ()
    """Unique columns that SQLite's OR REPLACE may not clear, and of which rows (SQL on `o`)."""


OPEN = "IN ('draft', 'editorial_review', 'medical_review', 'approved')"
KEYS = {
    "topics_article": (
        ("public_id", ""),
        ("slug, language", ""),
        ("translation_of_id, language", ""),
    ),
    "topics_version": (
        ("article_id, number", ""),
        ("article_id", f"o.state {OPEN} AND NEW.state {OPEN}"),
    ),
    "topics_contribution": (("version_id, user_id", ""),),
    "topics_assignment": (
        ("requirement_id", "o.ended_at IS NULL AND NEW.ended_at IS NULL"),
        ("version_id, reviewer_id", "o.ended_at IS NULL AND NEW.ended_at IS NULL"),
    ),
    "topics_signoff": (("requirement_id", ""), ("version_id, user_id", "")),
    "topics_remark": (("entry_id", ""),),
    "topics_edition": (("article_id, number", ""), ("release_entry_id", "")),
    "topics_editionmark": (("edition_id, kind, key", ""),),
    "topics_previewlink": (("nonce", ""), ("token_hash", ""), ("entry_id", "")),
    "topics_releasebatch": (("key", ""), ("entry_id", "")),
    "topics_notice": (
        ("kind, language, in_force_from", "o.licensee_id IS NULL AND NEW.licensee_id IS NULL"),
        ("licensee_id, kind, language, in_force_from", ""),
    ),
    "topics_licence": (),
    "topics_apikey": (("prefix", ""), ("key_hash", "")),
    "topics_sourcestatement": (("version_id", ""),),
}
"""The unique keys beside the id of the tables that keep history."""


def append_only(table, name, *, insert=True):
    """Walls that keep every row of a table as it was written.

    The insert wall refuses a known id: SQLite's INSERT OR REPLACE would rewrite the row.
    """
    subject = name.replace("_", " ")
    walls = [
        Wall(f"{name}_are_never_changed", table, "UPDATE", "TRUE", f"{subject} are append-only"),
        Wall(f"{name}_are_never_deleted", table, "DELETE", "TRUE", f"{subject} are append-only"),
    ]
    return [*walls, never_replaced(table, name)] if insert else walls


def never_deleted(table, name):
    subject = name.replace("_", " ")
    return [
        Wall(f"{name}_are_never_deleted", table, "DELETE", "TRUE", f"{subject} are kept"),
        never_replaced(table, name),
    ]


def keeps_its_id(*names):
    """Walls that keep the primary keys of what history refers to: two could be swapped unseen."""
    return [
        Wall(f"{name}_keeps_its_id", f"topics_{name}", "UPDATE", changed("id"), "history refers to it")
        for name in names
    ]


def never_replaced(table, name, key="id"):
    return Wall(
        f"{name}_are_never_replaced",
        table,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})",
        "this id is taken",
        keys=KEYS.get(table, ()),
    )


def never_cleared(name, table):
    """A wall that SQLite alone needs: UPDATE OR REPLACE would delete who holds the new unique key."""
    return Wall(name, table, "UPDATE", "FALSE", "this key is taken", keys=KEYS[table])


def changed(*columns):
    """SQL: any of the columns differs between OLD and NEW."""
    return "(" + " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns) + ")"


def head_entry(condition):
    """SQL: the ledger's newest entry satisfies the condition on `e`. An act writes its entry first."""
    return (
        "EXISTS (SELECT 1 FROM topics_auditentry e "
        f"WHERE e.number = (SELECT max(number) FROM topics_auditentry) AND {condition})"
    )
