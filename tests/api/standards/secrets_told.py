"""A draft of secret words, and all that is said where a health record could find it."""

from tests import make
from tests.api import ask
from tests.api.standards import records

SECRET = "SECRETWORDS"


def coded_draft(room, **content):
    """A draft about the code that all of these addresses are asked about."""
    return records.coded(
        make.draft(
            room,
            **{"slug": "hidden", "title": SECRET, "summary": SECRET, "also_called": [SECRET], **content},
        ),
        "R05.1",
    )


def said(client, *names, key=None):
    """All that is said, bodies and headers, by address."""
    headers = {"x_api_key": key} if key else {}
    for path, query in records.addresses(*names, called=SECRET.lower()):
        reply = ask.get(client, path, query, **headers)
        assert reply.status_code in (200, 400, 404, 410), (path, query)
        yield path, query, f"{sorted(reply.items())}{reply.content.decode()}"


def shown_at(client, *names, key=None):
    """The addresses that show the secret."""
    return [(path, query) for path, query, text in said(client, *names, key=key) if SECRET in text]
