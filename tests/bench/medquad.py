"""The articles of MedQuAD as editions in force, with the questions that people ask about each.

The questions themselves are nowhere in the text that is loaded.
"""

import html
import json
from datetime import datetime, timezone

from tests.bench.shelves import Shelf
from tests.make import CORPUS
from topics.content.canonical import canonical
from topics.content.document import build_document

FILE = CORPUS / "medquad" / "articles.jsonl"
LONGEST_SUMMARY = 300
LONGEST_TITLE = 200


def read():
    """The corpus, line by line."""
    return [json.loads(line) for line in FILE.read_text().splitlines()]


class MedquadShelf(Shelf):
    """Every article of the corpus, in English, once and in force."""

    translated = superseded = withdrawn = to_come = 0

    def __init__(self, articles, *, now):
        super().__init__(len(articles), now=now)
        self.articles = articles

    def wording(self, article):
        given = self.articles[article.pk - 1]
        answers = [(pair["kind"], pair["answer"] or "") for pair in given["pairs"]]
        title = given["title"][:LONGEST_TITLE]
        summary = " ".join(answers[0][1].split())[:LONGEST_SUMMARY]
        document = build_document(
            article_id=str(article.public_id),
            language="en",
            title=title,
            also_called=given["synonyms"],
            summary=summary,
            body="".join(map(section, answers)),
            authors=[{"name": "Ada Author", "credentials": "MFA"}],
            references=[],
            codes=[],
            related_ids=[],
        )
        return title, summary, canonical(document)


def section(answer):
    kind, text = answer
    parts = [f"<p>{html.escape(' '.join(part.split()))}</p>" for part in text.split("\n\n")]
    return f"<h2>{kind.capitalize()}</h2>{''.join(parts)}"


def load():
    """Loads the corpus; every question with the public id of its article and its kind."""
    articles = read()
    now = datetime.now(timezone.utc).replace(microsecond=0)
    shelf = MedquadShelf(articles, now=now)
    shelf.fill()
    return [
        (public_id, pair["question"], pair["kind"])
        for public_id, given in zip(shelf.ids, articles, strict=True)
        for pair in given["pairs"]
    ]
