"""What a translation is asked: which edition of its source it was made from, and whether it stands."""

from django.utils.translation import gettext as _

from topics.models import Withdrawal
from topics.rules.refusal import Refusal
from topics.vocabulary import ChangeKind, WithdrawalKind
from topics.workflow.case import base_of

STRENGTH = (ChangeKind.PERIODIC_REVIEW, ChangeKind.MINOR, ChangeKind.SUBSTANTIVE)
"""The kinds of change of what was public before, by how much they have reviewed, the least first."""


def source_edition_is_named(case):
    """The edition has to have been public: nobody can compare a wording with what may still change."""
    version, source = case.version, case.version.article.translation_of
    if source is None:
        return
    edition = version.made_from
    if edition is None:
        yield Refusal(
            "no_source_edition",
            _("Say which edition of “%s” this translation was made from.") % source,
        )
    elif edition.article_id != source.pk or not started(edition, at=case.at):
        yield Refusal(
            "source_edition_does_not_fit",
            _("The edition that it was made from must be one of “%s” that has been public.") % source,
        )


def source_was_not_recalled(case):
    edition = case.version.made_from
    if edition and content_was_recalled(edition):
        yield Refusal(
            "source_was_recalled",
            _(
                "Edition %(number)s of “%(source)s”, which this was translated from, was recalled for "
                "safety. Start a version that is made from a later edition."
            )
            % {"number": edition.number, "source": edition.article},
        )


def change_is_not_weaker_than_the_sources(case):
    # Otherwise one role alone, or nobody who compares, would confirm what all had to review there.
    version, base = case.version, case.once(base_of)
    before = base.version.made_from if base else None
    if before is None or version.made_from is None:
        return
    first, last = sorted((before.number, version.made_from.number))
    between = version.made_from.article.editions.ever_in_force()
    fitting = kind_of_all(between.filter(number__gt=first, number__lte=last))
    if is_weaker(version.change_kind, fitting):
        yield weaker_than(fitting)


def kind_of_all(editions):
    """The one kind of change that the changes of all these editions are together."""
    kinds = {edition.change_kind for edition in editions}
    if kinds <= {ChangeKind.PERIODIC_REVIEW}:
        return ChangeKind.PERIODIC_REVIEW
    if kinds <= {ChangeKind.PERIODIC_REVIEW, ChangeKind.MINOR}:
        return ChangeKind.MINOR
    return ChangeKind.SUBSTANTIVE


def is_weaker(kind, fitting):
    """Whether a change of this kind is reviewed less than one of the fitting kind."""
    both_rank = kind in STRENGTH and fitting in STRENGTH
    return both_rank and STRENGTH.index(kind) < STRENGTH.index(fitting)


def weaker_than(fitting):
    return Refusal(
        "kind_is_weaker",
        _("The source has changed more than that. Catching up with it is at least of the kind “%s”.")
        % ChangeKind(fitting).label,
    )


def content_was_recalled(edition):
    """Whether just what this edition says was recalled for safety, in it or in another edition."""
    return Withdrawal.objects.filter(
        kind=WithdrawalKind.SAFETY_RECALL,
        edition__article=edition.article_id,
        edition__digest=edition.digest,
    ).exists()


def started(edition, *, at):
    """Whether the edition has been public by then: its release came and was not cancelled before."""
    return edition.starts_at <= at and not edition.was_cancelled()
