"""What of an edition is indexed: its tokens by field, and the names by which it is completed."""

import re
from dataclasses import dataclass

from topics.content.words import folded
from topics.publishing.search import analyser

MOST_TOKENS = 50_000
LONGEST_KEY = 80
PAREN = re.compile(r"\s*\([^)]*\)")
FIELDS = ("names", "title", "also_called", "headings", "summary", "body")
"""The fields of the index; `names` has a token for each whole name."""


@dataclass(frozen=True)
class Name:
    """A title or another name as it is shown, from one of its words on as it is typed."""

    key: str
    shown: str
    is_title: bool
    place: int


def fields_of(document):
    """The tokens of each field of a document, in the order of `FIELDS`."""
    language = document["language"]
    sections = list(flat(document["sections"]))
    texts = {
        "title": [document["title"]],
        "also_called": document["also_called"],
        "headings": [section["heading"] or "" for section in sections],
        "summary": [document["summary"]],
        "body": [section["text"] for section in sections],
    }
    found = {
        name: [token for text in given for token in analyser.tokens(text, language)][:MOST_TOKENS]
        for name, given in texts.items()
    }
    found["names"] = whole_names(document)
    return {name: found[name] for name in FIELDS}


def whole_names(document):
    """The tokens of the title and of the other names, with and without what stands in brackets."""
    shown = [document["title"], *document["also_called"]]
    given = dict.fromkeys([*shown, *(PAREN.sub("", name) for name in shown)])
    stems = [analyser.subject(name, document["language"]) for name in given]
    return list(dict.fromkeys(analyser.name_token(each) for each in stems if each))


def flat(sections):
    """The sections of a document and those below them, in reading order."""
    waiting = list(reversed(sections))
    while waiting:
        section = waiting.pop()
        yield section
        waiting += reversed(section["sections"])


def names_of(document):
    """Every beginning by which its names can be completed."""
    found = {}
    shown = [(document["title"], True), *((name, False) for name in document["also_called"])]
    for name, is_title in shown:
        typed = [word for word, _, _ in analyser.words(name)]
        for place in range(len(typed)):
            key = " ".join(typed[place:])[:LONGEST_KEY]
            found.setdefault((key, name), Name(key, name, is_title, place))
    return list(found.values())


def key_of(text):
    """What was typed as a key is written: folded words, and whether the last one is finished."""
    typed = [word for word, _, _ in analyser.words(text)]
    return " ".join(typed)[:LONGEST_KEY], bool(typed) and folded(text[-1:]).isspace()
