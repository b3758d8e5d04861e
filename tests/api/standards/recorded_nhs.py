"""The shapes of the NHS website content API's recorded replies, read from the corpus where it is."""

import json
from collections import defaultdict

from tests.make import CORPUS

FOLDER = CORPUS / "nhs"


def replies(pattern):
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob(pattern))]


def pages():
    """Replies that are articles: they have review dates, and the review of a hub has none."""
    return [one for one in replies("*-no-params.json") if "lastReviewed" in one and "name" in one]


def lists():
    """Pages of the lists from A to Z, and those that begin with a letter."""
    return [*replies("*-root-page-*.json"), *replies("*-root-category-*.json")]


def kinds(replies):
    """Each path of members to what is known of it: `(types, whether its owner always has it)`."""
    types, counts, owners = defaultdict(set), defaultdict(int), defaultdict(int)

    def walk(path, value):
        types[path].add(type(value).__name__)
        if isinstance(value, dict):
            owners[path] += 1
            for name, part in value.items():
                counts[f"{path}.{name}"] += 1
                walk(f"{path}.{name}", part)
        elif isinstance(value, list):
            for part in value:
                walk(f"{path}[]", part)

    for reply in replies:
        walk("$", reply)
    return {
        path: (found, counts[path] == owners.get(path.rpartition(".")[0], 0))
        for path, found in types.items()
    }
