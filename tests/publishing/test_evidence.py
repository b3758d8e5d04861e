"""The evidence check finds what was written while the walls were down, and names it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make
from topics.content.canonical import canonical, digest
from topics.models import AuditEntry, Edition, SignOff, walls
from topics.publishing.evidence import unproven_editions

pytestmark = pytest.mark.django_db


def faults():
    return [wrong for _edition, wrong in unproven_editions()]


def forge(edition, **fields):
    with walls.lifted():
        Edition.objects.filter(pk=edition.pk).update(**fields)


def test_a_sound_edition_has_no_gap(newsroom):
    make.released(newsroom)
    assert faults() == []


def test_a_changed_text_is_found(newsroom):
    edition = make.released(newsroom)
    forge(edition, document=edition.document.replace("5 mg", "50 mg"))
    assert faults() == [
        "serves a document that does not have its digest",
        "serves another document than its version's",
    ]


def test_a_changed_text_with_a_matching_digest_is_found(newsroom):
    edition = make.released(newsroom)
    document = edition.document.replace("5 mg", "50 mg")
    forge(edition, document=document, digest=digest(document))
    assert "serves another document than its version's" in faults()
    assert "is not signed by its Specialist" in faults()


def test_a_changed_record_is_found(newsroom):
    edition = make.released(newsroom)
    record = json.loads(edition.record) | {"digest": "sha-256:" + "0" * 64}
    forge(edition, record=canonical(record))
    assert faults() == ["states another digest in its record than its own"]


def test_a_sign_off_that_the_trail_does_not_know_is_found(newsroom):
    edition = make.released(newsroom)
    with walls.lifted():
        SignOff.objects.filter(requirement__role="specialist").update(
            entry=AuditEntry.objects.get(number=1)
        )
    assert faults() == ["has a sign-off by Sam Specialist that the audit trail does not know"]
    assert edition.version.sign_offs.count() == 2


def test_the_command_reports_a_whole_trail_and_its_head(newsroom):
    make.released(newsroom)
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    newest = AuditEntry.objects.order_by("-number").first()
    assert f"{newest.number} entries" in out.getvalue()
    assert newest.hash in out.getvalue()


def test_the_command_fails_and_names_the_entry_that_was_changed(newsroom):
    make.released(newsroom)
    with walls.lifted():
        AuditEntry.objects.filter(number=3).update(detail='{"number":2}')
    err = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_ledger", stdout=StringIO(), stderr=err)
    assert "entry 3 was changed after it was written" in err.getvalue()
