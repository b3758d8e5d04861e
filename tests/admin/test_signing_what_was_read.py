"""A signature prints what its signer read on the page, or it isn't given."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import act_url, hidden_of, in_days, reasons_of, signed_in, text_of
from tests.admin.pages import fields
from topics.models import Credential, Reviewer, SignOff, Specialty
from topics.rules.refusal import Unmet
from topics.workflow import acts
from topics.workflow.password import ask
from topics.workflow.signature import PARTS, carried, read_by

pytestmark = pytest.mark.django_db

CHANGES = {
    "printed_name": ({"name": "Pia Other"}, "Pia Primary", "Pia Other"),
    "printed_credentials": ({"credentials": "DO"}, "MD, MPH", "DO"),
    "disclosure": ({"disclosure": "Paid by Acme."}, "None to declare.", "Paid by Acme."),
}


@pytest.fixture
def desk(newsroom):
    """A version to sign, the reviewer's browser, and the page as they read it."""
    version = make.in_medical_review(newsroom)
    client = signed_in(newsroom.primary.user)
    return version, client, client.get(act_url(version, "sign_off"))


def sign(version, client, page):
    typed = {**hidden_of(page), "password": make.PASSWORD}
    return client.post(act_url(version, "sign_off"), typed)


@pytest.mark.parametrize("part", CHANGES)
def test_nothing_is_signed_that_would_print_what_the_signer_did_not_read(newsroom, desk, part):
    changed, before, now = CHANGES[part]
    Reviewer.objects.filter(pk=newsroom.primary.pk).update(**changed)
    response = sign(*desk)
    assert response.status_code == 422
    assert not SignOff.objects.exists()
    (sentence,) = reasons_of(response)
    assert sentence.startswith(str(PARTS[part]))
    assert f"“{before}”" in sentence and f"“{now}”" in sentence
    assert sign(*desk[:2], response).status_code == 302
    assert getattr(SignOff.objects.get(), part) == now


def test_another_licence_or_specialty_is_read_before_it_is_signed_on(newsroom, desk):
    Specialty.objects.filter(name="Family Medicine").update(name="General Practice")
    Credential.objects.create(
        reviewer=newsroom.primary,
        title="Licence of another state",
        issuer="Board",
        valid_from=in_days(-9),
        expires_on=in_days(99999),
    )
    response = sign(*desk)
    assert [sentence.split(":")[0] for sentence in reasons_of(response)] == ["Credential", "Specialty"]
    assert not SignOff.objects.exists()
    assert "Licence of another state" in text_of(response)


def test_who_changed_it_is_named_where_the_ledger_knows(newsroom, desk):
    page = reverse("admin:topics_reviewer_change", args=[newsroom.primary.pk])
    administrator = signed_in(newsroom.administrator)
    form = fields(administrator.get(page)) | {"disclosure": "Paid by Acme."}
    specialties = [specialty.pk for specialty in newsroom.primary.specialties.all()]
    assert administrator.post(page, form | {"specialties": specialties}).status_code == 302
    (sentence,) = reasons_of(sign(*desk))
    assert f"changed by {newsroom.administrator.printed_name()}" in sentence


def test_a_statement_read_in_one_language_is_not_signed_in_another(desk):
    version, client, page = desk
    client.cookies["django_language"] = "es"
    response = sign(version, client, page)
    assert response.status_code == 422
    assert not SignOff.objects.exists()


UNREADABLE = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "a part": '{"disclosure":"None to declare."}',
    "half a character": '{"disclosure":"\\ud800"}',
    "too deep": "[" * 50_000,
}


@pytest.mark.parametrize("said", UNREADABLE.values(), ids=UNREADABLE)
def test_a_form_that_does_not_say_what_it_printed_signs_nothing(desk, said):
    version, client, page = desk
    typed = {**hidden_of(page), "seen_printed": said, "password": make.PASSWORD}
    response = client.post(act_url(version, "sign_off"), typed)
    assert response.status_code == 422
    assert reasons_of(response) == ["The form does not say what you saw. Open this page anew."]
    assert not SignOff.objects.exists()


def test_all_that_is_printed_is_on_the_page_and_in_its_form(desk):
    _version, _client, page = desk
    parts = carried(hidden_of(page)["seen_printed"])
    assert parts.keys() == PARTS.keys()
    assert all(text in text_of(page) for text in parts.values())
    assert fields(page)["seen_printed"] == hidden_of(page)["seen_printed"]


def test_the_door_asks_for_what_was_read_whoever_calls_it(newsroom):
    version = make.in_medical_review(newsroom)
    user = newsroom.primary.user
    answer = ask(user, make.PASSWORD, purpose="sign_off", of=version)
    given = {"digest": version.digest, "answer": answer, "actor": user}
    with pytest.raises(TypeError):
        acts.sign_off(version, **given)
    read = read_by(version, user)
    Reviewer.objects.filter(pk=newsroom.primary.pk).update(disclosure="Paid by Acme.")
    for wrong, code in (
        (read, "signature_differs"),
        ({}, "signature_not_read"),
        (None, "signature_not_read"),
    ):
        with pytest.raises(Unmet) as caught:
            acts.sign_off(version, printed=wrong, **given)
        assert caught.value.codes == [code]
    acts.sign_off(version, printed=read_by(version, user), **given)
    assert SignOff.objects.get().disclosure == "Paid by Acme."
