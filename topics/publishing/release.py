"""Releasing: the one transaction that writes an edition, now or for a later instant."""

import json

from topics.content.canonical import canonical
from topics.models import Edition
from topics.publishing.record import build_record
from topics.publishing.stamps import stamp
from topics.rules.review_dates import review_dates
from topics.workflow.dates import last_full_review
from topics.workflow.door import transition
from topics.workflow.release_conditions import start_of


def release(version, *, actor, starts_at=None, at=None):
    """Releases an approved version from `starts_at` on (from now, without it); returns its edition.

    The edition in force by then ends at that instant. Raises `Refused` with every reason.
    """
    version = transition(
        version,
        "release",
        actor=actor,
        at=at,
        effect=write_edition,
        detail={"starts_at": stamp(starts_at)} if starts_at else {},
        starts_at=starts_at,
    )
    return version.editions.order_by("-number").first()


def write_edition(case, entry):
    version, starts_at = case.version, start_of(case)
    article = version.article
    base = article.editions.ever_in_force().order_by("-number").first()
    dates = review_dates(version.policy, reviewed_on=last_full_review(version))
    # The old one ends first: editions of an article may not overlap for an instant.
    for edition in article.editions.in_force(at=starts_at):
        end(edition, at=starts_at, entry=entry)
    number = article.editions.count() + 1
    first_published = base.first_published if base else starts_at
    modified = base.modified if base and base.digest == version.digest else starts_at
    record = build_record(
        version,
        number=number,
        starts_at=starts_at,
        first_published=first_published,
        modified=modified,
        dates=dates,
        base=base,
    )
    document = json.loads(version.document)
    Edition.objects.create(
        article=article,
        version=version,
        number=number,
        starts_at=starts_at,
        ends_at=dates.expires_at,
        expires_at=dates.expires_at,
        document=version.document,
        digest=version.digest,
        record=canonical(record),
        title=document["title"],
        summary=document["summary"],
        language=article.language,
        category=article.category,
        change_kind=version.change_kind,
        first_published=first_published,
        modified=modified,
        last_reviewed=dates.last_reviewed,
        review_warning_on=dates.warning_on,
        next_review_due=dates.next_due,
        released_by=case.actor,
        released_at=case.at,
        release_entry=entry,
    )


def end(edition, *, at, entry, withdrawal=None):
    """Ends an edition at an instant, or moves its end there. The database refuses the past."""
    edition.ends_at, edition.end_entry = at, entry
    if withdrawal:
        edition.withdrawal = withdrawal
    edition.save(update_fields=["ends_at", "end_entry", "withdrawal"])
