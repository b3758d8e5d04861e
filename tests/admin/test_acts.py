"""The pages of the acts: done by the right person, refused with every reason, never by looking."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

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
    superuser,
    text_of,
)
from topics.admin.desk import forms
from topics.models import Assignment, Edition, Reviewer, SignOff, Version
from topics.publishing.release import release
from topics.vocabulary import State
from topics.workflow import acts, drafting
from topics.workflow.door import why_not

pytestmark = pytest.mark.django_db

STATES = tuple(State.values)
LEGAL = {
    "submit": ("draft",),
    "assign": ("editorial_review", "medical_review"),
    "send": ("editorial_review",),
    "return": ("editorial_review", "medical_review", "approved"),
    "return_as_reviewer": ("medical_review",),
    "sign_off": ("medical_review",),
    "release": ("approved", "released"),
}
MAY = {
    "submit": {"writer", "editor"},
    "assign": {"editor"},
    "send": {"editor"},
    "return": {"editor", "publisher"},
    "return_as_reviewer": {"medical_reviewer"},
    "sign_off": {"medical_reviewer"},
    "release": {"publisher"},
}
FITTING = {
    "submit": "draft",
    "assign": "editorial_review",
    "send": "editorial_review",
    "return": "editorial_review",
    "return_as_reviewer": "medical_review",
    "sign_off": "medical_review",
    "release": "approved",
}
PEOPLE = ("writer", "editor", "publisher", "administrator")


def version_in(state, room):
    makers = {
        "draft": make.draft,
        "editorial_review": make.assigned,
        "medical_review": make.in_medical_review,
        "approved": make.approved,
        "returned": returned,
        "released": lambda room: make.released(room).version,
    }
    return makers[state](room)


def returned(room):
    version = make.submitted(room)
    return acts.return_with_remarks(version, remarks="Give the dose by weight.", actor=room.editor)


def typed_for(act):
    return {
        "return": {"remarks": "Shorter, please."},
        "return_as_reviewer": {"remarks": "Shorter, please."},
        "sign_off": {"password": make.PASSWORD},
        "release": {"when": "now"},
    }.get(act, {})


# Each act by the right person -----------------------------------------------------------------------


def test_a_writer_submits_a_draft_and_sees_before_who_will_sign(newsroom):
    version = make.draft(newsroom)
    page = signed_in(newsroom.writer).get(act_url(version, "submit"))
    assert "Primary reviewer Family Medicine" in text_of(page)
    assert "Specialist Respiratory Medicine" in text_of(page)
    response = post(newsroom.writer, act_url(version, "submit"))
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:topics_version_change", args=[version.pk])
    version.refresh_from_db()
    assert version.state == State.EDITORIAL_REVIEW


def test_an_editor_asks_reviewers_for_every_role_on_one_page(newsroom):
    version = make.submitted(newsroom)
    typed = {}
    for requirement in version.requirements.all():
        typed[f"reviewer_{requirement.pk}"] = newsroom.reviewers[requirement.role].pk
        typed[f"due_{requirement.pk}"] = in_days(7).isoformat()
    response = post(newsroom.editor, act_url(version, "assign"), **typed)
    assert response.status_code == 302
    assert Assignment.objects.active().filter(version=version, due_on=in_days(7)).count() == 2


def test_an_editor_sends_an_assigned_version_to_medical_review(newsroom):
    version = make.assigned(newsroom)
    assert post(newsroom.editor, act_url(version, "send")).status_code == 302
    version.refresh_from_db()
    assert version.state == State.MEDICAL_REVIEW


def test_an_editor_returns_a_version_with_remarks(newsroom):
    version = make.submitted(newsroom)
    remarks = "Give the dose by weight."
    assert post(newsroom.editor, act_url(version, "return"), remarks=remarks).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.return_remarks) == (State.RETURNED, remarks)


def test_a_reviewer_returns_the_version_they_were_asked_to_sign(newsroom):
    version = make.in_medical_review(newsroom)
    url = act_url(version, "return_as_reviewer")
    assert post(newsroom.primary.user, url, remarks="Not current.").status_code == 302
    version.refresh_from_db()
    assert version.state == State.RETURNED


def test_reviewers_sign_and_the_last_of_them_approves(newsroom):
    version = make.in_medical_review(newsroom)
    for reviewer in (newsroom.primary, newsroom.specialist):
        response = post(reviewer.user, act_url(version, "sign_off"), password=make.PASSWORD)
        assert response.status_code == 302
    version.refresh_from_db()
    assert version.state == State.APPROVED
    assert version.sign_offs.count() == 2


def test_the_page_to_sign_shows_the_whole_text_and_the_signature_to_be(newsroom):
    version = make.in_medical_review(newsroom)
    text = text_of(signed_in(newsroom.primary.user).get(act_url(version, "sign_off")))
    for said in (
        "Most coughs clear up on their own.",
        "Take 5 mg at night.",
        "You cough up blood",
        "Ada Author, MFA",
        "Tussis",
        "I reviewed the whole article; it is clinically accurate and complete",
        "Pia Primary",
        "MD, MPH",
        "Family Medicine",
        "None to declare.",
        version.digest,
    ):
        assert said in text


def test_a_publisher_releases_now_in_place_of_the_edition_before(newsroom):
    first = make.released(newsroom)
    version = make.approved(
        newsroom, make.next_draft(newsroom, first.article, body=make.BODY + "<p>More.</p>")
    )
    text = text_of(signed_in(newsroom.publisher).get(act_url(version, "release")))
    assert "Edition 2 (version 2) begins now" in text
    assert f"Edition 1, in force since {first.starts_at:%Y-%m-%d %H:%M} UTC, ends" in text
    assert "Next review due" in text
    assert post(newsroom.publisher, act_url(version, "release"), when="now").status_code == 302
    first.refresh_from_db()
    second = Edition.objects.get(version=version)
    assert first.ends_at == second.starts_at


def test_a_publisher_schedules_a_release_in_utc(newsroom):
    version = make.approved(newsroom)
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    assert post(newsroom.publisher, act_url(version, "release"), **typed).status_code == 302
    edition = Edition.objects.get(version=version)
    assert f"{edition.starts_at:%Y-%m-%d %H:%M %Z}" == f"{in_days(3)} 14:30 UTC"


def test_a_publisher_cancels_a_scheduled_release(newsroom):
    version = make.approved(newsroom)
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(version, "release"), **typed)
    edition = Edition.objects.get(version=version)
    assert post(newsroom.publisher, edition_url(edition, "cancel_release")).status_code == 302
    edition.refresh_from_db()
    assert edition.was_cancelled()


def test_a_publisher_withdraws_an_edition_and_names_what_to_read_instead(newsroom):
    instead = make.released(newsroom, slug="cough-in-children")
    edition = make.released(newsroom, slug="cough")
    response = post(
        newsroom.publisher,
        edition_url(edition, "withdraw"),
        kind="moved",
        explanation="Both are one article now.",
        replacement="cough-in-children",
        when="now",
    )
    assert response.status_code == 302
    edition.refresh_from_db()
    assert edition.withdrawal.replacement == instead.article
    assert edition.ends_at == edition.withdrawal.effective_at


def test_before_a_withdrawal_the_page_shows_what_it_reaches(newsroom):
    edition = make.released(newsroom, slug="cough")
    other = make.draft(newsroom, slug="bronchitis", title="Bronchitis")
    other.related.create(article=edition.article)
    make.released(newsroom, other)
    following = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="Coughing"))
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(following, "release"), **typed)
    text = text_of(signed_in(newsroom.publisher).get(edition_url(edition, "withdraw")))
    assert "name it as related; they stop showing it: Bronchitis" in text
    assert "The release of edition 2 (version 2)" in text


def test_a_writer_continues_a_returned_version_in_the_next(newsroom):
    version = returned(newsroom)
    url = open_url(version.article)
    assert "Give the dose by weight." in text_of(signed_in(newsroom.writer).get(url))
    response = post(newsroom.writer, url, kind="new")
    following = Version.objects.get(article=version.article, number=2)
    assert response["Location"] == reverse("admin:topics_version_change", args=[following.pk])
    assert following.based_on == version


# Refusals: every reason ---------------------------------------------------------------------------


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


def test_a_complete_draft_shows_no_reason_and_a_button(newsroom):
    response = signed_in(newsroom.writer).get(act_url(make.draft(newsroom), "submit"))
    assert reasons_of(response) == []
    assert has_button(response)


def test_a_version_that_nobody_is_asked_to_sign_is_not_sent(newsroom):
    version = make.submitted(newsroom)
    response = post(newsroom.editor, act_url(version, "send"))
    assert response.status_code == 422
    assert reasons_of(response) == [
        "Nobody is asked as Primary reviewer.",
        "Nobody is asked as Specialist.",
    ]


def test_a_return_without_remarks_is_refused_beside_the_field(newsroom):
    version = make.submitted(newsroom)
    response = post(newsroom.editor, act_url(version, "return"), remarks="  ")
    assert response.status_code == 422
    assert response.context["form"].errors["remarks"] == ["Say in the remarks what should change."]


def test_a_wrong_password_signs_nothing_and_is_not_given_back(newsroom):
    version = make.in_medical_review(newsroom)
    response = post(newsroom.primary.user, act_url(version, "sign_off"), password="wrong horse")
    assert response.status_code == 422
    assert reasons_of(response) == ["The password is not right. Nothing was signed."]
    assert "wrong horse" not in response.content.decode()
    assert not SignOff.objects.exists()


def test_another_digest_than_the_one_read_signs_nothing(newsroom):
    version = make.in_medical_review(newsroom)
    response = post(
        newsroom.primary.user,
        act_url(version, "sign_off"),
        password=make.PASSWORD,
        seen_digest="sha-256:" + "0" * 64,
    )
    assert response.status_code == 422
    assert "What you read is not the text of this version" in text_of(response)
    assert not SignOff.objects.exists()


def test_an_expired_credential_is_a_reason_before_and_after_trying(newsroom):
    version = make.in_medical_review(newsroom)
    newsroom.primary.credential_set.update(expires_on=in_days(-1))
    sentence = f"The credential of Pia Primary expired on {in_days(-1)}."
    url = act_url(version, "sign_off")
    page = signed_in(newsroom.primary.user).get(url)
    assert reasons_of(page) == [sentence]
    assert not has_button(page)
    assert sentence in reasons_of(post(newsroom.primary.user, url, password=make.PASSWORD))


def test_a_release_in_the_past_is_refused_with_what_was_typed(newsroom):
    version = make.approved(newsroom)
    typed = {"when": "later", "day": in_days(-2).isoformat(), "time": "14:30"}
    response = post(newsroom.publisher, act_url(version, "release"), **typed)
    assert response.status_code == 422
    assert "A release can't start in the past." in reasons_of(response)
    assert f'value="{in_days(-2)}"' in response.content.decode()
    assert not Edition.objects.exists()


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
def test_a_release_is_never_made_of_half_an_instant(newsroom, typed, sentence):
    version = make.approved(newsroom)
    response = post(newsroom.publisher, act_url(version, "release"), **typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Edition.objects.exists()


def test_a_withdrawal_is_refused_with_all_that_was_typed(newsroom):
    edition = make.released(newsroom)
    response = post(
        newsroom.publisher,
        edition_url(edition, "withdraw"),
        kind="moved",
        explanation="",
        replacement="",
        when="later",
        day=in_days(-2).isoformat(),
        time="10:00",
    )
    assert response.status_code == 422
    assert len(reasons_of(response)) == 3
    content = response.content.decode()
    assert re.search(r'value="moved"[^>]*checked', content)
    assert 'value="10:00"' in content
    edition.refresh_from_db()
    assert edition.withdrawal is None


def test_an_unknown_replacement_is_refused_along_with_every_other_reason(newsroom):
    edition = make.released(newsroom)
    typed = {"kind": "", "explanation": "", "replacement": "nowhere", "when": "now"}
    response = post(newsroom.publisher, edition_url(edition, "withdraw"), **typed)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "There is no article named “nowhere”. Type its slug as listed.",
        "Choose a kind of withdrawal.",
        "Say why, for the readers.",
    ]


def test_a_replacement_is_found_in_the_language_of_the_edition(newsroom):
    make.released(newsroom, slug="tos", language="es")
    english = make.released(newsroom, slug="tos")
    edition = make.released(newsroom)
    typed = {"kind": "moved", "explanation": "One article now.", "replacement": "tos", "when": "now"}
    assert post(newsroom.publisher, edition_url(edition, "withdraw"), **typed).status_code == 302
    edition.refresh_from_db()
    assert edition.withdrawal.replacement == english.article


def test_the_page_to_open_a_version_closes_the_kinds_that_do_not_fit(newsroom):
    edition = make.released(newsroom)
    content = signed_in(newsroom.writer).get(open_url(edition.article)).content.decode()
    closed = set(re.findall(r'value="(\w+)"[^>]*disabled', content))
    assert closed == {"new"}
    response = post(newsroom.writer, open_url(edition.article), kind="new")
    assert response.status_code == 422
    assert "This article was released before" in text_of(response)
    response = post(newsroom.writer, open_url(edition.article))
    assert reasons_of(response) == ["Choose a kind of change."]


def test_a_second_open_version_is_refused(newsroom):
    version = make.draft(newsroom)
    response = post(newsroom.writer, open_url(version.article), kind="new")
    assert response.status_code == 409
    assert "Version 1 is still open: Draft." in reasons_of(response)


def test_a_refusal_by_the_database_is_a_sentence_too(newsroom, monkeypatch):
    version = make.draft(newsroom)

    def refused_by_the_wall(form):
        raise IntegrityError("submitted_version_is_frozen: a version does not change any more")

    monkeypatch.setattr(forms.SubmitForm, "do", refused_by_the_wall)
    response = post(newsroom.writer, act_url(version, "submit"))
    assert response.status_code == 422
    assert reasons_of(response) == ["a version does not change any more"]


# Assigning ------------------------------------------------------------------------------------------


def test_assigning_says_of_every_other_reviewer_why_not(newsroom):
    version = make.submitted(newsroom)
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


def test_asking_one_who_may_not_sign_gives_their_reasons_and_assigns_nobody(newsroom):
    version = make.submitted(newsroom)
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
    assert not Assignment.objects.exists()


def test_assigning_nothing_new_is_refused(newsroom):
    version = make.assigned(newsroom)
    client = signed_in(newsroom.editor)
    page = client.get(act_url(version, "assign"))
    form = page.context["form"]
    same = {name: form[name].value() for name in form.fields}
    response = client.post(act_url(version, "assign"), {**hidden_of(page), **same})
    assert response.status_code == 422
    assert reasons_of(response) == ["Nothing was chosen that is not so already."]


def test_a_reviewer_is_replaced_and_the_role_that_did_not_change_is_left_alone(newsroom):
    version = make.in_medical_review(newsroom)
    other = make.reviewer("Family Medicine", name="Petra Primary")
    primary, specialist = version.requirements.order_by("position")
    kept = specialist.assignments.get()
    typed = {
        f"reviewer_{primary.pk}": other.pk,
        f"due_{primary.pk}": in_days(7).isoformat(),
        f"reviewer_{specialist.pk}": newsroom.specialist.pk,
        f"due_{specialist.pk}": kept.due_on.isoformat(),
    }
    assert post(newsroom.editor, act_url(version, "assign"), **typed).status_code == 302
    assert primary.assignments.active().get().reviewer == other
    assert specialist.assignments.get() == kept


# Who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("act", MAY)
def test_only_the_roles_of_an_act_may_do_it(newsroom, act, role):
    version = version_in(FITTING[act], newsroom)
    before = everything()
    user = getattr(newsroom, role)
    page = signed_in(user).get(act_url(version, act))
    if role in MAY[act]:
        assert page.status_code == 200
        return
    assert page.status_code == 403
    assert not has_button(page)
    response = post(user, act_url(version, act), **typed_for(act))
    assert response.status_code == 403
    assert any(reason.startswith("Your role does not include") for reason in reasons_of(response))
    assert everything() == before


@pytest.mark.parametrize("act", ["assign", "return"])
def test_a_reviewer_may_not_do_what_is_not_theirs_on_a_version_they_were_asked_for(newsroom, act):
    version = make.in_medical_review(newsroom)
    response = post(newsroom.primary.user, act_url(version, act), **typed_for(act))
    assert response.status_code == 403


@pytest.mark.parametrize("act", MAY)
def test_what_a_reviewer_was_not_asked_for_does_not_exist_for_them(newsroom, act):
    version = make.in_medical_review(newsroom)
    client = signed_in(make.reviewer("Family Medicine", name="Nina Notasked").user)
    assert client.get(act_url(version, act)).status_code == 404
    assert client.post(act_url(version, act), typed_for(act)).status_code == 404


def test_a_reviewer_does_not_see_an_edition_that_is_still_to_come(newsroom):
    version = make.approved(newsroom)
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(version, "release"), **typed)
    edition = Edition.objects.get()
    stranger = make.reviewer("Family Medicine", name="Nina Notasked").user
    assert signed_in(stranger).get(edition_url(edition, "cancel_release")).status_code == 404


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_only_publishers_take_editions_back(newsroom, role):
    edition = make.released(newsroom)
    typed = {"kind": "retired", "explanation": "No longer kept up.", "when": "now"}
    response = post(getattr(newsroom, role), edition_url(edition, "withdraw"), **typed)
    assert response.status_code == 403
    assert "Your role does not include taking editions back." in reasons_of(response)
    edition.refresh_from_db()
    assert edition.withdrawal is None


@pytest.mark.parametrize("role", ["publisher", "administrator"])
def test_only_those_who_write_open_versions(newsroom, role):
    edition = make.released(newsroom)
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
    assert not Assignment.objects.exists()


def test_a_superuser_does_not_sign_what_they_wrote(newsroom):
    root = superuser()
    version = wrote_it(root, newsroom)
    assigned_and_sent(version, newsroom)
    # The account of a reviewer who was asked already passes to the one who wrote it.
    newsroom.primary.user = root
    newsroom.primary.save()
    response = post(root, act_url(version, "sign_off"), password=make.PASSWORD)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "Pia Primary wrote, edited or is credited with this text; nobody signs their own."
    ]
    assert not SignOff.objects.exists()


def test_a_superuser_who_was_not_asked_does_not_sign(newsroom):
    version = make.in_medical_review(newsroom)
    response = post(superuser(), act_url(version, "sign_off"), password=make.PASSWORD)
    assert response.status_code == 422
    assert reasons_of(response) == ["You were not asked to review this version."]


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
def test_there_is_no_page_for_what_is_no_act_of_a_person(newsroom, act):
    version = make.in_medical_review(newsroom)
    assert signed_in(superuser()).get(act_url(version, act)).status_code == 404


def test_nobody_acts_without_signing_in(newsroom):
    version = make.draft(newsroom)
    response = Client().post(act_url(version, "submit"))
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_form_of_another_site_does_nothing(newsroom):
    version = make.draft(newsroom)
    client = Client(enforce_csrf_checks=True)
    client.force_login(newsroom.writer)
    page = client.get(act_url(version, "submit"))
    assert client.post(act_url(version, "submit"), hidden_of(page)).status_code == 403
    version.refresh_from_db()
    assert version.state == State.DRAFT


# States and stale pages -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act, state", [(act, state) for act in LEGAL for state in STATES if state not in LEGAL[act]]
)
def test_an_act_from_a_state_that_it_does_not_start_from_is_refused(newsroom, act, state):
    version = version_in(state, newsroom)
    before = everything()
    root = superuser()
    page = signed_in(root).get(act_url(version, act))
    assert page.status_code == 409
    assert not has_button(page)
    response = post(root, act_url(version, act), **typed_for(act))
    assert response.status_code == 409
    assert "is no step from the state" in text_of(response)
    assert not has_button(response)
    assert everything() == before


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", LEGAL)
def test_looking_changes_nothing(newsroom, act, state):
    version = version_in(state, newsroom)
    before = everything()
    assert signed_in(superuser()).get(act_url(version, act)).status_code in (200, 409)
    assert everything() == before


def test_a_stale_page_says_who_did_what_and_gives_back_what_was_typed(newsroom):
    version = make.in_medical_review(newsroom)
    client = signed_in(newsroom.primary.user)
    url = act_url(version, "return_as_reviewer")
    page = client.get(url)
    newsroom.editor.first_name, newsroom.editor.last_name = "Edna", "Editor"
    newsroom.editor.save()
    acts.return_with_remarks(version, remarks="Not now.", actor=newsroom.editor)
    response = client.post(url, {**hidden_of(page), "remarks": "Please give the dose by weight."})
    assert response.status_code == 409
    said = reasons_of(response)
    assert said[0].startswith("Edna Editor returned version 1 with remarks at ")
    assert said[0].endswith("after you opened this page. Look at how it stands now.")
    assert "is no step from the state “Returned”" in said[1]
    assert "Please give the dose by weight." in response.content.decode()
    assert "Returned since" in text_of(response)
    assert not has_button(response)


def test_a_draft_that_was_edited_meanwhile_is_looked_at_again_before_it_is_submitted(newsroom):
    version = make.draft(newsroom)
    client = signed_in(newsroom.writer)
    page = client.get(act_url(version, "submit"))
    drafting.edit(version, actor=newsroom.editor, revision=version.revision, title="Coughing")
    response = client.post(act_url(version, "submit"), hidden_of(page))
    assert response.status_code == 409
    assert "edited version 1" in reasons_of(response)[0]
    assert has_button(response)
    assert client.post(act_url(version, "submit"), hidden_of(response)).status_code == 302


def test_a_sign_off_by_another_reviewer_does_not_make_the_page_stale(newsroom):
    version = make.in_medical_review(newsroom)
    client = signed_in(newsroom.primary.user)
    page = client.get(act_url(version, "sign_off"))
    make.sign(version, newsroom.specialist)
    typed = {**hidden_of(page), "password": make.PASSWORD}
    assert client.post(act_url(version, "sign_off"), typed).status_code == 302


def test_two_editors_do_not_assign_past_each_other(newsroom):
    version = make.submitted(newsroom)
    client = signed_in(newsroom.editor)
    page = client.get(act_url(version, "assign"))
    requirement = version.requirements.get(role="primary")
    acts.assign(
        version,
        requirement=requirement,
        reviewer=newsroom.primary,
        due_on=in_days(3),
        actor=make.user("editor", "other-editor"),
    )
    typed = {f"reviewer_{requirement.pk}": newsroom.primary.pk, f"due_{requirement.pk}": in_days(9)}
    response = client.post(act_url(version, "assign"), {**hidden_of(page), **typed})
    assert response.status_code == 409
    assert reasons_of(response)[0].startswith("other-editor assigned a reviewer of version 1 at ")
    assert requirement.assignments.get().due_on == in_days(3)


def test_a_second_click_on_release_releases_nothing_more(newsroom):
    version = make.approved(newsroom)
    client = signed_in(newsroom.publisher)
    form = {**hidden_of(client.get(act_url(version, "release"))), "when": "now"}
    assert client.post(act_url(version, "release"), form).status_code == 302
    response = client.post(act_url(version, "release"), form)
    assert response.status_code == 409
    assert "This version was released already." in reasons_of(response)
    again = post(newsroom.publisher, act_url(version, "release"), when="now")
    assert again.status_code == 422
    assert reasons_of(again) == ["This version was released already."]
    assert Edition.objects.count() == 1


def test_an_edition_that_was_withdrawn_meanwhile_says_so(newsroom):
    edition = make.released(newsroom)
    client = signed_in(newsroom.publisher)
    url = edition_url(edition, "withdraw")
    typed = {"kind": "retired", "explanation": "No longer kept up.", "when": "now"}
    page = client.get(url)
    assert client.post(url, {**hidden_of(page), **typed}).status_code == 302
    response = client.post(url, {**hidden_of(page), **typed})
    assert response.status_code == 409
    assert "withdrew the edition of version 1" in reasons_of(response)[0]
    assert "This edition is not in force any more." in reasons_of(response)
    assert "No longer kept up." in response.content.decode()


def test_a_scheduled_release_that_began_meanwhile_is_withdrawn_instead(newsroom):
    edition = make.released(newsroom)
    response = post(newsroom.publisher, edition_url(edition, "cancel_release"))
    assert response.status_code == 409
    assert "withdraw it instead" in text_of(response)


@pytest.mark.parametrize("missing", ["seen_entry", "seen_state", "seen_digest"])
def test_a_form_that_does_not_say_what_was_seen_does_nothing(newsroom, missing):
    version = make.draft(newsroom)
    client = signed_in(newsroom.writer)
    form = hidden_of(client.get(act_url(version, "submit")))
    del form[missing]
    response = client.post(act_url(version, "submit"), form)
    assert response.status_code == 422
    assert "does not say what you saw" in text_of(response)
    version.refresh_from_db()
    assert version.state == State.DRAFT


# The page itself ------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", LEGAL)
def test_a_page_has_nothing_inline_that_the_content_policy_would_block(newsroom, act):
    version = version_in(FITTING[act], newsroom)
    content = signed_in(superuser()).get(act_url(version, act)).content.decode()
    assert " style=" not in content
    assert not re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", content)
    assert not re.findall(r"\son[a-z]+=", content)


def test_a_title_is_text_wherever_it_is_shown(newsroom):
    version = make.in_medical_review(newsroom, title="<script>alert(1)</script>Cough")
    for user, act in ((newsroom.editor, "return"), (newsroom.primary.user, "sign_off")):
        content = signed_in(user).get(act_url(version, act)).content.decode()
        assert "<script>alert(1)" not in content
        assert "&lt;script&gt;alert(1)" in content


def test_the_panel_offers_what_the_person_may_do_with_the_reasons_against_it(newsroom):
    version = make.submitted(newsroom)
    url = reverse("admin:topics_version_change", args=[version.pk])
    text = text_of(signed_in(newsroom.editor).get(url))
    assert "Send to medical review" in text
    assert "Nobody is asked as Specialist." in text
    assert "What you can do" not in text_of(signed_in(newsroom.writer).get(url))


def test_a_cancelled_release_can_be_released_again_from_its_page(newsroom):
    version = make.approved(newsroom)
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(version, "release"), **typed)
    post(newsroom.publisher, edition_url(Edition.objects.get(), "cancel_release"))
    assert post(newsroom.publisher, act_url(version, "release"), when="now").status_code == 302
    assert Edition.objects.ever_in_force().count() == 1


def test_a_planned_withdrawal_forbids_a_release_after_it_beside_the_field(newsroom):
    edition = make.released(newsroom)
    version = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="Coughing"))
    typed = {"kind": "retired", "explanation": "No longer kept up.", "when": "later"}
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
