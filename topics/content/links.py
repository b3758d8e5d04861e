"""Links to articles: a body names the article by its public id, never by an address that may change."""

import re
from collections.abc import Iterator, Mapping

ARTICLE_SCHEME = "article"
"""`<a href="article:5c2f1a86-3c0e-4d0f-9a41-0d6e2b7f9c11">`, the id in lower case."""

_HREF = re.compile(r'<a href="article:([0-9a-f-]{36})">')


def linked_articles(html: str) -> list[str]:
    """The public ids of the articles that cleaned HTML links to, in order, each once."""
    return list(dict.fromkeys(_HREF.findall(html)))


def articles_linked_by(document: Mapping) -> list[str]:
    """The public ids of the articles that a document's sections link to, in order, each once."""
    return list(
        dict.fromkeys(found for html in _every_html(document) for found in linked_articles(html))
    )


def _every_html(document: Mapping) -> Iterator[str]:
    waiting = list(reversed(document.get("sections") or ()))
    while waiting:
        section = waiting.pop()
        yield section["html"]
        waiting += reversed(section["sections"])
