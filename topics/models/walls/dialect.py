"""The one place that knows which database is in use: how each spells a wall, and how it locks."""

import re

from django.db import connections

LEDGER_LOCK = 0x5169_0FF  # An arbitrary number, the same in every process.
ISO_8601 = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'
PUBLIC = 'YYYY-MM-DD"T"HH24:MI:SS.US'


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

    `@sha256(x)` is the hex digest of a text, `@day(x)` the UTC day of an instant, `@instant(x)` an
    instant as ISO 8601 in UTC with microseconds, `@json(x)` a text as JSON, `@text(x, 'key')` a
    member of a JSON text, `@part(x, 'key')` its JSON, `@count(x, 'key')` how many members that has
    as an array, `@stamp(x)` an instant as the public reads it, `@join(x)` the texts of rows with
    commas, `@months(x, n)` and `@days(x, n)` a later day, `@midnight(x, n)` its first instant;
    `@share` locks a row that is read.
    """
    if is_postgresql(using):
        sql = re.sub(r"@sha256\(([^)]+)\)", r"encode(sha256(convert_to(\1, 'UTF8')), 'hex')", sql)
        sql = re.sub(r"@day\(([^)]+)\)", r"((\1) AT TIME ZONE 'UTC')::date", sql)
        sql = re.sub(r"@text\(([^,)]+), '(\w+)'\)", r"((\1)::json ->> '\2')", sql)
        sql = re.sub(r"@json\(([^)]+)\)", r"to_json(\1)::text", sql)
        sql = re.sub(r"@instant\(([^)]+)\)", rf"to_char((\1) AT TIME ZONE 'UTC', '{ISO_8601}')", sql)
        stamp = rf"replace(to_char((\1) AT TIME ZONE 'UTC', '{PUBLIC}'), '.000000', '') || 'Z'"
        sql = re.sub(r"@stamp\(([^)]+)\)", stamp, sql)
        sql = re.sub(r"@part\(([^,)]+), '(\w+)'\)", r"((\1)::json -> '\2')::text", sql)
        sql = re.sub(r"@count\(([^,)]+), '(\w+)'\)", r"json_array_length((\1)::json -> '\2')", sql)
        sql = re.sub(r"@join\((\w+\.\w+)\)", r"string_agg(\1, ',')", sql)
        sql = re.sub(r"@months\(([^,]+), ([^)]+)\)", r"(\1 + make_interval(months => \2))::date", sql)
        sql = re.sub(r"@days\(([^,]+), ([^)]+)\)", r"(\1 + (\2))", sql)
        midnight = r"((\1 + (\2))::timestamp AT TIME ZONE 'UTC')"
        sql = re.sub(r"@midnight\(([^,]+), ([^)]+)\)", midnight, sql)
        return sql.replace("@share", "FOR SHARE")
    # Django registers SHA256 on its SQLite connections.
    sql = re.sub(r"@sha256\(([^)]+)\)", r"SHA256(\1)", sql)
    sql = re.sub(r"@day\(([^)]+)\)", r"date(\1)", sql)
    sql = re.sub(r"@text\(([^,)]+), '(\w+)'\)", r"json_extract(\1, '$.\2')", sql)
    sql = re.sub(r"@json\(([^)]+)\)", r"json_quote(\1)", sql)
    # Django writes an instant with six decimals, or with none where they are zero.
    iso = r"replace(substr(\1 || '.000000', 1, 26), ' ', 'T') || '+00:00'"
    sql = re.sub(r"@instant\(([^)]+)\)", iso, sql)
    sql = re.sub(r"@stamp\(([^)]+)\)", r"replace(\1, ' ', 'T') || 'Z'", sql)
    sql = re.sub(r"@part\(([^,)]+), '(\w+)'\)", r"json_extract(\1, '$.\2')", sql)
    sql = re.sub(r"@count\(([^,)]+), '(\w+)'\)", r"json_array_length(\1, '$.\2')", sql)
    sql = re.sub(r"@join\((\w+\.\w+)\)", r"group_concat(\1, ',')", sql)
    # The 31st of a shorter month would run over into the next one: its last day is the latest.
    months = (
        r"min(date(\1, 'start of month', (\2) || ' months', (strftime('%d', \1) - 1) || ' days'), "
        r"date(\1, 'start of month', (\2 + 1) || ' months', '-1 day'))"
    )
    sql = re.sub(r"@months\(([^,]+), ([^)]+)\)", months, sql)
    sql = re.sub(r"@days\(([^,]+), ([^)]+)\)", r"date(\1, (\2) || ' days')", sql)
    midnight = r"(date(\1, (\2) || ' days') || ' 00:00:00')"
    sql = re.sub(r"@midnight\(([^,]+), ([^)]+)\)", midnight, sql)
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
            always(wall.table, wall.name),
        ]
    refusals = [(condition, message), *taken(wall)]
    body = " ".join(f"SELECT RAISE(ABORT, '{said}') WHERE {where};" for where, said in refusals)
    return [
        f'DROP TRIGGER IF EXISTS "{wall.name}"',
        f'CREATE TRIGGER "{wall.name}" {event} ON {wall.table} FOR EACH ROW\nBEGIN {body} END',
    ]


def always(table, name):
    """A PostgreSQL trigger fires also where session_replication_role silences the common ones.

    A table can't be altered while checks of foreign keys wait for the end of a transaction, so those
    come first.
    """
    return (
        "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; "
        f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{name}"'
    )


def taken(wall):
    """When another row holds a unique key, and SQLite's own words: an OR REPLACE never asks for it."""
    for columns, of_rows in wall.keys:
        names = columns.split(", ")
        same = " AND ".join(f"o.{name} = NEW.{name}" for name in names)
        here = f"({of_rows}) AND {same}" if of_rows else same
        said = "UNIQUE constraint failed: " + ", ".join(f"{wall.table}.{name}" for name in names)
        yield f"EXISTS (SELECT 1 FROM {wall.table} o WHERE {here} AND o.id IS NOT NEW.id)", said


def drop(wall, using):
    """The statement that takes one wall down."""
    if is_postgresql(using):
        return f'DROP TRIGGER IF EXISTS "{wall.name}" ON {wall.table}'
    return f'DROP TRIGGER IF EXISTS "{wall.name}"'


def standing(using):
    """The names of the triggers and exclusion constraints that are in the database now."""
    if is_postgresql(using):
        sql = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A' "
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
        "FOR EACH STATEMENT EXECUTE FUNCTION wall_nothing_is_truncated(); "
        + always(table, "nothing_is_truncated")
    )
