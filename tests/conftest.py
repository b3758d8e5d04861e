"""What every test shares: cheap passwords, a staffed newsroom, and a database that can be emptied."""

import gc
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.utils import timezone, translation

from tests import make
from tests.once import once
from topics.models import walls
from topics.publishing.usage import BUFFER
from topics.workflow.ledger import replay

pytest_plugins = ["tests.noon", "tests.stage"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file, as it is served from. In memory, a live server's threads would share the test's
    one connection, and a page that saves while another is read would find its table locked.
    """
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True, scope="session")
def what_holds_for_every_test():
    """For the session, because what is made once for a module is made before any fixture of a test."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # A server lists static files as it starts. Each client of a test is a server; few ask for one.
        WHITENOISE_AUTOREFRESH=True,
        # Requests are not limited, and usage is written when a test says so: by itself, its thread
        # would write between two tests.
        API_RATES={},
        API_USAGE_INTERVAL=0,
    ):
        yield


@pytest.fixture(autouse=True)
def nothing_is_counted_over_from_another_test():
    cache.clear()
    BUFFER.forget()


@pytest.fixture(autouse=True)
def acts_may_be_dated_back():
    """Tests tell of days gone by. Those of the clock leave this again: `contextvars.Context().run`."""
    with replay():
        yield


@pytest.fixture(autouse=True)
def no_readers_language_or_zone_stays():
    """The middleware chooses both for a request and leaves them on the thread."""
    translation.deactivate()
    timezone.deactivate()


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


@once
def content():
    """What all tests of a module find made: a newsroom, `room`. A module that needs more has its own."""
    return SimpleNamespace(room=make.newsroom())


@pytest.fixture
def made(content, db):
    """A copy of one test's own, because acts change the rows that they are given."""
    return deepcopy(content)


@pytest.fixture
def newsroom(made):
    """One person per role, two qualified reviewers, and a category whose policy asks for both."""
    return made.room


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


def pytest_collection_finish():
    """What was imported stays: looking through it for garbage again and again takes time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
