"""The contract, read by tests as a consumer reads it: what may be asked, and what may be answered."""

import json
import re
from functools import cache
from urllib.parse import quote, urlencode

from jsonschema import Draft202012Validator

from topics.api.docs import schema_text

PROBLEM = "application/problem+json"


@cache
def contract():
    return json.loads(schema_text())


def operations():
    """Every address with its operation."""
    return [(path, item["get"]) for path, item in contract()["paths"].items()]


def resolved(node):
    """What a reference in the contract leads to."""
    while "$ref" in node:
        found = contract()
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def parameters(operation, place):
    found = [resolved(parameter) for parameter in operation.get("parameters", ())]
    return [parameter for parameter in found if parameter["in"] == place]


def shown(parameter):
    """A value that a parameter may have, as the contract shows it."""
    schema = parameter["schema"]
    if "examples" in parameter:
        value = next(iter(parameter["examples"].values()))["value"]
    elif "enum" in schema:
        value = schema["enum"][0]
    else:
        value = schema["default"]
    return value if isinstance(value, list) else [value]


SUBJECT = [
    ("mainSearchCriteria.v.c", "R05"),
    ("mainSearchCriteria.v.cs", "2.16.840.1.113883.6.90"),
]
ASKED = {"/api/v1/connect/": SUBJECT, "/api/v1/infobutton/": SUBJECT}
"""What has to be asked one way or another, as OpenAPI can't say: a code with its system, or a name."""


def address(path, operation, query=(), **parts):
    """The address with its parts from the examples, or as given, and what its query has to have."""
    asked = [pair for pair in ASKED.get(path, ()) if pair[0] not in dict(query)]
    for parameter in parameters(operation, "path"):
        value = parts.get(parameter["name"], shown(parameter)[0])
        path = path.replace(f"{{{parameter['name']}}}", quote(str(value), safe=""))
    required = [
        (parameter["name"], value)
        for parameter in parameters(operation, "query")
        if parameter.get("required") and parameter["name"] not in dict(query)
        for value in shown(parameter)
    ]
    pairs = [*required, *asked, *query]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def closed(node, *, whole):
    """The contract with every object shut to keys that it doesn't name; unless `whole`, with parts
    of objects let pass.
    """
    if isinstance(node, list):
        return [closed(part, whole=whole) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: closed(part, whole=whole) for key, part in node.items()}
    if node.get("type") == "object" and "properties" in node:
        node["additionalProperties"] = False
        if not whole:
            node.pop("required", None)
    return node


@cache
def validator_of(schema_as_text, whole):
    components = closed(contract()["components"], whole=whole)
    spec = {**json.loads(schema_as_text), "components": components}
    return Draft202012Validator(spec, format_checker=Draft202012Validator.FORMAT_CHECKER)


def validate(schema, value, *, whole=True):
    """Holds a value against a schema of the contract: valid, and with no key that it doesn't name."""
    if {"$ref": "#/components/schemas/Selection"} in schema.get("anyOf", ()):
        schema = schema["anyOf"][0]
    validator_of(json.dumps(schema), whole).validate(value)


def hold_to_contract(operation, reply, *, whole=True):
    """That status, media type, headers and body of a reply are among those that the contract states.

    Unless it is `whole`, parts of the body may be missing.
    """
    status = str(reply.status_code)
    assert status in operation["responses"], f"{status} is not in the contract: {reply.content[:300]}"
    response = operation["responses"][status]
    for name in response.get("headers", {}):
        needed = name not in OPTIONAL
        assert not needed or name in reply.headers, f"{status} has no {name}"
    if "content" not in response:
        assert reply.content == b""
        return
    media_type = reply["Content-Type"].partition(";")[0]
    assert media_type in response["content"], f"{status} as {media_type}"
    if re.search(r"[/+]json$", media_type):
        validate(response["content"][media_type]["schema"], json.loads(reply.content), whole=whole)


OPTIONAL = {
    "Last-Modified",
    "RateLimit",
    "RateLimit-Policy",
    "Surrogate-Key",
    "Cache-Tag",
    "Content-Digest",
}
OPTIONAL |= {"Vary"}
