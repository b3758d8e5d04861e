"""Attempts to rewrite, delete or replace what was written, each with the wall that refused it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    POSTGRESQL,
    changed,
    delete_refused_every_way,
    entry,
    refused_by,
    refused_by_a_wall_of,
    refused_every_way,
    refused_with,
    replace,
    sql,
    withdrawn,
)
from topics.models import (
    Assignment,
    AuditEntry,
    SourceStatement,
    walls,
)
from topics.models.walls import dialect
from topics.workflow import acts, remarks

DAY = timedelta(days=1)


@pytest.fixture
def newsroom(stage):
    return stage.room


def statement(stage):
    return SourceStatement.objects.create(
        version=stage.draft, file_name="a.txt", imported_at=timezone.now()
    )


def remark(stage):
    return remarks.remark(stage.submitted, text="By weight?", actor=stage.room.editor)


def notice(stage):
    return make.notice(stage.room)


APPEND_ONLY = {
    "sign_offs": (lambda stage: stage.edition.version.sign_offs.first(), "printed_name"),
    "withdrawals": (lambda stage: withdrawn(stage).withdrawal, "explanation"),
    "contributions": (lambda stage: stage.draft.contributions.get(), "user"),
    "notices": (notice, "text"),
    "source_statements": (statement, "file_name"),
    "remarks": (remark, "text"),
    "audit_entries": (lambda stage: stage.draft.article.audit_entries.get(), "detail"),
}
OTHERS = {
    "articles": lambda stage: stage.draft.article,
    "versions": lambda stage: stage.draft,
    "assignments": lambda stage: stage.assigned.assignments.first(),
    "editions": lambda stage: stage.edition,
}
KEPT = OTHERS | {name: made for name, (made, _) in APPEND_ONLY.items()}


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_what_is_append_only_is_not_changed(newsroom, stage, name):
    made, field = APPEND_ONLY[name]
    value = newsroom.editor if field == "user" else "Something else."
    refused_every_way(f"{name}_are_never_changed", made(stage), **{field: value})


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_not_deleted(stage, name):
    delete_refused_every_way(f"{name}_are_never_deleted", KEPT[name](stage))


REPLACED = {
    "articles_are_never_replaced": lambda stage: stage.draft.article,
    "versions_are_never_replaced": lambda stage: stage.draft,
    "contributions_are_never_replaced": lambda stage: stage.draft.contributions.get(),
    "assignments_are_never_replaced": lambda stage: stage.assigned.assignments.first(),
    "sign_offs_are_never_replaced": lambda stage: stage.edition.version.sign_offs.first(),
    "editions_are_never_replaced": lambda stage: stage.edition,
    "withdrawals_are_never_replaced": lambda stage: withdrawn(stage).withdrawal,
    "audit_entries_are_never_replaced": lambda stage: stage.draft.article.audit_entries.get(),
    "notices_are_never_replaced": notice,
    "source_statements_are_never_replaced": statement,
    "remarks_are_never_replaced": remark,
}


def test_no_row_of_history_is_replaced_by_an_insert(stage):
    edition = withdrawn(stage)
    version = edition.version
    named = {
        "articles": edition.article,
        "versions": version,
        "contributions": version.contributions.first(),
        "assignments": version.assignments.first(),
        "sign_offs": version.sign_offs.first(),
        "editions": edition,
        "withdrawals": edition.withdrawal,
        "audit_entries": AuditEntry.objects.get(number=1),
        "notices": notice(stage),
        "source_statements": statement(stage),
        "remarks": remark(stage),
    }
    assert {f"{name}_are_never_replaced" for name in named} == REPLACED.keys()
    for row in named.values():
        with refused_by_a_wall_of(row._meta.db_table, "INSERT"):
            replace(row)


@pytest.mark.parametrize("name", REPLACED)
def test_the_wall_against_replacing_holds_alone(stage, name):
    """The other walls around an insert, which mostly miss a fresh ledger entry, are taken down."""
    row = REPLACED[name](stage)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for wall in walls.WALLS:
            if wall.table == row._meta.db_table and wall.event == "INSERT" and wall.name != name:
                cursor.execute(dialect.drop(wall, "default"))
    with refused_by(name):
        replace(row)
    walls.install()


@pytest.mark.skipif(POSTGRESQL, reason="only SQLite has REPLACE")
def test_a_row_of_history_is_not_replaced_through_another_unique_key(stage):
    edition = stage.edition
    with refused_by("edition_number_is_unique_in_its_article", *edition_walls()):
        replace(edition, id=edition.pk + 1)
    with refused_by(
        "version_number_is_unique_in_its_article",
        "versions_are_never_deleted",
        "version_begins_as_a_draft",
    ):
        replace(edition.version, id=edition.version.pk + 1, state="draft", document="", digest="")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (1,)


def edition_walls():
    return [w.name for w in walls.WALLS if (w.table, w.event) == ("topics_edition", "INSERT")]


@pytest.mark.skipif(POSTGRESQL, reason="only SQLite has OR IGNORE")
def test_or_ignore_does_not_silence_a_wall(stage):
    edition = stage.edition
    with refused_by("edition_is_frozen"):
        sql("UPDATE OR IGNORE topics_edition SET title = 'x' WHERE id = %s", edition.pk)
    with refused_by("edition_is_frozen"):
        sql("UPDATE OR REPLACE topics_edition SET number = 9 WHERE id = %s", edition.pk)


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("table", sorted({wall.table for wall in walls.WALLS}))
def test_no_table_of_history_is_truncated(newsroom, table):
    connection.check_constraints()
    with refused_by("nothing_is_truncated"):
        sql(f"TRUNCATE {table} CASCADE")


def test_an_assignment_is_only_ended(newsroom, stage):
    assignment = stage.assigned.assignments.first()
    refused_every_way("assignment_only_ends", assignment, due_on=date(2100, 1, 1))
    refused_every_way("assignment_only_ends", assignment, reviewer=make.reviewer("Dermatology"))
    acts.withdraw_assignment(
        assignment.version, requirement=assignment.requirement, actor=newsroom.editor
    )
    refused_every_way("assignment_only_ends", assignment, ended_at=None)
    refused_every_way("assignment_only_ends", assignment, end_reason="Asked to be released.")


def test_nobody_is_released_past_the_door(newsroom, stage):
    version = stage.in_medical_review
    assignment = version.assignments.get(requirement__role="primary")
    wall = "assignment_ends_with_its_audit_entry"
    refused_every_way(wall, assignment, ended_at=timezone.now(), ended_by=newsroom.editor)
    # An entry about another role, of another actor or with another reason carries nothing either.
    for act, role, reason in (
        ("withdraw_assignment", "specialist", "Ill"),
        ("withdraw_assignment", "primary", "Well"),
        ("submit", "primary", "Ill"),
    ):
        written = entry(act, actor=newsroom.editor, version=version, role=role, reason=reason)
        ended = {"ended_at": written.at, "ended_by": newsroom.editor, "end_reason": "Ill"}
        refused_every_way(wall, assignment, **ended)
    written = entry(
        "withdraw_assignment", actor=newsroom.editor, version=version, role="primary", reason="Ill"
    )
    ended = {"ended_at": written.at, "end_reason": "Ill"}
    refused_every_way(wall, assignment, ended_by=newsroom.writer, **ended)
    Assignment.objects.filter(pk=assignment.pk).update(ended_by=newsroom.editor, **ended)


def test_who_has_signed_is_not_released(newsroom, stage):
    version = make.sign(stage.in_medical_review, newsroom.primary)
    assignment = version.assignments.get(requirement__role="primary")
    given = {"requirement": assignment.requirement, "actor": newsroom.editor}
    with refused_with("role_is_signed"):
        acts.withdraw_assignment(version, reason="Ill", **given)
    with refused_with("role_is_signed"):
        acts.change_due_date(version, due_on=date(2100, 1, 1), **given)
    written = entry("withdraw_assignment", actor=newsroom.editor, version=version, role="primary")
    ended = {"ended_at": written.at, "ended_by": newsroom.editor}
    refused_every_way("assignment_ends_with_its_audit_entry", assignment, **ended)


def test_the_remarks_on_a_return_stay_as_they_were_given(newsroom, stage):
    version = acts.return_with_remarks(
        stage.submitted, remarks="The dose is wrong.", actor=newsroom.editor
    )
    refused_every_way("return_remarks_stay_as_given", version, return_remarks="Well done.")
    refused_every_way("return_remarks_stay_as_given", version, state_since=timezone.now() - 9 * DAY)
    refused_every_way(
        ["returned_version_says_why", "return_remarks_stay_as_given"], version, return_remarks=""
    )


def test_a_public_article_keeps_its_address_and_its_author(newsroom, stage):
    article = stage.edition.article
    for field, value in {
        "slug": "other",
        "language": "es",
        "translation_of": make.draft(newsroom, language="fr").article,
        "public_id": "00000000-0000-4000-8000-000000000000",
        "created_by": newsroom.editor,
        "created_at": timezone.now() - 9 * DAY,
    }.items():
        refused_every_way("article_identity_is_stable", article, **{field: value})
    changed(article, category=make.category()).save()
