"""The API's replies are the same whoever asks, so that caches can share them."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_replies_do_not_vary_by_the_reader_s_language(newsroom, client):
    make.released(newsroom, slug="cough")
    replies = {
        client.get("/api/v1/articles/cough/", headers={"accept-language": tag}).content
        for tag in ("en", "es", "de")
    }
    assert len(replies) == 1
    reply = client.get("/api/v1/articles/cough/")
    assert "accept-language" not in reply.headers.get("Vary", "").lower()
    assert "cookie" not in reply.headers.get("Vary", "").lower()


def test_the_interface_s_language_is_still_the_reader_s(client):
    reply = client.get("/admin/login/", headers={"accept-language": "es"})
    assert 'lang="es"' in reply.content.decode()
