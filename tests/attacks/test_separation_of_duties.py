"""Attempts to sign what one wrote, or in two roles; superusers included."""

from datetime import date

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.signers import asked_to_review, forged_assignment, forged_end, sign_as, superuser
from tests.attacks.ways import entry, forged_sign_off, refused_by, refused_with
from topics.models import Assignment, Contribution, Reviewer, SignOff, Version
from topics.models.signing import as_printed
from topics.rules.refusal import Unmet
from topics.workflow import acts, drafting


@pytest.fixture
def newsroom(stage):
    return stage.room


# One's own text -------------------------------------------------------------------------------------


def test_a_credited_author_does_not_sign_the_article(newsroom, stage):
    version = stage.in_medical_review
    credited = version.authors.get().author
    credited.user = newsroom.primary.user
    with refused_by("signer_did_not_write_the_version"):
        forged_sign_off(version, newsroom.primary, meanwhile=credited.save)
    credited.save()
    with refused_with("wrote_the_version", kind=Unmet):
        sign_as(newsroom.primary.user, version)


def test_a_superuser_who_wrote_a_version_does_not_sign_it(newsroom):
    newsroom.writer = superuser()
    reviewer = make.reviewer("Family Medicine", account=newsroom.writer)
    version = make.submitted(newsroom)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)


def test_a_writer_does_not_sign_their_own_text(newsroom, stage):
    newsroom.writer.groups.add(newsroom.primary.user.groups.get())
    reviewer = make.reviewer("Family Medicine", account=newsroom.writer)
    version = stage.submitted
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)


def with_a_writing_reviewer(room):
    """The primary reviewer may write too, as is usual in a small newsroom."""
    room.primary.user.groups.add(room.writer.groups.get())
    return room.primary


def test_a_reviewer_who_edited_the_draft_does_not_sign_it(newsroom, stage):
    reviewer = with_a_writing_reviewer(newsroom)
    draft = stage.draft
    drafting.edit(draft, actor=reviewer.user, revision=draft.revision, summary="Other.")
    version = make.submitted(newsroom, draft)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)


def test_a_reviewer_who_edited_an_earlier_version_does_not_sign_the_copy(newsroom, stage):
    reviewer = with_a_writing_reviewer(newsroom)
    draft = stage.draft
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


def test_a_copy_is_not_submitted_without_those_who_wrote_its_base(newsroom, stage):
    returned = acts.return_with_remarks(stage.submitted, remarks="Shorter.", actor=newsroom.editor)
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


def test_a_forged_sign_off_of_a_writer_is_refused(newsroom, stage):
    version = stage.in_medical_review
    writer = Reviewer.objects.create(
        name=newsroom.primary.name,
        credentials=newsroom.primary.credentials,
        disclosure=newsroom.primary.disclosure,
        user=newsroom.writer,
    )
    writer.specialties.set(newsroom.primary.specialties.all())
    make.reads(writer, "en")
    requirement = version.requirements.get(role="primary")
    forged_end(newsroom, version)
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
            credential=(credential := make.credential(writer)),
            **as_printed(credential),
            specialty=writer.specialties.get(),
            printed_specialty=writer.specialties.get().name,
            disclosure=writer.disclosure,
            signed_at=written.at,
            entry=written,
        )


# Two roles ------------------------------------------------------------------------------------------


def test_one_person_does_not_fill_two_roles(newsroom, stage):
    newsroom.primary.specialties.add(*newsroom.specialist.specialties.all())
    version = stage.submitted
    asked_to_review(newsroom, version, newsroom.primary)
    with refused_with("asked_for_another_role", kind=Unmet):
        asked_to_review(newsroom, version, newsroom.primary, role="specialist")


def test_one_person_is_not_asked_for_two_roles_past_the_door(newsroom, stage):
    version = stage.submitted
    forged_assignment(newsroom, version, newsroom.primary, "primary")
    with refused_by("one_role_asked_per_reviewer"):
        forged_assignment(newsroom, version, newsroom.primary, "specialist")


def test_two_people_are_not_asked_for_one_role(newsroom, stage):
    version = stage.submitted
    forged_assignment(newsroom, version, newsroom.primary, "primary")
    with refused_by("one_reviewer_asked_per_role"):
        forged_assignment(newsroom, version, newsroom.specialist, "primary")


def test_one_person_does_not_sign_two_roles_past_the_door(newsroom, stage):
    newsroom.primary.specialties.add(*newsroom.specialist.specialties.all())
    version = make.sign(stage.in_medical_review, newsroom.primary)
    forged_end(newsroom, version)
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
