"""The list of articles in force: filters, pages, and how few queries it takes."""

from datetime import datetime, timedelta, timezone

import pytest
import time_machine

from tests import make
from tests.api import ask
from tests.api.ask import DAY_ONE
from topics.models import Category, walls


def test_a_listed_article_carries_exactly_these_fields(client, newsroom):
    edition = make.released(newsroom, slug="cough", at=DAY_ONE)
    assert ask.get(client, "articles/").json() == {
        "articles": [
            {
                "id": str(edition.article.public_id),
                "slug": "cough",
                "language": "en",
                "title": "Cough",
                "audience": "patient",
                "summary": "What a cough is and what helps.",
                **ask.of_a_first_edition(edition),
                "review_status": "current",
                "url": f"/api/v1/articles/{edition.article.public_id}/",
            }
        ],
        "next": None,
        "previous": None,
    }


def test_a_long_page_takes_three_queries(client, newsroom, django_assert_max_num_queries):
    related = make.released(newsroom).article
    for _ in range(20):
        make.released(newsroom, ask.rich_draft(newsroom, related))
    query = {"page_size": 20, "category": "lungs", "language": "en", "review_status": "current"}
    with django_assert_max_num_queries(3):
        body = ask.get(client, "articles/", query).json()
    assert len(body["articles"]) == 20
    with django_assert_max_num_queries(3):
        rest = client.get(body["next"]).json()
    assert len(rest["articles"]) == 1
    with django_assert_max_num_queries(4):
        assert len(ask.get(client, "changes/", {"limit": 500}).json()["changes"]) == 21


def test_pages_show_each_article_once_forwards_and_back(client, newsroom):
    made = [make.released(newsroom).article.slug for _ in range(5)]
    address, seen, pages = "/api/v1/articles/?page_size=2", [], []
    while address:
        body = client.get(address).json()
        pages.append([item["slug"] for item in body["articles"]])
        seen += pages[-1]
        address = body["next"]
    assert seen == made
    back = client.get(body["previous"]).json()
    assert [item["slug"] for item in back["articles"]] == pages[-2]
    first = client.get(back["previous"]).json()
    assert [item["slug"] for item in first["articles"]] == pages[0]


def test_pages_keep_their_place_while_articles_come_and_go(client, newsroom):
    made = [make.released(newsroom) for _ in range(4)]
    first = ask.get(client, "articles/", {"page_size": 2}).json()
    ask.taken_back(newsroom, made[0])
    ask.taken_back(newsroom, made[2])
    new = make.released(newsroom)
    rest = client.get(first["next"]).json()
    slugs = [item["slug"] for item in rest["articles"]]
    assert slugs == [made[3].article.slug, new.article.slug]


def test_language_filters(client, newsroom):
    make.released(newsroom, slug="cough")
    make.released(newsroom, slug="tos", language="es")
    make.released(newsroom, slug="tos-mx", language="es-MX")
    assert ask.slugs(client, {"language": "es"}) == ["tos"]
    assert ask.slugs(client, {"language": "ES-mx"}) == ["tos-mx"]
    assert ask.slugs(client, {"language": "fr"}) == []


def test_a_category_includes_those_below_it(client, newsroom):
    asthma = make.category("asthma", parent=newsroom.category, own=None)
    childhood = make.category("childhood-asthma", parent=asthma, own=None)
    other = make.category("other", policy=newsroom.policy)
    make.released(newsroom, slug="a-cough")
    make.released(newsroom, slug="an-asthma", category=asthma)
    make.released(newsroom, slug="a-childhood-asthma", category=childhood)
    make.released(newsroom, slug="another", category=other)
    assert ask.slugs(client, {"category": "lungs"}) == ["a-cough", "an-asthma", "a-childhood-asthma"]
    assert ask.slugs(client, {"category": "asthma"}) == ["an-asthma", "a-childhood-asthma"]
    assert ask.slugs(client, {"category": "childhood-asthma"}) == ["a-childhood-asthma"]
    assert "“nowhere”" in ask.get(client, "articles/", {"category": "nowhere"}).json()["detail"]


def test_a_loop_of_categories_ends(client, newsroom):
    below = make.category("below", parent=newsroom.category)
    make.released(newsroom, slug="cough")
    with walls.lifted():
        Category.objects.filter(slug="lungs").update(parent=below)
    assert ask.slugs(client, {"category": "below"}) == ["cough"]


def test_modified_after_is_about_the_text_and_not_the_review(client, newsroom):
    old = make.released(newsroom, slug="old", at=DAY_ONE)
    make.released(newsroom, slug="new", at=DAY_ONE + timedelta(days=1))
    again = make.next_draft(newsroom, old.article, change_kind="periodic_review")
    make.released(newsroom, again)
    assert ask.slugs(client, {"modified_after": "2026-03-02T08:29:59Z"}) == ["old", "new"]
    assert ask.slugs(client, {"modified_after": "2026-03-02T08:30:00Z"}) == ["new"]
    assert ask.slugs(client, {"modified_after": "2026-03-02T09:30:00+01:00"}) == ["new"]
    assert ask.slugs(client, {"modified_after": "2026-03-02"}) == ["old", "new"]
    assert ask.slugs(client, {"modified_after": "2026-03-04"}) == []


def test_review_status_is_that_of_today(client, db):
    room = make.newsroom(interval_months=12, warning_days=30)
    edition = make.released(room, slug="cough")
    by_day = {
        edition.review_warning_on - timedelta(days=1): "current",
        edition.review_warning_on: "due",
        edition.next_review_due - timedelta(days=1): "due",
        edition.next_review_due: "overdue",
    }
    for day, expected in by_day.items():
        with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)):
            for status in ("current", "due", "overdue"):
                found = ["cough"] if status == expected else []
                assert ask.slugs(client, {"review_status": status}) == found
            assert ask.article(client, "cough").json()["review_status"] == expected


def test_categories_are_a_tree_in_a_flat_list(client, newsroom, django_assert_max_num_queries):
    make.category("asthma", parent=newsroom.category)
    with django_assert_max_num_queries(1):
        found = ask.get(client, "categories/").json()["categories"]
    assert {(c["slug"], c["parent"]) for c in found} == {("lungs", None), ("asthma", "lungs")}
    assert {frozenset(c) for c in found} == {frozenset({"slug", "name", "parent"})}


@pytest.mark.parametrize("size", [1, 3, 100])
def test_page_size_is_kept(client, newsroom, size):
    made = [make.released(newsroom) for _ in range(4)]
    body = ask.get(client, "articles/", {"page_size": size}).json()
    assert len(body["articles"]) == min(size, len(made))
