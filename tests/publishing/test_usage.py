"""Usage is counted without a write, added to the database later, and never twice."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from tests import make
from tests.api import ask
from tests.noon import NOON
from topics.models import ApiKey, Usage
from topics.publishing import usage
from topics.publishing.usage import BUFFER


@pytest.fixture
def key(newsroom):
    return make.key(newsroom, make.licensee(newsroom))


def numbers():
    return sorted(
        (str(row.day), row.article.slug, row.requests) for row in Usage.objects.select_related("article")
    )


def test_a_read_writes_nothing_and_the_count_comes_later(
    client, newsroom, key, django_assert_max_num_queries
):
    make.released(newsroom, slug="cough")
    make.released(newsroom, slug="fever")
    with django_assert_max_num_queries(2) as captured:
        etag = ask.article(client, "cough", x_api_key=key)["ETag"]
    assert all(query["sql"].lstrip("(").startswith("SELECT") for query in captured.captured_queries)
    ask.article(client, "cough", x_api_key=key, if_none_match=etag)
    ask.article(client, "fever", x_api_key=key)
    ask.article(client, "none", x_api_key=key)
    ask.article(client, "cough")
    assert not Usage.objects.exists()
    assert ApiKey.objects.get().last_used_at is None
    BUFFER.flush()
    assert [row[1:] for row in numbers()] == [("cough", 2), ("fever", 1)]
    assert ApiKey.objects.get().last_used_at is not None
    BUFFER.flush()
    assert [row[1:] for row in numbers()] == [("cough", 2), ("fever", 1)]


def test_proofs_of_an_article_and_every_representation_count_for_it(client, newsroom, key):
    make.released(newsroom, slug="cough")
    ask.taken_back(newsroom, make.released(newsroom, slug="gone"))
    for path in ("", "editions/1/"):
        for more in ("provenance/", "?format=fhir", "?format=html"):
            assert ask.get(client, f"articles/cough/{path}{more}", x_api_key=key).status_code == 200
        assert ask.get(client, f"articles/gone/{path}provenance/", x_api_key=key).status_code == 410
    BUFFER.flush()
    assert [row[1:] for row in numbers()] == [("cough", 6)]


def test_the_same_day_is_added_up_and_another_is_another(newsroom, key):
    article, row = make.released(newsroom, slug="cough").article, ApiKey.objects.get()
    for at in (NOON, NOON, NOON + timedelta(hours=12)):
        BUFFER.note(row.pk, article.pk, at=at)
        BUFFER.flush()
    assert numbers() == [("2026-03-03", "cough", 2), ("2026-03-04", "cough", 1)]
    row.refresh_from_db()
    assert row.last_used_at == NOON + timedelta(hours=12)


def test_what_could_not_be_written_is_kept(newsroom, key, monkeypatch):
    article, row = make.released(newsroom, slug="cough").article, ApiKey.objects.get()
    BUFFER.note(row.pk, article.pk, at=NOON)

    def fails(*_):
        BUFFER.note(row.pk, article.pk, at=NOON + timedelta(hours=1))
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(usage, "write", fails)
        BUFFER.flush()
    assert not Usage.objects.exists()
    BUFFER.flush()
    assert numbers() == [("2026-03-03", "cough", 2)]
    row.refresh_from_db()
    assert row.last_used_at == NOON + timedelta(hours=1)
