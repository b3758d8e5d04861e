"""When the content of a version was last reviewed as a whole."""

from topics.rules.review_dates import utc_day
from topics.vocabulary import ChangeKind
from topics.workflow.changes import released_base


def last_full_review(version):
    """The UTC day on which the last of the policy's roles signed the whole article.

    A minor change is no review: it keeps the day of the edition that it replaces, and has none
    where there is no such edition.
    """
    if version.change_kind == ChangeKind.MINOR:
        base = released_base(version)
        return base.last_reviewed if base else None
    return max(utc_day(sign_off.signed_at) for sign_off in version.sign_offs.all())
