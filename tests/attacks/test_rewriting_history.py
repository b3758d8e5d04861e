"""Attempts to rewrite what was written, signed or public, each with the wall that refused it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    POSTGRESQL,
    by_sql,
    changed,
    delete_refused_every_way,
    entry,
    refused_as_referenced,
    refused_by,
    refused_by_a_wall_of,
    refused_every_way,
    replace,
    sql,
)
from topics.content.canonical import digest
from topics.models import (
    Assignment,
    AuditEntry,
    Category,
    Edition,
    Notice,
    Requirement,
    SignOff,
    SourceStatement,
    Specialty,
    Withdrawal,
    walls,
)
from topics.models.walls import dialect
from topics.publishing.evidence import unproven_editions
from topics.publishing.notices import put_in_force, what
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.workflow import acts
from topics.workflow.ledger import begin_act, broken_links, record

DAY = timedelta(days=1)


# Editions -----------------------------------------------------------------------------------------

FIXED = {
    "document": "{}",
    "digest": digest("{}"),
    "record": "{}",
    "title": "Cough cured",
    "summary": "Take 50 mg.",
    "language": "es",
    "number": 7,
    "change_kind": "minor",
    "starts_at": timezone.now() + 9 * DAY,
    "expires_at": timezone.now() + 9 * DAY,
    "first_published": timezone.now() - 9 * DAY,
    "modified": timezone.now() - 9 * DAY,
    "last_reviewed": date(2100, 1, 1),
    "review_warning_on": date(2100, 1, 1),
    "next_review_due": date(2100, 1, 1),
    "released_at": timezone.now() - 9 * DAY,
}


@pytest.mark.parametrize("field", FIXED)
def test_nothing_of_an_edition_changes_but_its_end(newsroom, field):
    names = ["edition_is_frozen", "editions_never_overlap_on_update"][: 1 if POSTGRESQL else 2]
    refused_every_way(names, make.released(newsroom), **{field: FIXED[field]})


def test_an_edition_is_not_moved_to_another_article_version_person_or_category(newsroom):
    edition, other = make.released(newsroom), make.released(newsroom)
    for field, value in {
        "article": make.draft(newsroom).article,
        "version": other.version,
        "category": make.category(),
        "released_by": newsroom.editor,
        "release_entry": other.release_entry,
    }.items():
        refused_every_way("edition_is_frozen", edition, **{field: value})


def test_an_edition_is_not_ended_without_a_ledger_entry(newsroom):
    edition = make.released(newsroom)
    refused_every_way("edition_end_has_its_audit_entry", edition, ends_at=timezone.now() + DAY)


def test_an_edition_is_not_ended_on_the_entry_of_its_own_release(newsroom):
    """The end would be dated back to the start: what the public read would never have been public."""
    edition = make.released(newsroom)
    refused_every_way(
        "edition_end_has_its_audit_entry",
        edition,
        ends_at=edition.release_entry.at,
        end_entry=edition.release_entry,
    )


def test_an_edition_is_not_ended_on_the_entry_of_a_release_that_is_complete(newsroom):
    edition = make.released(newsroom)
    soon = timezone.now() + DAY
    withdraw(edition, kind="retired", explanation="Old.", effective_at=soon, actor=newsroom.publisher)
    version = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    later = release(version, actor=newsroom.publisher, starts_at=soon + DAY)
    refused_every_way(
        "edition_end_has_its_audit_entry",
        edition,
        ends_at=later.release_entry.at,
        end_entry=later.release_entry,
    )


def test_a_planned_withdrawal_is_not_moved_on_its_own_entry(newsroom):
    edition = make.released(newsroom)
    withdrawal = withdraw(
        edition,
        kind="retired",
        explanation="Old.",
        effective_at=timezone.now() + 2 * DAY,
        actor=newsroom.publisher,
    )
    refused_every_way("edition_end_has_its_audit_entry", edition, ends_at=withdrawal.effective_at - DAY)


def test_an_edition_is_ended_by_a_withdrawal_through_the_door(newsroom):
    edition = make.released(newsroom)
    withdrawal = withdraw(edition, kind="retired", explanation="Old.", actor=newsroom.publisher)
    edition.refresh_from_db()
    assert edition.ends_at == withdrawal.effective_at


def forged_withdrawal(room, edition, /, **fields):
    written = entry("withdraw", actor=room.publisher, version=edition.version)
    withdrawal = Withdrawal(
        **{
            "edition": edition,
            "kind": "safety_recall",
            "explanation": "Wrong.",
            "effective_at": written.at,
            "withdrawn_by": room.publisher,
            "withdrawn_at": written.at,
            "entry": written,
            **fields,
        }
    )
    withdrawal.save()
    return withdrawal


def test_an_edition_is_not_ended_in_the_past(newsroom):
    edition = make.released(newsroom, at=timezone.now() - 9 * DAY)
    with refused_by("withdrawal_has_its_audit_entry"):
        forged_withdrawal(newsroom, edition, effective_at=timezone.now() - DAY)
    with refused_by("edition_end_never_rewrites_the_past", "edition_end_has_its_audit_entry"):
        written = entry("release", actor=newsroom.publisher, version=edition.version)
        by_sql(edition, ends_at=timezone.now() - DAY, end_entry=written)


def test_a_withdrawal_belongs_to_the_edition_its_entry_names(newsroom):
    edition, other = make.released(newsroom), make.released(newsroom)
    forged_withdrawal(newsroom, edition)
    with refused_by("withdrawal_has_its_audit_entry"):
        forged_withdrawal(newsroom, edition, edition=other)
    with refused_by("withdrawal_has_its_audit_entry"):
        forged_withdrawal(newsroom, edition, withdrawn_by=newsroom.editor)


def test_one_act_withdraws_once(newsroom):
    edition = make.released(newsroom)
    withdrawal = forged_withdrawal(newsroom, edition)
    withdrawal.pk = None
    with refused_by("withdrawal_has_its_audit_entry"):
        withdrawal.save()


def test_a_withdrawal_of_another_edition_does_not_end_this_one(newsroom):
    edition, other = make.released(newsroom), make.released(newsroom)
    withdrawal = forged_withdrawal(newsroom, edition)
    refused_every_way(
        "edition_end_has_its_audit_entry",
        other,
        ends_at=withdrawal.effective_at,
        end_entry=withdrawal.entry,
        withdrawal=withdrawal,
    )


def withdrawn(room, **fields):
    edition = make.released(room)
    withdraw(edition, kind="correction", explanation="Wrong.", actor=room.publisher, **fields)
    edition.refresh_from_db()
    return edition


def test_an_ended_edition_is_not_started_again(newsroom):
    edition = withdrawn(newsroom)
    written = entry("cancel_release", actor=newsroom.publisher, version=edition.version)
    refused_every_way(
        ["edition_end_never_rewrites_the_past", "edition_end_only_moves_earlier"],
        edition,
        ends_at=None,
        end_entry=written,
        withdrawal=None,
    )


def test_the_end_of_an_edition_that_is_to_be_withdrawn_is_not_moved_later(newsroom):
    edition = withdrawn(newsroom, effective_at=timezone.now() + DAY)
    withdrawal = forged_withdrawal(newsroom, edition, effective_at=edition.ends_at + DAY)
    refused_every_way(
        "edition_end_only_moves_earlier",
        edition,
        ends_at=withdrawal.effective_at,
        end_entry=withdrawal.entry,
        withdrawal=withdrawal,
    )


def test_the_end_of_an_edition_that_is_to_be_withdrawn_is_moved_earlier(newsroom):
    edition = withdrawn(newsroom, effective_at=timezone.now() + 2 * DAY)
    withdrawal = forged_withdrawal(newsroom, edition, effective_at=edition.ends_at - DAY)
    by_sql(
        edition,
        ends_at=withdrawal.effective_at,
        end_entry=withdrawal.entry,
        withdrawal=withdrawal,
    )


def test_a_planned_withdrawal_is_not_undone(newsroom):
    edition = withdrawn(newsroom, effective_at=timezone.now() + DAY)
    written = entry("cancel_release", actor=newsroom.publisher, version=edition.version)
    refused_every_way(
        "edition_end_only_moves_earlier", edition, ends_at=None, end_entry=written, withdrawal=None
    )


def test_an_edition_does_not_overlap_another_of_its_article(newsroom):
    first = make.released(newsroom)
    version = make.approved(newsroom, make.next_draft(newsroom, first.article, title="New"))
    with transaction.atomic():
        second = release(version, actor=newsroom.publisher)
        transaction.set_rollback(True)
    written = entry("release", actor=newsroom.publisher, version=version)
    second.pk, second.release_entry = None, written
    second.released_at = second.starts_at = written.at
    for write in (second.save, lambda: Edition.objects.bulk_create([second])):
        with refused_by("editions_never_overlap"):
            write()


@pytest.mark.skipif(POSTGRESQL, reason="the exclusion constraint keeps both rules there")
def test_an_edition_does_not_grow_into_the_next_one(newsroom):
    """Only with the other walls lifted: they refuse it before."""
    first = make.released(newsroom)
    make.released(newsroom, make.next_draft(newsroom, first.article, title="New"))
    for wall in walls.EDITIONS:
        sql(f'DROP TRIGGER "{wall.name}"')
    refused_every_way("editions_never_overlap_on_update", first, ends_at=None)
    walls.install()


def test_an_edition_does_not_end_before_it_starts(newsroom):
    edition = make.released(newsroom, starts_at=timezone.now() + 3 * DAY)
    written = entry("release", actor=newsroom.publisher, version=edition.version)
    refused_every_way(
        ["edition_ends_after_it_starts", "edition_end_has_its_audit_entry"],
        edition,
        ends_at=written.at + DAY,
    )


def test_an_edition_is_not_served_past_its_expiry(newsroom):
    newsroom.policy.when_overdue = "withhold"
    newsroom.policy.save()
    edition = make.released(newsroom)
    assert edition.ends_at == edition.expires_at
    for end in (None, edition.expires_at + DAY):
        names = ["edition_ends_by_its_expiry", "edition_end_only_moves_earlier"]
        refused_every_way([*names, "edition_end_has_its_audit_entry"], edition, ends_at=end)


def test_a_cancelled_release_is_never_in_force(newsroom):
    edition = make.released(newsroom, starts_at=timezone.now() + DAY)
    cancel_release(edition, actor=newsroom.publisher)
    assert not Edition.objects.ever_in_force().filter(pk=edition.pk).exists()
    refused_every_way("edition_end_has_its_audit_entry", edition, ends_at=None)


# Rows that only ever are added ----------------------------------------------------------------------


def statement(room):
    return SourceStatement.objects.create(
        version=make.draft(room), file_name="a.txt", imported_at=timezone.now()
    )


APPEND_ONLY = {
    "sign_offs": (lambda room: make.released(room).version.sign_offs.first(), "printed_name"),
    "withdrawals": (lambda room: withdrawn(room).withdrawal, "explanation"),
    "contributions": (lambda room: make.draft(room).contributions.get(), "user"),
    "notices": (make.notice, "text"),
    "source_statements": (statement, "file_name"),
    "audit_entries": (lambda room: make.draft(room).article.audit_entries.get(), "detail"),
}


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_what_is_append_only_is_not_changed(newsroom, name):
    made, field = APPEND_ONLY[name]
    value = newsroom.editor if field == "user" else "Something else."
    refused_every_way(f"{name}_are_never_changed", made(newsroom), **{field: value})


@pytest.mark.parametrize("name", [*APPEND_ONLY, "articles", "versions", "assignments", "editions"])
def test_what_is_kept_is_not_deleted(newsroom, name):
    others = {
        "articles": lambda room: make.draft(room).article,
        "versions": make.draft,
        "assignments": lambda room: make.assigned(room).assignments.first(),
        "editions": make.released,
    }
    made = others.get(name) or APPEND_ONLY[name][0]
    delete_refused_every_way(f"{name}_are_never_deleted", made(newsroom))


def test_no_row_of_history_is_replaced_by_an_insert(newsroom):
    edition = withdrawn(newsroom)
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
        "notices": make.notice(newsroom),
        "source_statements": statement(newsroom),
    }
    assert {f"{name}_are_never_replaced" for name in named} == REPLACED.keys()
    for row in named.values():
        with refused_by_a_wall_of(row._meta.db_table, "INSERT"):
            replace(row)


REPLACED = {
    "articles_are_never_replaced": lambda room: make.draft(room).article,
    "versions_are_never_replaced": make.draft,
    "contributions_are_never_replaced": lambda room: make.draft(room).contributions.get(),
    "assignments_are_never_replaced": lambda room: make.assigned(room).assignments.first(),
    "sign_offs_are_never_replaced": lambda room: make.released(room).version.sign_offs.first(),
    "editions_are_never_replaced": make.released,
    "withdrawals_are_never_replaced": lambda room: withdrawn(room).withdrawal,
    "audit_entries_are_never_replaced": lambda room: make.draft(room).article.audit_entries.get(),
    "notices_are_never_replaced": make.notice,
    "source_statements_are_never_replaced": statement,
}


@pytest.mark.parametrize("name", REPLACED)
def test_the_wall_against_replacing_holds_alone(newsroom, name):
    """The other walls around an insert, which mostly miss a fresh ledger entry, are taken down."""
    row = REPLACED[name](newsroom)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for wall in walls.WALLS:
            if wall.table == row._meta.db_table and wall.event == "INSERT" and wall.name != name:
                cursor.execute(dialect.drop(wall, "default"))
    with refused_by(name):
        replace(row)
    walls.install()


@pytest.mark.skipif(POSTGRESQL, reason="only SQLite has REPLACE")
def test_a_row_of_history_is_not_replaced_through_another_unique_key(newsroom):
    edition = make.released(newsroom)
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
def test_or_ignore_does_not_silence_a_wall(newsroom):
    edition = make.released(newsroom)
    with refused_by("edition_is_frozen"):
        sql("UPDATE OR IGNORE topics_edition SET title = 'x' WHERE id = %s", edition.pk)
    with refused_by("edition_is_frozen"):
        sql("UPDATE OR REPLACE topics_edition SET number = 9 WHERE id = %s", edition.pk)


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("table", sorted({wall.table for wall in walls.WALLS}))
def test_no_table_of_history_is_truncated(newsroom, table):
    make.released(newsroom)
    connection.check_constraints()
    with refused_by("nothing_is_truncated"):
        sql(f"TRUNCATE {table} CASCADE")


def test_an_assignment_is_only_ended(newsroom):
    assignment = make.assigned(newsroom).assignments.first()
    refused_every_way("assignment_only_ends", assignment, due_on=date(2100, 1, 1))
    refused_every_way("assignment_only_ends", assignment, reviewer=make.reviewer("Dermatology"))
    Assignment.objects.filter(pk=assignment.pk).update(ended_at=timezone.now(), ended_by=newsroom.editor)
    refused_every_way("assignment_only_ends", assignment, ended_at=None)


def test_the_remarks_on_a_return_stay_as_they_were_given(newsroom):
    version = acts.return_with_remarks(
        make.submitted(newsroom), remarks="The dose is wrong.", actor=newsroom.editor
    )
    refused_every_way("return_remarks_stay_as_given", version, return_remarks="Well done.")
    refused_every_way("return_remarks_stay_as_given", version, state_since=timezone.now() - 9 * DAY)
    refused_every_way(
        ["returned_version_says_why", "return_remarks_stay_as_given"], version, return_remarks=""
    )


def test_a_public_article_keeps_its_address_and_its_author(newsroom):
    article = make.released(newsroom).article
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


# People who signed -----------------------------------------------------------------------------------


def signer(room):
    make.released(room)
    return room.primary


def test_the_account_of_a_person_who_signed_is_not_deleted(newsroom):
    delete_refused_every_way("account_that_signed_is_kept", signer(newsroom).user)


def test_a_reviewer_who_signed_is_not_deleted(newsroom):
    delete_refused_every_way("reviewer_who_signed_is_kept", signer(newsroom))


def test_a_credential_that_was_signed_with_is_not_deleted(newsroom):
    delete_refused_every_way("credential_that_signed_is_kept", signer(newsroom).credential_set.get())


def test_a_person_who_wrote_is_not_deleted(newsroom):
    make.draft(newsroom)
    with pytest.raises(ProtectedError):
        newsroom.writer.delete()
    with refused_as_referenced():
        sql("DELETE FROM topics_user_groups WHERE user_id = %s", newsroom.writer.pk)
        sql("DELETE FROM topics_user WHERE id = %s", newsroom.writer.pk)


def test_a_reviewer_who_signed_is_not_tied_to_another_account(newsroom):
    reviewer = signer(newsroom)
    for account in (make.user("medical_reviewer"), None):
        refused_every_way("reviewer_who_signed_keeps_the_account", reviewer, user=account)


def test_a_reviewer_who_has_not_signed_may_be_tied_to_another_account(newsroom):
    make.assigned(newsroom)
    changed(newsroom.primary, user=make.user("medical_reviewer")).save()


def test_people_and_terms_keep_the_ids_that_history_refers_to(newsroom):
    reviewer = signer(newsroom)
    for row, name in (
        (reviewer.user, "user_keeps_its_id"),
        (reviewer, "reviewer_keeps_its_id"),
        (reviewer.credential_set.get(), "credential_keeps_its_id"),
        (Specialty.objects.first(), "specialty_keeps_its_id"),
        (Category.objects.first(), "category_keeps_its_id"),
        (newsroom.policy, "reviewpolicy_keeps_its_id"),
    ):
        refused_every_way(name, row, id=10_000)


def test_a_credential_that_was_signed_with_stays_as_it_was(newsroom):
    credential = signer(newsroom).credential_set.get()
    for field, value in {
        "reviewer": newsroom.specialist,
        "title": "Honorary doctor",
        "issuer": "Nobody",
        "number": "7",
        "valid_from": date(1990, 1, 1),
        "expires_on": date(2200, 1, 1),
    }.items():
        refused_every_way("credential_that_signed_stays_as_it_was", credential, **{field: value})
    changed(credential, expires_on=date(2050, 1, 1)).save()


def test_a_credential_that_was_not_signed_with_may_be_corrected(newsroom):
    changed(newsroom.primary.credential_set.get(), expires_on=date(2200, 1, 1)).save()


def test_what_a_signer_printed_does_not_change_with_the_signer(newsroom):
    edition = make.released(newsroom)
    changed(newsroom.primary, name="Somebody Else", credentials="PhD").save()
    assert SignOff.objects.get(reviewer=newsroom.primary).printed_name == "Pia Primary"
    assert "Somebody Else" not in Edition.objects.get(pk=edition.pk).record


def test_the_specialty_of_a_requirement_is_not_deleted_from_under_it(newsroom):
    requirement = make.submitted(newsroom).requirements.get(role="primary")
    specialty = requirement.specialties.get()
    with refused_by("requirement_specialties_is_frozen_delete"):
        sql("DELETE FROM topics_requirement_specialties WHERE specialty_id = %s", specialty.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        specialty.delete()
    assert Requirement.objects.get(pk=requirement.pk).specialties.get() == specialty


# The ledger ----------------------------------------------------------------------------------------


def next_entry(room, **fields):
    """The ledger's next entry as the door would write it, unsaved."""
    newest = AuditEntry.objects.order_by("-number").first()
    made = AuditEntry(
        **{
            "number": newest.number + 1,
            "at": timezone.now(),
            "actor": room.editor,
            "act": "edit",
            "detail": "{}",
            "previous_hash": newest.hash,
            **fields,
        }
    )
    made.hash = fields.get("hash") or made.computed_hash()
    return made


def test_an_entry_that_follows_the_newest_is_taken(newsroom):
    make.draft(newsroom)
    next_entry(newsroom).save(force_insert=True)


@pytest.mark.parametrize("step", [-1, 0, 2, 100])
def test_an_entry_is_not_inserted_in_the_middle_or_past_the_end(newsroom, step):
    make.released(newsroom)
    newest = AuditEntry.objects.order_by("-number").first()
    forged = next_entry(newsroom, number=newest.number + step)
    with refused_by("audit_entries_form_a_chain", "audit_entries_are_never_replaced"):
        forged.save(force_insert=True)
    with refused_by("audit_entries_form_a_chain", "audit_entries_are_never_replaced"):
        AuditEntry.objects.bulk_create([forged])


def test_an_entry_does_not_name_another_hash_than_that_of_the_newest(newsroom):
    make.released(newsroom)
    older = AuditEntry.objects.get(number=1)
    with refused_by("audit_entries_form_a_chain"):
        next_entry(newsroom, previous_hash=older.hash).save(force_insert=True)


def test_an_entry_does_not_carry_a_wrong_hash(newsroom):
    make.draft(newsroom)
    with refused_by("audit_entry_carries_its_hash"):
        next_entry(newsroom, hash=digest("{}")).save(force_insert=True)


@pytest.mark.parametrize(
    "text",
    ["é ß 漢 🙂", 'a "quoted" \\ backslash', "line\nbreak\ttab \x01 \x7f \u2028", "</script> '; --"],
)
def test_the_database_computes_the_hash_of_any_text_as_the_door_does(newsroom, text):
    make.draft(newsroom)
    at = begin_act()
    for instant in (at, at.replace(microsecond=0) + timedelta(seconds=1)):
        record("edit", actor=newsroom.editor, at=instant, explanation=text)
    assert list(broken_links()) == []


def test_an_entry_is_not_dated_before_the_newest(newsroom):
    make.draft(newsroom)
    with refused_by("ledger_time_never_runs_backwards"):
        next_entry(newsroom, at=timezone.now() - DAY).save(force_insert=True)


@pytest.fixture
def tampered(newsroom):
    """A public article, and a way to write with all walls lifted."""
    edition = make.released(newsroom)
    newest = AuditEntry.objects.order_by("-number").first().number

    def lifted_sql(*statements):
        with walls.lifted():
            for each in statements:
                sql(each)
        return [number for number, _ in broken_links()]

    lifted_sql.edition, lifted_sql.newest = edition, newest
    return lifted_sql


def test_an_untouched_chain_has_no_broken_link(tampered):
    assert tampered() == []
    assert list(unproven_editions()) == []


def test_an_entry_changed_while_the_walls_were_down_is_found(tampered):
    assert tampered("UPDATE topics_auditentry SET act = 'edit' WHERE number = 2") == [2]


def test_an_entry_redated_while_the_walls_were_down_is_found(tampered):
    found = tampered("UPDATE topics_auditentry SET at = '2000-01-01 00:00:00' WHERE number = 3")
    assert found == [3, 3]


def test_an_entry_deleted_while_the_walls_were_down_is_found(tampered):
    newest = tampered.newest
    found = tampered(
        "DELETE FROM topics_auditentry WHERE number = 2 AND number NOT IN "
        "(SELECT entry_id FROM topics_signoff)"
    )
    assert found[:2] == [3, 3]
    assert newest not in found


def test_an_entry_with_a_new_hash_of_its_own_breaks_the_next(tampered):
    entry_2 = AuditEntry.objects.get(number=2)
    entry_2.act = "edit"
    found = tampered(
        f"UPDATE topics_auditentry SET act = 'edit', hash = '{entry_2.computed_hash()}' WHERE number = 2"
    )
    assert 3 in found


def test_a_chain_cut_off_at_its_end_is_found_by_the_state_it_left_behind(tampered):
    newest = tampered.newest
    found = tampered(
        "UPDATE topics_edition SET release_entry_id = 1",
        f"DELETE FROM topics_auditentry WHERE number = {newest}",
    )
    assert found == [newest - 1]


def test_a_state_moved_while_the_walls_were_down_is_found(tampered):
    found = tampered("UPDATE topics_version SET state = 'draft'")
    assert found == [tampered.newest]


def test_a_document_changed_while_the_walls_were_down_is_found(tampered):
    tampered("UPDATE topics_edition SET document = replace(document, '5 mg', '50 mg')")
    assert "serves a document that does not have its digest" in [
        wrong for _, wrong in unproven_editions()
    ]


def test_a_sign_off_removed_while_the_walls_were_down_is_found(tampered):
    tampered("DELETE FROM topics_signoff WHERE role = 'Specialist'")
    assert [wrong for _, wrong in unproven_editions()] == ["is not signed by its Specialist"]


def test_an_act_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        dialect.lock_ledger("default")


# Notices -------------------------------------------------------------------------------------------


def notice_entry(notice, actor):
    """The entry of a notice that is put in force, without the row that follows it."""
    return record("notice", actor=actor, at=begin_act(), **what(notice))


def evil(actor, **fields):
    now = timezone.now()
    return Notice(
        kind="disclaimer",
        text="Take all of them.",
        created_by=actor,
        **{"created_at": now, "in_force_from": now, **fields},
    )


def test_a_notice_is_not_put_in_force_past_the_door(newsroom):
    make.draft(newsroom)
    with refused_by("notice_has_its_audit_entry_insert"):
        evil(newsroom.publisher).save()
    with refused_by("notice_has_its_audit_entry_insert"):
        Notice.objects.bulk_create([evil(newsroom.publisher)])
    waiting = make.waiting_notice(newsroom)
    later = timezone.now() + DAY
    refused_every_way("notice_has_its_audit_entry_update", waiting, in_force_from=later)


@pytest.mark.parametrize(
    "field", ["kind", "language", "text", "in_force_from", "created_by", "created_at"]
)
def test_the_entry_of_another_notice_does_not_put_this_one_in_force(newsroom, field):
    made = evil(newsroom.publisher, in_force_from=timezone.now() + DAY)
    written = notice_entry(made, newsroom.publisher)
    made.created_at = written.at
    other = {
        "kind": "terms",
        "language": "es",
        "text": "Take two.",
        "in_force_from": timezone.now() + 2 * DAY,
        "created_by": newsroom.administrator,
        "created_at": written.at - DAY,
    }
    setattr(made, field, other[field])
    with refused_by("notice_has_its_audit_entry_insert"):
        made.save()


def test_a_notice_does_not_begin_before_the_newest_act(newsroom):
    before = timezone.now()
    make.draft(newsroom)
    made = evil(newsroom.publisher, in_force_from=before)
    made.created_at = notice_entry(made, newsroom.publisher).at
    with refused_by("notice_begins_now_or_later_insert", "notice_is_not_backdated"):
        made.save()


def test_a_notice_that_waits_is_not_put_in_force_in_the_past(newsroom):
    waiting = make.waiting_notice(newsroom)
    before = timezone.now()
    make.draft(newsroom)
    notice_entry(changed(waiting, in_force_from=before), newsroom.publisher)
    refused_every_way("notice_begins_now_or_later_update", waiting, in_force_from=before)
    assert put_in_force(waiting, actor=newsroom.publisher).in_force_from > before


def test_a_notice_that_is_in_force_is_not_dated_otherwise(newsroom):
    made = make.notice(newsroom)
    for instant in (None, timezone.now() + DAY):
        refused_every_way("notices_are_never_changed", made, in_force_from=instant)
