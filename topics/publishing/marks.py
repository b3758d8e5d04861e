"""The marks of an edition: what its document and its record name, as filters compare it."""

import json

from topics.content.words import WORD, folded
from topics.models import EditionMark
from topics.models.marks import MarkKind

LONGEST = 400


def key_of(name):
    """A name as it is compared: its words without case and accents."""
    return " ".join(WORD.findall(folded(name.replace("\0", " "))))[:LONGEST]


def code_key(system, code):
    return f"{system}|{code.upper()}"


def marks_of(edition):
    """The marks of an edition, unsaved: each author, reviewer, specialty and code once."""
    document, record = json.loads(edition.document), json.loads(edition.record)
    named = [(MarkKind.AUTHOR, author["name"]) for author in document["authors"]]
    for review in record["reviews"]:
        named += [(MarkKind.REVIEWER, review["name"]), (MarkKind.SPECIALTY, review["specialty"])]
    found = {(kind, key_of(label)): label for kind, label in reversed(named)}
    for code in document["codes"]:
        found[MarkKind.CODE, code_key(code["system"], code["code"])] = code["code"]
    return [
        EditionMark(edition=edition, kind=kind, key=key, label=label)
        for (kind, key), label in found.items()
        if key and len(label) <= LONGEST
    ]


def codes_of(editions):
    """The id of each of these editions that has codes, to pairs of a system and a code; one query."""
    found = {}
    ids = [edition.pk for edition in editions]
    for mark in EditionMark.objects.filter(edition__in=ids, kind=MarkKind.CODE).order_by("pk"):
        found.setdefault(mark.edition_id, []).append((mark.key.partition("|")[0], mark.label))
    return found
