"""How an edition stands at an instant, and the reply where it must not be shown."""

from topics.api.addresses import article_path
from topics.api.problems import Problem
from topics.publishing.stamps import stamp
from topics.rules.review_dates import utc_day
from topics.vocabulary import WithdrawalKind


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


def refuse_unless_shown(edition, *, at, follow=False):
    """Raises the 410 of an edition that was withdrawn, or withheld, by `at`.

    With `follow`, one that moved to an article in force raises a 301 there instead.
    """
    standing = status(edition, at=at)
    if standing == "withdrawn":
        refuse_withdrawn(edition, at=at, follow=follow)
    if standing == "expired":
        due = edition.next_review_due.isoformat()
        raise Problem(
            "review-overdue",
            f"It is withheld since {utc_day(edition.ends_at)}, because its review was due on {due}.",
            article=named(edition),
            next_review_due=due,
        )


def refuse_withdrawn(edition, *, at, follow):
    record = withdrawal_record(edition, at=at)
    more = {"article": named(edition), "withdrawal": record}
    if follow and record["kind"] == WithdrawalKind.MOVED and record["replacement"]:
        title, url = record["replacement"]["title"], record["replacement"]["url"]
        raise Problem("moved", f"Read “{title}” instead.", headers={"Location": url}, **more)
    day = utc_day(edition.withdrawal.effective_at)
    raise Problem("withdrawn", f"It was withdrawn on {day}: {record['explanation']}", **more)


def named(edition):
    """Which article and edition a refusal is about."""
    return {
        "id": str(edition.article.public_id),
        "slug": edition.article.slug,
        "language": edition.language,
        "edition": edition.number,
    }
