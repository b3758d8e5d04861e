"""Releasing several at once, and moving a schedule: all of them take effect at one instant, or none."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.models import ReleaseBatch, Version
from topics.publishing.release import let_out
from topics.publishing.stamps import stamp
from topics.publishing.withdraw import cancel_with_batch, locked, together_with, why_not_cancel
from topics.rules.refusal import Refusal, Refused, refuse
from topics.workflow.door import why_not
from topics.workflow.ledger import begin_act, record


class RefusedTogether(Refused):
    """Some of several can't be released, so none was. `of` maps each version's id to its refusals."""

    def __init__(self, of):
        self.of = of
        super().__init__([refusal for refusals in of.values() for refusal in refusals])

    def by_title(self, versions):
        """The refusals, each sentence with the title of what it is about."""
        titles = {version.pk: version.title for version in versions}
        return [
            replace(
                refusal,
                sentence=_("“%(title)s”: %(sentence)s")
                % {"title": titles.get(pk, ""), "sentence": refusal.sentence},
            )
            for pk, refusals in self.of.items()
            for refusal in refusals
        ]


def why_not_together(versions, *, actor, at=None, starts_at=None):
    """Every reason against releasing these versions together, as a dict: version id to refusals."""
    at = at or timezone.now()
    articles = [version.article_id for version in versions]
    found = {}
    for version in versions:
        refusals = why_not(version, "release", actor=actor, at=at, starts_at=starts_at)
        if articles.count(version.article_id) > 1:
            sentence = _("Another version of the same article is among those to be released.")
            refusals.append(Refusal("article_is_named_twice", sentence))
        if refusals:
            found[version.pk] = refusals
    return found


@transaction.atomic
def release_together(versions, *, actor, starts_at=None, at=None):
    """Releases several approved versions at the same instant, now or later; returns their editions.

    They stay a unit until then: cancelling or moving one of them cancels or moves all. Raises
    `RefusedTogether` with the reasons of every version that can't be released, and `Refused` where
    fewer than two are given.
    """
    at = begin_act(at=at)
    return let_out_together(versions, actor=actor, at=at, starts_at=starts_at)


def let_out_together(versions, *, actor, at, starts_at=None, moved_from=None):
    """The same as a part of an act that has begun. `moved_from`: the editions' earlier instant."""
    if len(versions) < 2:
        refuse([Refusal("too_few", _("Choose two versions or more to release them together."))])
    afresh = Version.objects.select_related("article__category")
    versions = list(afresh.filter(pk__in=[version.pk for version in versions]).order_by("article_id"))
    found = why_not_together(versions, actor=actor, at=at, starts_at=starts_at)
    if found:
        raise RefusedTogether(found)
    moved = {"moved_from": stamp(moved_from)} if moved_from else {}
    entry = record(
        "release_together",
        actor=actor,
        at=at,
        starts_at=stamp(starts_at or at),
        versions=[version.pk for version in versions],
        articles=[f"{version.article} v{version.number}" for version in versions],
        **moved,
    )
    batch = ReleaseBatch.objects.create(
        key=str(entry.number),
        starts_at=starts_at or at,
        created_by=actor,
        created_at=at,
        entry=entry,
        last_id=entry.number + len(versions),
    )
    given = {"starts_at": starts_at, "batch": batch, "together": entry.number}
    return [let_out(version, actor=actor, at=at, **given) for version in versions]


@transaction.atomic
def reschedule(edition, *, actor, starts_at=None, at=None):
    """Moves a scheduled release to another instant (to now, without it), with all of its batch.

    The scheduled editions are cancelled and the versions released again, in one transaction: where
    the new instant is refused, the old schedule stands. Returns the new editions; their numbers follow
    those that were cancelled. Raises `Refused`, of a batch `RefusedTogether`.
    """
    at = begin_act(at=at)
    edition = locked(edition)
    refuse(why_not_cancel(edition, actor=actor, at=at))
    before = edition.starts_at
    if starts_at == before:
        refuse([Refusal("starts_then_already", _("It is scheduled for that instant already."))])
    versions = [member.version for member in together_with(edition)]
    cancel_with_batch(edition, actor=actor, at=at, moved_to=stamp(starts_at or at))
    if len(versions) > 1:
        return let_out_together(versions, actor=actor, at=at, starts_at=starts_at, moved_from=before)
    moved = {"moved_from": stamp(before)}
    return [let_out(versions[0], actor=actor, at=at, starts_at=starts_at, **moved)]
