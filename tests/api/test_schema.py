"""The schema: valid, without warnings, and true of what is really served."""

import json

import pytest
import time_machine
from django.core.management import call_command

from tests import make
from tests.api import ask
from tests.api.contract import validate
from tests.api.standards.records import ICD_10_CM
from topics.api import bodies, examples
from topics.api.standards import context


@pytest.fixture
def schema(client, db):
    return ask.get(client, "schema/").json()


def check(schema, component, value):
    """Holds a value against a component: valid, and with no key that the schema doesn't name."""
    validate({"$ref": f"#/components/schemas/{component}"}, value)


def test_the_schema_is_valid_and_made_without_a_warning(db, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


DATES = ("first_published", "last_reviewed", "modified", "next_review_due", "published")
LISTED = sorted(
    [
        *("audience", "author", "category", "code", "cursor", "fields", "language", "omit", "page_size"),
        *("q", "review_status", "reviewer", "specialty"),
        *(f"{name}_{side}" for name in DATES for side in ("after", "before")),
    ]
)
FOLLOWED = [
    *("audience", "author", "category", "cursor", "language", "limit", "reviewer", "severity"),
    *("since", "specialty", "type"),
]


ASKED = sorted(name for name in context.ACCEPTED if not name[-1].isdigit())


def test_every_address_and_parameter_is_described(schema):
    described = {
        path: sorted(p["name"] for p in item["get"].get("parameters", []) if p.get("in") == "query")
        for path, item in schema["paths"].items()
    }
    assert described == {
        "/api/v1/": [],
        "/api/v1/articles/": sorted([*LISTED, "ordering"]),
        "/api/v1/articles/{reference}/": [
            *("as_of", "fields", "format", "heading_level", "language", "omit"),
        ],
        "/api/v1/articles/{reference}/editions/": ["language"],
        "/api/v1/articles/{reference}/editions/{number}/": ["format", "heading_level", "language"],
        "/.well-known/jwks.json": [],
        "/api/v1/articles/{reference}/provenance/": ["language"],
        "/api/v1/articles/{reference}/editions/{number}/provenance/": ["language"],
        "/api/v1/categories/": [],
        "/api/v1/connect/": ASKED,
        "/api/v1/infobutton/": ASKED,
        "/api/v1/changes/": FOLLOWED,
        "/api/v1/changes/feed/": FOLLOWED,
        "/api/v1/nhs/conditions/": [
            *("category", "endDate", "genre", "language", "order", "orderBy", "page", "startDate"),
        ],
        "/api/v1/nhs/conditions/{reference}/": ["language"],
        "/api/v1/problems/": [],
        "/api/v1/problems/{name}/": [],
        "/api/v1/search/": LISTED,
        "/api/v1/suggest/": ["audience", "language", "limit", "q"],
    }
    assert all(list(item) == ["get"] for item in schema["paths"].values())


CODE = (
    f"mainSearchCriteria.v.c=R05&mainSearchCriteria.v.cs={ICD_10_CM}"
    "&knowledgeResponseType=application/json"
)


def test_what_is_served_is_as_the_schema_says(client, newsroom, schema):
    there = make.released(newsroom, slug="there").article
    edition = make.released(newsroom, ask.rich_draft(newsroom, there, slug="cough"))
    make.released(newsroom, language="es", translation_of=edition.article)
    ask.notice(newsroom)
    recalled = make.released(newsroom, slug="recalled")
    then = recalled.starts_at.isoformat().replace("+00:00", "Z")
    ask.taken_back(newsroom, recalled, replacement=there)
    moved = make.released(newsroom, slug="moved")
    ask.taken_back(newsroom, moved, kind="moved", replacement=there)
    make.released(newsroom, make.next_draft(newsroom, edition.article, summary="Shorter."))

    for path, component in {
        "": "Root",
        "articles/": "ArticleList",
        "articles/?page_size=1": "ArticleList",
        "articles/?q=cough": "ArticleList",
        "articles/?ordering=-title": "ArticleList",
        "search/?q=kough": "ArticleList",
        "suggest/?q=cou": "SuggestionList",
        "articles/cough/": "Article",
        "articles/cough/editions/1/": "Article",
        "articles/cough/provenance/": "Provenance",
        "articles/cough/editions/1/provenance/": "Provenance",
        f"articles/recalled/?as_of={then}": "Article",
        "articles/cough/editions/": "EditionList",
        "articles/recalled/editions/": "EditionList",
        "changes/": "ChangeList",
        "changes/?type=removed&language=en": "ChangeList",
        "categories/": "CategoryList",
        f"connect/?{CODE}": "KnowledgeResponse",
        f"connect/?{CODE.replace('R05', 'Z99')}": "KnowledgeResponse",
        f"infobutton/?{CODE}&age.v.v=4": "AggregateKnowledgeResponse",
        "nhs/conditions/": "NhsList",
        "nhs/conditions/?category=c": "NhsList",
        "nhs/conditions/cough/": "NhsPage",
        "problems/": "ProblemTypeList",
        "problems/withdrawn/": "ProblemType",
    }.items():
        reply = client.get(f"/api/v1/{path}")
        assert reply.status_code == 200, path
        check(schema, component, reply.json())
    for path, status in {
        "articles/?lang=en": 400,
        "articles/?language=x": 400,
        "changes/?cursor=x": 400,
        "articles/none/": 404,
        "articles/recalled/": 410,
        "articles/moved/": 301,
    }.items():
        reply = client.get(f"/api/v1/{path}")
        assert reply.status_code == status, path
        check(schema, "Problem", reply.json())


def test_a_withheld_article_is_as_the_schema_says(client, db, schema):
    room = make.newsroom(when_overdue="withhold")
    edition = make.released(room, slug="cough")
    with time_machine.travel(edition.expires_at):
        reply = ask.article(client, "cough")
        assert reply.status_code == 410
        check(schema, "Problem", reply.json())
        check(schema, "ChangeList", ask.get(client, "changes/").json())


def test_the_examples_have_the_keys_of_what_is_served(client, newsroom):
    make.released(newsroom, slug="cough")
    assert set(ask.article(client, "cough").json()) == set(examples.ARTICLE)
    sometimes = {"as_of", "site", "related_physicians", "related_services"}
    assert set(bodies.Article().fields) == set(examples.ARTICLE) | sometimes
    key = make.key(newsroom, make.licensee(newsroom))
    licensed = ask.article(client, "cough", {"as_of": ask.now()}, x_api_key=key)
    assert set(licensed.json()) == set(bodies.Article().fields)


def test_the_keys_are_as_the_schema_says(client, schema):
    check(schema, "KeySet", client.get("/.well-known/jwks.json").json())


def test_the_page_to_browse_it_needs_no_outside_host_and_no_inline_code(client, db):
    page = client.get("/api/v1/docs/", headers={"accept": "text/html"})
    assert page["Cache-Control"] == "no-cache"
    assert page.status_code == 200
    html = page.content.decode()
    assert "http://" not in html
    assert "https://" not in html
    assert "<style" not in html
    assert "<script>" not in html
    script = client.get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    text = script.content.decode()
    assert '"validatorUrl": null' in text
    assert "/api/v1/schema/" in text


def test_the_schema_names_no_outside_host_to_call(schema):
    assert "servers" not in schema
    assert json.dumps(schema)
