"""Attempts to sign, approve or release what one shouldn't, superusers included."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    entry,
    forged_edition,
    forged_sign_off,
    refused_by,
    refused_with,
)
from topics.models import Assignment, Contribution, Reviewer, SignOff, Version
from topics.publishing.release import release
from topics.rules.refusal import NotPermitted, Refused, Unmet
from topics.rules.review_dates import utc_day
from topics.workflow import acts, drafting
from topics.workflow.door import why_not

DAY = timedelta(days=1)


def superuser():
    return make.user(is_superuser=True, is_staff=True)


def codes(refusals):
    return [refusal.code for refusal in refusals]


def sign_as(actor, version, *, password=make.PASSWORD):
    return acts.sign_off(version, digest=version.digest, password=password, actor=actor)


def asked_to_review(room, version, reviewer, role="primary"):
    return acts.assign(
        version,
        requirement=version.requirements.get(role=role),
        reviewer=reviewer,
        due_on=utc_day(timezone.now()) + 14 * DAY,
        actor=room.editor,
    )


# Who signs ----------------------------------------------------------------------------------------


def test_an_assigned_reviewer_signs(newsroom):
    version = sign_as(newsroom.primary.user, make.in_medical_review(newsroom))
    assert version.sign_offs.get().reviewer == newsroom.primary


def test_a_wrong_password_signs_nothing(newsroom):
    version = make.in_medical_review(newsroom)
    with refused_with("password_is_wrong", kind=Unmet):
        sign_as(newsroom.primary.user, version, password="guess")
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("password", ["", None])
def test_an_empty_password_signs_nothing(newsroom, password):
    version = make.in_medical_review(newsroom)
    with refused_with("password_is_wrong", kind=Unmet):
        sign_as(newsroom.primary.user, version, password=password)


def test_a_reviewer_who_was_not_asked_does_not_sign(newsroom):
    version = make.in_medical_review(newsroom)
    other = make.reviewer("Family Medicine")
    with refused_with("not_assigned", kind=Unmet):
        sign_as(other.user, version)


def test_a_credited_author_does_not_sign_the_article(newsroom):
    version = make.in_medical_review(newsroom)
    credited = version.authors.get().author
    credited.user = newsroom.primary.user
    with refused_by("signer_did_not_write_the_version"):
        forged_sign_off(version, newsroom.primary, meanwhile=credited.save)
    credited.save()
    with refused_with("wrote_the_version", kind=Unmet):
        sign_as(newsroom.primary.user, version)


def test_a_superuser_does_not_sign_for_the_reviewer(newsroom):
    version = make.in_medical_review(newsroom)
    with refused_with("not_assigned", kind=Unmet):
        sign_as(superuser(), version)


def test_a_superuser_does_not_write_a_sign_off_in_the_reviewers_name(newsroom):
    version = make.in_medical_review(newsroom)
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


def test_a_superuser_who_wrote_a_version_does_not_sign_it(newsroom):
    root = superuser()
    newsroom.primary.user = newsroom.writer = root
    newsroom.primary.save()
    version = make.submitted(newsroom)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, newsroom.primary)


def test_a_writer_does_not_sign_their_own_text(newsroom):
    newsroom.writer.groups.add(newsroom.primary.user.groups.get())
    newsroom.primary.user = newsroom.writer
    newsroom.primary.save()
    version = make.submitted(newsroom)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, newsroom.primary)


def with_a_writing_reviewer(room):
    """The primary reviewer may write too, as is usual in a small newsroom."""
    room.primary.user.groups.add(room.writer.groups.get())
    return room.primary


def test_a_reviewer_who_edited_the_draft_does_not_sign_it(newsroom):
    reviewer = with_a_writing_reviewer(newsroom)
    draft = make.draft(newsroom)
    drafting.edit(draft, actor=reviewer.user, revision=draft.revision, summary="Other.")
    version = make.submitted(newsroom, draft)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)


def test_a_reviewer_who_edited_an_earlier_version_does_not_sign_the_copy(newsroom):
    reviewer = with_a_writing_reviewer(newsroom)
    draft = make.draft(newsroom)
    drafting.edit(draft, actor=reviewer.user, revision=draft.revision, summary="Other.")
    draft.refresh_from_db()
    returned = acts.return_with_remarks(
        make.submitted(newsroom, draft), remarks="Shorter.", actor=newsroom.editor
    )
    copy = drafting.open_version(returned.article, change_kind="new", actor=newsroom.writer)
    assert reviewer.user_id in copy.writers()
    version = make.submitted(newsroom, copy)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)


def test_a_copy_is_not_submitted_without_those_who_wrote_its_base(newsroom):
    returned = acts.return_with_remarks(
        make.submitted(newsroom), remarks="Shorter.", actor=newsroom.editor
    )
    now = timezone.now()
    copy = Version.objects.create(
        article=returned.article,
        number=2,
        state_since=now,
        based_on=returned,
        title=returned.title,
        summary=returned.summary,
        body=returned.body,
        created_by=newsroom.editor,
        created_at=now,
        edited_by=newsroom.editor,
        edited_at=now,
    )
    for author in returned.authors.all():
        author.copy_to(copy).save()
    with refused_by("writers_of_the_base_stay_writers"):
        acts.submit(copy, actor=newsroom.editor)
    Contribution.objects.create(version=copy, user=newsroom.writer, at=now)
    acts.submit(copy, actor=newsroom.editor)


def test_a_forged_sign_off_of_a_writer_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    writer = Reviewer.objects.create(
        name=newsroom.primary.name,
        credentials=newsroom.primary.credentials,
        disclosure=newsroom.primary.disclosure,
        user=newsroom.writer,
    )
    writer.specialties.set(newsroom.primary.specialties.all())
    requirement = version.requirements.get(role="primary")
    version.assignments.filter(requirement=requirement).update(ended_at=timezone.now())
    written = entry("assign", actor=newsroom.editor, version=version)
    Assignment.objects.create(
        version=version,
        requirement=requirement,
        reviewer=writer,
        due_on=date(2100, 1, 1),
        assigned_by=newsroom.editor,
        assigned_at=written.at,
    )
    written = entry("sign_off", actor=newsroom.writer, version=version)
    with refused_by("signer_did_not_write_the_version"):
        SignOff.objects.create(
            version=version,
            requirement=requirement,
            reviewer=writer,
            user=newsroom.writer,
            digest=version.digest,
            meaning="accurate",
            statement="Accurate",
            role=requirement.label,
            printed_name=writer.name,
            printed_credentials=writer.credentials,
            credential=make.credential(writer),
            specialty=writer.specialties.get(),
            printed_specialty=writer.specialties.get().name,
            disclosure=writer.disclosure,
            signed_at=written.at,
            entry=written,
        )


def test_one_person_does_not_fill_two_roles(newsroom):
    newsroom.primary.specialties.add(*newsroom.specialist.specialties.all())
    version = make.submitted(newsroom)
    asked_to_review(newsroom, version, newsroom.primary)
    with refused_with("asked_for_another_role", kind=Unmet):
        asked_to_review(newsroom, version, newsroom.primary, role="specialist")


def forged_assignment(room, version, reviewer, role, **fields):
    written = entry("assign", actor=room.editor, version=version)
    return Assignment.objects.create(
        **{
            "version": version,
            "requirement": version.requirements.get(role=role),
            "reviewer": reviewer,
            "due_on": date(2100, 1, 1),
            "assigned_by": room.editor,
            "assigned_at": written.at,
            **fields,
        }
    )


def test_one_person_is_not_asked_for_two_roles_past_the_door(newsroom):
    version = make.submitted(newsroom)
    forged_assignment(newsroom, version, newsroom.primary, "primary")
    with refused_by("one_role_asked_per_reviewer"):
        forged_assignment(newsroom, version, newsroom.primary, "specialist")


def test_two_people_are_not_asked_for_one_role(newsroom):
    version = make.submitted(newsroom)
    forged_assignment(newsroom, version, newsroom.primary, "primary")
    with refused_by("one_reviewer_asked_per_role"):
        forged_assignment(newsroom, version, newsroom.specialist, "primary")


def test_one_person_does_not_sign_two_roles_past_the_door(newsroom):
    newsroom.primary.specialties.add(*newsroom.specialist.specialties.all())
    version = make.sign(make.in_medical_review(newsroom), newsroom.primary)
    version.assignments.update(ended_at=timezone.now())
    forged_assignment(newsroom, version, newsroom.primary, "specialist")
    with refused_with("role_is_signed", kind=Unmet):
        acts.assign(
            version,
            requirement=version.requirements.get(role="primary"),
            reviewer=make.reviewer("Family Medicine"),
            due_on=date(2100, 1, 1),
            actor=newsroom.editor,
        )
    with refused_by("one_person_signs_one_role"):
        forged_sign_off(version, newsroom.primary)


def test_an_assignment_without_its_ledger_entry_is_refused(newsroom):
    version = make.submitted(newsroom)
    for fields in (
        {"assigned_by": newsroom.writer},
        {"assigned_at": timezone.now() - DAY},
        {"ended_at": timezone.now()},
    ):
        with refused_by("assignment_has_its_audit_entry"):
            forged_assignment(newsroom, version, newsroom.primary, "primary", **fields)


def test_nobody_is_assigned_to_a_role_of_another_version(newsroom):
    version, other = make.submitted(newsroom), make.submitted(newsroom)
    with refused_by("assignment_belongs_to_review"):
        forged_assignment(
            newsroom,
            version,
            newsroom.primary,
            "primary",
            requirement=other.requirements.get(role="primary"),
        )


def test_nobody_is_assigned_once_a_version_is_approved(newsroom):
    version = make.approved(newsroom)
    version.assignments.update(ended_at=timezone.now())
    with refused_by("assignment_belongs_to_review"):
        forged_assignment(newsroom, version, newsroom.primary, "primary")


def test_a_reviewer_of_another_specialty_is_not_asked(newsroom):
    version = make.submitted(newsroom)
    with refused_with("specialty_not_asked_for", kind=Unmet):
        asked_to_review(newsroom, version, make.reviewer("Dermatology"))


def test_a_forged_sign_off_in_a_specialty_that_is_not_asked_for_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
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
}


@pytest.mark.parametrize("field", WRONGLY_PRINTED)
def test_a_sign_off_prints_nothing_but_its_signer(newsroom, field):
    version = make.in_medical_review(newsroom)
    with refused_by("sign_off_prints_the_signer_of_that_day"):
        forged_sign_off(version, newsroom.primary, **{field: WRONGLY_PRINTED[field]})


def test_a_sign_off_does_not_use_somebody_elses_credential(newsroom):
    version = make.in_medical_review(newsroom)
    theirs = newsroom.specialist.credential_set.get()
    with refused_by("signer_holds_a_valid_credential"):
        forged_sign_off(version, newsroom.primary, credential=theirs)


def test_a_forged_sign_off_on_an_expired_credential_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    expired = make.credential(newsroom.primary, expires_on=utc_day(timezone.now()) - DAY)
    with refused_by("signer_holds_a_valid_credential"):
        forged_sign_off(version, newsroom.primary, credential=expired)


def expire(reviewer, on):
    reviewer.credential_set.update(expires_on=on)


def test_an_expired_credential_does_not_sign(newsroom):
    version = make.in_medical_review(newsroom)
    expire(newsroom.primary, utc_day(timezone.now()) - DAY)
    with refused_with("credential_expired", kind=Unmet):
        sign_as(newsroom.primary.user, version)


def test_a_credential_signs_on_its_last_day(newsroom):
    version = make.in_medical_review(newsroom)
    expire(newsroom.primary, utc_day(timezone.now()))
    sign_as(newsroom.primary.user, version)


def test_a_reviewer_whose_account_was_closed_does_not_sign(newsroom):
    version = make.in_medical_review(newsroom)
    account = newsroom.primary.user
    account.is_active = False
    account.save()
    with pytest.raises(NotPermitted) as caught:
        sign_as(account, version)
    assert caught.value.codes == ["not_permitted", "account_closed"]


def test_a_reviewer_whose_role_was_taken_away_does_not_sign(newsroom):
    version = make.in_medical_review(newsroom)
    newsroom.primary.user.groups.clear()
    with pytest.raises(NotPermitted):
        sign_as(type(newsroom.writer).objects.get(pk=newsroom.primary.user_id), version)


def test_an_assignment_that_ended_does_not_sign(newsroom):
    version = make.in_medical_review(newsroom)
    asked_to_review(newsroom, version, make.reviewer("Family Medicine"))
    with refused_with("not_assigned", kind=Unmet):
        sign_as(newsroom.primary.user, version)


def test_nobody_signs_twice(newsroom):
    version = make.sign(make.in_medical_review(newsroom), newsroom.primary)
    with refused_with("role_is_signed", kind=Unmet):
        sign_as(newsroom.primary.user, version)


# Who releases ---------------------------------------------------------------------------------------


def test_the_only_author_does_not_release(newsroom):
    newsroom.writer.groups.add(*newsroom.publisher.groups.all())
    version = make.approved(newsroom)
    with refused_with("releaser_is_only_author", kind=Unmet):
        release(version, actor=newsroom.writer)


def test_a_superuser_who_is_the_only_author_does_not_release(newsroom):
    newsroom.writer = superuser()
    version = make.approved(newsroom)
    with refused_with("releaser_is_only_author", kind=Unmet):
        release(version, actor=newsroom.writer)


def test_one_of_two_authors_releases(newsroom):
    newsroom.writer.groups.add(*newsroom.publisher.groups.all())
    draft = make.draft(newsroom)
    drafting.edit(draft, actor=newsroom.editor, revision=draft.revision, summary="Other.")
    draft.refresh_from_db()
    assert release(make.approved(newsroom, draft), actor=newsroom.writer).number == 1


def test_an_edition_forged_in_the_name_of_the_only_author_is_refused(newsroom):
    version = make.approved(newsroom)
    with refused_by("releaser_is_not_the_only_author"):
        forged_edition(newsroom, version, released_by=newsroom.writer)


def test_a_credential_that_expired_since_the_sign_off_stops_the_release(newsroom):
    version = make.approved(newsroom)
    expire(newsroom.specialist, utc_day(timezone.now()) - DAY)
    with refused_with("credential_expired", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_a_credential_that_expires_before_a_scheduled_start_stops_the_release(newsroom):
    version = make.approved(newsroom)
    start = timezone.now() + 30 * DAY
    expire(newsroom.specialist, utc_day(start) - DAY)
    with refused_with("credential_expired", kind=Unmet):
        release(version, actor=newsroom.publisher, starts_at=start)
    with refused_by("edition_signers_hold_valid_credentials"):
        forged_edition(newsroom, version, starts_at=start)
    release(version, actor=newsroom.publisher, starts_at=start - DAY)


def test_nobody_acts_without_the_role_whatever_the_state(newsroom):
    version = make.approved(newsroom)
    for person in (newsroom.writer, newsroom.editor, newsroom.primary.user, newsroom.administrator):
        with pytest.raises(NotPermitted):
            release(version, actor=person)
    assert codes(why_not(version, "release", actor=newsroom.writer)) == [
        "not_permitted",
        "releaser_is_only_author",
    ]


def test_an_inactive_publisher_does_not_release(newsroom):
    version = make.approved(newsroom)
    newsroom.publisher.is_active = False
    newsroom.publisher.save()
    with refused_with("not_permitted", kind=NotPermitted):
        release(version, actor=newsroom.publisher)


def test_an_administrator_neither_writes_nor_signs_nor_releases(newsroom):
    version = make.draft(newsroom)
    for act in ("edit", "submit"):
        assert "not_permitted" in codes(why_not(version, act, actor=newsroom.administrator))


def test_a_refused_act_leaves_no_trace(newsroom):
    version = make.approved(newsroom)
    before = version.audit_entries.count()
    with pytest.raises(Refused):
        release(version, actor=newsroom.writer)
    assert version.audit_entries.count() == before
