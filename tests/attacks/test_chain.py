"""Attempts to forge the chain of the ledger, and what was changed while the walls were down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.attacks.ways import (
    refused_by,
    sql,
)
from topics.content.canonical import digest
from topics.models import (
    AuditEntry,
    walls,
)
from topics.publishing.evidence import unproven_editions
from topics.workflow.ledger import begin_act, broken_links, record

DAY = timedelta(days=1)


@pytest.fixture
def newsroom(stage):
    return stage.room


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
    next_entry(newsroom).save(force_insert=True)


@pytest.mark.parametrize("step", [-1, 0, 2, 100])
def test_an_entry_is_not_inserted_in_the_middle_or_past_the_end(newsroom, step):
    newest = AuditEntry.objects.order_by("-number").first()
    forged = next_entry(newsroom, number=newest.number + step)
    with refused_by("audit_entries_form_a_chain", "audit_entries_are_never_replaced"):
        forged.save(force_insert=True)
    with refused_by("audit_entries_form_a_chain", "audit_entries_are_never_replaced"):
        AuditEntry.objects.bulk_create([forged])


def test_an_entry_does_not_name_another_hash_than_that_of_the_newest(newsroom):
    older = AuditEntry.objects.get(number=1)
    with refused_by("audit_entries_form_a_chain"):
        next_entry(newsroom, previous_hash=older.hash).save(force_insert=True)


def test_an_entry_does_not_carry_a_wrong_hash(newsroom):
    with refused_by("audit_entry_carries_its_hash"):
        next_entry(newsroom, hash=digest("{}")).save(force_insert=True)


@pytest.mark.parametrize(
    "text",
    ["é ß 漢 🙂", 'a "quoted" \\ backslash', "line\nbreak\ttab \x01 \x7f \u2028", "</script> '; --"],
)
def test_the_database_computes_the_hash_of_any_text_as_the_door_does(newsroom, text):
    at = begin_act()
    for instant in (at, at.replace(microsecond=0) + timedelta(seconds=1)):
        record("edit", actor=newsroom.editor, at=instant, explanation=text)
    assert list(broken_links()) == []


def test_an_entry_is_not_dated_before_the_newest(newsroom):
    with refused_by("ledger_time_never_runs_backwards"):
        next_entry(newsroom, at=timezone.now() - DAY).save(force_insert=True)


@pytest.fixture
def tampered(stage):
    """The newest entry is of the release of an edition; gives a way to write with all walls lifted."""
    newest = AuditEntry.objects.order_by("-number").first().number

    def lifted_sql(*statements):
        with walls.lifted():
            for each in statements:
                sql(each)
        return [number for number, _ in broken_links()]

    lifted_sql.edition, lifted_sql.newest = stage.edition, newest
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
    version = tampered.edition.version
    found = tampered(f"UPDATE topics_version SET state = 'draft' WHERE id = {version.pk}")
    assert found == [tampered.newest]


def test_a_document_changed_while_the_walls_were_down_is_found(tampered):
    tampered("UPDATE topics_edition SET document = replace(document, '5 mg', '50 mg')")
    assert "serves a document that does not have its digest" in [
        wrong for _, wrong in unproven_editions()
    ]


def test_a_sign_off_removed_while_the_walls_were_down_is_found(tampered):
    tampered("DELETE FROM topics_signoff WHERE role = 'Specialist'")
    assert [wrong for _, wrong in unproven_editions()] == ["is not signed by its Specialist"]
