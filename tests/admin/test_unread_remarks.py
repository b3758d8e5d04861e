"""Nobody signs or releases past a remark that was made since they looked, or without seeing it."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import act_url, hidden_of, in_days, reasons_of, signed_in, text_of
from topics.models import Edition, SignOff
from topics.workflow.remarks import answer, remark, reopen

pytestmark = pytest.mark.django_db

TYPED = {"sign_off": {"password": make.PASSWORD}, "release": {"when": "now"}}
DOSE = "The dose for children is missing."


def opened(newsroom, act):
    """A version, the browser of whoever does the act on it, and a colleague of theirs."""
    if act == "sign_off":
        version, user = make.in_medical_review(newsroom), newsroom.primary.user
        return version, signed_in(user), newsroom.specialist.user
    return make.approved(newsroom), signed_in(newsroom.publisher), newsroom.editor


@pytest.mark.parametrize("act", TYPED)
def test_a_remark_made_since_the_page_was_opened_is_read_first(newsroom, act):
    version, client, colleague = opened(newsroom, act)
    page = client.get(act_url(version, act))
    remark(version, text=DOSE, actor=colleague)
    response = client.post(act_url(version, act), {**hidden_of(page), **TYPED[act]})
    assert response.status_code == 409
    assert "remarked on version 1" in reasons_of(response)[0]
    assert DOSE in text_of(response)
    assert not Edition.objects.exists()
    again = {**hidden_of(response), **TYPED[act]}
    assert client.post(act_url(version, act), again).status_code == 302


@pytest.mark.parametrize("act", TYPED)
def test_a_remark_that_was_reopened_since_is_read_first(newsroom, act):
    version, client, colleague = opened(newsroom, act)
    thread = remark(version, text=DOSE, actor=colleague)
    answer(thread, version=version, text="It stands below.", actor=newsroom.writer)
    page = client.get(act_url(version, act))
    reopen(thread, version=version, text="Not for infants.", actor=colleague)
    response = client.post(act_url(version, act), {**hidden_of(page), **TYPED[act]})
    assert response.status_code == 409
    assert "reopened a remark" in reasons_of(response)[0]
    assert not Edition.objects.exists()
    signed = SignOff.objects.filter(user=newsroom.primary.user)
    assert signed.exists() == (act == "release")


def test_the_page_to_release_shows_what_nobody_answered(newsroom):
    version, client, colleague = opened(newsroom, "release")
    thread = remark(version, text=DOSE, actor=colleague)
    text = text_of(client.get(act_url(version, "release")))
    assert "Not answered yet" in text and DOSE in text
    answer(thread, version=version, text="It stands below.", actor=newsroom.writer)
    assert DOSE not in text_of(client.get(act_url(version, "release")))


def test_versions_released_together_show_what_nobody_answered_and_grow_stale_after_more(newsroom):
    versions = [make.approved(newsroom) for _ in range(2)]
    remark(versions[0], text=DOSE, actor=newsroom.editor)
    client, url = signed_in(newsroom.publisher), reverse("admin:release_together")
    ids = {"id": [version.pk for version in versions]}
    page = client.get(url, ids)
    assert text_of(page).count("remark is not answered.") == 1
    remark(versions[1], text=DOSE, actor=newsroom.editor)
    typed = {**ids, "seen_entry": page.context["seen_entry"], "when": "now"}
    response = client.post(url, typed)
    assert response.status_code == 409
    assert "remarked on version 1" in text_of(response)
    assert not Edition.objects.exists()


def test_a_remark_on_the_next_version_does_not_hold_up_moving_a_release(newsroom):
    version = make.approved(newsroom)
    client = signed_in(newsroom.publisher)
    later = {"when": "later", "day": in_days(3).isoformat(), "time": "14:30"}
    page = client.get(act_url(version, "release"))
    client.post(act_url(version, "release"), {**hidden_of(page), **later})
    edition = Edition.objects.get()
    url = reverse("admin:edition_act", args=[edition.pk, "move"])
    page = client.get(url)
    draft = make.submitted(newsroom, make.next_draft(newsroom, edition.article))
    page = client.get(url)
    remark(draft, text=DOSE, actor=newsroom.editor)
    later["day"] = in_days(4).isoformat()
    assert client.post(url, {**hidden_of(page), **later}).status_code == 302
