"""The contract: valid OpenAPI 3.1, whole, and true of every address with the demo's content."""

import itertools
import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from tests.api import contract as stated
from tests.api.contract import PROBLEM, address, hold_to_contract, operations, parameters, shown
from tests.once import once
from tests.told import demo
from topics.api.problems import KINDS
from topics.models import Article, Edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
NOT_DATA = {"schema", "docs"}
OPERATIONS = pytest.mark.parametrize(
    ("path", "operation"), operations(), ids=[path for path, _ in operations()]
)


@once
def told():
    return demo(port=8123)


@pytest.fixture(scope="module")
def key(told):
    return next(line.strip() for line in told.splitlines() if line.strip().startswith("sgn_"))


def test_it_is_openapi_3_1_to_an_independent_validator():
    validate(stated.contract(), cls=OpenAPIV31SpecValidator)
    assert stated.contract()["openapi"].startswith("3.1.")
    # That of OpenAPI itself: browsers of contracts warn of any other.
    assert "jsonSchemaDialect" not in stated.contract()


def test_nothing_in_it_is_of_openapi_3_0():
    def walk(node):
        if isinstance(node, dict):
            assert "nullable" not in node
            assert not isinstance(node.get("exclusiveMinimum"), bool)
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(stated.contract())


def test_every_address_of_the_api_is_in_it():
    found = set()

    def walk(patterns, before):
        for one in patterns:
            route = before + str(one.pattern)
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, route)
            elif one.name not in NOT_DATA:
                found.add("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route))

    walk(get_resolver().url_patterns, "")
    of_the_api = {path for path in found if path.startswith(("/api/", "/.well-known/"))}
    assert of_the_api == set(stated.contract()["paths"])


@OPERATIONS
def test_every_parameter_shows_a_value_that_it_accepts(path, operation):
    for parameter in (*parameters(operation, "query"), *parameters(operation, "path")):
        assert parameter["description"], parameter["name"]
        value = shown(parameter)
        stated.validate(
            parameter["schema"], value if parameter["schema"].get("type") == "array" else value[0]
        )


@OPERATIONS
def test_every_reply_has_an_example_that_is_valid_against_its_schema(path, operation):
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            examples = content.get("examples", {})
            assert examples, f"{status} as {media_type} has no example"
            for name, example in examples.items():
                stated.validate(content["schema"], example["value"])
                if media_type == PROBLEM:
                    assert example["value"]["status"] == int(status), name


@OPERATIONS
def test_every_failure_is_described_as_problem_details(path, operation):
    assert {"400", "406", "429", "500"} <= set(operation["responses"])
    for status, response in operation["responses"].items():
        if status not in ("200", "304"):
            assert list(response["content"]) == [PROBLEM]


def test_every_kind_of_problem_is_shown_somewhere():
    seen = {
        example["value"]["type"].rpartition("/")[2]
        for _, operation in operations()
        for response in operation["responses"].values()
        for example in response.get("content", {}).get(PROBLEM, {}).get("examples", {}).values()
    }
    # Only what is no GET can be refused as a method.
    assert seen == set(KINDS) - {"method-not-allowed"}


def references():
    now_and_then = Edition.objects.values_list("article__slug", flat=True)
    ids = Edition.objects.values_list("article__public_id", flat=True)[:2]
    drafts = Article.objects.exclude(editions__isnull=False).values_list("slug", flat=True)[:2]
    return [*sorted(set(now_and_then)), *ids, *drafts, "no-such-article"]


def parts(operation):
    """Everything that the parts of an address may be, of the demo's content."""
    choices = {"reference": references(), "number": [1, 2, 99], "name": [*KINDS, "none"]}
    names = [parameter["name"] for parameter in parameters(operation, "path")]
    for values in itertools.product(*(choices[name] for name in names)):
        yield dict(zip(names, values, strict=True))


@OPERATIONS
def test_every_reply_of_the_demo_is_as_the_contract_says(client, path, operation):
    statuses = set()
    for given in parts(operation):
        reply = client.get(address(path, operation, **given))
        hold_to_contract(operation, reply)
        statuses.add(reply.status_code)
    if path == "/api/v1/articles/{reference}/":
        assert statuses == {200, 301, 404, 410}


@OPERATIONS
def test_every_parameter_s_example_is_answered_as_the_contract_says(client, path, operation):
    for parameter in parameters(operation, "query"):
        query = [(parameter["name"], value) for value in shown(parameter)]
        reply = client.get(address(path, operation, query, reference="statins"))
        hold_to_contract(operation, reply, whole=parameter["name"] not in ("fields", "omit"))


@OPERATIONS
def test_every_media_type_is_served_as_the_contract_says(client, path, operation):
    for media_type in operation["responses"]["200"]["content"]:
        reply = client.get(
            address(path, operation, reference="statins", number=1), headers={"Accept": media_type}
        )
        if reply.status_code == 200:
            assert reply["Content-Type"].partition(";")[0] == media_type
        hold_to_contract(operation, reply)


@OPERATIONS
def test_every_refusal_is_as_the_contract_says(client, settings, path, operation):
    here = address(path, operation, reference="statins", number=1)
    asked_who = "401" in operation["responses"]

    def refused(status, query="", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        reply = client.get(
            f"{here}{'&' if '?' in here else '?'}{query}" if query else here, headers=sent
        )
        assert reply.status_code == status
        if status != 200:
            assert reply["Content-Type"] == PROBLEM
            hold_to_contract(operation, reply)

    refused(400, "surely_unknown=1")
    refused(406, accept="image/png")
    refused(401 if asked_who else 200, x_api_key="nonsense")
    refused(401 if asked_who else 200, authorization="Api-Key sgn_00000000_" + "A" * 43)
    settings.API_OPEN = False
    refused(401 if asked_who else 200)
    settings.API_OPEN = True
    settings.API_RATES = {"address": (1, 60)}
    cache.clear()
    with time_machine.travel(1_900_000_000, tick=False):
        client.get(here)
        refused(429)


@OPERATIONS
def test_every_reply_on_a_condition_is_as_the_contract_says(client, path, operation):
    here = address(path, operation, reference="statins", number=1)
    if "304" in operation["responses"]:
        tag = client.get(here)["ETag"]
        for status, headers in ((304, {"If-None-Match": tag}), (412, {"If-Match": '"other"'})):
            reply = client.get(here, headers=headers)
            assert reply.status_code == status
            hold_to_contract(operation, reply)


@OPERATIONS
def test_a_licensee_s_reply_is_as_the_contract_says(client, key, path, operation):
    for reference in ("high-blood-pressure", "norovirus"):
        here = address(path, operation, reference=reference, number=1)
        hold_to_contract(operation, client.get(here, headers={"X-Api-Key": key}))
