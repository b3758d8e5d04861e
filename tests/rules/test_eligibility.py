"""May this reviewer fill this role? Each refusal differs from its twin that may by one fact."""

from datetime import date, datetime, timedelta, timezone

import pytest

from tests import make
from topics.models import Reviewer, User
from topics.rules.eligibility import (
    credential_refusals,
    release_refusals,
    specialty_for,
    valid_credential,
    why_not_eligible,
)
from topics.workflow import drafting

T = datetime(2025, 1, 10, 9, 0, tzinfo=timezone.utc)
TODAY = T.date()
DAY = timedelta(days=1)


@pytest.fixture
def primary_role(newsroom):
    """The role of the primary reviewer on a submitted version: family medicine is asked for."""
    return make.submitted(newsroom, at=T).requirements.get(role="primary")


def codes(refusals):
    return [refusal.code for refusal in refusals]


def fresh(reviewer):
    """As the database has it, with nothing cached."""
    return Reviewer.objects.get(pk=reviewer.pk)


def test_a_reviewer_with_account_specialty_and_credential_may_sign(primary_role):
    reviewer = make.reviewer("Family Medicine")
    assert why_not_eligible(reviewer, primary_role, on=TODAY) == []


def test_a_superuser_who_is_a_reviewer_may_sign(primary_role):
    account = make.user(is_superuser=True)
    reviewer = make.reviewer("Family Medicine", account=account)
    assert why_not_eligible(reviewer, primary_role, on=TODAY) == []


def test_a_reviewer_without_an_account_may_not(primary_role):
    reviewer = make.reviewer("Family Medicine")
    Reviewer.objects.update(user=None)
    assert codes(why_not_eligible(fresh(reviewer), primary_role, on=TODAY)) == ["no_account"]


def test_a_reviewer_with_a_closed_account_may_not(primary_role):
    reviewer = make.reviewer("Family Medicine")
    User.objects.filter(reviewer=reviewer).update(is_active=False)
    assert codes(why_not_eligible(fresh(reviewer), primary_role, on=TODAY)) == ["account_closed"]


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "administrator", None])
def test_a_reviewer_whose_account_has_another_role_may_not(primary_role, role):
    reviewer = make.reviewer("Family Medicine", account=make.user(role))
    assert codes(why_not_eligible(reviewer, primary_role, on=TODAY)) == ["not_in_role"]


def test_a_reviewer_who_wrote_the_version_may_not(newsroom):
    reviewer = make.reviewer("Family Medicine")
    reviewer.user.groups.add(make.Group.objects.get(name="editor"))
    version = make.draft(newsroom, at=T)
    account = User.objects.get(pk=reviewer.user_id)
    version = drafting.edit(version, actor=account, revision=1, summary="Edited.", at=T)
    role = make.submitted(newsroom, version, at=T).requirements.get(role="primary")
    assert codes(why_not_eligible(fresh(reviewer), role, on=TODAY)) == ["wrote_the_version"]


def test_a_superuser_who_wrote_the_version_may_not(newsroom):
    account = make.user(is_superuser=True)
    reviewer = make.reviewer("Family Medicine", account=account)
    version = make.draft(newsroom, at=T)
    version = drafting.edit(version, actor=account, revision=1, summary="Edited.", at=T)
    role = make.submitted(newsroom, version, at=T).requirements.get(role="primary")
    assert codes(why_not_eligible(reviewer, role, on=TODAY)) == ["wrote_the_version"]


def test_a_reviewer_who_wrote_what_the_version_continues_may_not(newsroom):
    account = make.user(is_superuser=True)
    reviewer = make.reviewer("Family Medicine", account=account)
    version = make.draft(newsroom, at=T)
    version = drafting.edit(version, actor=account, revision=1, summary="Edited.", at=T)
    edition = make.released(newsroom, version, at=T)
    version = make.next_draft(newsroom, edition.article, at=T, title="Rewritten by another")
    role = make.submitted(newsroom, version, at=T).requirements.get(role="primary")
    assert codes(why_not_eligible(reviewer, role, on=TODAY)) == ["wrote_the_version"]


def test_a_reviewer_of_another_specialty_may_not(primary_role):
    reviewer = make.reviewer("Respiratory Medicine")
    refusals = why_not_eligible(reviewer, primary_role, on=TODAY)
    assert codes(refusals) == ["specialty_not_asked_for"]
    assert "Family Medicine" in str(refusals[0])


def test_a_reviewer_without_any_specialty_may_not(primary_role):
    reviewer = make.reviewer()
    assert codes(why_not_eligible(reviewer, primary_role, on=TODAY)) == ["specialty_not_asked_for"]


def test_one_specialty_of_several_is_enough(primary_role):
    reviewer = make.reviewer("Cardiology", "Family Medicine")
    assert why_not_eligible(reviewer, primary_role, on=TODAY) == []
    assert specialty_for(reviewer, primary_role).name == "Family Medicine"


def test_a_role_of_a_categorys_own_specialty_asks_for_that_one(newsroom):
    role = make.submitted(newsroom, at=T).requirements.get(role="specialist")
    assert why_not_eligible(make.reviewer("Respiratory Medicine"), role, on=TODAY) == []
    other = make.reviewer("Cardiology")
    assert codes(why_not_eligible(other, role, on=TODAY)) == ["specialty_not_asked_for"]


def test_a_reviewer_without_a_credential_may_not(primary_role):
    reviewer = make.reviewer("Family Medicine")
    reviewer.credential_set.all().delete()
    assert codes(why_not_eligible(reviewer, primary_role, on=TODAY)) == ["no_credential"]


@pytest.mark.parametrize(
    ("valid_from", "expires_on", "expected"),
    [
        (TODAY, TODAY, []),
        (TODAY - DAY, TODAY + DAY, []),
        (TODAY + DAY, TODAY + 9 * DAY, ["credential_not_yet_valid"]),
        (TODAY - 9 * DAY, TODAY - DAY, ["credential_expired"]),
    ],
)
def test_a_credential_counts_from_its_first_day_to_its_last(
    primary_role, valid_from, expires_on, expected
):
    reviewer = make.reviewer("Family Medicine", valid_from=valid_from, expires_on=expires_on)
    assert codes(why_not_eligible(reviewer, primary_role, on=TODAY)) == expected


def test_one_valid_credential_is_enough_and_the_longest_is_taken(db):
    reviewer = make.reviewer("Family Medicine", expires_on=TODAY - DAY)
    make.credential(reviewer, expires_on=TODAY + DAY)
    longest = make.credential(reviewer, expires_on=TODAY + 9 * DAY)
    make.credential(reviewer, valid_from=TODAY + DAY, expires_on=TODAY + 99 * DAY)
    assert valid_credential(reviewer, on=TODAY) == longest
    assert credential_refusals(reviewer, on=TODAY) == []


def test_every_reason_is_given_at_once(primary_role, newsroom):
    reviewer = make.reviewer("Cardiology", account=newsroom.writer, expires_on=TODAY - DAY)
    assert codes(why_not_eligible(reviewer, primary_role, on=TODAY)) == [
        "not_in_role",
        "wrote_the_version",
        "specialty_not_asked_for",
        "credential_expired",
    ]


def test_the_ids_of_the_writers_may_be_given_to_spare_a_query(primary_role, newsroom):
    reviewer = make.reviewer("Family Medicine")
    given = {"on": TODAY, "writers": {reviewer.user_id}}
    assert codes(why_not_eligible(reviewer, primary_role, **given)) == ["wrote_the_version"]


# At release -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        (datetime(2025, 2, 28, 23, 59, 59, tzinfo=timezone.utc), []),
        (datetime(2025, 3, 1, tzinfo=timezone.utc), ["credential_expired"]),
        # The day is that of UTC: still 28 February in London, whatever New Delhi says.
        (datetime(2025, 3, 1, 4, tzinfo=timezone(timedelta(hours=5, minutes=30))), []),
    ],
)
def test_a_release_needs_credentials_that_are_valid_on_the_day_of_its_start(
    newsroom, starts_at, expected
):
    newsroom.specialist.credential_set.update(expires_on=date(2025, 2, 28))
    version = make.approved(newsroom, at=T)
    assert codes(release_refusals(version, starts_at=starts_at)) == expected


@pytest.mark.parametrize(("kept", "expected"), [("en", []), ("es", ["language_not_among"])])
def test_a_release_needs_signers_who_still_review_in_its_language(newsroom, kept, expected):
    version = make.approved(newsroom, at=T)
    newsroom.specialist.languages.exclude(language=kept).delete()
    assert codes(release_refusals(version, starts_at=T + DAY)) == expected


def test_a_release_asks_as_few_questions_of_many_signers_as_of_one(
    newsroom, django_assert_max_num_queries
):
    version = make.approved(newsroom, at=T)
    with django_assert_max_num_queries(3):
        release_refusals(version, starts_at=T + DAY)


def test_a_credential_renewed_since_the_signature_carries_a_release(newsroom):
    newsroom.specialist.credential_set.update(expires_on=date(2025, 2, 28))
    version = make.approved(newsroom, at=T)
    make.credential(newsroom.specialist, valid_from=date(2025, 3, 1))
    assert release_refusals(version, starts_at=datetime(2025, 3, 1, tzinfo=timezone.utc)) == []
