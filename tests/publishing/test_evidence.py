"""The evidence check finds what was written while the walls were down, and names it."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import make
from topics.content.canonical import canonical, digest
from topics.models import Assignment, AuditEntry, Edition, SignOff, Withdrawal, walls
from topics.publishing.evidence import unproven_editions
from topics.publishing.release import release
from topics.publishing.trail import lost_acts
from topics.publishing.withdraw import cancel_release, withdraw
from topics.workflow import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


def faults():
    return [wrong for _edition, wrong in unproven_editions()]


def forge(edition, **fields):
    with walls.lifted():
        Edition.objects.filter(pk=edition.pk).update(**fields)


def test_a_sound_edition_has_no_gap(stage):
    assert faults() == []


def test_a_changed_text_is_found(stage):
    edition = stage.edition
    forge(edition, document=edition.document.replace("5 mg", "50 mg"))
    assert faults() == [
        "serves a document that does not have its digest",
        "serves another document than its version's",
    ]


def test_a_changed_text_with_a_matching_digest_is_found(stage):
    edition = stage.edition
    document = edition.document.replace("5 mg", "50 mg")
    forge(edition, document=document, digest=digest(document))
    assert "serves another document than its version's" in faults()
    assert "is not signed by its Specialist" in faults()


def test_a_changed_record_is_found(stage):
    edition = stage.edition
    record = json.loads(edition.record) | {"digest": "sha-256:" + "0" * 64}
    forge(edition, record=canonical(record))
    assert faults() == ["states another digest in its record than its own"]


def test_a_sign_off_that_the_trail_does_not_know_is_found(stage):
    edition = stage.edition
    with walls.lifted():
        SignOff.objects.filter(requirement__role="specialist").update(
            entry=AuditEntry.objects.get(number=1)
        )
    assert faults() == ["has a sign-off by Sam Specialist that the audit trail does not know"]
    assert edition.version.sign_offs.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("credential_title", "Honorary doctor"),
        ("credential_issuer", "Nobody"),
        ("credential_number", "7"),
        ("credential_valid_from", date(1990, 1, 1)),
        ("credential_expires_on", date(1990, 1, 2)),
    ],
)
def test_a_sign_off_that_prints_another_credential_is_found(stage, field, value):
    with walls.lifted():
        SignOff.objects.filter(requirement__role="specialist").update(**{field: value})
    assert faults() == ["has a sign-off by Sam Specialist that prints another credential than it had"]


def test_a_credential_that_was_cut_short_since_is_no_gap(newsroom, stage):
    newsroom.specialist.credential_set.update(expires_on=timezone.now().date() + timedelta(days=9))
    assert faults() == []


def test_a_history_of_every_kind_has_no_gap(newsroom, stage):
    first = stage.edition
    plenty = make.BODY.replace("plenty", "a lot")
    draft = make.next_draft(newsroom, first.article, change_kind="minor", body=plenty)
    second = make.released(newsroom, draft)
    later = timezone.now() + timedelta(days=9)
    draft = make.next_draft(newsroom, first.article, change_kind="periodic_review")
    version = make.approved(newsroom, draft)
    third = release(version, actor=newsroom.publisher, starts_at=later)
    cancel_release(third, actor=newsroom.publisher)
    release(version, actor=newsroom.publisher, starts_at=later)
    withdraw(second, kind="correction", explanation="Wrong.", actor=newsroom.publisher)
    assert faults() == []


def test_clinical_text_in_a_record_is_found(stage):
    edition = stage.edition
    forge(edition, record=canonical(json.loads(edition.record) | {"summary": "Take 50 mg."}))
    assert faults() == ["has a record that does not follow from its rows"]


def test_a_day_of_review_that_no_sign_off_bears_out_is_found(stage):
    edition = stage.edition
    forge(edition, last_reviewed=edition.last_reviewed + timedelta(days=1))
    assert any("last_reviewed" in wrong for wrong in faults())


def test_an_end_that_no_act_gave_is_found(stage):
    edition = stage.edition
    forge(edition, ends_at=edition.starts_at + timedelta(days=1))
    assert faults() == ["ends without an act in the audit trail"]


def test_a_release_whose_edition_is_gone_is_found(stage):
    edition = stage.edition
    with walls.lifted():
        edition.marks.all()._raw_delete("default")
        Edition.objects.filter(pk=edition.pk)._raw_delete("default")
    assert [wrong for _entry, wrong in lost_acts()] == ["is a release whose edition is missing"]


def test_an_assignment_that_is_gone_or_was_revived_is_found(newsroom, stage):
    version = stage.assigned
    given = {"actor": newsroom.editor, "requirement": version.requirements.get(role="primary")}
    acts.change_due_date(version, due_on=date(2100, 1, 1), **given)
    acts.withdraw_assignment(version, **given)
    assert list(lost_acts()) == []
    with walls.lifted():
        Assignment.objects.filter(due_on=date(2100, 1, 1)).update(ended_at=None)
    assert [wrong for _entry, wrong in lost_acts()] == ["ends an assignment that did not end"]
    with walls.lifted():
        Assignment.objects.filter(due_on=date(2100, 1, 1))._raw_delete("default")
    assert [wrong for _entry, wrong in lost_acts()] == [
        "asks a reviewer in an assignment that is missing",
        "ends an assignment that did not end",
    ]


def test_a_withdrawal_told_otherwise_than_on_record_is_found(newsroom, stage):
    edition = stage.edition
    withdraw(edition, kind="safety_recall", explanation="Dose.", actor=newsroom.publisher)
    with walls.lifted():
        Withdrawal.objects.update(kind="retired")
    assert faults() == ["is withdrawn otherwise than the audit trail says"]


def test_the_command_reports_a_whole_trail_and_its_head(stage):
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    newest = AuditEntry.objects.order_by("-number").first()
    assert f"{newest.number} entries" in out.getvalue()
    assert newest.hash in out.getvalue()


def test_the_command_fails_and_names_the_entry_that_was_changed(stage):
    with walls.lifted():
        AuditEntry.objects.filter(number=3).update(detail='{"number":2}')
    err = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_ledger", stdout=StringIO(), stderr=err)
    assert "entry 3 was changed after it was written" in err.getvalue()
