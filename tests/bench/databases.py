"""The databases of a run: made for it, used in turns, and removed after it."""

from contextlib import contextmanager

from django.db import connections

from tests.bench import FOLDER


@contextmanager
def databases(*aliases):
    """Makes them, empty; they are removed at the end."""
    made = []
    try:
        for alias in aliases:
            connections[alias].creation.create_test_db(verbosity=0, autoclobber=True)
            made.append(alias)
        yield
    finally:
        for alias in made:
            connections[alias].creation.destroy_test_db("unused", verbosity=0)
        FOLDER.cleanup()


def use(alias):
    """Makes the database of that size the default one."""
    connections["default"] = connections[alias]


def analyse(alias):
    """PostgreSQL's own worker does so in the background; SQLite never needs to."""
    with connections[alias].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
