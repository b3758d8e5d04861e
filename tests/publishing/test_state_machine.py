"""Random acts by random people while time moves: what the public reads is always what a model says.

Each step does one act that a newsroom could try, rightly or wrongly, and `model` predicts whether it
is refused. After each step the public reads exactly the editions in force, with exactly the digests
that were signed, and every consumer of the change feed, from wherever it stands, ends with the same.

`walks.how_far` says how often and how far.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.publishing.walks.cast import ANY, PERSON, Newsroom
from tests.publishing.walks.how_far import SURE_TO_MEET, WALKS
from tests.publishing.walks.newsroom_walk import NewsroomWalk
from tests.publishing.walks.world import Text


@pytest.fixture
def room(db, caplog):
    with caplog.at_level("ERROR", logger="django.request"):
        yield Newsroom()


def test_random_walks_never_leave_the_model(room):
    run_state_machine_as_test(
        lambda: NewsroomWalk(room),
        settings=settings(
            **WALKS,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Some of the acts were right, some were wrong, and there was something to read.
    assert room.seen.keys() >= SURE_TO_MEET


def test_a_written_walk_comes_to_every_end_that_an_edition_can_have(room):
    walk = NewsroomWalk(room)

    def step(act, *args, **given):
        turn = walk.turn
        act(*args, **given)
        walk.readers_have_what_is_in_force()
        if turn == walk.turn:
            return
        for article in walk.articles:
            walk.detail_is_right(article)
        for consumer in walk.consumers:
            assert consumer.caught_up(at=walk.now) == walk.steady.holds
        walk.what_is_served_is_signed_by_others_than_its_writers()
        walk.the_ledger_and_the_walls_stand()
        walk.count_what_was_seen()

    lungs, heart, third, fourth = range(ANY * 4, ANY * 4 + 4)
    hour, month = timedelta(hours=1), timedelta(days=31)
    try:
        step(walk.create)
        step(walk.create, category="heart")
        step(walk.publish_the_next, lungs)
        step(walk.publish_the_next, heart)
        step(walk.let_time_pass, hour)
        # A successor is scheduled, cancelled, scheduled again and comes.
        step(walk.publish_the_next, lungs, kind="minor", delay=hour)
        step(walk.subscribe)
        step(walk.consume, 1)
        step(walk.cancel, lungs)
        step(walk.release, lungs, delay=hour)
        step(walk.consume, 1, limit=100)
        step(walk.pass_the_next_boundary, timedelta(microseconds=-1))
        step(walk.pass_the_next_boundary)
        # A release is cancelled by somebody who began before it came and is done after it.
        step(walk.publish_the_next, heart, dose=9, delay=timedelta(seconds=1))
        step(walk.let_time_pass, timedelta(seconds=2))
        step(walk.subscribe)
        step(walk.consume, 2, limit=100)
        step(walk.cancel, heart, late=timedelta(seconds=2))
        # First editions: one is scheduled, one is committed after a consumer read a later instant.
        step(walk.create)
        step(walk.publish_the_next, third, delay=hour)
        step(walk.consume, 1, limit=100)
        step(walk.pass_the_next_boundary)
        step(walk.create, category="heart")
        step(walk.carry_on, fourth)
        step(walk.let_time_pass, hour)
        step(walk.consume, 2, limit=100)
        step(walk.release, fourth, late=timedelta(seconds=2))
        # Who wrote can't be asked to sign, whoever they are.
        step(walk.open_version, third)
        step(walk.edit, third, Text(dose=6), actor=PERSON["root"])
        step(walk.carry_on, third, reviewer=PERSON["root"])
        assert walk.articles[2].newest.state == "approved"
        step(walk.release, third, delay=hour)
        step(walk.withdraw, 2, "correction", which=2)
        step(walk.pass_the_next_boundary)
        # A withdrawal is planned, and comes by itself.
        step(walk.withdraw, 0, "retired", delay=hour)
        step(walk.consume, 1, limit=100)
        step(walk.pass_the_next_boundary)
        step(walk.publish_the_next, lungs, dose=8)
        # The category that withholds expires; the other one falls due and stays.
        step(walk.consume, 2, limit=100)
        step(walk.let_time_pass, 5 * month)
        step(walk.publish_the_next, heart, dose=10)
        step(walk.let_time_pass, 8 * month)
        step(walk.publish_the_next, heart)
        ends = ["correction", "safety_recall", "retired", "moved"]
        for dose, kind in enumerate(ends, start=10):
            step(walk.publish_the_next, lungs, dose=dose)
            step(walk.let_time_pass, hour)
            step(walk.withdraw, 0, kind, towards=heart if kind == "moved" else None)
            step(walk.let_time_pass, hour)
    finally:
        walk.teardown()
    expected = {"in force", "overdue", "scheduled", "cancelled", "superseded", "moved"}
    gone = {f"gone: {end}" for end in ("correction", "safety_recall", "retired", "expiry")}
    assert room.seen.keys() == expected | gone | {"done", "refused: unmet"}
