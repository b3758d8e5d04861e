"""One article: its fields, its digest, its bytes, and what stands around it."""

import hashlib
import json

import pytest
import rfc8785
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.api import ask
from tests.api.ask import DAY_ONE
from topics.publishing.release import release


def test_an_article_carries_exactly_these_fields(client, newsroom):
    related = make.released(newsroom, slug="whooping-cough", title="Whooping cough", at=DAY_ONE)
    draft = ask.rich_draft(newsroom, related.article, slug="cough", at=DAY_ONE)
    edition = make.released(newsroom, draft, at=DAY_ONE)
    tos = make.released(
        newsroom,
        slug="tos",
        language="es",
        title="Tos",
        translation_of=edition.article,
        at=DAY_ONE,
    )
    disclaimer = ask.notice(newsroom)
    url = f"/api/v1/articles/{edition.article.public_id}/"
    signed = {
        "meaning": "accurate",
        "statement": "I reviewed the whole article; it is clinically accurate and complete",
        "disclosure": "None to declare.",
        "signed_at": "2026-03-02T08:30:00Z",
        "version": 1,
        "digest": edition.digest,
    }

    assert ask.article(client, "cough").json() == {
        "id": str(edition.article.public_id),
        "slug": "cough",
        "language": "en",
        "title": "Cough",
        "also_called": ["Tussis"],
        "audience": "patient",
        "summary": "What a cough is and what helps.",
        "sections": [
            {
                "id": "lead",
                "heading": None,
                "html": "<p>Most coughs clear up on their own.</p>",
                "text": "Most coughs clear up on their own.",
                "sections": [],
            },
            {
                "id": "treatment",
                "heading": "Treatment",
                "html": "<p>Drink plenty of water. Take 5 mg at night.</p>",
                "text": "Drink plenty of water. Take 5 mg at night.",
                "sections": [],
            },
            {
                "id": "when-to-get-help",
                "heading": "When to get help",
                "html": "<ul><li>You cough up blood</li><li>You lose weight</li></ul>",
                "text": "- You cough up blood\n- You lose weight",
                "sections": [],
            },
        ],
        "authors": [{"name": "Ada Author", "credentials": "MFA"}],
        "references": [{"title": "Cough in adults", "url": "", "doi": "10.1000/182", "pmid": ""}],
        "codes": [{"system": "icd-10-cm", "code": "R05", "display": "Cough"}],
        "related_ids": [str(related.article.public_id)],
        **ask.of_a_first_edition(edition),
        "reviews": [
            {
                "role": "Primary reviewer",
                "name": "Pia Primary",
                "credentials": "MD, MPH",
                "specialty": "Family Medicine",
                **signed,
            },
            {
                "role": "Specialist",
                "name": "Sam Specialist",
                "credentials": "MD",
                "specialty": "Respiratory Medicine",
                **signed,
            },
        ],
        "signed_fields": [
            "also_called",
            "audience",
            "authors",
            "codes",
            "id",
            "language",
            "references",
            "related_ids",
            "sections",
            "summary",
            "title",
        ],
        "status": "in_force",
        "review_status": "current",
        "ended": None,
        "withdrawal": None,
        "related": [
            {
                "id": str(related.article.public_id),
                "slug": "whooping-cough",
                "language": "en",
                "title": "Whooping cough",
                "url": f"/api/v1/articles/{related.article.public_id}/",
            }
        ],
        "links": [],
        "translations": [
            {
                "id": str(tos.article.public_id),
                "slug": "tos",
                "language": "es",
                "title": "Tos",
                "url": f"/api/v1/articles/{tos.article.public_id}/",
            }
        ],
        "notices": [
            {
                "kind": "disclaimer",
                "text": "No substitute for advice.",
                "in_force_from": disclaimer.in_force_from.isoformat().replace("+00:00", "Z"),
            }
        ],
        "url": url,
        "permanent_url": f"{url}editions/1/",
        "provenance_url": f"{url}editions/1/provenance/",
    }


def test_anyone_can_recompute_the_digest_from_the_reply(client, newsroom):
    make.released(newsroom, ask.rich_draft(newsroom, slug="cough"))
    article = ask.article(client, "cough").json()
    signed = rfc8785.dumps({name: article[name] for name in article["signed_fields"]})
    assert article["digest"] == "sha-256:" + hashlib.sha256(signed).hexdigest()


def test_the_frozen_bytes_are_copied_and_no_key_comes_twice(client, newsroom):
    edition = make.released(newsroom, ask.rich_draft(newsroom, slug="cough", title="Toux “ç” 💊"))
    body = ask.article(client, "cough").content.decode()
    assert edition.document[1:-1] in body
    assert edition.record[1:-1] in body

    def once(pairs):
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)

    json.loads(body, object_pairs_hook=once)


def test_id_and_slug_give_the_same_article(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    public_id = edition.article.public_id
    assert ask.article(client, public_id).content == ask.article(client, "cough").content
    assert ask.article(client, str(public_id).upper()).status_code == 200


def test_a_slug_of_two_languages_asks_for_the_language(client, newsroom):
    make.released(newsroom, slug="tos", language="es")
    assert ask.article(client, "tos").status_code == 200
    make.released(newsroom, slug="tos", language="en")

    refused = ask.article(client, "tos")
    assert refused.status_code == 400
    assert refused.json()["languages"] == ["en", "es"]
    assert ask.article(client, "tos", {"language": "es"}).json()["language"] == "es"
    assert ask.article(client, "tos", {"language": "fr"}).status_code == 404
    assert ask.get(client, "articles/tos/editions/").status_code == 400
    assert ask.get(client, "articles/tos/editions/1/").status_code == 400
    assert ask.get(client, "articles/tos/editions/1/", {"language": "en"}).status_code == 200


def test_an_article_takes_two_queries_whatever_its_relations(
    client, newsroom, django_assert_max_num_queries
):
    related = [make.released(newsroom).article for _ in range(6)]
    edition = make.released(newsroom, ask.rich_draft(newsroom, *related, slug="cough"))
    for language in ("es", "fr"):
        make.released(newsroom, language=language, translation_of=edition.article)
    for kind in ("disclaimer", "terms", "privacy"):
        ask.notice(newsroom, kind=kind)
    second = make.next_draft(newsroom, edition.article, summary="Shorter.")
    make.released(newsroom, second)
    for path in ("articles/cough/", "articles/cough/editions/1/", "articles/cough/editions/2/"):
        with django_assert_max_num_queries(2):
            article = ask.get(client, path).json()
        assert len(article["related"]) == 6
        assert len(article["translations"]) == 2
        assert len(article["notices"]) == 3
    with django_assert_max_num_queries(2):
        assert ask.article(client, "cough", {"as_of": "2020-01-01T00:00:00Z"}).status_code == 404
    with django_assert_max_num_queries(1):
        assert len(ask.get(client, "articles/cough/editions/").json()["editions"]) == 2


def test_gone_and_moved_take_no_more_queries(client, newsroom, django_assert_max_num_queries):
    there = make.released(newsroom, slug="there").article
    recalled = make.released(newsroom, slug="recalled")
    ask.taken_back(newsroom, recalled, replacement=there)
    moved = make.released(newsroom, slug="moved")
    before = moved.starts_at.isoformat().replace("+00:00", "Z")
    ask.taken_back(newsroom, moved, kind="moved", replacement=there)
    with django_assert_max_num_queries(2):
        assert ask.article(client, "recalled").status_code == 410
    with django_assert_max_num_queries(2):
        assert ask.article(client, "moved").status_code == 301
    with django_assert_max_num_queries(2):
        assert ask.article(client, "moved", {"as_of": before}).status_code == 200


def test_a_new_edition_replaces_the_text_and_keeps_the_first_date(client, newsroom):
    first = make.released(newsroom, slug="cough", at=DAY_ONE)
    draft = make.next_draft(newsroom, first.article, summary="Shorter.")
    second = release(make.approved(newsroom, draft), actor=newsroom.publisher)
    article = ask.article(client, "cough").json()
    assert article["summary"] == "Shorter."
    assert article["edition"] == 2
    assert article["version"] == 2
    assert article["change_note"] == "Reworded."
    assert article["first_published"] == "2026-03-02T08:30:00Z"
    assert article["published"] == second.starts_at.isoformat().replace("+00:00", "Z")


def test_an_article_is_read_by_indexes_alone(client, newsroom):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of its tables, and these are tiny")
    related = make.released(newsroom).article
    edition = make.released(newsroom, ask.rich_draft(newsroom, related, slug="cough"))
    make.released(newsroom, language="es", translation_of=edition.article)
    with CaptureQueriesContext(connection) as captured:
        ask.article(client, "cough")
        ask.get(client, "articles/cough/editions/1/")
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [step for *_, step in cursor.fetchall()]
            assert not [step for step in plan if step.startswith("SCAN topics_edition")], plan
