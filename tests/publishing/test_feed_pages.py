"""The pages of the change feed: of any size, and while others publish; and what they cost."""

from types import SimpleNamespace

import pytest

from tests import make
from tests.once import once
from tests.publishing.consumer import Consumer, articles, live
from tests.publishing.story import DAY, HOUR, SECOND, T, next_approved, taken_back
from topics.models import AuditEntry
from topics.publishing.feed import Window, changes
from topics.publishing.licensing import OPEN
from topics.publishing.release import release


@once
def content():
    """Three articles that began at one instant, and three more."""
    room = make.newsroom()
    editions = [make.released(room, at=T + n * HOUR) for n in (0, 0, 0, 0, 1, 2)]
    return SimpleNamespace(room=room, editions=editions)


@pytest.fixture
def editions(made):
    return made.editions


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_any_size_give_the_same_in_the_same_order(newsroom, editions, limit):
    taken_back(newsroom, editions[1], at=T + 4 * HOUR)
    consumer = Consumer()
    given = articles(consumer.sync(at=T + DAY, limit=limit))
    assert given == articles(Consumer().sync(at=T + DAY))
    assert sorted(given) == sorted(edition.article_id for edition in editions)
    assert consumer.holds == live(T + DAY)


def test_safety_recalls_come_first(newsroom, editions):
    consumer = Consumer()
    known = len(consumer.sync(at=T + DAY))
    make.released(newsroom, at=T + DAY)
    taken_back(newsroom, editions[0], at=T + DAY + HOUR, kind="retired")
    taken_back(newsroom, editions[2], at=T + 2 * DAY, kind="safety_recall")
    consumer.page(at=T + 3 * DAY, limit=1)
    assert [change.recall for change in consumer.heard[known:]] == [True]
    assert consumer.heard[-1].edition == editions[2]
    consumer.sync(at=T + 3 * DAY)
    assert [change.recall for change in consumer.heard[known:]] == [True, False, False]


def test_what_is_published_while_a_consumer_pages_is_not_lost(newsroom, editions):
    revised = next_approved(newsroom, editions[3], at=T + 4 * HOUR)
    consumer, at = Consumer(), T + DAY
    assert consumer.page(at=at, limit=1)
    new = make.released(newsroom, at=at)
    assert consumer.page(at=at, limit=1)
    taken_back(newsroom, editions[0], at=at + SECOND)
    assert consumer.page(at=at + 2 * SECOND, limit=1)
    release(revised, actor=newsroom.publisher, at=at + 3 * SECOND)
    consumer.sync(at=at + 4 * SECOND, limit=1)
    # The window that it was in ends where it was opened; the next one holds the rest.
    consumer.sync(at=at + 4 * SECOND, limit=1)
    assert new.article_id in consumer.holds
    assert consumer.holds == live(at + 4 * SECOND)


def test_a_schedule_that_comes_while_a_consumer_pages_is_not_lost(newsroom, editions):
    make.released(newsroom, at=T + 3 * HOUR, starts_at=T + DAY)
    consumer = Consumer()
    consumer.page(at=T + DAY - SECOND, limit=1)
    consumer.sync(at=T + DAY + SECOND, limit=1)
    consumer.sync(at=T + DAY + SECOND, limit=1)
    assert consumer.holds == live(T + DAY + SECOND)
    assert len(consumer.holds) == len(editions) + 1


def test_pages_of_one_window_all_stand_at_its_instant(newsroom, editions):
    everything = {edition.article_id for edition in editions}
    last = editions[-1]
    taken_back(newsroom, last, at=T + 3 * HOUR, effective_at=T + DAY)
    consumer = Consumer()
    consumer.page(at=T + 4 * HOUR, limit=1)
    consumer.sync(at=T + 2 * DAY, limit=1)
    assert consumer.holds.keys() == everything
    consumer.sync(at=T + 2 * DAY)
    assert consumer.holds.keys() == everything - {last.article_id}


def test_a_page_of_changes_costs_three_queries_however_long(editions, django_assert_num_queries):
    for limit in (1, 100):
        with django_assert_num_queries(3):
            found, _, _ = changes(Window(), at=T + DAY, limit=limit, reader=OPEN)
            assert [change.edition.article.slug for change in found]
    head = AuditEntry.objects.count()
    with django_assert_num_queries(2):
        changes(Window(head, T + DAY), at=T + DAY, limit=100, reader=OPEN)
