"""Counting and writing at once: nothing is lost, and nothing is counted twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests import make
from tests.publishing.test_usage import NOON, numbers
from topics.models import ApiKey
from topics.publishing.usage import Buffer


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_or_counted_twice_while_many_count_and_some_flush():
    room = make.newsroom()
    made = make.key(room, make.licensee(room))
    assert made
    article, row = make.released(room, slug="cough").article, ApiKey.objects.get()
    buffers = [Buffer(), Buffer()]

    def count(buffer):
        for _ in range(200):
            buffer.note(row.pk, article.pk, at=NOON)

    def flush(buffer):
        for _ in range(5):
            buffer.flush()
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(work, buffer) for buffer in buffers for work in (count, flush, count)]
    assert [future.exception() for future in done] == [None] * 6
    for buffer in buffers:
        buffer.flush()
    assert numbers() == [("2026-03-03", "cough", 800)]


@pytest.mark.django_db(transaction=True)
def test_a_thread_writes_by_itself_after_the_interval(settings):
    settings.API_USAGE_INTERVAL = 0.05
    room = make.newsroom()
    made = make.key(room, make.licensee(room))
    assert made
    article, row = make.released(room, slug="cough").article, ApiKey.objects.get()
    buffer = Buffer()
    written = threading.Event()
    flush = buffer.flush

    def tell():
        flush()
        written.set()

    buffer.flush = tell
    buffer.note(row.pk, article.pk, at=NOON)
    assert written.wait(20)
    buffer.stop()
    assert numbers() == [("2026-03-03", "cough", 1)]
