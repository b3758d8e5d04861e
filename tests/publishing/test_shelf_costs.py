"""What the shelf costs: as many queries for an article in a crowd as for a lonely one."""

from types import SimpleNamespace

import pytest

from tests import make
from tests.once import once
from tests.publishing.story import DAY, HOUR, T, notice, relate, successor, taken_back
from topics.models import Edition
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.release import release


@once
def content():
    """An article amid five related ones, two translations and three notices, in its third edition."""
    newsroom = make.newsroom()
    others = [make.released(newsroom, at=T) for _ in range(5)]
    version = make.draft(newsroom, at=T, slug="crowded")
    relate(version, *(other.article for other in others))
    edition = make.released(newsroom, version, at=T)
    for language in ("de", "es"):
        make.released(newsroom, at=T, language=language, translation_of=edition.article)
    for kind in ("disclaimer", "terms", "privacy"):
        notice(newsroom, at=T, kind=kind)
    edition = successor(newsroom, edition, at=T + HOUR)
    third = successor(newsroom, edition, at=T + 2 * HOUR, title="Third")
    return SimpleNamespace(room=newsroom, crowded=third)


@pytest.fixture
def crowded(made):
    return made.crowded


def test_each_question_to_the_shelf_is_one_query(crowded, django_assert_num_queries):
    at, reference = T + DAY, crowded.article.slug
    edition = shelf.find(reference, at=at, reader=OPEN)
    ids = [edition.article_id for edition in Edition.objects.all()]
    for question in (
        lambda: shelf.find(reference, at=at, reader=OPEN).article.slug,
        lambda: shelf.find_numbered(reference, 2, at=at, reader=OPEN).article.slug,
        lambda: [edition.article.slug for edition in shelf.history(reference, at=at, reader=OPEN)],
        lambda: [edition.article.slug for edition in shelf.newest(ids, at=at, reader=OPEN).values()],
        lambda: shelf.surroundings(edition, at=at, reader=OPEN),
        lambda: shelf.turns(at=at, reader=OPEN),
    ):
        with django_assert_num_queries(1):
            question()


@pytest.mark.parametrize(
    "address", ["/api/v1/articles/{id}/", "/api/v1/articles/{slug}/", "/api/v1/articles/{id}/?as_of={t}"]
)
def test_an_article_costs_two_queries_whatever_its_relations(
    crowded, newsroom, client, django_assert_num_queries, address
):
    plain = make.released(newsroom, at=T + 3 * HOUR)
    for edition in (plain, crowded):
        path = address.format(
            id=edition.article.public_id, slug=edition.article.slug, t="2025-01-20T00:00:00Z"
        )
        with django_assert_num_queries(2):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 2), ("&language=en", 2), ("&review_status=current", 2), ("&category=lungs", 2)],
)
def test_a_list_costs_at_most_three_queries_however_long(
    crowded, newsroom, client, django_assert_num_queries, query, queries
):
    release(make.approved(newsroom, at=T + DAY), actor=newsroom.publisher, at=T + DAY)
    for size in (1, 5, 100):
        with django_assert_num_queries(queries):
            assert client.get(f"/api/v1/articles/?page_size={size}{query}").status_code == 200


def test_a_withdrawn_article_costs_no_more(crowded, newsroom, client, django_assert_max_num_queries):
    taken_back(newsroom, crowded, at=T + DAY)
    with django_assert_max_num_queries(2):
        assert client.get(f"/api/v1/articles/{crowded.article.slug}/").status_code == 410
