"""The bodies of replies; an article's is its signed document and its record, byte for byte, and more."""

import json

from topics.publishing import standing
from topics.publishing.addresses import article_path, edition_path, provenance_path
from topics.publishing.replies import merged, surrounding
from topics.publishing.stamps import stamp
from topics.rules.review_dates import utc_day

FROM_RECORD = (
    "slug",
    "category",
    "edition",
    "version",
    "change_kind",
    "change_note",
    "first_published",
    "published",
    "modified",
    "last_reviewed",
    "next_review_due",
    "digest",
)
"""What a list tells of an edition, as it was frozen with it."""


def article_text(edition, around, *, at, as_of=None):
    """The JSON text of an article: three objects merged, the frozen two copied, never re-written.

    `around` is what the shelf found around the edition, `at` the instant of the answer.
    """
    changing = {
        **state(edition, at=at),
        **({"as_of": stamp(as_of)} if as_of else {}),
        **surrounding(around),
        "url": article_path(edition.article.public_id),
        "permanent_url": edition_path(edition.article.public_id, edition.number),
        "provenance_url": provenance_path(edition.article.public_id, edition.number),
    }
    return merged(changing, edition.record, edition.document)


def state(edition, *, at):
    """How an edition stands at the instant of the answer. An end to come is not told."""
    live = edition.is_in_force(at=at)
    return {
        "status": standing.status(edition, at=at),
        "review_status": edition.review_status(on=utc_day(at)) if live else None,
        "ended": None if live else stamp(edition.ends_at),
        "withdrawal": standing.withdrawal_record(edition, at=at),
    }


def list_item(edition, *, at):
    """An edition in force, as a list shows it."""
    record = json.loads(edition.record)
    return {
        "id": str(edition.article.public_id),
        "language": edition.language,
        "title": edition.title,
        "audience": edition.audience,
        "summary": edition.summary,
        **{name: record[name] for name in FROM_RECORD},
        "review_status": edition.review_status(on=utc_day(at)),
        "url": article_path(edition.article.public_id),
    }


def history_item(edition, *, at):
    """An edition, in force or ended, as the history of its article shows it."""
    record = json.loads(edition.record)
    return {
        "id": str(edition.article.public_id),
        "language": edition.language,
        "title": edition.title,
        **{name: record[name] for name in FROM_RECORD},
        **state(edition, at=at),
        "url": edition_path(edition.article.public_id, edition.number),
    }
