"""Links in the text: the reply says which of them can be followed, and of the others nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.api import ask


def link(*articles):
    links = "".join(f' <a href="article:{article.public_id}">more</a>' for article in articles)
    return f"<p>Read{links}.</p>"


def linked(client, slug="cough", query=None):
    reply = ask.article(client, slug, query).json()
    assert set(reply["signed_fields"]).isdisjoint({"links"})
    return reply["links"]


def test_a_link_to_what_is_in_force_is_resolved_in_the_order_of_the_text(client, newsroom):
    flu = make.released(newsroom, slug="flu", title="Flu").article
    fever = make.released(newsroom, slug="fever", title="Fever").article
    make.released(newsroom, slug="cough", body=link(flu, fever, flu))
    assert linked(client) == [
        {
            "id": str(article.public_id),
            "slug": article.slug,
            "language": "en",
            "title": title,
            "url": f"/api/v1/articles/{article.public_id}/",
        }
        for article, title in ((flu, "Flu"), (fever, "Fever"))
    ]


@pytest.mark.parametrize("stage", [make.draft, make.submitted, make.approved])
def test_a_link_to_what_is_not_public_gives_nothing_but_the_id_that_was_signed(client, newsroom, stage):
    hidden = stage(newsroom, slug="hidden", title="Hidden title").article
    make.released(newsroom, slug="cough", body=link(hidden))
    text = ask.article(client, "cough").content.decode()
    assert linked(client) == []
    assert "Hidden title" not in text and '"hidden"' not in text
    assert text.count(str(hidden.public_id)) == 1


def test_a_link_vanishes_with_what_it_leads_to_and_stays_for_that_day(client, newsroom):
    before = timezone.now() - timedelta(days=2)
    flu = make.released(newsroom, slug="flu", at=before)
    make.released(newsroom, slug="cough", body=link(flu.article), at=before)
    first = ask.article(client, "cough")
    ask.taken_back(newsroom, flu)
    after = ask.article(client, "cough")
    assert [item["slug"] for item in first.json()["links"]] == ["flu"]
    assert after.json()["links"] == []
    assert first["ETag"] != after["ETag"]
    then = (before + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [item["slug"] for item in linked(client, query={"as_of": then})] == ["flu"]


def test_what_is_related_and_linked_is_told_as_both(client, newsroom):
    flu = make.released(newsroom, slug="flu").article
    make.released(newsroom, ask.rich_draft(newsroom, flu, slug="cough", body=link(flu)))
    reply = ask.article(client, "cough").json()
    assert [item["slug"] for item in reply["related"]] == ["flu"]
    assert reply["links"] == reply["related"]


def test_links_cost_no_query_more(client, newsroom, django_assert_num_queries):
    articles = [make.released(newsroom, slug=f"other-{n}").article for n in range(6)]
    make.released(newsroom, slug="cough", body=link(*articles))
    with django_assert_num_queries(2):
        assert len(linked(client)) == 6
