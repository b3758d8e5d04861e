"""What acts ask of the database: what several conditions of an act want to know is asked once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from topics.publishing.release import release
from topics.workflow import acts

ACTS = {
    "submit": (22, lambda room, stage: acts.submit(stage.draft, actor=room.writer)),
    "assign": (20, lambda room, stage: assign(room, stage.submitted)),
    "send": (9, lambda room, stage: acts.send_to_medical_review(stage.assigned, actor=room.editor)),
    "sign": (25, lambda room, stage: make.sign(stage.in_medical_review, room.primary)),
    "release": (29, lambda room, stage: release(stage.approved, actor=room.publisher)),
}
"""The most queries that an act may take; what is read before it is signed counts as well."""

APART = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT pg_advisory")
"""What opens and ends a transaction, and PostgreSQL's lock of the ledger."""


def assign(room, version):
    requirement = version.requirements.get(role="primary")
    return acts.assign(
        version,
        requirement=requirement,
        reviewer=room.primary,
        due_on=date(2099, 1, 1),
        actor=room.editor,
    )


@pytest.mark.parametrize("act", ACTS)
def test_an_act_asks_little_of_the_database(stage, act):
    at_most, do = ACTS[act]
    with CaptureQueriesContext(connection) as captured:
        do(stage.room, stage)
    asked = [query["sql"] for query in captured if not query["sql"].startswith(APART)]
    assert len(asked) <= at_most
