"""A form that is too large to be read: how much of it is taken in before it is refused."""

import io

import pytest

from cms.oversize import MOST_DRAINED
from tests import make

LOGIN = "/admin/login/"
HUGE = 1 << 40


class Endless(io.RawIOBase):
    """A body that never ends, and counts what was taken of it."""

    taken = 0

    def read(self, size=-1):
        assert size >= 0, "nobody reads a whole body of any length"
        self.taken += size
        return b"x" * size


def post(client, address, length):
    body = Endless()
    sent = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    response = client.generic("POST", address, **sent)
    return response, body.taken


@pytest.mark.parametrize("address", [LOGIN, "/admin/topics/version/1/change/", "/admin/me/"])
def test_nothing_is_read_of_what_a_stranger_sends(client, db, address):
    response, taken = post(client, address, HUGE)
    assert response.status_code in (302, 413)
    assert taken == 0


def test_a_stranger_is_told_why(client, db):
    response, _taken = post(client, LOGIN, HUGE)
    assert response.status_code == 413
    assert "larger than any article may be" in response.content.decode()


def test_what_somebody_sends_who_is_signed_in_is_read_up_to_a_limit(client, db):
    client.force_login(make.user("writer"))
    response, taken = post(client, "/admin/me/", HUGE)
    assert (response.status_code, taken) == (413, MOST_DRAINED)
    length = 30 * 1024 * 1024
    response, taken = post(client, "/admin/me/", length)
    assert (response.status_code, taken) == (413, length)


def test_the_api_reads_no_body(client, db):
    response, taken = post(client, "/api/v1/articles/", HUGE)
    assert (response.status_code, taken) == (405, 0)
