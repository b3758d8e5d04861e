"""Version 1 keeps what it promised: it is only ever added to."""

import copy

import pytest

from tests.api.contract import contract
from tests.api.promises import promises, written_down


def test_every_promise_is_kept():
    broken = sorted(written_down() - promises(contract()))
    assert not broken, "Clients may rely on this: " + "; ".join(broken)


def with_a_member_removed(changed):
    del changed["components"]["schemas"]["Article"]["properties"]["digest"]


def with_a_member_of_another_type(changed):
    changed["components"]["schemas"]["Article"]["properties"]["edition"]["type"] = "string"


def with_a_member_that_may_be_missing(changed):
    changed["components"]["schemas"]["Article"]["required"].remove("last_reviewed")


def with_a_parameter_removed(changed):
    operation = changed["paths"]["/api/v1/articles/"]["get"]
    operation["parameters"] = [p for p in operation["parameters"] if p.get("name") != "code"]


def with_a_parameter_needed_anew(changed):
    for parameter in changed["paths"]["/api/v1/articles/"]["get"]["parameters"]:
        if parameter.get("name") == "language":
            parameter["required"] = True


def with_an_address_removed(changed):
    del changed["paths"]["/api/v1/changes/"]


def with_a_problem_removed(changed):
    del changed["paths"]["/api/v1/articles/{reference}/"]["get"]["responses"]["410"]


@pytest.mark.parametrize(
    "change",
    [
        with_a_member_removed,
        with_a_member_of_another_type,
        with_a_member_that_may_be_missing,
        with_a_parameter_removed,
        with_a_parameter_needed_anew,
        with_an_address_removed,
        with_a_problem_removed,
    ],
)
def test_a_change_that_breaks_clients_is_found(change):
    changed = copy.deepcopy(contract())
    change(changed)
    assert promises(contract()) - promises(changed)


def test_an_addition_breaks_no_promise():
    changed = copy.deepcopy(contract())
    changed["components"]["schemas"]["Article"]["properties"]["mood"] = {"type": "string"}
    changed["paths"]["/api/v1/moods/"] = changed["paths"]["/api/v1/categories/"]
    assert promises(contract()) < promises(changed)
