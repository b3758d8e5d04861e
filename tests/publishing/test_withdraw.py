"""Withdrawing: now or planned, what it cancels, what it says, and what it refuses."""

from datetime import timedelta

import pytest

from tests import make
from tests.attacks.ways import refused_by, refused_with
from tests.noon import NOON
from topics.models import Edition
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.release import release
from topics.publishing.withdraw import why_not_withdraw, withdraw
from topics.rules.refusal import IllegalMove, NotPermitted, Unmet

DAY = timedelta(days=1)


@pytest.fixture
def edition(newsroom, clock):
    """An edition that has been public for ten days."""
    made = make.released(newsroom)
    clock.move_to(NOON + 10 * DAY)
    return made


@pytest.fixture
def scheduled(newsroom, edition):
    """The article's next edition, which begins ten days from now."""
    following = make.next_draft(newsroom, edition.article, title="New")
    return make.released(newsroom, following, starts_at=NOON + 20 * DAY)


def recall(room, edition, **fields):
    given = {"kind": "safety_recall", "explanation": "The dose is wrong.", "actor": room.publisher}
    return withdraw(edition, **{**given, **fields})


def test_a_withdrawal_ends_the_edition_at_once(newsroom, edition):
    withdrawal = recall(newsroom, edition)
    edition.refresh_from_db()
    assert edition.ends_at == withdrawal.effective_at == NOON + 10 * DAY
    assert edition.withdrawal == withdrawal
    assert not Edition.objects.in_force(at=NOON + 10 * DAY).exists()
    assert Edition.objects.in_force(at=NOON + 9 * DAY).get() == edition


def test_a_withdrawn_edition_is_still_found_with_its_reason(newsroom, edition):
    recall(newsroom, edition, explanation=" The dose is wrong. ")
    found = shelf.find(edition.article.slug, at=NOON + 11 * DAY, reader=OPEN)
    assert not found.is_in_force(at=NOON + 11 * DAY)
    assert (found.withdrawal.kind, found.withdrawal.explanation) == (
        "safety_recall",
        "The dose is wrong.",
    )


def test_a_planned_withdrawal_takes_effect_without_any_worker(newsroom, edition):
    recall(newsroom, edition, kind="retired", effective_at=NOON + 20 * DAY)
    assert Edition.objects.in_force(at=NOON + 20 * DAY - timedelta(microseconds=1)).exists()
    assert not Edition.objects.in_force(at=NOON + 20 * DAY).exists()


def test_a_planned_withdrawal_may_be_brought_forward_but_not_put_off(newsroom, edition):
    recall(newsroom, edition, kind="retired", effective_at=NOON + 20 * DAY)
    recall(newsroom, edition, effective_at=NOON + 15 * DAY)
    edition.refresh_from_db()
    assert edition.ends_at == NOON + 15 * DAY
    with refused_with("effective_at_is_wrong", kind=Unmet):
        recall(newsroom, edition, effective_at=NOON + 16 * DAY)


def test_a_withdrawal_cancels_what_was_scheduled(newsroom, edition, scheduled):
    recall(newsroom, edition)
    scheduled.refresh_from_db()
    assert scheduled.was_cancelled()
    assert not Edition.objects.in_force(at=NOON + 30 * DAY).exists()


def test_what_a_withdrawal_cancelled_may_be_released_again(newsroom, edition, scheduled):
    recall(newsroom, edition)
    assert release(scheduled.version, actor=newsroom.publisher).number == 3


def test_a_future_release_is_not_scheduled_over_a_planned_withdrawal(newsroom, edition):
    recall(newsroom, edition, kind="retired", effective_at=NOON + 20 * DAY)
    version = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    with refused_with("withdrawal_is_planned", kind=Unmet):
        release(version, actor=newsroom.publisher, starts_at=NOON + 15 * DAY)
    assert release(version, actor=newsroom.publisher, starts_at=NOON + 20 * DAY).number == 2


def test_an_article_that_moved_names_another_that_is_in_force(newsroom, edition):
    with refused_with("no_replacement", kind=Unmet):
        recall(newsroom, edition, kind="moved")
    draft = make.draft(newsroom).article
    for replacement in (draft, edition.article):
        with refused_with("replacement_not_in_force", kind=Unmet):
            recall(newsroom, edition, kind="moved", replacement=replacement)
    other = make.released(newsroom).article
    assert recall(newsroom, edition, kind="moved", replacement=other).replacement == other


def test_a_withdrawal_says_why(newsroom, edition):
    with refused_with("no_explanation", kind=Unmet):
        recall(newsroom, edition, explanation=" ")


def test_every_reason_against_a_withdrawal_is_given_at_once(newsroom, edition):
    refusals = why_not_withdraw(
        edition,
        actor=newsroom.editor,
        kind="moved",
        explanation="",
        effective_at=NOON,
    )
    assert [refusal.code for refusal in refusals] == [
        "not_permitted",
        "no_explanation",
        "no_replacement",
        "effective_at_is_wrong",
    ]


def test_only_a_publisher_withdraws(newsroom, edition):
    for person in (newsroom.writer, newsroom.editor, newsroom.administrator, newsroom.primary.user):
        with refused_with("not_permitted", kind=NotPermitted):
            recall(newsroom, edition, actor=person)


def test_what_is_not_in_force_is_not_withdrawn(newsroom, edition):
    recall(newsroom, edition)
    with refused_with("not_in_force", kind=IllegalMove):
        recall(newsroom, edition)
    scheduled = make.released(newsroom, starts_at=NOON + 20 * DAY)
    with refused_with("not_in_force", kind=IllegalMove):
        recall(newsroom, scheduled)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"explanation": ""}, "withdrawal_says_why"),
        ({"kind": "moved"}, "moved_article_names_its_replacement"),
    ],
)
def test_the_database_too_asks_a_withdrawal_for_its_words(newsroom, edition, fields, name):
    withdrawal = recall(newsroom, edition, effective_at=NOON + 20 * DAY)
    with refused_by(name, "withdrawal_has_its_audit_entry"):
        type(withdrawal).objects.create(
            **{
                "edition": edition,
                "kind": "retired",
                "explanation": "Old.",
                "effective_at": withdrawal.effective_at,
                "withdrawn_by": newsroom.publisher,
                "withdrawn_at": withdrawal.withdrawn_at,
                "entry": withdrawal.entry,
                **fields,
            }
        )
