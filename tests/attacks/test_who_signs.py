"""Attempts to sign unasked, unqualified or as somebody else, and to be asked past the door."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.signers import (
    asked_to_review,
    expire,
    forged_assignment,
    forged_end,
    sign_as,
    superuser,
)
from tests.attacks.ways import entry, forged_sign_off, refused_by, refused_with
from topics.rules.refusal import NotPermitted, Unmet
from topics.rules.review_dates import utc_day


@pytest.fixture
def newsroom(stage):
    return stage.room


DAY = timedelta(days=1)


def test_an_assigned_reviewer_signs(newsroom, stage):
    version = sign_as(newsroom.primary.user, stage.in_medical_review)
    assert version.sign_offs.get().reviewer == newsroom.primary


def test_a_wrong_password_signs_nothing(newsroom, stage):
    version = stage.in_medical_review
    with refused_with("password_is_wrong", kind=Unmet):
        sign_as(newsroom.primary.user, version, password="guess")
    assert not version.sign_offs.exists()


@pytest.mark.parametrize("password", ["", None])
def test_an_empty_password_signs_nothing(newsroom, stage, password):
    version = stage.in_medical_review
    with refused_with("password_is_wrong", kind=Unmet):
        sign_as(newsroom.primary.user, version, password=password)


def test_a_reviewer_who_was_not_asked_does_not_sign(stage):
    version = stage.in_medical_review
    other = make.reviewer("Family Medicine")
    with refused_with("not_assigned", kind=Unmet):
        sign_as(other.user, version)


def test_a_superuser_does_not_sign_for_the_reviewer(stage):
    version = stage.in_medical_review
    with refused_with("not_assigned", kind=Unmet):
        sign_as(superuser(), version)


def test_a_superuser_does_not_write_a_sign_off_in_the_reviewers_name(newsroom, stage):
    version = stage.in_medical_review
    root = superuser()
    written = entry("sign_off", actor=root, version=version)
    with refused_by("signer_is_assigned"):
        forged_sign_off(
            version,
            newsroom.primary,
            with_entry=False,
            user=root,
            entry=written,
            signed_at=written.at,
        )


def test_an_assignment_that_ended_does_not_sign(newsroom, stage):
    version = stage.in_medical_review
    asked_to_review(newsroom, version, make.reviewer("Family Medicine"))
    with refused_with("not_assigned", kind=Unmet):
        sign_as(newsroom.primary.user, version)


def test_nobody_signs_twice(newsroom, stage):
    version = make.sign(stage.in_medical_review, newsroom.primary)
    with refused_with("role_is_signed", kind=Unmet):
        sign_as(newsroom.primary.user, version)


# Asked past the door --------------------------------------------------------------------------------


def test_an_assignment_without_its_ledger_entry_is_refused(newsroom, stage):
    version = stage.submitted
    for fields in (
        {"assigned_by": newsroom.writer},
        {"assigned_at": timezone.now() - DAY},
        {"ended_at": timezone.now()},
    ):
        with refused_by("assignment_has_its_audit_entry"):
            forged_assignment(newsroom, version, newsroom.primary, "primary", **fields)


def test_nobody_is_assigned_to_a_role_of_another_version(newsroom, stage):
    version, other = stage.submitted, make.submitted(newsroom)
    with refused_by("assignment_belongs_to_review"):
        forged_assignment(
            newsroom,
            version,
            newsroom.primary,
            "primary",
            requirement=other.requirements.get(role="primary"),
        )


def test_nobody_is_assigned_once_a_version_is_approved(newsroom, stage):
    version = stage.approved
    forged_end(newsroom, version)
    with refused_by("assignment_belongs_to_review"):
        forged_assignment(newsroom, version, newsroom.primary, "primary")


# Qualified, with an account, and as printed ---------------------------------------------------------


def test_a_reviewer_of_another_specialty_is_not_asked(newsroom, stage):
    version = stage.submitted
    with refused_with("specialty_not_asked_for", kind=Unmet):
        asked_to_review(newsroom, version, make.reviewer("Dermatology"))


def test_a_forged_sign_off_in_a_specialty_that_is_not_asked_for_is_refused(newsroom, stage):
    version = stage.in_medical_review
    other = make.specialty("Dermatology")
    newsroom.primary.specialties.add(other)
    with refused_by("signer_has_the_specialty"):
        forged_sign_off(version, newsroom.primary, specialty=other, printed_specialty="Dermatology")


WRONGLY_PRINTED = {
    "printed_name": "Professor Famous",
    "printed_credentials": "MD, PhD",
    "printed_specialty": "Everything",
    "disclosure": "Nothing at all.",
    "role": "Chief reviewer",
    "meaning": "not_clinical",
    "credential_title": "Honorary doctor",
    "credential_issuer": "Nobody",
    "credential_number": "7",
    "credential_valid_from": date(1990, 1, 1),
    "credential_expires_on": date(2200, 1, 1),
}


@pytest.mark.parametrize("field", WRONGLY_PRINTED)
def test_a_sign_off_prints_nothing_but_its_signer(newsroom, stage, field):
    version = stage.in_medical_review
    with refused_by("sign_off_prints_the_signer_of_that_day"):
        forged_sign_off(version, newsroom.primary, **{field: WRONGLY_PRINTED[field]})


def test_a_sign_off_does_not_use_somebody_elses_credential(newsroom, stage):
    version = stage.in_medical_review
    theirs = newsroom.specialist.credential_set.get()
    with refused_by("signer_holds_a_valid_credential"):
        forged_sign_off(version, newsroom.primary, credential=theirs)


def test_a_forged_sign_off_on_an_expired_credential_is_refused(newsroom, stage):
    version = stage.in_medical_review
    expired = make.credential(newsroom.primary, expires_on=utc_day(timezone.now()) - DAY)
    with refused_by("signer_holds_a_valid_credential"):
        forged_sign_off(version, newsroom.primary, credential=expired)


def test_an_expired_credential_does_not_sign(newsroom, stage):
    version = stage.in_medical_review
    expire(newsroom.primary, utc_day(timezone.now()) - DAY)
    with refused_with("credential_expired", kind=Unmet):
        sign_as(newsroom.primary.user, version)


def test_a_credential_signs_on_its_last_day(newsroom, stage):
    version = stage.in_medical_review
    expire(newsroom.primary, utc_day(timezone.now()))
    sign_as(newsroom.primary.user, version)


def test_a_reviewer_whose_account_was_closed_does_not_sign(newsroom, stage):
    version = stage.in_medical_review
    account = newsroom.primary.user
    account.is_active = False
    account.save()
    with pytest.raises(NotPermitted) as caught:
        sign_as(account, version)
    assert caught.value.codes == ["not_permitted", "account_closed"]


def test_a_reviewer_whose_role_was_taken_away_does_not_sign(newsroom, stage):
    version = stage.in_medical_review
    newsroom.primary.user.groups.clear()
    with pytest.raises(NotPermitted):
        sign_as(type(newsroom.writer).objects.get(pk=newsroom.primary.user_id), version)
