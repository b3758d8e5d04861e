"""Attacks on an edition's record, and on the walls through OR REPLACE and replicas."""

import json
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import POSTGRESQL, forged_edition, refused_by, replace, sql
from topics.content.canonical import canonical
from topics.models import Edition, Notice, SignOff, Version, walls
from topics.models.walls import dialect
from topics.publishing.release import release

only_sqlite = pytest.mark.skipif(POSTGRESQL, reason="only SQLite has OR REPLACE")


@pytest.fixture
def newsroom(stage):
    return stage.room


def unwritten(room, version):
    """The edition that a release would write, with its record as a dict."""
    with transaction.atomic():
        edition = release(version, actor=room.publisher)
        transaction.set_rollback(True)
    return edition, json.loads(edition.record)


def forged(room, version, change, **fields):
    """As `forged_edition`, with the record that a release would write, changed."""
    edition, record = unwritten(room, version)
    record = change(record)
    return forged_edition(
        room,
        version,
        record=record if isinstance(record, str) else canonical(record),
        first_published=edition.first_published,
        modified=edition.modified,
        **fields,
    )


# The record ---------------------------------------------------------------------------------------

WRONG = {
    "a signed field": lambda r: r | {"summary": "Take 50 mg."},
    "sections": lambda r: r | {"sections": []},
    "an unknown field": lambda r: r | {"dose": "50 mg"},
    "a field too few": lambda r: {k: v for k, v in r.items() if k != "change_note"},
    "another digest": lambda r: r | {"digest": "sha-256:" + "0" * 64},
    "another edition": lambda r: r | {"edition": 7},
    "another version": lambda r: r | {"version": 7},
    "another kind": lambda r: r | {"change_kind": "minor"},
    "another note": lambda r: r | {"change_note": "Take 50 mg."},
    "another slug": lambda r: r | {"slug": "other"},
    "another category": lambda r: r | {"category": {"name": "Other", "slug": "other"}},
    "fewer signed fields": lambda r: r | {"signed_fields": ["title"]},
    "another first day": lambda r: r | {"first_published": "2000-01-01T00:00:00Z"},
    "text as its instant": lambda r: r | {"published": "Take 50 mg."},
    "no review": lambda r: r | {"reviews": []},
    "one review": lambda r: r | {"reviews": r["reviews"][:1]},
    "reviews twice": lambda r: r | {"reviews": r["reviews"] * 2},
    **{
        f"another {key} of a reviewer": lambda r, key=key: (
            r | {"reviews": [r["reviews"][0] | {key: "x"}, *r["reviews"][1:]]}
        )
        for key in ("name", "credentials", "specialty", "statement", "digest", "disclosure", "signed_at")
    },
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_record_is_refused_with(newsroom, stage, wrong):
    version = stage.approved
    with refused_by("edition_record_adds_nothing_signed"):
        forged(newsroom, version, WRONG[wrong])


def test_the_same_record_without_a_change_is_taken(newsroom, stage):
    forged(newsroom, stage.approved, lambda record: record)


def test_a_record_with_a_key_twice_is_refused(newsroom, stage):
    version = stage.approved
    with refused_by("edition_record_adds_nothing_signed"):
        forged(newsroom, version, lambda record: canonical(record)[:-1] + ',"slug":"other"}')


def test_a_record_with_every_kind_of_character_is_taken(newsroom, stage):
    note = 'A "quoted" \\ back/slash, é, 😀, tab\t, line\nand \u2028, \u007f, <b>&'
    newsroom.specialist.disclosure = note
    newsroom.specialist.save()
    first = stage.edition
    draft = make.next_draft(newsroom, first.article, title="New", change_note=note)
    second = make.released(newsroom, draft)
    assert json.loads(second.record)["change_note"] == note


def test_a_minor_change_keeps_the_reviews_of_its_base_and_no_others(newsroom, stage):
    first = stage.edition
    plenty = make.BODY.replace("plenty", "a lot")
    draft = make.next_draft(newsroom, first.article, change_kind="minor", body=plenty)
    version = make.approved(newsroom, draft)
    with refused_by("edition_record_adds_nothing_signed"):
        forged(newsroom, version, lambda record: record | {"reviews": record["reviews"][1:]})
    second = release(version, actor=newsroom.publisher)
    assert [review["version"] for review in json.loads(second.record)["reviews"]] == [1, 1, 2]


# A session of a replica ---------------------------------------------------------------------------


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL has replicas")
def test_a_session_of_a_replica_runs_into_the_walls(stage):
    edition = stage.edition
    connection.check_constraints()
    sql("SET LOCAL session_replication_role = replica")
    with refused_by("edition_is_frozen"):
        Edition.objects.filter(pk=edition.pk).update(title="x")
    with refused_by("sign_offs_are_never_deleted"):
        SignOff.objects.all()._raw_delete("default")
    with refused_by("nothing_is_truncated"):
        sql("TRUNCATE topics_edition CASCADE")


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL can disable a trigger")
def test_a_wall_that_a_replica_would_not_meet_is_missed(db):
    table, name = "topics_signoff", "sign_offs_are_never_changed"
    sql(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
    assert name not in dialect.standing("default")
    sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    assert name in dialect.standing("default")


# OR REPLACE by a program that does not turn recursive triggers on ------------------------------------


@pytest.fixture
def plain_client(newsroom):
    if not POSTGRESQL:
        sql("PRAGMA recursive_triggers = OFF")
    yield newsroom
    if not POSTGRESQL:
        sql("PRAGMA recursive_triggers = ON")


def notice(room, *, waits=False):
    at = timezone.now()
    fields = {"kind": "terms", "text": "Pay.", "created_by": room.editor, "created_at": at}
    with walls.lifted():
        return Notice.objects.create(in_force_from=None if waits else at, **fields)


HELD = {
    "article": lambda stage: stage.draft.article,
    "version": lambda stage: stage.draft,
    "contribution": lambda stage: stage.draft.contributions.get(),
    "assignment": lambda stage: stage.assigned.assignments.first(),
    "sign_off": lambda stage: stage.edition.version.sign_offs.first(),
    "edition": lambda stage: stage.edition,
    "notice": lambda stage: notice(stage.room),
}


def insert_or_replace(row, **fields):
    """As `replace`, on a row with a new id: what a plain client could do to clear another away."""
    top = type(row).objects.order_by("-pk").first().pk
    with only_the_walls_against_replacing(row):
        replace(row, id=top + 1, **fields)


@contextmanager
def only_the_walls_against_replacing(row):
    """The other walls around an insert, which mostly miss a fresh ledger entry, are taken down."""
    table = row._meta.db_table
    others = [
        wall for wall in walls.WALLS if (wall.table, wall.event) == (table, "INSERT") and not wall.keys
    ]
    for wall in others:
        sql(dialect.drop(wall, "default"))
    try:
        yield
    finally:
        for wall in others:
            for statement in dialect.create(wall, "default"):
                sql(statement)


@only_sqlite
@pytest.mark.parametrize("held", HELD)
def test_no_row_is_cleared_away_for_one_with_another_id(plain_client, stage, held):
    row = HELD[held](stage)
    with pytest.raises(IntegrityError, match="UNIQUE constraint failed"), transaction.atomic():
        insert_or_replace(row)
    assert type(row).objects.filter(pk=row.pk).exists()


@only_sqlite
def test_no_open_version_is_cleared_away_for_another_number(plain_client):
    version = make.draft(plain_client)
    with refused_by("one_open_version_per_article"):
        insert_or_replace(version, number=2)
    assert Version.objects.filter(pk=version.pk).exists()


@only_sqlite
def test_no_article_is_cleared_away_by_an_update(plain_client):
    kept, moved = make.draft(plain_client).article, make.draft(plain_client).article
    with refused_by("slug_is_unique_per_language"):
        sql("UPDATE OR REPLACE topics_article SET slug = %s WHERE id = %s", kept.slug, moved.pk)
    assert type(kept).objects.filter(pk=kept.pk).exists()
    assert "article_clears_no_other_away" in walls.expected()


@only_sqlite
def test_no_notice_is_cleared_away_by_an_update(plain_client):
    kept = notice(plain_client)
    waiting = notice(plain_client, waits=True)
    at = kept._meta.get_field("in_force_from").get_db_prep_save(kept.in_force_from, connection)
    with refused_by("one_notice_of_a_kind_starts_at_an_instant"):
        sql("UPDATE OR REPLACE topics_notice SET in_force_from = %s WHERE id = %s", at, waiting.pk)
    assert Notice.objects.filter(pk=kept.pk).exists()
    assert "notice_clears_no_other_away" in walls.expected()
