"""Who may not act: without the role, on a text of their own, unasked, or from outside their session."""

import pytest
from django.test import Client

from tests import make
from tests.admin.desk import (
    act_url,
    edition_url,
    hidden_of,
    in_days,
    open_url,
    post,
    reasons_of,
    signed_in,
    superuser,
    text_of,
)
from topics.models import Assignment, Edition
from topics.vocabulary import State
from topics.workflow import acts, drafting

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


def test_a_reviewer_does_not_see_an_edition_that_is_still_to_come(newsroom, stage):
    version = stage.approved
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(version, "release"), **typed)
    edition = Edition.objects.get(version=version)
    stranger = make.reviewer("Family Medicine", name="Nina Notasked").user
    assert signed_in(stranger).get(edition_url(edition, "cancel_release")).status_code == 404


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_only_publishers_take_editions_back(newsroom, stage, role):
    edition = stage.edition
    typed = {"kind": "retired", "explanation": "No longer kept up.", "when": "now"}
    typed["confirmation"] = edition.article.slug
    response = post(getattr(newsroom, role), edition_url(edition, "withdraw"), **typed)
    assert response.status_code == 403
    assert "Your role does not include taking editions back." in reasons_of(response)
    edition.refresh_from_db()
    assert edition.withdrawal is None


@pytest.mark.parametrize("role", ["publisher", "administrator"])
def test_only_those_who_write_open_versions(newsroom, stage, role):
    edition = stage.edition
    response = post(getattr(newsroom, role), open_url(edition.article), kind="substantive")
    assert response.status_code == 403
    assert edition.article.versions.count() == 1


def wrote_it(root, room):
    """A version in review of which the superuser edited the draft."""
    version = make.draft(room)
    version = drafting.edit(version, actor=root, revision=version.revision, title="Coughing")
    return make.submitted(room, version)


def test_a_superuser_is_not_asked_to_sign_what_they_wrote(newsroom):
    root = superuser()
    own = make.reviewer("Family Medicine", name="Root Reviewer", account=root)
    version = wrote_it(root, newsroom)
    sentence = "Root Reviewer wrote, edited or is credited with this text; nobody signs their own."
    assert sentence in text_of(signed_in(root).get(act_url(version, "assign")))
    requirement = version.requirements.get(role="primary")
    typed = {f"reviewer_{requirement.pk}": own.pk, f"due_{requirement.pk}": in_days(7).isoformat()}
    response = post(root, act_url(version, "assign"), **typed)
    assert response.status_code == 422
    assert reasons_of(response) == [sentence]
    assert not Assignment.objects.filter(version=version).exists()


def test_a_superuser_does_not_sign_what_they_wrote(newsroom):
    root = superuser()
    version = wrote_it(root, newsroom)
    newsroom.primary = make.reviewer("Family Medicine", name="Prue Primary")
    assigned_and_sent(version, newsroom)
    # The account of a reviewer who was asked already passes to the one who wrote it.
    newsroom.primary.user = root
    newsroom.primary.save()
    response = post(root, act_url(version, "sign_off"), password=make.PASSWORD)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "Prue Primary wrote, edited or is credited with this text; nobody signs their own."
    ]
    assert not version.sign_offs.exists()


def assigned_and_sent(version, room):
    for requirement in version.requirements.all():
        acts.assign(
            version,
            requirement=requirement,
            reviewer=room.reviewers[requirement.role],
            due_on=in_days(7),
            actor=room.editor,
        )
    return acts.send_to_medical_review(version, actor=room.editor)


def test_a_superuser_who_was_not_asked_does_not_sign(stage):
    version = stage.in_medical_review
    response = post(superuser(), act_url(version, "sign_off"), password=make.PASSWORD)
    assert response.status_code == 422
    assert reasons_of(response) == ["You were not asked to review this version."]


def test_whoever_wrote_it_alone_does_not_release_it(newsroom):
    root = superuser()
    newsroom.writer = root
    version = make.approved(newsroom)
    response = post(root, act_url(version, "release"), when="now")
    assert response.status_code == 422
    assert reasons_of(response) == [
        "You are the only author of this version; somebody else must release it."
    ]


@pytest.mark.parametrize("act", ["edit", "approve", "publish", "delete"])
def test_there_is_no_page_for_what_is_no_act_of_a_person(stage, act):
    version = stage.in_medical_review
    assert signed_in(superuser()).get(act_url(version, act)).status_code == 404


def test_nobody_acts_without_signing_in(stage):
    version = stage.draft
    response = Client().post(act_url(version, "submit"))
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_form_of_another_site_does_nothing(newsroom, stage):
    version = stage.draft
    client = Client(enforce_csrf_checks=True)
    client.force_login(newsroom.writer)
    page = client.get(act_url(version, "submit"))
    assert client.post(act_url(version, "submit"), hidden_of(page)).status_code == 403
    version.refresh_from_db()
    assert version.state == State.DRAFT
