"""The ways in which people and programs reach the database, and how a refusal is told apart."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests import make
from topics.models import Edition, Requirement, SignOff, Version, walls
from topics.models.signing import as_printed
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.rules.refusal import Refused
from topics.workflow import acts
from topics.workflow.ledger import begin_act, record

POSTGRESQL = connection.vendor == "postgresql"


# Refusals ---------------------------------------------------------------------------------------


@contextmanager
def refused_by(*names):
    """The database refuses the block, and names the wall or the constraint that did.

    Several names are given where several rules refuse the same thing: which of them is asked first
    differs between the databases. SQLite tells of a broken UNIQUE constraint only the columns; those
    of the named one are expected.
    """
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert any(expected_text(name) in str(caught.value) for name in names), caught.value


def expected_text(name):
    for model in apps.get_app_config("topics").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                if POSTGRESQL or not isinstance(constraint, models.UniqueConstraint):
                    return name
                table = model._meta.db_table
                columns = [model._meta.get_field(field).column for field in constraint.fields]
                return "UNIQUE constraint failed: " + ", ".join(f"{table}.{c}" for c in columns)
    assert name in walls.expected(), f"no wall or constraint is called {name}"
    return name if POSTGRESQL and name == "editions_never_overlap" else f"{name}: "


@contextmanager
def refused_by_a_wall_of(table, event):
    """The database refuses the block by one of the walls around that event on that table.

    Where several apply, the databases differ in which they ask first.
    """
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    names = {wall.name for wall in walls.WALLS if (wall.table, wall.event) == (table, event)}
    assert str(caught.value).split(":")[0] in names


@contextmanager
def refused_as_referenced():
    """The database refuses the block because other rows refer to what it takes away."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def refused_with(*codes, kind=Refused):
    """The door refuses the block, for exactly these reasons."""
    with pytest.raises(kind) as caught, transaction.atomic():
        yield
    assert caught.value.codes == list(codes)


# Changing a row ---------------------------------------------------------------------------------


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def prepared(row, name, value):
    field = row._meta.get_field(name)
    value = value.pk if isinstance(value, models.Model) else value
    return field.column, field.get_db_prep_save(value, connection)


def by_sql(row, /, **fields):
    columns = dict(prepared(row, name, value) for name, value in fields.items())
    pairs = ", ".join(f"{column} = %s" for column in columns)
    key = row._meta.pk.column
    sql(
        f"UPDATE {row._meta.db_table} SET {pairs} WHERE {key} = %s",
        *columns.values(),
        row._meta.pk.get_db_prep_save(row.pk, connection),
    )


def by_queryset(row, /, **fields):
    type(row)._base_manager.filter(pk=row.pk).update(**fields)


def by_bulk_update(row, /, **fields):
    type(row)._base_manager.bulk_update([changed(row, **fields)], list(fields))


def by_save(row, /, **fields):
    changed(row, **fields).save()


def by_save_of_fields(row, /, **fields):
    changed(row, **fields).save(update_fields=list(fields))


def changed(row, /, **fields):
    row = type(row)._base_manager.get(pk=row.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return row


WAYS = (by_sql, by_queryset, by_bulk_update, by_save, by_save_of_fields)


def refused_every_way(names, row, /, **fields):
    """Each way of setting these fields is refused by the wall or constraint of that name."""
    names = [names] if isinstance(names, str) else names
    ways = WAYS if not {"pk", "id", "number"} & fields.keys() else (by_sql, by_queryset)
    for way in ways:
        with refused_by(*names):
            way(row, **fields)


def delete_refused_every_way(name, row):
    """Each way of deleting the row is refused: by that wall, or before it by Django's protection."""
    with refused_by(name):
        sql(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", row.pk)
    with refused_by(name):
        rows = type(row)._base_manager.filter(pk=row.pk)
        rows._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.get(pk=row.pk).delete()


def replace(row, /, **fields):
    """INSERT OR REPLACE on SQLite, INSERT … ON CONFLICT DO UPDATE on PostgreSQL, of the whole row."""
    row = changed(row, **fields)
    columns = dict(prepared(row, f.name, getattr(row, f.attname)) for f in row._meta.concrete_fields)
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    table, key = row._meta.db_table, row._meta.pk.column
    if POSTGRESQL:
        pairs = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
        upsert = (
            f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {pairs}"
        )
    else:
        upsert = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})"
    sql(upsert, *columns.values())


# Forging what the door writes ---------------------------------------------------------------------


def entry(act, *, actor, version, from_state="", to_state="", **detail):
    """A ledger entry, rightly chained, of an act that did not go through the door."""
    at = begin_act()
    return record(
        act,
        actor=actor,
        at=at,
        version=version,
        from_state=from_state,
        to_state=to_state,
        **detail,
    )


def step(version, act, to_state, *, actor):
    """The ledger entry of a step that the version did not take."""
    return entry(act, actor=actor, version=version, from_state=version.state, to_state=to_state)


def forged_edition(room, version, /, *, meanwhile=None, **fields):
    """Inserts what a release would write, but for the given fields, with a fitting ledger entry.

    `meanwhile` is called before it is written: for what the door itself would have refused.
    """
    with transaction.atomic():
        edition = release(version, actor=room.publisher)
        transaction.set_rollback(True)
    if meanwhile:
        meanwhile()
    publisher = fields.get("released_by", room.publisher)
    written = step(version, "release", "released", actor=publisher)
    starts_at = fields.get("starts_at", written.at)
    for base in version.article.editions.in_force(at=starts_at):
        base.ends_at, base.end_entry = starts_at, written
        base.save()
    edition.pk, edition.release_entry, edition.released_at = None, written, written.at
    for name, value in {"starts_at": starts_at, **fields}.items():
        setattr(edition, name, value)
    edition.save(force_insert=True)
    return edition


def forged_sign_off(version, reviewer, /, *, with_entry=True, meanwhile=None, **fields):
    """Inserts what signing would write, but for the given fields, with a fitting ledger entry.

    A given credential is printed as it reads. `meanwhile` is called before it is written: for what the
    door itself would have refused.
    """
    with transaction.atomic():
        make.sign(version, reviewer)
        signed = SignOff.objects.filter(version=version).order_by("-pk").first()
        transaction.set_rollback(True)
    if meanwhile:
        meanwhile()
    if with_entry:
        signer = fields.get("user", reviewer.user)
        written = entry("sign_off", actor=signer, version=version, digest=version.digest)
        signed.entry, signed.signed_at = written, written.at
    else:
        signed.entry_id = version.audit_entries.first().pk
    signed.pk = None
    if "credential" in fields:
        fields = as_printed(fields["credential"]) | fields
    for name, value in fields.items():
        setattr(signed, name, value)
    signed.save(force_insert=True)
    return signed


def submit_past_the_door(room, version, **fields):
    """Moves a draft into review as the door would, but with the given requirements or fields."""
    with transaction.atomic():
        frozen = acts.submit(version, actor=room.writer)
        transaction.set_rollback(True)
    written = entry(
        "submit",
        actor=room.writer,
        version=version,
        from_state="draft",
        to_state="editorial_review",
    )
    Version.objects.filter(pk=version.pk).update(
        **{
            "state": "editorial_review",
            "state_since": written.at,
            "document": frozen.document,
            "digest": frozen.digest,
            "policy": frozen.policy,
            "submitted_by": room.writer,
            "submitted_at": written.at,
            **fields,
        }
    )


def asked(version, role="primary", *, specialty="Family Medicine", meaning="accurate"):
    made = Requirement.objects.create(
        version=version, position=1, role=role, label=role, meaning=meaning
    )
    made.specialties.add(make.specialty(specialty))
    return made


def complete(version):
    asked(version)
    asked(version, "specialist", specialty="Respiratory Medicine")
    return version


def withdrawn(stage, **fields):
    withdraw(
        stage.edition, kind="correction", explanation="Wrong.", actor=stage.room.publisher, **fields
    )
    stage.edition.refresh_from_db()
    return stage.edition


def public(article):
    """The titles that the public could read of the article, now or later."""
    return [edition.title for edition in Edition.objects.ever_in_force().filter(article=article)]
