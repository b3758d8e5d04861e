"""Twenty thousand hostile requests through the WSGI application: none is a server error, and every
refusal is problem details that say what is accepted. `FUZZ_REQUESTS` and `FUZZ_SEED` change which.
"""

import io
import json
import logging
import os
import random
import sys
import traceback
from collections import Counter
from urllib.parse import unquote_to_bytes

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections

from tests import make
from tests.fuzz.hostile import requests
from topics.api.problems import KINDS, TYPES

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "20000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
PARTS = 4
OF_PARAMETERS = {
    "unknown-parameter",
    "repeated-parameter",
    "bad-parameter",
    "bad-cursor",
    "language-needed",
}
LONGEST_REFUSAL = 12_000
"""Bytes. What was sent is not sent back."""


@pytest.fixture
def failures():
    """The tracebacks of what went wrong in the server."""
    found = []

    def keep(**signal):
        found.append("".join(traceback.format_exception(*sys.exc_info())))

    got_request_exception.connect(keep)
    # A request would end the test's transaction, and its connection with it.
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    logging.disable(logging.CRITICAL)
    yield found
    logging.disable(logging.NOTSET)
    for signal in ends:
        signal.connect(close_old_connections)
    got_request_exception.disconnect(keep)


def environ(asked, key):
    """What a WSGI server makes of a request (PEP 3333): bytes as Latin-1."""
    made = {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
        "QUERY_STRING": asked.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b"a=b&c"),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if key:
        made["HTTP_X_API_KEY"] = key
    own = ("CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_HOST")
    return made | {n if n in own else f"HTTP_{n}": value for n, value in asked.headers.items()}


def answered(application, asked, key=None):
    """The status, the headers and the body of the reply."""
    begun = {}

    def start_response(status, headers, exc_info=None):
        begun.update(status=int(status.split()[0]), headers=headers)

    reply = application(environ(asked, key), start_response)
    try:
        body = b"".join(reply)
    finally:
        reply.close()
    return begun["status"], begun["headers"], body


def what_is_wrong(asked, status, headers, body):
    """In words, or None."""
    for name, value in headers:
        value.encode("latin-1")
        if set(name + value) & set("\r\n\0"):
            return f"the header {name!r} can be split"
    if status >= 500:
        return "a server error"
    kind = dict(headers).get("Content-Type", "")
    of_the_api = asked.path.startswith(("/api/", "/.well-known/jwks.json"))
    if status < 400 or asked.method == "HEAD" or not of_the_api:
        return None
    if kind != "application/problem+json":
        return f"a refusal as {kind}"
    if len(body) > LONGEST_REFUSAL:
        return f"a refusal of {len(body)} bytes"
    problem = json.loads(body)
    name = problem["type"].removeprefix(TYPES)
    if problem["status"] != status or KINDS[name].status != status or not problem["detail"]:
        return f"a problem that contradicts itself: {problem}"
    if name in OF_PARAMETERS and "parameter" not in problem:
        return f"no parameter is named: {problem}"
    if name in ("unknown-parameter", "not-acceptable") and "accepted" not in problem:
        return f"nothing is said to be accepted: {problem}"
    return None


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hostile_request_is_a_server_error(shelf, failures, record_property, part):
    application = WSGIHandler()
    dice = random.Random(f"{SEED}-{part}")
    key = make.key(shelf, make.licensee(shelf))
    statuses, wrong = Counter(), []
    for asked in requests(dice, REQUESTS // PARTS):
        status, headers, body = answered(application, asked, key if dice.random() < 0.2 else None)
        statuses[status] += 1
        if said := what_is_wrong(asked, status, headers, body):
            wrong.append(f"{status} {asked.told()}: {said}\n{failures[-1] if failures else ''}")
            failures.clear()
    record_property("answered", dict(statuses))
    assert not wrong, f"{len(wrong)} of {REQUESTS // PARTS}:\n" + "\n".join(wrong[:10])
    assert sum(statuses.values()) == REQUESTS // PARTS
    # It is no proof if everything is refused at the door.
    assert statuses[200] > REQUESTS // PARTS // 50
    assert {400, 404, 405, 406} <= set(statuses)
