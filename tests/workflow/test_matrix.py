"""Every act in every state by every role, against a matrix written out by hand."""

import pytest

from tests import make
from topics.rules.refusal import FORBIDDEN, ILLEGAL
from topics.workflow.door import why_not
from topics.workflow.table import TABLE

ROLES = ("writer", "editor", "medical_reviewer", "publisher", "administrator")
STATES = ("draft", "editorial_review", "medical_review", "approved", "returned", "released")

MATRIX = """
act                 state             writer  editor  reviewer  publisher  administrator
edit                draft             yes     yes     no        no         no
edit                editorial_review  -       -       -         -          -
edit                medical_review    -       -       -         -          -
edit                approved          -       -       -         -          -
edit                returned          -       -       -         -          -
edit                released          -       -       -         -          -
submit              draft             yes     yes     no        no         no
submit              editorial_review  -       -       -         -          -
submit              medical_review    -       -       -         -          -
submit              approved          -       -       -         -          -
submit              returned          -       -       -         -          -
submit              released          -       -       -         -          -
assign              draft             -       -       -         -          -
assign              editorial_review  no      yes     no        no         no
assign              medical_review    no      yes     no        no         no
assign              approved          -       -       -         -          -
assign              returned          -       -       -         -          -
assign              released          -       -       -         -          -
change_due_date     draft             -       -       -         -          -
change_due_date     editorial_review  no      yes     no        no         no
change_due_date     medical_review    no      yes     no        no         no
change_due_date     approved          -       -       -         -          -
change_due_date     returned          -       -       -         -          -
change_due_date     released          -       -       -         -          -
withdraw_assignment draft             -       -       -         -          -
withdraw_assignment editorial_review  no      yes     no        no         no
withdraw_assignment medical_review    no      yes     no        no         no
withdraw_assignment approved          -       -       -         -          -
withdraw_assignment returned          -       -       -         -          -
withdraw_assignment released          -       -       -         -          -
send                draft             -       -       -         -          -
send                editorial_review  no      yes     no        no         no
send                medical_review    -       -       -         -          -
send                approved          -       -       -         -          -
send                returned          -       -       -         -          -
send                released          -       -       -         -          -
return              draft             -       -       -         -          -
return              editorial_review  no      yes     no        yes        no
return              medical_review    no      yes     no        yes        no
return              approved          no      yes     no        yes        no
return              returned          -       -       -         -          -
return              released          -       -       -         -          -
return_as_reviewer  draft             -       -       -         -          -
return_as_reviewer  editorial_review  -       -       -         -          -
return_as_reviewer  medical_review    no      no      yes       no         no
return_as_reviewer  approved          -       -       -         -          -
return_as_reviewer  returned          -       -       -         -          -
return_as_reviewer  released          -       -       -         -          -
sign_off            draft             -       -       -         -          -
sign_off            editorial_review  -       -       -         -          -
sign_off            medical_review    no      no      yes       no         no
sign_off            approved          -       -       -         -          -
sign_off            returned          -       -       -         -          -
sign_off            released          -       -       -         -          -
release             draft             -       -       -         -          -
release             editorial_review  -       -       -         -          -
release             medical_review    -       -       -         -          -
release             approved          no      no      no        yes        no
release             returned          -       -       -         -          -
release             released          no      no      no        yes        no
"""
"""yes: the role includes it; no: forbidden; -: there is no such step from that state."""

EXPECTED = {
    (act, state): dict(zip(ROLES, cells, strict=True))
    for act, state, *cells in (line.split() for line in MATRIX.strip().splitlines()[1:])
}


def people(room):
    return {
        "writer": make.user("writer"),
        "editor": room.editor,
        "medical_reviewer": room.primary.user,
        "publisher": room.publisher,
        "administrator": room.administrator,
    }


def answer(version, act, actor):
    kinds = {refusal.kind for refusal in why_not(version, act, actor=actor)}
    return "-" if ILLEGAL in kinds else "no" if FORBIDDEN in kinds else "yes"


def test_the_matrix_covers_every_act_and_every_state():
    assert set(EXPECTED) == {(act.name, state) for act in TABLE for state in STATES}


@pytest.mark.parametrize("state", STATES)
def test_each_role_may_do_in_each_state_what_the_matrix_says(newsroom, state):
    version, who = make.in_state(newsroom, state), people(newsroom)
    found = {act.name: {role: answer(version, act.name, who[role]) for role in ROLES} for act in TABLE}
    assert found == {act.name: EXPECTED[act.name, state] for act in TABLE}


@pytest.mark.parametrize("state", STATES)
def test_a_superuser_takes_no_step_that_does_not_exist(newsroom, state):
    version, root = make.in_state(newsroom, state), make.user(is_superuser=True)
    for act in TABLE:
        illegal = answer(version, act.name, root) == "-"
        assert illegal == (EXPECTED[act.name, state]["writer"] == "-")


def test_somebody_without_a_role_may_do_nothing(newsroom):
    nobody = make.user()
    for state in STATES:
        version = make.in_state(newsroom, state)
        assert "yes" not in {answer(version, act.name, nobody) for act in TABLE}
