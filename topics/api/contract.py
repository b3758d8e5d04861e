"""Completes the generated schema with what is the same for every address: headers, problems, dialect."""

import re

from topics.api.examples_of_problems import EXAMPLES, not_acceptable, unknown_parameter
from topics.api.problems import MEDIA_TYPE
from topics.api.readers import CHALLENGE
from topics.api.readers import HEADERS as KEY_HEADERS

ROOT = "/api/v1/"
NULL_ENUM = "#/components/schemas/NullEnum"

TAGS = {
    "articles": "Articles",
    "search": "Finding",
    "suggest": "Finding",
    "categories": "Finding",
    "changes": "Following",
    "connect": "Standards",
    "infobutton": "Standards",
    "nhs": "Standards",
}
"""By the first part of an address; others are about the API itself."""

GROUPS = {
    "Articles": "Editions in force, and those that were, with their provenance.",
    "Finding": "By words, by the beginning of a name, by category.",
    "Following": "What became public, and what ceased to be.",
    "Standards": "As health records and other libraries ask for the same articles.",
    "About": "The entrance, the types of problems, and the publisher's keys.",
}
"""How the page to browse it is divided."""


def header(description, example, **schema):
    return {"description": description, "schema": {"type": "string"} | schema, "example": example}


HEADERS = {
    "Access-Control-Allow-Origin": header("Pages of any origin may read it.", "*"),
    "RateLimit": header("How many requests are left, for how many seconds.", '"address";r=599;t=60'),
    "RateLimit-Policy": header("How many requests in how many seconds.", '"address";q=600;w=60'),
    "Content-Digest": header(
        "SHA-256 of the content (RFC 9530).", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
    ),
    "Vary": header("What the reply depends on.", ", ".join(KEY_HEADERS)),
    "Location": header("Where to read instead.", "/api/v1/articles/whooping-cough/"),
    "Retry-After": header("Seconds to wait.", 17, type="integer"),
    "WWW-Authenticate": header("How to send a key.", CHALLENGE["WWW-Authenticate"]),
    "ETag": header("As of the copy.", '"3f2a9c0de1b4475d8a6e0b1c2d3e4f50"'),
}
ON_ALL = ("Access-Control-Allow-Origin", "RateLimit", "RateLimit-Policy", "Vary")
WITH_CONTENT = ("Content-Digest",)
OF_STATUS = {
    "301": ("Location",),
    "304": ("ETag",),
    "401": ("WWW-Authenticate",),
    "429": ("Retry-After",),
}

SELECTION = {
    "type": "object",
    "description": "What `fields` and `omit` left of the reply: the same members, none of them certain.",
    "additionalProperties": True,
}

CONDITIONS = {
    "If-None-Match": "The ETag of a copy: where that is still right, the answer is a 304.",
    "If-Modified-Since": "The Last-Modified of a copy, to the same effect.",
}


def complete(result, generator, **more):
    """drf-spectacular's hook: the schema, with all that it leaves to be said by hand."""
    result["tags"] = [{"name": name, "description": said} for name, said in GROUPS.items()]
    components = result["components"]
    components["headers"] = HEADERS
    components["parameters"] = {
        name: {
            "name": name,
            "in": "header",
            "description": description,
            "schema": {"type": "string"},
            "required": False,
        }
        for name, description in CONDITIONS.items()
    }
    components["schemas"].pop("NullEnum", None)
    components["schemas"]["Selection"] = SELECTION
    for path, item in result["paths"].items():
        for operation in item.values():
            tell(operation, path)
            operation["tags"] = [TAGS.get(path.removeprefix(ROOT).partition("/")[0], "About")]
    return without_null_enum(result)


def tell(operation, path):
    """The headers of each response, and the problems as this address would write them."""
    responses = operation["responses"]
    if "401" not in responses:
        operation["security"] = [{}]
    for status, response in responses.items():
        names = (*ON_ALL, *(WITH_CONTENT if "content" in response else ()), *OF_STATUS.get(status, ()))
        response.setdefault("headers", {})
        for name in names:
            response["headers"].setdefault(name, {"$ref": f"#/components/headers/{name}"})
        for name, example in problems(response):
            example["value"] = as_written_by(operation, path, name)
    if "fields" in [parameter["name"] for parameter in operation.get("parameters", ())]:
        whole = responses["200"]["content"]["application/json"]
        whole["schema"] = {"anyOf": [whole["schema"], {"$ref": "#/components/schemas/Selection"}]}
    if "304" in responses:
        operation.setdefault("parameters", [])
        operation["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name in CONDITIONS]


def problems(response):
    """The examples of problems in a response, by the names of their kinds."""
    found = response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
    for example in found.values():
        name = example["value"]["type"].rpartition("/")[2]
        yield name, example


def as_written_by(operation, path, name):
    """The example of a kind of problem with the address, parameters and media types of the operation."""
    known = {p["name"]: p for p in operation.get("parameters", ()) if "name" in p}
    example = EXAMPLES[name] | {"instance": re.sub(r"{(\w+)}", lambda m: filled(known[m[1]]), path)}
    if name == "unknown-parameter":
        accepted = sorted(name for name, p in known.items() if p["in"] == "query")
        return example | unknown_parameter("lang", accepted)
    if name == "not-acceptable":
        return example | not_acceptable(list(operation["responses"]["200"]["content"]))
    return example


def filled(parameter):
    """The example of a parameter of a path."""
    (example,) = parameter["examples"].values()
    return str(example["value"])


def without_null_enum(node):
    """What may be null says so by its type; an enumeration of nothing but null is a type of its own to
    generators of clients.
    """
    if isinstance(node, list):
        return [without_null_enum(part) for part in node]
    if not isinstance(node, dict):
        return node
    if node.get("$ref") == NULL_ENUM:
        return {"type": "null"}
    return {name: without_null_enum(part) for name, part in node.items()}
