"""Releasing: the one transaction that writes an edition, now or for a later instant."""

import json

from django.db import transaction

from topics.content.canonical import canonical
from topics.models import Edition, EditionMark
from topics.publishing.marks import marks_of
from topics.publishing.record import build_record
from topics.publishing.stamps import stamp
from topics.rules.review_dates import review_dates
from topics.workflow.dates import last_full_review
from topics.workflow.door import take_step
from topics.workflow.ledger import begin_act
from topics.workflow.release_conditions import start_of


@transaction.atomic
def release(version, *, actor, starts_at=None, at=None):
    """Releases an approved version from `starts_at` on (from now, without it); returns its edition.

    The edition in force by then ends at that instant. Raises `Refused` with every reason.
    """
    return let_out(version, actor=actor, at=begin_act(at=at), starts_at=starts_at)


def let_out(version, *, actor, at, starts_at=None, batch=None, **detail):
    """Releases a version as a part of an act that has begun: alone, or with the others of a batch.

    `detail` is what the ledger says beyond the instant.
    """
    version = take_step(
        version,
        "release",
        actor=actor,
        at=at,
        effect=write_edition,
        detail={**({"starts_at": stamp(starts_at)} if starts_at else {}), **detail},
        starts_at=starts_at,
        batch=batch,
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
    edition = Edition.objects.create(
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
        audience=document["audience"],
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
        batch=case.given["batch"],
    )
    EditionMark.objects.bulk_create(marks_of(edition))


def end(edition, *, at, entry, withdrawal=None):
    """Ends an edition at an instant, or moves its end there. The database refuses the past."""
    edition.ends_at, edition.end_entry = at, entry
    if withdrawal:
        edition.withdrawal = withdrawal
    edition.save(update_fields=["ends_at", "end_entry", "withdrawal", "batch"])
