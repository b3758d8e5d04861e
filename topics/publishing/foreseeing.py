"""What the public would get after a withdrawal: the status, and the record as it is served."""

from dataclasses import dataclass

from topics.publishing import shelf
from topics.publishing.addresses import article_path
from topics.publishing.licensing import OPEN
from topics.publishing.standing import withdrawal_record
from topics.vocabulary import WithdrawalKind


@dataclass(frozen=True)
class Answer:
    """The reply at the article's address: `status` 410, or 301 with the `location` that it leads to."""

    path: str
    status: int
    location: str
    record: dict


def answer_after(withdrawal):
    """The reply from the instant on at which a withdrawal takes effect. Asked within its transaction."""
    edition = withdrawal.edition
    path = article_path(edition.article.public_id)
    found = shelf.find(str(edition.article.public_id), at=withdrawal.effective_at, reader=OPEN)
    record = withdrawal_record(found, at=withdrawal.effective_at)
    leads = record["kind"] == WithdrawalKind.MOVED and record["replacement"]
    location = record["replacement"]["url"] if leads else ""
    return Answer(path, 301 if leads else 410, location, record)
