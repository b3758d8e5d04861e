"""What every test shares: cheap passwords, a staffed newsroom, and a database that can be emptied."""

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests import make
from topics.models import walls
from topics.workflow.ledger import replay


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def acts_may_be_dated_back():
    """Tests tell of days gone by. Those of the clock leave this again: `contextvars.Context().run`."""
    with replay():
        yield


@pytest.fixture(autouse=True, scope="session")
def walls_are_lifted_while_the_database_is_emptied():
    """Transactional and live-server tests end by emptying every table, which the walls refuse."""
    teardown = TransactionTestCase._fixture_teardown

    def lifted_teardown(self):
        with walls.lifted():
            teardown(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_teardown)
    yield
    patch.undo()


@pytest.fixture
def newsroom(db):
    """One person per role, two qualified reviewers, and a category whose policy asks for both."""
    return make.newsroom()


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(
                pytest.mark.skipif(
                    connection.vendor != "postgresql",
                    reason="needs PostgreSQL: run with DATABASE_URL, as .ci/run does",
                )
            )
        if item.get_closest_marker("corpus") and not make.CORPUS.is_dir():
            item.add_marker(pytest.mark.skip(reason="the corpus is not beside the checkout"))
