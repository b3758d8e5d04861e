"""Many ask at once while editions come and go: the index is written once, and ends in step."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from tests import make
from topics.models import Edition
from topics.models.search import SearchEntry, SearchState
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.search import finding, index, query
from topics.publishing.search.stores import store
from topics.publishing.withdraw import withdraw
from topics.workflow.ledger import replay

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*acts):
    """Does these at the same time, each on a connection of its own; raises what any of them raised."""
    start, failed = threading.Barrier(len(acts)), []

    def run(act):
        try:
            start.wait()
            with replay():
                act()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failed:
        raise failed[0]


def ask():
    at = timezone.now()
    editions = shelf.in_force(at=at, reader=OPEN)
    asked = query.read("cough", "en")
    counts = finding.count(asked, editions=editions, at=at)
    found = finding.page(asked, counts, editions=editions, offset=0, limit=50)
    assert len(found) <= counts.total
    return found


def test_many_who_ask_at_once_write_each_entry_once():
    room = make.newsroom()
    made = [make.released(room) for _ in range(6)]
    found = []
    together(*[lambda: found.append(len(ask()))] * 6)
    assert found == [6] * 6
    assert SearchEntry.objects.count() == store().rows().count() == len(made)


def test_who_asked_before_another_wrote_the_index_asks_again():
    """Between asking and hearing that nothing was found, somebody else brings the index into step."""
    room = make.newsroom()
    made = make.released(room)
    others = iter([ask])

    def then_another_asks(execute, *question):
        result = execute(*question)
        for other in others:
            together(other)
        return result

    with connection.execute_wrapper(then_another_asks):
        assert [edition.pk for edition in ask()] == [made.pk]


def test_releases_and_withdrawals_among_questions_leave_the_index_in_step():
    room = make.newsroom()
    gone = [make.released(room) for _ in range(3)]
    coming = [make.approved(room) for _ in range(3)]
    ask()

    def withdrawing():
        for edition in gone:
            withdraw(edition, kind="retired", explanation="It was.", actor=room.publisher)

    def releasing():
        for version in coming:
            make.release(version, actor=room.publisher)

    together(withdrawing, releasing, *[lambda: [ask() for _ in range(6)]] * 3)
    at = timezone.now() + timedelta(seconds=2)
    index.catch_up(at=at)
    live = set(Edition.objects.in_force(at=at).values_list("pk", flat=True))
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == live
    assert len(live) == 3


def test_a_release_that_commits_late_is_not_missed():
    """It begins before others are indexed and ends after: its ledger number brings it in."""
    room = make.newsroom()
    version = make.approved(room)
    released, asked = threading.Event(), threading.Event()

    def releasing():
        with transaction.atomic():
            make.release(version, actor=room.publisher)
            released.set()
            assert asked.wait(20)

    def asking():
        assert released.wait(20)
        assert ask() == []
        asked.set()

    together(releasing, asking)
    assert [edition.version_id for edition in ask()] == [version.pk]
    assert SearchState.objects.count() == 1


def test_the_index_is_written_under_the_lock_of_its_row():
    room = make.newsroom()
    make.released(room)
    ask()
    make.released(room)
    waited = []

    def asking():
        ask()
        waited.append(timezone.now())

    with transaction.atomic():
        SearchState.objects.select_for_update().get()
        thread = threading.Thread(target=lambda: (asking(), connections.close_all()))
        thread.start()
        thread.join(0.5)
        assert waited == []
    thread.join(20)
    assert len(waited) == 1
    assert connection.vendor == "postgresql"
