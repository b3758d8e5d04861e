"""A page opened before something else happened says who did what, and does nothing unseen."""

import pytest

from tests import make
from tests.admin.desk import (
    act_url,
    edition_url,
    has_button,
    hidden_of,
    in_days,
    post,
    reasons_of,
    signed_in,
    text_of,
)
from topics.models import Edition
from topics.vocabulary import State
from topics.workflow import acts, drafting

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


def test_a_stale_page_says_who_did_what_and_gives_back_what_was_typed(newsroom, stage):
    version = stage.in_medical_review
    client = signed_in(newsroom.primary.user)
    url = act_url(version, "return_as_reviewer")
    page = client.get(url)
    newsroom.editor.first_name, newsroom.editor.last_name = "Edna", "Editor"
    newsroom.editor.save()
    acts.return_with_remarks(version, remarks="Not now.", actor=newsroom.editor)
    response = client.post(url, {**hidden_of(page), "remarks": "Please give the dose by weight."})
    assert response.status_code == 409
    said = reasons_of(response)
    assert said[0].startswith("Edna Editor returned version 1 at ")
    assert said[0].endswith("after you opened this page. Look at how it stands now.")
    assert "is no step from the state “Returned”" in said[1]
    assert "Please give the dose by weight." in response.content.decode()
    assert "Returned since" in text_of(response)
    assert not has_button(response)


def test_a_draft_that_was_edited_meanwhile_is_looked_at_again_before_it_is_submitted(newsroom, stage):
    version = stage.draft
    client = signed_in(newsroom.writer)
    page = client.get(act_url(version, "submit"))
    drafting.edit(version, actor=newsroom.editor, revision=version.revision, title="Coughing")
    response = client.post(act_url(version, "submit"), hidden_of(page))
    assert response.status_code == 409
    assert "edited version 1" in reasons_of(response)[0]
    assert has_button(response)
    assert client.post(act_url(version, "submit"), hidden_of(response)).status_code == 302


def test_a_sign_off_by_another_reviewer_does_not_make_the_page_stale(newsroom, stage):
    version = stage.in_medical_review
    client = signed_in(newsroom.primary.user)
    page = client.get(act_url(version, "sign_off"))
    make.sign(version, newsroom.specialist)
    typed = {**hidden_of(page), "password": make.PASSWORD}
    assert client.post(act_url(version, "sign_off"), typed).status_code == 302


def test_two_editors_do_not_assign_past_each_other(newsroom, stage):
    version = stage.submitted
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
    assert reasons_of(response)[0].startswith("other-editor asked a reviewer for version 1 at ")
    assert requirement.assignments.get().due_on == in_days(3)


def test_a_second_click_on_release_releases_nothing_more(newsroom, stage):
    version = stage.approved
    client = signed_in(newsroom.publisher)
    form = {**hidden_of(client.get(act_url(version, "release"))), "when": "now"}
    assert client.post(act_url(version, "release"), form).status_code == 302
    response = client.post(act_url(version, "release"), form)
    assert response.status_code == 409
    assert "This version was released already." in reasons_of(response)
    again = post(newsroom.publisher, act_url(version, "release"), when="now")
    assert again.status_code == 422
    assert reasons_of(again) == ["This version was released already."]
    assert Edition.objects.filter(version=version).count() == 1


def test_an_edition_that_was_withdrawn_meanwhile_says_so(newsroom, stage):
    edition = stage.edition
    client = signed_in(newsroom.publisher)
    url = edition_url(edition, "withdraw")
    typed = {"kind": "retired", "explanation": "No longer kept up.", "when": "now"}
    typed["confirmation"] = edition.article.slug
    page = client.get(url)
    assert client.post(url, {**hidden_of(page), **typed}).status_code == 302
    response = client.post(url, {**hidden_of(page), **typed})
    assert response.status_code == 409
    assert "withdrew the edition of version 1" in reasons_of(response)[0]
    assert "This edition is not in force any more." in reasons_of(response)
    assert "No longer kept up." in response.content.decode()


def test_a_scheduled_release_that_began_meanwhile_is_withdrawn_instead(newsroom, stage):
    edition = stage.edition
    response = post(newsroom.publisher, edition_url(edition, "cancel_release"))
    assert response.status_code == 409
    assert "withdraw it instead" in text_of(response)


@pytest.mark.parametrize("missing", ["seen_entry", "seen_state", "seen_digest"])
def test_a_form_that_does_not_say_what_was_seen_does_nothing(newsroom, stage, missing):
    version = stage.draft
    client = signed_in(newsroom.writer)
    form = hidden_of(client.get(act_url(version, "submit")))
    del form[missing]
    response = client.post(act_url(version, "submit"), form)
    assert response.status_code == 422
    assert "does not say what you saw" in text_of(response)
    version.refresh_from_db()
    assert version.state == State.DRAFT
