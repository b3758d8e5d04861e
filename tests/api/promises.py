"""What version 1 promises, a line each: `python -m tests.api.promises` writes it down anew.

Adding to the API adds promises, and breaks none. Write them down with each release; to take one back is
another version of the API.
"""

import os
from pathlib import Path

FILE = Path(__file__).with_name("v1-promises.txt")


def promises(contract):
    """Everything in the contract that a client may rely on, as a set of sentences."""
    found = set()
    components = contract["components"]["schemas"]
    for path, item in contract["paths"].items():
        for method, operation in item.items():
            found |= of_operation(f"{method.upper()} {path}", operation)
    words = {name: schema["enum"] for name, schema in components.items() if "enum" in schema}
    for name, schema in components.items():
        for member, its_schema in schema.get("properties", {}).items():
            sure = "always" if member in schema.get("required", ()) else "sometimes"
            # An enumeration's own name is made up by the generator.
            *others, of = kind(its_schema).split(" or ")[::-1]
            found.add(
                f"{name}.{member} is {sure} {' or '.join(['word' if of in words else of, *others])}"
            )
            found |= {f"{name}.{member} may be {value}" for value in words.get(of, ())}
    return found


def of_operation(here, operation):
    found = {f"{here} is called {operation['operationId']}"}
    stated = [parameter for parameter in operation.get("parameters", ()) if "name" in parameter]
    needed = sorted(parameter["name"] for parameter in stated if parameter.get("required"))
    found.add(f"{here} needs only {', '.join(needed) or 'nothing'}")
    for parameter in stated:
        found.add(f"{here} takes {parameter['name']} in the {parameter['in']}")
        for value in parameter["schema"].get("enum", ()):
            found.add(f"{here} takes {parameter['name']}={value}")
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            found.add(f"{here} answers {status} with {media_type}: {kind(content['schema'])}")
            if status != "200":
                found |= {f"{here} answers {status} {name.lower()}" for name in content["examples"]}
    return found


def kind(schema):
    """The type in short: the same for the same shape."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    for word in ("allOf", "anyOf", "oneOf"):
        if word in schema:
            return " or ".join(kind(one) for one in schema[word])
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'])}"
    types = schema.get("type", "anything")
    said = types if isinstance(types, str) else " or ".join(types)
    return f"{said} ({schema['format']})" if "format" in schema else said


def written_down():
    return set(FILE.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    import django

    django.setup()
    from tests.api.contract import contract

    FILE.write_text("\n".join(sorted(promises(contract()))) + "\n", encoding="utf-8")
