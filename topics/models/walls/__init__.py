"""The database's own rules: triggers and an exclusion constraint, installed after every migrate.

Each wall has a name, and a refusal by the database begins with that name, on SQLite and PostgreSQL
alike. `install` may be run at any time; `lifted` is for emptying a test database.
"""

from contextlib import contextmanager

from django.db import connections, transaction

from topics.models.walls import dialect
from topics.models.walls.batches import BATCHES
from topics.models.walls.dialect import lock_ledger
from topics.models.walls.editions import EDITIONS, NO_OVERLAP
from topics.models.walls.ledger import LEDGER
from topics.models.walls.licences import LICENCES
from topics.models.walls.marks import MARKS
from topics.models.walls.previews import PREVIEWS
from topics.models.walls.remarks import REMARKS
from topics.models.walls.signing import SIGNING
from topics.models.walls.translations import TRANSLATIONS
from topics.models.walls.trees import TREES
from topics.models.walls.versions import ARTICLES, PARTS, VERSIONS

__all__ = ["WALLS", "expected", "install", "lifted", "lock_ledger", "message_of", "missing"]

WALLS = [
    *ARTICLES,
    *VERSIONS,
    *PARTS,
    *SIGNING,
    *REMARKS,
    *EDITIONS,
    *MARKS,
    *BATCHES,
    *PREVIEWS,
    *LEDGER,
    *LICENCES,
    *TREES,
    *TRANSLATIONS,
]
TABLES = sorted({wall.table for wall in WALLS})


def triggers(using):
    return WALLS if dialect.is_postgresql(using) else [*WALLS, *NO_OVERLAP]


def expected(using="default"):
    """The names that must be found in the database."""
    names = {wall.name for wall in triggers(using)}
    return names | ({dialect.OVERLAP, "nothing_is_truncated"} if dialect.is_postgresql(using) else set())


def missing(using="default"):
    """The names of walls that are not standing; empty in a sound database."""
    return expected(using) - dialect.standing(using)


def install(using="default"):
    """Raises every wall; replaces those that stand. Safe to repeat."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for wall in triggers(using):
            for statement in dialect.create(wall, using):
                cursor.execute(statement)
        if dialect.is_postgresql(using):
            if dialect.OVERLAP not in dialect.standing(using):
                cursor.execute(dialect.EXCLUSION)
            cursor.execute(dialect.TRUNCATE_FUNCTION)
            for table in TABLES:
                cursor.execute(dialect.truncate_trigger(table))


@contextmanager
def lifted(using="default"):
    """Takes the triggers down for the length of a block: for emptying a test database only."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for wall in triggers(using):
            cursor.execute(dialect.drop(wall, using))
        if dialect.is_postgresql(using):
            for table in TABLES:
                cursor.execute(f"DROP TRIGGER IF EXISTS nothing_is_truncated ON {table}")
    try:
        yield
    finally:
        install(using)


def message_of(error):
    """The sentence of the wall that an `IntegrityError` came from, or None for another constraint."""
    text = str(error).splitlines()[0] if str(error) else ""
    name, _, sentence = text.partition(": ")
    return sentence if sentence and name in expected() else None
