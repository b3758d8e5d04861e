"""How an edition stands at an instant, and what the public is told of one that was withdrawn."""

from topics.publishing.addresses import article_path
from topics.publishing.stamps import stamp


def status(edition, *, at):
    """`in_force`, `withdrawn`, `expired` or `superseded`, for an edition that has started by `at`."""
    if edition.is_in_force(at=at):
        return "in_force"
    if withdrawal_in_effect(edition, at=at):
        return "withdrawn"
    return "expired" if edition.ends_at == edition.expires_at else "superseded"


def withdrawal_in_effect(edition, *, at):
    """The withdrawal that ended the edition by `at`, or None: one that is only planned is no news."""
    ended = edition.withdrawal_id and not edition.is_in_force(at=at)
    # Another edition may have come before the planned day.
    return edition.withdrawal if ended and edition.withdrawal.effective_at == edition.ends_at else None


def withdrawal_record(edition, *, at):
    """What the public is told about a withdrawal in effect, or None."""
    withdrawal = withdrawal_in_effect(edition, at=at)
    return withdrawal and {
        "kind": withdrawal.kind,
        "explanation": withdrawal.explanation,
        "withdrawn_at": stamp(withdrawal.withdrawn_at),
        "effective_at": stamp(withdrawal.effective_at),
        "replacement": replacement(edition),
    }


def replacement(edition):
    """What to read instead of a withdrawn edition, or None unless that is in force itself."""
    if edition.replacement_title is None:
        return None
    article = edition.withdrawal.replacement
    return {
        "id": str(article.public_id),
        "slug": article.slug,
        "language": article.language,
        "title": edition.replacement_title,
        "url": article_path(article.public_id),
    }


def named(edition):
    """Which article and edition a refusal is about."""
    return {
        "id": str(edition.article.public_id),
        "slug": edition.article.slug,
        "language": edition.language,
        "edition": edition.number,
    }
