"""Content that is made once for all tests of a module; what each test does to it is taken back."""

from contextlib import contextmanager
from inspect import signature

import pytest
from django.db import connection, transaction

from topics.workflow.ledger import replay


def once(make):
    """A fixture: what `make` returns, which may ask for fixtures. What it wrote is there for every test
    of the module, from the first on that asks for it.
    """

    def made(request, django_db_setup, django_db_blocker):
        asked = {name: request.getfixturevalue(name) for name in signature(make).parameters}
        with made_once(django_db_blocker, lambda: make(**asked)) as found:
            yield found

    made.__name__, made.__doc__ = make.__name__, make.__doc__
    return pytest.fixture(scope="module")(made)


@contextmanager
def made_once(blocker, make):
    """What `make()` returns; what it wrote is there until the end, and then taken back."""
    with blocker.unblock(), transaction.atomic():
        with replay():
            made = make()
        # Deferred constraints that still wait would keep tests from altering a table on PostgreSQL.
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)
