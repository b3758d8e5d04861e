"""Who may do which act from which state: the page of each act, by each role, in each state."""

import re

import pytest

from tests import make
from tests.admin.desk import (
    act_url,
    everything,
    has_button,
    hidden_of,
    post,
    reasons_of,
    signed_in,
    superuser,
    text_of,
)
from tests.once import once
from topics.models import Version
from topics.vocabulary import State

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


@once
def house():
    """A newsroom, and the id of a version in every state."""
    room = make.newsroom()
    return room, {state: make.in_state(room, state).pk for state in STATES}


@pytest.fixture
def room(house):
    return house[0]


@pytest.fixture
def version(house):
    """Gives the version that is in a state."""
    return lambda state: Version.objects.get(pk=house[1][state])


def typed_for(act):
    return {
        "return": {"remarks": "Shorter, please."},
        "return_as_reviewer": {"remarks": "Shorter, please."},
        "sign_off": {"password": make.PASSWORD},
        "release": {"when": "now"},
    }.get(act, {})


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("act", MAY)
def test_only_the_roles_of_an_act_may_do_it(room, version, act, role):
    version = version(FITTING[act])
    before = everything()
    client = signed_in(getattr(room, role))
    page = client.get(act_url(version, act))
    if role in MAY[act]:
        assert page.status_code == 200
        return
    assert page.status_code == 403
    assert not has_button(page)
    response = client.post(act_url(version, act), {**hidden_of(page), **typed_for(act)})
    assert response.status_code == 403
    assert any(reason.startswith("Your role does not include") for reason in reasons_of(response))
    assert everything() == before


@pytest.mark.parametrize("act", ["assign", "return"])
def test_a_reviewer_may_not_do_what_is_not_theirs_on_a_version_they_were_asked_for(room, version, act):
    version = version("medical_review")
    response = post(room.primary.user, act_url(version, act), **typed_for(act))
    assert response.status_code == 403


@pytest.mark.parametrize("act", MAY)
def test_what_a_reviewer_was_not_asked_for_does_not_exist_for_them(version, act):
    version = version("medical_review")
    client = signed_in(make.reviewer("Family Medicine", name="Nina Notasked").user)
    assert client.get(act_url(version, act)).status_code == 404
    assert client.post(act_url(version, act), typed_for(act)).status_code == 404


@pytest.mark.parametrize(
    "act, state", [(act, state) for act in LEGAL for state in STATES if state not in LEGAL[act]]
)
def test_an_act_from_a_state_that_it_does_not_start_from_is_refused(version, act, state):
    version = version(state)
    before = everything()
    client = signed_in(superuser())
    page = client.get(act_url(version, act))
    assert page.status_code == 409
    assert not has_button(page)
    response = client.post(act_url(version, act), {**hidden_of(page), **typed_for(act)})
    assert response.status_code == 409
    assert "is no step from the state" in text_of(response)
    assert not has_button(response)
    assert everything() == before


@pytest.mark.parametrize("act, state", [(act, state) for act in LEGAL for state in LEGAL[act]])
def test_looking_changes_nothing_where_the_act_could_be_done(version, act, state):
    version = version(state)
    before = everything()
    assert signed_in(superuser()).get(act_url(version, act)).status_code == 200
    assert everything() == before


@pytest.mark.parametrize("act", LEGAL)
def test_a_page_has_nothing_inline_that_the_content_policy_would_block(version, act):
    version = version(FITTING[act])
    content = signed_in(superuser()).get(act_url(version, act)).content.decode()
    assert " style=" not in content
    assert not re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", content)
    assert not re.findall(r"\son[a-z]+=", content)
