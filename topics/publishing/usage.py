"""Usage: counted in memory for each key, day and article, and added to the database now and then.

So a read writes nothing. A process that is killed loses what it counted since it last wrote, at most
`API_USAGE_INTERVAL` seconds; one that is asked to stop writes first.
"""

import atexit
import logging
import threading
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from topics.models import ApiKey
from topics.rules.review_dates import utc_day

ADD = (
    "INSERT INTO topics_usage (key_id, day, article_id, requests) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (key_id, day, article_id) "
    "DO UPDATE SET requests = topics_usage.requests + excluded.requests"
)
log = logging.getLogger(__name__)


class Buffer:
    """What was counted and not written yet; for any number of threads."""

    def __init__(self):
        self.lock, self.writing = threading.Lock(), threading.Lock()
        self.writer, self.ended = None, threading.Event()
        self.forget()

    def forget(self):
        with self.lock:
            self.counts, self.seen = Counter(), {}

    def note(self, key_id, article_id=None, *, at):
        """That the key was used at the instant, and for that article, if for one."""
        with self.lock:
            self.seen[key_id] = at
            if article_id is not None:
                self.counts[key_id, utc_day(at).isoformat(), article_id] += 1
        if self.writer is None and settings.API_USAGE_INTERVAL:
            self.start()

    def flush(self):
        """Adds what was counted to the database. Where that fails it is kept for the next time."""
        with self.writing:
            with self.lock:
                counts, seen = self.counts, self.seen
                self.counts, self.seen = Counter(), {}
            if not seen:
                return
            try:
                write(counts, seen)
            except DatabaseError:
                log.exception("usage could not be written; it is kept for the next time")
                with self.lock:
                    self.counts.update(counts)
                    self.seen = {**seen, **self.seen}

    def start(self):
        """A thread of its own writes from now on, and the end of the process does."""
        with self.lock:
            if self.writer is not None:
                return
            self.writer = threading.Thread(target=self.write_on, daemon=True, name="usage")
        atexit.register(self.stop)
        self.writer.start()

    def write_on(self):
        while not self.ended.wait(settings.API_USAGE_INTERVAL):
            self.flush()
            connection.close()

    def stop(self):
        """Ends the thread, and writes what is left."""
        self.ended.set()
        if self.writer:
            self.writer.join()
        self.flush()


def write(counts, seen):
    with transaction.atomic():
        # In one order everywhere, so that two processes wait for each other and never in a circle.
        for key_id, at in sorted(seen.items()):
            earlier = Q(last_used_at=None) | Q(last_used_at__lt=at)
            ApiKey.objects.filter(earlier, pk=key_id).update(last_used_at=at)
        if counts:
            with connection.cursor() as cursor:
                cursor.executemany(ADD, [(*key, requests) for key, requests in sorted(counts.items())])


BUFFER = Buffer()
