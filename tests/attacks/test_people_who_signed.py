"""Attempts to take away or change people who signed, and what they signed with."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests import make
from tests.attacks.ways import (
    changed,
    delete_refused_every_way,
    refused_as_referenced,
    refused_by,
    refused_every_way,
    sql,
)
from topics.models import (
    Category,
    Edition,
    Requirement,
    SignOff,
    Specialty,
)


@pytest.fixture
def newsroom(stage):
    """Both of its reviewers have signed."""
    return stage.room


def test_the_account_of_a_person_who_signed_is_not_deleted(newsroom):
    delete_refused_every_way("account_that_signed_is_kept", newsroom.primary.user)


def test_a_reviewer_who_signed_is_not_deleted(newsroom):
    delete_refused_every_way("reviewer_who_signed_is_kept", newsroom.primary)


def test_a_credential_that_was_signed_with_is_not_deleted(newsroom):
    delete_refused_every_way("credential_that_signed_is_kept", newsroom.primary.credential_set.get())


def test_a_person_who_wrote_is_not_deleted(newsroom):
    with pytest.raises(ProtectedError):
        newsroom.writer.delete()
    with refused_as_referenced():
        sql("DELETE FROM topics_user_groups WHERE user_id = %s", newsroom.writer.pk)
        sql("DELETE FROM topics_user WHERE id = %s", newsroom.writer.pk)


def test_a_reviewer_who_signed_is_not_tied_to_another_account(newsroom):
    reviewer = newsroom.primary
    for account in (make.user("medical_reviewer"), None):
        refused_every_way("reviewer_who_signed_keeps_the_account", reviewer, user=account)


def test_a_reviewer_who_has_not_signed_may_be_tied_to_another_account(newsroom):
    newsroom.primary = make.reviewer("Family Medicine")
    make.assigned(newsroom)
    changed(newsroom.primary, user=make.user("medical_reviewer")).save()


def test_people_and_terms_keep_the_ids_that_history_refers_to(newsroom):
    reviewer = newsroom.primary
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
    credential = newsroom.primary.credential_set.get()
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
    reviewer = make.reviewer("Family Medicine")
    changed(reviewer.credential_set.get(), expires_on=date(2200, 1, 1)).save()


def test_what_a_signer_printed_does_not_change_with_the_signer(newsroom, stage):
    edition = stage.edition
    changed(newsroom.primary, name="Somebody Else", credentials="PhD").save()
    signed = SignOff.objects.get(version=edition.version, reviewer=newsroom.primary)
    assert signed.printed_name == "Pia Primary"
    assert "Somebody Else" not in Edition.objects.get(pk=edition.pk).record


def test_the_specialty_of_a_requirement_is_not_deleted_from_under_it(stage):
    requirement = stage.submitted.requirements.get(role="primary")
    specialty = requirement.specialties.get()
    with refused_by("requirement_specialties_is_frozen_delete"):
        sql("DELETE FROM topics_requirement_specialties WHERE specialty_id = %s", specialty.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        specialty.delete()
    assert Requirement.objects.get(pk=requirement.pk).specialties.get() == specialty
