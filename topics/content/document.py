"""The document of one version: exactly what reviewers sign and consumers get, and nothing else."""

import unicodedata
from collections.abc import Mapping, Sequence

from topics.content.html import clean
from topics.content.inline import link_target, visible
from topics.content.sections import sections

SIGNED_FIELDS = (
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
)
"""The keys of every document, sorted. A field that is not here is not signed and not served."""

AUTHOR_FIELDS = ("name", "credentials")
REFERENCE_FIELDS = ("title", "url", "doi", "pmid")
CODE_FIELDS = ("system", "code", "display")


def build_document(
    *,
    article_id: str,
    language: str,
    title: str,
    also_called: Sequence[str],
    summary: str,
    body: str,
    authors: Sequence[Mapping],
    references: Sequence[Mapping],
    codes: Sequence[Mapping],
    related_ids: Sequence[str],
    audience: str = "patient",
) -> dict:
    """The document of these fields, the same on every machine: it reads no clock and no database.

    Text is NFC, stripped and without invisible characters; `body` is cleaned HTML divided into
    sections; a missing or empty value of an author, reference or code is "", and so is an address of
    a reference that is none on the web. Order is kept, since it is part of what was signed. Raises
    what `clean` raises.
    """
    return {
        "id": plain(article_id),
        "language": plain(language),
        "title": plain(title),
        "audience": plain(audience),
        "also_called": [name for name in map(plain, also_called) if name],
        "summary": plain(summary),
        "sections": sections(clean(body)),
        "authors": [_chosen(author, AUTHOR_FIELDS) for author in authors],
        "references": [_reference(reference) for reference in references],
        "codes": [_chosen(code, CODE_FIELDS) for code in codes],
        "related_ids": [plain(related) for related in related_ids],
    }


def _chosen(given: Mapping, fields: Sequence[str]) -> dict[str, str]:
    return {name: plain(given.get(name)) for name in fields}


def _reference(given: Mapping) -> dict[str, str]:
    chosen = _chosen(given, REFERENCE_FIELDS)
    target = link_target(chosen["url"])
    # Pages print it as a link: a script, or an article's id, is nothing to open.
    return chosen | {"url": target if target.startswith(("http://", "https://")) else ""}


def plain(value: object) -> str:
    """A text as it is signed: NFC, stripped, without invisible characters."""
    text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", visible(text)).strip()
