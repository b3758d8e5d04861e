"""The one place that knows which database is in use: how each spells a wall, and how it locks."""

import re

from django.db import connections

LEDGER_LOCK = 0x5169_0FF  # An arbitrary number, the same in every process.
ISO_8601 = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'


def is_postgresql(using):
    return connections[using].vendor == "postgresql"


def lock_ledger(using):
    """Waits until no other act is under way, and holds that place until the transaction ends.

    SQLite needs no lock: its transactions are IMMEDIATE, so there is one writer at a time.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("An act needs a transaction around it.")
    if is_postgresql(using):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])


def spell(sql, using):
    """Writes the few phrases that the two databases spell differently.

    `@sha256(x)` is the hex digest of a text, `@day(x)` the UTC day of an instant,
    `@instant(x)` an instant as ISO 8601 in UTC with microseconds, `@json(x)` a text as JSON,
    `@text(x, 'key')` a member of a JSON text; `@share` locks a row that is read.
    """
    if is_postgresql(using):
        sql = re.sub(r"@sha256\(([^)]+)\)", r"encode(sha256(convert_to(\1, 'UTF8')), 'hex')", sql)
        sql = re.sub(r"@day\(([^)]+)\)", r"((\1) AT TIME ZONE 'UTC')::date", sql)
        sql = re.sub(r"@text\(([^,)]+), '(\w+)'\)", r"((\1)::json ->> '\2')", sql)
        sql = re.sub(r"@json\(([^)]+)\)", r"to_json(\1)::text", sql)
        sql = re.sub(r"@instant\(([^)]+)\)", rf"to_char((\1) AT TIME ZONE 'UTC', '{ISO_8601}')", sql)
        return sql.replace("@share", "FOR SHARE")
    # Django registers SHA256 on its SQLite connections.
    sql = re.sub(r"@sha256\(([^)]+)\)", r"SHA256(\1)", sql)
    sql = re.sub(r"@day\(([^)]+)\)", r"date(\1)", sql)
    sql = re.sub(r"@text\(([^,)]+), '(\w+)'\)", r"json_extract(\1, '$.\2')", sql)
    sql = re.sub(r"@json\(([^)]+)\)", r"json_quote(\1)", sql)
    # Django writes an instant with six decimals, or with none where they are zero.
    iso = r"replace(substr(\1 || '.000000', 1, 26), ' ', 'T') || '+00:00'"
    sql = re.sub(r"@instant\(([^)]+)\)", iso, sql)
    sql = sql.replace("@share", "")
    return sql.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")


def create(wall, using):
    """The statements that raise one wall: a trigger that refuses where its condition holds."""
    condition = spell(wall.refuse_when, using)
    message = f"{wall.name}: {wall.message}".replace("'", "''")
    event = f"{wall.timing} {wall.event}"
    if is_postgresql(using):
        return [
            f"CREATE OR REPLACE FUNCTION wall_{wall.name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            f"BEGIN IF {condition} THEN\n"
            f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n"
            f"CONSTRAINT = '{wall.name}', MESSAGE = '{message}';\n"
            "END IF;\n"
            f"RETURN {'OLD' if wall.event == 'DELETE' else 'NEW'}; END $$",
            f'CREATE OR REPLACE TRIGGER "{wall.name}" {event} ON {wall.table}\n'
            f"FOR EACH ROW EXECUTE FUNCTION wall_{wall.name}()",
        ]
    return [
        f'DROP TRIGGER IF EXISTS "{wall.name}"',
        f'CREATE TRIGGER "{wall.name}" {event} ON {wall.table} FOR EACH ROW\n'
        f"WHEN {condition}\nBEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def drop(wall, using):
    """The statement that takes one wall down."""
    if is_postgresql(using):
        return f'DROP TRIGGER IF EXISTS "{wall.name}" ON {wall.table}'
    return f'DROP TRIGGER IF EXISTS "{wall.name}"'


def standing(using):
    """The names of the triggers and exclusion constraints that are in the database now."""
    if is_postgresql(using):
        sql = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
            "UNION SELECT conname FROM pg_constraint WHERE contype = 'x'"
        )
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall()}


OVERLAP = "editions_never_overlap"

# int8range takes the place of `article_id WITH =`, which would need an extension to be installed.
EXCLUSION = f"""
ALTER TABLE topics_edition ADD CONSTRAINT {OVERLAP}
EXCLUDE USING gist (
    int8range(article_id, article_id, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
)
"""
TRUNCATE_FUNCTION = """
CREATE OR REPLACE FUNCTION wall_nothing_is_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
CONSTRAINT = 'nothing_is_truncated', MESSAGE = 'nothing_is_truncated: history is kept';
END $$
"""


def truncate_trigger(table):
    return (
        f"CREATE OR REPLACE TRIGGER nothing_is_truncated BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION wall_nothing_is_truncated()"
    )
