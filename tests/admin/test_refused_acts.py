"""A refused act: every reason is told beside its field, what was typed comes back, nothing is done."""

import re

import pytest
from django.db import IntegrityError

from tests import make
from tests.admin.desk import (
    act_url,
    edition_url,
    everything,
    has_button,
    hidden_of,
    in_days,
    open_url,
    post,
    reasons_of,
    signed_in,
    text_of,
)
from topics.admin.desk import forms
from topics.models import Assignment, Edition, Reviewer
from topics.publishing.release import release
from topics.workflow.door import why_not

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


# Every reason ---------------------------------------------------------------------------------------


def test_every_reason_is_shown_before_anybody_tries_and_then_there_is_no_button(newsroom):
    version = make.draft(newsroom, title="", summary="", body="")
    response = signed_in(newsroom.writer).get(act_url(version, "submit"))
    reasons = [r.sentence for r in why_not(version, "submit", actor=newsroom.writer)]
    assert len(reasons) == 3
    assert reasons_of(response) == reasons
    assert not has_button(response)


def test_every_reason_is_shown_when_it_is_tried(newsroom):
    version = make.draft(newsroom, title="", summary="", body="")
    before = everything()
    response = post(newsroom.writer, act_url(version, "submit"))
    assert response.status_code == 422
    text = text_of(response)
    for reason in why_not(version, "submit", actor=newsroom.writer):
        assert reason.sentence in text
    assert everything() == before


def test_a_complete_draft_shows_no_reason_and_a_button(newsroom, stage):
    response = signed_in(newsroom.writer).get(act_url(stage.draft, "submit"))
    assert reasons_of(response) == []
    assert has_button(response)


def test_a_refusal_by_the_database_is_a_sentence_too(newsroom, stage, monkeypatch):
    version = stage.draft

    def refused_by_the_wall(form):
        raise IntegrityError("submitted_version_is_frozen: a version does not change any more")

    monkeypatch.setattr(forms.SubmitForm, "do", refused_by_the_wall)
    response = post(newsroom.writer, act_url(version, "submit"))
    assert response.status_code == 422
    assert reasons_of(response) == ["a version does not change any more"]


# Asking, sending and returning ----------------------------------------------------------------------


def test_assigning_says_of_every_other_reviewer_why_not(newsroom, stage):
    version = stage.submitted
    make.reviewer("Family Medicine", name="Ursula Late", expires_on=in_days(-1))
    Reviewer.objects.create(name="Carla Credit", credentials="MD")
    response = signed_in(newsroom.editor).get(act_url(version, "assign"))
    text = text_of(response)
    assert f"The credential of Ursula Late expired on {in_days(-1)}." in text
    assert (
        "Sam Specialist has none of the specialties that the Primary reviewer needs: Family Medicine."
        in text
    )
    assert "Without an account to sign with: Carla Credit" in text
    offered = {
        role.requirement.role: [person.name for person in role.eligible]
        for role in response.context["form"].roles
    }
    assert offered == {"primary": ["Pia Primary"], "specialist": ["Sam Specialist"]}


def test_asking_one_who_may_not_sign_gives_their_reasons_and_assigns_nobody(newsroom, stage):
    version = stage.submitted
    primary, specialist = version.requirements.order_by("position")
    typed = {
        f"reviewer_{primary.pk}": newsroom.primary.pk,
        f"due_{primary.pk}": in_days(7).isoformat(),
        f"reviewer_{specialist.pk}": newsroom.primary.pk,
        f"due_{specialist.pk}": in_days(-7).isoformat(),
    }
    response = post(newsroom.editor, act_url(version, "assign"), **typed)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "Pia Primary has none of the specialties that the Specialist needs: Respiratory Medicine.",
        "Pia Primary is asked for another role; one person fills one role.",
        "Choose a due date that is not in the past.",
    ]
    errors = response.context["form"].errors
    assert set(errors) == {f"reviewer_{specialist.pk}", f"due_{specialist.pk}"}
    assert f'value="{in_days(-7)}"' in response.content.decode()
    assert not Assignment.objects.filter(version=version).exists()


def test_assigning_nothing_new_is_refused(newsroom, stage):
    version = stage.assigned
    client = signed_in(newsroom.editor)
    page = client.get(act_url(version, "assign"))
    form = page.context["form"]
    same = {name: form[name].value() for name in form.fields}
    response = client.post(act_url(version, "assign"), {**hidden_of(page), **same})
    assert response.status_code == 422
    assert reasons_of(response) == ["Nothing was chosen that is not so already."]


def test_a_version_that_nobody_is_asked_to_sign_is_not_sent(newsroom, stage):
    version = stage.submitted
    response = post(newsroom.editor, act_url(version, "send"))
    assert response.status_code == 422
    assert reasons_of(response) == [
        "Nobody is asked as Primary reviewer.",
        "Nobody is asked as Specialist.",
    ]


def test_a_return_without_remarks_is_refused_beside_the_field(newsroom, stage):
    version = stage.submitted
    response = post(newsroom.editor, act_url(version, "return"), remarks="  ")
    assert response.status_code == 422
    assert response.context["form"].errors["remarks"] == ["Say in the remarks what should change."]


# Signing --------------------------------------------------------------------------------------------


def test_a_wrong_password_signs_nothing_and_is_not_given_back(newsroom, stage):
    version = stage.in_medical_review
    response = post(newsroom.primary.user, act_url(version, "sign_off"), password="wrong horse")
    assert response.status_code == 422
    said = "The password is not right. Nothing was signed. 4 tries are left."
    assert reasons_of(response) == [said]
    assert "wrong horse" not in response.content.decode()
    assert not version.sign_offs.exists()


def test_another_digest_than_the_one_read_signs_nothing(newsroom, stage):
    version = stage.in_medical_review
    response = post(
        newsroom.primary.user,
        act_url(version, "sign_off"),
        password=make.PASSWORD,
        seen_digest="sha-256:" + "0" * 64,
    )
    assert response.status_code == 422
    assert "What you read is not the text of this version" in text_of(response)
    assert not version.sign_offs.exists()


def test_an_expired_credential_is_a_reason_before_and_after_trying(newsroom, stage):
    version = stage.in_medical_review
    newsroom.primary.credential_set.update(expires_on=in_days(-1))
    sentence = f"The credential of Pia Primary expired on {in_days(-1)}."
    url = act_url(version, "sign_off")
    page = signed_in(newsroom.primary.user).get(url)
    assert reasons_of(page) == [sentence]
    assert not has_button(page)
    assert sentence in reasons_of(post(newsroom.primary.user, url, password=make.PASSWORD))


# Releasing, withdrawing and opening -----------------------------------------------------------------


def test_a_release_in_the_past_is_refused_with_what_was_typed(newsroom, stage):
    version = stage.approved
    typed = {"when": "later", "day": in_days(-2).isoformat(), "time": "14:30"}
    response = post(newsroom.publisher, act_url(version, "release"), **typed)
    assert response.status_code == 422
    assert "A release can't start in the past." in reasons_of(response)
    assert f'value="{in_days(-2)}"' in response.content.decode()
    assert not Edition.objects.filter(version=version).exists()


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"when": "later", "day": "", "time": "14:30"}, "Give the date, as 2026-03-31."),
        ({"when": "later", "day": "2100-01-01", "time": ""}, "Give the time in UTC, as 14:30."),
        ({"when": "later", "day": "soon", "time": "14:30"}, "Enter a valid date."),
        ({"when": "now", "day": "2100-01-01", "time": ""}, "You gave a date or a time"),
        ({}, "This field is required."),
    ],
)
def test_a_release_is_never_made_of_half_an_instant(newsroom, stage, typed, sentence):
    version = stage.approved
    response = post(newsroom.publisher, act_url(version, "release"), **typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Edition.objects.filter(version=version).exists()


def test_a_planned_withdrawal_forbids_a_release_after_it_beside_the_field(newsroom, stage):
    edition = stage.edition
    version = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="Coughing"))
    typed = {"kind": "retired", "explanation": "No longer kept up.", "when": "later"}
    typed["confirmation"] = edition.article.slug
    later = {"day": in_days(9).isoformat(), "time": "10:00"}
    post(newsroom.publisher, edition_url(edition, "withdraw"), **typed, **later)
    response = post(
        newsroom.publisher,
        act_url(version, "release"),
        when="later",
        day=in_days(5).isoformat(),
        time="10:00",
    )
    assert response.status_code == 422
    assert "is to be withdrawn at" in response.context["form"].errors["when"][0]
    assert release(version, actor=newsroom.publisher).number == 2


def test_a_withdrawal_is_refused_with_all_that_was_typed(newsroom, stage):
    edition = stage.edition
    response = post(
        newsroom.publisher,
        edition_url(edition, "withdraw"),
        kind="moved",
        explanation="",
        replacement="",
        when="later",
        day=in_days(-2).isoformat(),
        time="10:00",
        confirmation=edition.article.slug,
    )
    assert response.status_code == 422
    assert len(reasons_of(response)) == 3
    content = response.content.decode()
    assert re.search(r'value="moved"[^>]*checked', content)
    assert 'value="10:00"' in content
    edition.refresh_from_db()
    assert edition.withdrawal is None


def test_an_unknown_replacement_is_refused_along_with_every_other_reason(newsroom, stage):
    edition = stage.edition
    typed = {"kind": "", "explanation": "", "replacement": "nowhere", "when": "now"}
    typed["confirmation"] = edition.article.slug
    response = post(newsroom.publisher, edition_url(edition, "withdraw"), **typed)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "There is no article named “nowhere”. Type its slug as listed.",
        "Choose a kind of withdrawal.",
        "Say why, for the readers.",
    ]


def test_a_replacement_is_found_in_the_language_of_the_edition(newsroom, stage):
    make.released(newsroom, slug="tos", language="es")
    english = make.released(newsroom, slug="tos")
    edition = stage.edition
    typed = {"kind": "moved", "explanation": "One article now.", "replacement": "tos", "when": "now"}
    typed["confirmation"] = edition.article.slug
    assert post(newsroom.publisher, edition_url(edition, "withdraw"), **typed).status_code == 302
    edition.refresh_from_db()
    assert edition.withdrawal.replacement == english.article


def test_the_page_to_open_a_version_closes_the_kinds_that_do_not_fit(newsroom, stage):
    edition = stage.edition
    content = signed_in(newsroom.writer).get(open_url(edition.article)).content.decode()
    closed = set(re.findall(r'value="(\w+)"[^>]*disabled', content))
    assert closed == {"new"}
    response = post(newsroom.writer, open_url(edition.article), kind="new")
    assert response.status_code == 422
    assert "This article was released before" in text_of(response)
    response = post(newsroom.writer, open_url(edition.article))
    assert reasons_of(response) == ["Choose a kind of change."]


def test_a_second_open_version_is_refused(newsroom, stage):
    version = stage.draft
    response = post(newsroom.writer, open_url(version.article), kind="new")
    assert response.status_code == 409
    assert "Version 1 is still open: Draft." in reasons_of(response)
