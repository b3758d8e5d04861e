"""The schema: valid, without warnings, and true of what is really served."""

import json

import pytest
import time_machine
from django.core.management import call_command
from jsonschema import Draft202012Validator

from tests import make
from tests.api import ask
from topics.api import bodies, examples


@pytest.fixture
def schema(client, db):
    return ask.get(client, "schema/").json()


def check(schema, component, value):
    """Holds a value against a component: valid, and with no key that the schema doesn't name."""
    spec = {"$ref": f"#/components/schemas/{component}", "components": closed(schema["components"])}
    Draft202012Validator(spec, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def closed(node):
    """The schema with every object shut to keys that it doesn't name."""
    if isinstance(node, list):
        return [closed(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: closed(part) for key, part in node.items()}
    if node.get("type") == "object" and "properties" in node:
        node["additionalProperties"] = False
    return node


def test_the_schema_is_valid_and_made_without_a_warning(db, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_every_address_and_parameter_is_described(schema):
    described = {
        path: sorted(p["name"] for p in item["get"].get("parameters", []) if p["in"] == "query")
        for path, item in schema["paths"].items()
    }
    assert described == {
        "/api/v1/": [],
        "/api/v1/articles/": [
            "category",
            "cursor",
            "language",
            "modified_after",
            "page_size",
            "review_status",
        ],
        "/api/v1/articles/{reference}/": ["as_of", "language"],
        "/api/v1/articles/{reference}/editions/": ["language"],
        "/api/v1/articles/{reference}/editions/{number}/": ["language"],
        "/api/v1/categories/": [],
        "/api/v1/changes/": ["cursor", "limit"],
        "/api/v1/problems/": [],
        "/api/v1/problems/{name}/": [],
    }
    assert all(list(item) == ["get"] for item in schema["paths"].values())


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
        "articles/cough/": "Article",
        "articles/cough/editions/1/": "Article",
        f"articles/recalled/?as_of={then}": "Article",
        "articles/cough/editions/": "EditionList",
        "articles/recalled/editions/": "EditionList",
        "changes/": "ChangeList",
        "categories/": "CategoryList",
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


@pytest.mark.parametrize(
    ("component", "example"),
    [
        ("Article", examples.ARTICLE),
        ("ArticleList", examples.ARTICLES),
        ("ChangeList", examples.CHANGES),
        ("CategoryList", examples.CATEGORIES),
        ("Problem", examples.UNKNOWN_PARAMETER),
        ("Problem", examples.WITHDRAWN),
        ("Problem", examples.MOVED),
    ],
)
def test_the_examples_are_as_the_schema_says(schema, component, example):
    check(schema, component, example)


def test_the_examples_have_the_keys_of_what_is_served(client, newsroom):
    make.released(newsroom, slug="cough")
    assert set(ask.article(client, "cough").json()) == set(examples.ARTICLE)
    assert set(bodies.Article().fields) == set(examples.ARTICLE) | {"as_of"}


def test_the_page_to_browse_it_needs_no_outside_host_and_no_inline_code(client, db):
    page = client.get("/api/v1/docs/", headers={"accept": "text/html"})
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
