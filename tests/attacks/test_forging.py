"""Forged sign-offs and editions, each with the wall that refused it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    entry,
    forged_edition,
    forged_sign_off,
    public,
    refused_by,
    refused_with,
)
from topics.content.canonical import digest
from topics.models import (
    PolicyRole,
    SignOff,
)
from topics.models.signing import as_printed
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.rules.refusal import Unmet
from topics.workflow import acts
from topics.workflow.password import ask
from topics.workflow.signature import read_by


@pytest.fixture
def newsroom(stage):
    return stage.room


# Sign-offs ----------------------------------------------------------------------------------------


def test_a_sign_off_with_all_that_the_door_writes_is_taken(newsroom, stage):
    forged_sign_off(stage.in_medical_review, newsroom.primary)


def test_a_sign_off_without_its_ledger_entry_is_refused(newsroom, stage):
    version = stage.in_medical_review
    with refused_by("sign_off_has_its_audit_entry"):
        forged_sign_off(version, newsroom.primary, with_entry=False)


def test_a_sign_off_on_an_entry_of_another_person_is_refused(newsroom, stage):
    version = stage.in_medical_review
    written = entry("sign_off", actor=newsroom.specialist.user, version=version)
    with refused_by("sign_off_has_its_audit_entry"):
        forged_sign_off(version, newsroom.primary, with_entry=False, entry=written, signed_at=written.at)


def test_a_sign_off_dated_otherwise_than_its_entry_is_refused(newsroom, stage):
    version = stage.in_medical_review
    with refused_by("sign_off_has_its_audit_entry"):
        forged_sign_off(version, newsroom.primary, signed_at=timezone.now() - timedelta(days=400))


def test_a_sign_off_on_another_digest_is_refused(newsroom, stage):
    version = stage.in_medical_review
    with refused_by("sign_off_is_on_this_digest"):
        forged_sign_off(version, newsroom.primary, digest=digest("{}"))


def test_a_sign_off_on_a_returned_version_is_refused(newsroom, stage):
    version = stage.in_medical_review
    with transaction.atomic():
        make.sign(version, newsroom.primary)
        signed = SignOff.objects.get(version=version)
        transaction.set_rollback(True)
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    written = entry("sign_off", actor=newsroom.primary.user, version=version)
    signed.pk, signed.entry, signed.signed_at = None, written, written.at
    with refused_by("sign_off_is_in_medical_review", "signer_is_assigned"):
        SignOff.objects.bulk_create([signed])


def test_a_sign_off_is_not_given_in_editorial_review(newsroom, stage):
    version = stage.assigned
    assignment = version.assignments.get(reviewer=newsroom.primary)
    written = entry("sign_off", actor=newsroom.primary.user, version=version)
    with refused_by("sign_off_is_in_medical_review"):
        SignOff.objects.create(
            version=version,
            requirement=assignment.requirement,
            reviewer=newsroom.primary,
            user=newsroom.primary.user,
            digest=version.digest,
            meaning="accurate",
            statement="Accurate",
            role=assignment.requirement.label,
            printed_name=newsroom.primary.name,
            printed_credentials=newsroom.primary.credentials,
            credential=newsroom.primary.credential_set.get(),
            **as_printed(newsroom.primary.credential_set.get()),
            specialty=newsroom.primary.specialties.get(),
            printed_specialty="Family Medicine",
            disclosure=newsroom.primary.disclosure,
            signed_at=written.at,
            entry=written,
        )


def test_a_sign_off_for_a_role_of_another_version_is_refused(newsroom, stage):
    version, other = stage.in_medical_review, make.in_medical_review(newsroom)
    elsewhere = other.requirements.get(role="primary")
    with refused_by("sign_off_is_on_this_digest"):
        forged_sign_off(version, newsroom.primary, requirement=elsewhere)


def test_a_sign_off_cannot_be_copied_from_an_earlier_version(newsroom, stage):
    edition = stage.edition
    version = make.in_medical_review(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    copied = edition.version.sign_offs.first()
    copied.pk, copied.version = None, version
    copied.requirement = version.requirements.get(role="primary")
    copied.entry = entry("sign_off", actor=copied.user, version=version)
    copied.signed_at = copied.entry.at
    with refused_by("sign_off_is_on_this_digest"):
        copied.save(force_insert=True)


def test_the_digest_of_an_older_text_cannot_be_signed(newsroom, stage):
    edition = stage.edition
    version = make.in_medical_review(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    with refused_with("digest_differs", kind=Unmet):
        acts.sign_off(
            version,
            digest=edition.digest,
            printed=read_by(version, newsroom.primary.user),
            answer=ask(newsroom.primary.user, make.PASSWORD, purpose="sign_off", of=version),
            actor=newsroom.primary.user,
        )


# Editions -----------------------------------------------------------------------------------------


def test_an_edition_with_all_that_the_door_writes_is_taken(newsroom, stage):
    version = stage.approved
    forged_edition(newsroom, version)
    assert public(version.article) == ["Cough"]


WRONG_EDITIONS = {
    "another title": ({"title": "Cough cured"}, "edition_serves_what_was_signed"),
    "another summary": ({"summary": "Take 50 mg."}, "edition_serves_what_was_signed"),
    "another audience": ({"audience": "professional"}, "edition_serves_what_was_signed"),
    "another document": ({"document": "{}"}, "edition_serves_what_was_signed"),
    "another digest": ({"digest": digest("{}")}, "edition_serves_what_was_signed"),
    "another kind of change": ({"change_kind": "minor"}, "edition_serves_what_was_signed"),
    "another language": ({"language": "es"}, "edition_is_filed_with_its_article"),
    "a later review": (
        {"last_reviewed": timezone.now().date() + timedelta(days=1)},
        "last_reviewed_is_the_last_full_review",
    ),
    "an end of its own": (
        {"ends_at": timezone.now() + timedelta(days=900)},
        "edition_begins_unwithdrawn",
    ),
}

EDITION_ALSO_REFUSED_BY = {
    "another document": ["edition_is_filed_with_its_article"],
    "another digest": ["edition_is_fully_signed"],
    "another kind of change": ["last_reviewed_is_the_last_full_review"],
}


@pytest.mark.parametrize("wrong", WRONG_EDITIONS)
def test_an_edition_is_refused_with(newsroom, stage, wrong):
    fields, name = WRONG_EDITIONS[wrong]
    version = stage.approved
    with refused_by(name, *EDITION_ALSO_REFUSED_BY.get(wrong, ())):
        forged_edition(newsroom, version, **fields)
    assert public(version.article) == []


def test_an_edition_with_another_document_and_its_own_digest_is_refused(newsroom, stage):
    version = stage.approved
    other = version.document.replace("5 mg", "50 mg")
    with refused_by("edition_serves_what_was_signed", "edition_is_fully_signed"):
        forged_edition(newsroom, version, document=other, digest=digest(other))


def test_an_edition_of_another_articles_version_is_refused(newsroom, stage):
    version = stage.approved
    elsewhere = stage.draft.article
    with refused_by("edition_serves_what_was_signed"):
        forged_edition(newsroom, version, article=elsewhere)


def test_an_edition_in_another_category_is_refused(newsroom, stage):
    version = stage.approved
    elsewhere = make.category(policy=newsroom.policy)
    with refused_by("edition_is_filed_with_its_article"):
        forged_edition(newsroom, version, category=elsewhere)


def test_an_edition_whose_record_states_another_review_is_refused(newsroom, stage):
    version = stage.approved
    today = timezone.now().date()
    with transaction.atomic():
        record = release(version, actor=newsroom.publisher).record
        transaction.set_rollback(True)
    later = record.replace(f'"last_reviewed":"{today}"', '"last_reviewed":"2100-01-01"')
    assert later != record
    with refused_by("last_reviewed_is_the_last_full_review"):
        forged_edition(newsroom, version, record=later)


def test_an_edition_without_its_ledger_entry_is_refused(newsroom, stage):
    version = stage.approved
    stale = version.audit_entries.first()
    with refused_by("edition_has_its_audit_entry"):
        forged_edition(newsroom, version, release_entry=stale)


def test_an_edition_released_by_somebody_else_than_its_entry_says_is_refused(newsroom, stage):
    version = stage.approved
    written = entry("release", actor=newsroom.editor, version=version)
    with refused_by("edition_has_its_audit_entry"):
        forged_edition(newsroom, version, release_entry=written)


def test_an_edition_of_a_version_in_review_is_refused(newsroom, stage):
    version = stage.in_medical_review
    with transaction.atomic():
        for reviewer in (newsroom.primary, newsroom.specialist):
            approved = make.sign(version, reviewer)
        edition = release(approved, actor=newsroom.publisher)
        transaction.set_rollback(True)
    written = entry("release", actor=newsroom.publisher, version=version)
    edition.pk, edition.release_entry = None, written
    edition.released_at = edition.starts_at = written.at
    with refused_by(
        "edition_serves_what_was_signed",
        "edition_is_fully_signed",
        "last_reviewed_is_the_last_full_review",
    ):
        edition.save(force_insert=True)
    assert public(version.article) == []


def test_an_edition_whose_policy_changed_meanwhile_is_refused_by_the_database_too(newsroom, stage):
    version = stage.approved
    with transaction.atomic():
        edition = release(version, actor=newsroom.publisher)
        transaction.set_rollback(True)
    extra = PolicyRole.objects.create(policy=newsroom.policy, position=3, role="third", label="Third")
    extra.specialties.add(make.specialty("Pharmacology"))
    written = entry("release", actor=newsroom.publisher, version=version)
    edition.pk, edition.release_entry = None, written
    edition.released_at = edition.starts_at = edition.first_published = written.at
    with refused_by("edition_is_released_under_its_policy"):
        edition.save(force_insert=True)


def test_a_withdrawn_version_is_not_released_again(newsroom, stage):
    edition = stage.edition
    withdraw(edition, kind="correction", explanation="Wrong.", actor=newsroom.publisher)
    with refused_with("released_already", kind=Unmet):
        release(edition.version, actor=newsroom.publisher)


def test_an_older_version_does_not_come_back_after_a_newer_one(newsroom, stage):
    first = stage.edition
    make.released(newsroom, make.next_draft(newsroom, first.article, title="New"))
    first.refresh_from_db()
    written = entry("release", actor=newsroom.publisher, version=first.version)
    again = type(first).objects.get(pk=first.pk)
    for edition in first.article.editions.in_force(at=written.at):
        edition.ends_at, edition.end_entry = written.at, written
        edition.save()
    again.pk, again.number, again.ends_at, again.end_entry = None, 3, None, None
    again.release_entry, again.released_at, again.starts_at = written, written.at, written.at
    with refused_by("edition_is_newer_than_those_before"):
        again.save(force_insert=True)
