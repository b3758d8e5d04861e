"""The walls stand after migrating, whatever happened to the tables, and each is attacked by a test."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from tests import make
from tests.attacks.ways import POSTGRESQL, refused_by
from topics.models import SignOff, Version, walls
from topics.models.walls import dialect

TESTS = Path(__file__).resolve().parents[1]


def drop(name):
    wall = next(wall for wall in walls.WALLS if wall.name == name)
    with connection.cursor() as cursor:
        cursor.execute(dialect.drop(wall, "default"))


def test_every_wall_stands_after_migrating(db):
    assert walls.missing() == set()


def test_a_wall_that_fell_is_missed_and_raised_again(db):
    drop("sign_offs_are_never_changed")
    assert walls.missing() == {"sign_offs_are_never_changed"}
    walls.install()
    assert walls.missing() == set()


def test_raising_the_walls_twice_changes_nothing(db):
    standing = dialect.standing("default")
    walls.install()
    assert dialect.standing("default") == standing


def test_the_walls_stand_again_after_a_migration_that_drops_them(transactional_db):
    drop("versions_are_never_deleted")
    call_command("migrate", verbosity=0)
    assert walls.missing() == set()


def test_the_walls_stand_again_after_a_migration_that_rebuilt_a_table(transactional_db):
    """SQLite builds a new table for most changes of a column, and drops the triggers of the old."""
    old = SignOff._meta.get_field("role")
    new = models.CharField(max_length=90)
    new.set_attributes_from_name("role")
    new.model = SignOff
    with connection.schema_editor() as editor:
        editor.alter_field(SignOff, old, new)
    fallen = walls.missing()
    assert ("sign_offs_are_never_changed" in fallen) != POSTGRESQL
    call_command("migrate", verbosity=0)
    assert walls.missing() == set()
    with connection.schema_editor() as editor:
        editor.alter_field(SignOff, new, old)
    walls.install()


def test_the_walls_stand_while_a_transactional_test_runs(transactional_db):
    assert walls.missing() == set()
    version = make.submitted(make.newsroom())
    with refused_by("submitted_version_is_frozen"):
        Version.objects.filter(pk=version.pk).update(title="x")


def test_an_act_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        dialect.lock_ledger("default")


def test_the_walls_are_lifted_for_a_block_and_stand_after_it(db):
    with walls.lifted():
        assert len(walls.missing()) > 50
    assert walls.missing() == set()


def test_the_walls_stand_after_a_lifted_block_that_failed(db):
    with pytest.raises(ZeroDivisionError), walls.lifted():
        raise ZeroDivisionError
    assert walls.missing() == set()


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL can disable a trigger")
def test_a_disabled_wall_is_missed(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE topics_signoff DISABLE TRIGGER sign_offs_are_never_changed")
        assert walls.missing() == {"sign_offs_are_never_changed"}
        cursor.execute("ALTER TABLE topics_signoff ENABLE REPLICA TRIGGER sign_offs_are_never_changed")
        assert walls.missing() == {"sign_offs_are_never_changed"}
        cursor.execute("ALTER TABLE topics_signoff ENABLE TRIGGER sign_offs_are_never_changed")


def test_no_two_walls_share_a_name_and_all_names_fit_both_databases():
    names = [wall.name for wall in walls.triggers("default")]
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 63 - len("wall_")


def test_every_wall_is_around_a_table_that_exists():
    models_ = apps.get_app_config("topics").get_models(include_auto_created=True)
    assert {wall.table for wall in walls.WALLS} <= {model._meta.db_table for model in models_}


def test_every_model_of_history_refuses_deletion():
    kept = {wall.table for wall in walls.WALLS if wall.event == "DELETE"}
    free = {
        "topics_author",
        "topics_category",
        "topics_specialty",
        "topics_reviewpolicy",
        "topics_policyrole",
        "topics_reviewerlanguage",
        *("topics_licensee", "topics_directoryentry"),  # Configuration; no page deletes them.
        "topics_directoryplace",  # An index, made anew from the directory.
        "topics_usage",  # A count; the ledger does not rest on it.
        # The index of the public search, made anew from the editions.
        *("topics_searchentry", "topics_searchname", "topics_searchstate"),
        *("topics_search_fts", "topics_search_vector"),
        "topics_versionword",  # An index for searching, made anew from the versions.
    }
    tables = {model._meta.db_table for model in apps.get_app_config("topics").get_models()}
    assert tables - kept == free


def attacks():
    files = [*TESTS.glob("attacks/*.py"), *TESTS.glob("models/*.py")]
    return "\n".join(path.read_text() for path in files)


FAMILIES = {
    "_are_never_changed": "{name}_are_never_changed",
    "_are_never_deleted": "{name}_are_never_deleted",
    "_is_frozen_insert": "{part}_is_frozen_insert",
    "_is_frozen_update": "{part}_is_frozen_update",
    "_is_frozen_delete": "{part}_is_frozen_delete",
}
"""Walls that are named by a pattern in a test that runs over all of their tables."""


def test_every_wall_is_named_by_a_test_that_runs_into_it():
    text = attacks()

    def is_named(name):
        if f'"{name}"' in text:
            return True
        for ending, pattern in FAMILIES.items():
            if name.endswith(ending):
                return pattern in text and f'"{name.removesuffix(ending)}"' in text
        return False

    assert [name for name in sorted(walls.expected()) if not is_named(name)] == []


def test_every_constraint_says_in_a_sentence_what_it_refuses():
    internal = {"version_number_is_unique_in_its_article", "requirement_names_each_role_once"}
    internal |= {"usage_of_a_day_is_one_number"}
    internal |= {"edition_number_is_unique_in_its_article", "one_person_signs_one_role"}
    internal |= {"contribution_is_recorded_once", "word_leads_to_a_version_once"}
    internal |= {"mark_names_a_thing_once"}
    for model in apps.get_app_config("topics").get_models():
        for constraint in model._meta.constraints:
            if constraint.name not in internal:
                default = type(constraint).default_violation_error_message
                assert constraint.violation_error_message != default, constraint.name
