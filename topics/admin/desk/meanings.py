"""What each kind of change and of withdrawal means for those who choose it."""

from django.utils.translation import gettext_lazy as _

from topics.vocabulary import ChangeKind, WithdrawalKind

CHANGES = {
    ChangeKind.NEW: _(
        "The article's first edition. Every role of the review policy signs the whole article."
    ),
    ChangeKind.SUBSTANTIVE: _(
        "What the article says changes. Every role signs the whole article again, and the date of "
        "the last review moves."
    ),
    ChangeKind.MINOR: _(
        "Only the wording changes. One role confirms that the change is not clinical; the date of the "
        "last review stays. Refused where a number, a unit, a dose or a negation changes."
    ),
    ChangeKind.PERIODIC_REVIEW: _(
        "Nothing changes. Every role signs the same text again, and new review dates follow."
    ),
}

WITHDRAWALS = {
    WithdrawalKind.CORRECTION: _("The text has an error. Its address answers with your explanation."),
    WithdrawalKind.SAFETY_RECALL: _(
        "Following it could do harm. It comes first in every consumer's next sync, and exactly this "
        "content can never be released again."
    ),
    WithdrawalKind.RETIRED: _("It is no longer kept up. Its address answers with your explanation."),
    WithdrawalKind.MOVED: _("Another article takes its place: its address leads there."),
}
