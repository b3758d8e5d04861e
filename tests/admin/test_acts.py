"""The pages of the acts: each is done by the right person, who sees before what it will do."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import act_url, edition_url, in_days, open_url, post, signed_in, text_of
from topics.models import Assignment, Edition, Version
from topics.vocabulary import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


# Each act by the right person -----------------------------------------------------------------------


def test_a_writer_submits_a_draft_and_sees_before_who_will_sign(newsroom, stage):
    version = stage.draft
    page = signed_in(newsroom.writer).get(act_url(version, "submit"))
    assert "Primary reviewer Family Medicine" in text_of(page)
    assert "Specialist Respiratory Medicine" in text_of(page)
    response = post(newsroom.writer, act_url(version, "submit"))
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:topics_version_change", args=[version.pk])
    version.refresh_from_db()
    assert version.state == State.EDITORIAL_REVIEW


def test_an_editor_asks_reviewers_for_every_role_on_one_page(newsroom, stage):
    version = stage.submitted
    typed = {}
    for requirement in version.requirements.all():
        typed[f"reviewer_{requirement.pk}"] = newsroom.reviewers[requirement.role].pk
        typed[f"due_{requirement.pk}"] = in_days(7).isoformat()
    response = post(newsroom.editor, act_url(version, "assign"), **typed)
    assert response.status_code == 302
    assert Assignment.objects.active().filter(version=version, due_on=in_days(7)).count() == 2


def test_a_reviewer_is_replaced_and_the_role_that_did_not_change_is_left_alone(newsroom, stage):
    version = stage.in_medical_review
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


def test_an_editor_sends_an_assigned_version_to_medical_review(newsroom, stage):
    version = stage.assigned
    assert post(newsroom.editor, act_url(version, "send")).status_code == 302
    version.refresh_from_db()
    assert version.state == State.MEDICAL_REVIEW


def test_an_editor_returns_a_version_with_remarks(newsroom, stage):
    version = stage.submitted
    remarks = "Give the dose by weight."
    assert post(newsroom.editor, act_url(version, "return"), remarks=remarks).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.return_remarks) == (State.RETURNED, remarks)


def test_a_reviewer_returns_the_version_they_were_asked_to_sign(newsroom, stage):
    version = stage.in_medical_review
    url = act_url(version, "return_as_reviewer")
    assert post(newsroom.primary.user, url, remarks="Not current.").status_code == 302
    version.refresh_from_db()
    assert version.state == State.RETURNED


def test_reviewers_sign_and_the_last_of_them_approves(newsroom, stage):
    version = stage.in_medical_review
    for reviewer in (newsroom.primary, newsroom.specialist):
        response = post(reviewer.user, act_url(version, "sign_off"), password=make.PASSWORD)
        assert response.status_code == 302
    version.refresh_from_db()
    assert version.state == State.APPROVED
    assert version.sign_offs.count() == 2


def test_the_page_to_sign_shows_the_whole_text_and_the_signature_to_be(newsroom, stage):
    version = stage.in_medical_review
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


def test_a_publisher_releases_now_in_place_of_the_edition_before(newsroom, stage):
    first = stage.edition
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


def test_a_publisher_schedules_a_release_in_utc(newsroom, stage):
    version = stage.approved
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    assert post(newsroom.publisher, act_url(version, "release"), **typed).status_code == 302
    edition = Edition.objects.get(version=version)
    assert f"{edition.starts_at:%Y-%m-%d %H:%M %Z}" == f"{in_days(3)} 14:30 UTC"


def test_a_publisher_cancels_a_scheduled_release(newsroom, stage):
    version = stage.approved
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(version, "release"), **typed)
    edition = Edition.objects.get(version=version)
    assert post(newsroom.publisher, edition_url(edition, "cancel_release")).status_code == 302
    edition.refresh_from_db()
    assert edition.was_cancelled()


def test_a_cancelled_release_can_be_released_again_from_its_page(newsroom, stage):
    version = stage.approved
    typed = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    post(newsroom.publisher, act_url(version, "release"), **typed)
    post(newsroom.publisher, edition_url(Edition.objects.get(version=version), "cancel_release"))
    assert post(newsroom.publisher, act_url(version, "release"), when="now").status_code == 302
    assert Edition.objects.ever_in_force().filter(version=version).count() == 1


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
        confirmation="cough",
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
    assert "lead to it; they stop showing it: Bronchitis bronchitis [en] · as related" in text
    assert "The release of edition 2 (version 2)" in text


def test_a_writer_continues_a_returned_version_in_the_next(newsroom, stage):
    version = stage.returned
    url = open_url(version.article)
    assert "Give the dose by weight." in text_of(signed_in(newsroom.writer).get(url))
    response = post(newsroom.writer, url, kind="new")
    following = Version.objects.get(article=version.article, number=2)
    assert response["Location"] == reverse("admin:topics_version_change", args=[following.pk])
    assert following.based_on == version


# The page itself ------------------------------------------------------------------------------------


def test_a_title_is_text_wherever_it_is_shown(newsroom):
    version = make.in_medical_review(newsroom, title="<script>alert(1)</script>Cough")
    for user, act in ((newsroom.editor, "return"), (newsroom.primary.user, "sign_off")):
        content = signed_in(user).get(act_url(version, act)).content.decode()
        assert "<script>alert(1)" not in content
        assert "&lt;script&gt;alert(1)" in content


def test_the_panel_offers_what_the_person_may_do_with_the_reasons_against_it(newsroom, stage):
    version = stage.submitted
    url = reverse("admin:topics_version_change", args=[version.pk])
    text = text_of(signed_in(newsroom.editor).get(url))
    assert "Send to medical review" in text
    assert "Nobody is asked as Specialist." in text
    assert "What you can do" not in text_of(signed_in(newsroom.writer).get(url))
