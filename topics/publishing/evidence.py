"""The evidence behind what is public: each edition against its version, its sign-offs and the ledger."""

import json

from topics.content.canonical import canonical, digest
from topics.models import Edition
from topics.models.signing import as_printed
from topics.publishing.record import build_record
from topics.publishing.trail import interval_gaps
from topics.rules.review_dates import ReviewDates, utc_day
from topics.vocabulary import ChangeKind

CHUNK = 200


def unproven_editions():
    """Yields `(edition, what is wrong)` for every edition whose evidence has a gap.

    It relies on nothing that the walls would have kept out, so it also finds what was written while
    they were down. What is gone altogether is found by `trail.lost_acts`.
    """
    editions = with_evidence(Edition.objects.order_by("article_id", "number"))
    article, before = None, []
    for edition in editions.iterator(chunk_size=CHUNK):
        if edition.article_id != article:
            article, before = edition.article_id, []
        for wrong in faults(edition, before):
            yield edition, wrong
        before.append(edition)


def with_evidence(editions):
    """The editions with every row that `faults` asks for, in a constant number of queries."""
    return editions.select_related(
        "version__article", "category", "release_entry", "end_entry", "withdrawal__entry"
    ).prefetch_related(
        "version__requirements__sign_off__entry",
        "version__requirements__sign_off__credential",
        "version__sign_offs__version",
        "version__sign_offs__requirement",
    )


def faults(edition, before):
    """What is wrong with the evidence of one edition; `before`: the article's older ones, in order."""
    # A record is rebuilt from rows that are sound: where they aren't, it has to differ.
    found = list(gaps(edition)) or list(record_gaps(edition, before))
    return [*found, *interval_gaps(edition)]


def gaps(edition):
    version, entry = edition.version, edition.release_entry
    document = json.loads(edition.document)
    if digest(edition.document) != edition.digest:
        yield "serves a document that does not have its digest"
    if canonical(document) != edition.document:
        yield "serves a document that is not in canonical form"
    if (version.document, version.digest) != (edition.document, edition.digest):
        yield "serves another document than its version's"
    if json.loads(edition.record)["digest"] != edition.digest:
        yield "states another digest in its record than its own"
    for name in ("title", "summary", "language"):
        if document.get(name) != getattr(edition, name):
            yield f"is listed with another {name} than its document's"
    if (edition.change_kind, edition.article_id) != (version.change_kind, version.article_id):
        yield "states another kind of change or article than its version"
    if (entry.act, entry.version_id, entry.at, entry.actor_id) != (
        "release",
        version.pk,
        edition.released_at,
        edition.released_by_id,
    ):
        yield "is not in the audit trail as a release"
    requirements = list(version.requirements.all())
    if not requirements:
        yield "was released without any sign-off being asked for"
    for requirement in requirements:
        sign_off = getattr(requirement, "sign_off", None)
        if sign_off is None or sign_off.digest != edition.digest:
            yield f"is not signed by its {requirement.label}"
        elif not is_in_ledger(sign_off):
            yield f"has a sign-off by {sign_off.printed_name} that the audit trail does not know"
        elif not prints_its_credential(sign_off):
            yield f"has a sign-off by {sign_off.printed_name} that prints another credential than it had"


def record_gaps(edition, before):
    """What the record and the dates say beyond what follows from the rows; `before`: older editions.

    The slug and the category's name are the record's own, because those may change afterwards.
    """
    version, record = edition.version, json.loads(edition.record)
    base = base_of(edition, before)
    sign_offs = sorted(version.sign_offs.all(), key=lambda signed: signed.requirement.position)
    if version.change_kind == ChangeKind.MINOR:
        reviewed = base.last_reviewed if base else None
    else:
        reviewed = max((utc_day(signed.signed_at) for signed in sign_offs), default=None)
    unchanged = base and base.digest == edition.digest
    derived = {
        "last_reviewed": reviewed,
        "first_published": base.first_published if base else edition.starts_at,
        "modified": base.modified if unchanged else edition.starts_at,
    }
    for name, value in derived.items():
        if getattr(edition, name) != value:
            yield f"states another day or instant as {name} than follows from its sign-offs and its base"
    if not edition.last_reviewed <= edition.review_warning_on <= edition.next_review_due:
        yield "is not warned of between its review and the next"
    if version.change_kind == ChangeKind.MINOR and base is None:
        return
    dates = ReviewDates(
        edition.last_reviewed, edition.review_warning_on, edition.next_review_due, edition.expires_at
    )
    kept = [] if version.change_kind != ChangeKind.MINOR else json.loads(base.record)["reviews"]
    rebuilt = build_record(
        version,
        number=edition.number,
        starts_at=edition.starts_at,
        first_published=edition.first_published,
        modified=edition.modified,
        dates=dates,
        base=base,
    )
    own = {"slug": record.get("slug"), "category": named(record.get("category"))}
    if len(record.get("reviews", [])) != len(kept) + len(sign_offs):
        yield "prints another number of sign-offs than it has"
    if canonical(rebuilt | own) != edition.record:
        yield "has a record that does not follow from its rows"


def named(category):
    """The category of a record with nothing in it but its names."""
    if not isinstance(category, dict):
        return {}
    return {name: str(category.get(name)) for name in ("name", "slug")}


def base_of(edition, before):
    """The newest older edition that was in force, or was until this release ended it."""
    return next(
        (
            older
            for older in reversed(before)
            if not older.was_cancelled() or older.end_entry_id == edition.release_entry_id
        ),
        None,
    )


def is_in_ledger(sign_off):
    entry = sign_off.entry
    return (
        entry.act == "sign_off"
        and entry.version_id == sign_off.version_id
        and entry.actor_id == sign_off.user_id
        and entry.at == sign_off.signed_at
        and json.loads(entry.detail).get("digest") == sign_off.digest
    )


def prints_its_credential(sign_off):
    """Whether its credential reads as it was printed; since then it may only have been cut short."""
    now, then = as_printed(sign_off.credential), as_printed(sign_off.printed_credential())
    cut_short = then.pop("credential_expires_on") >= now.pop("credential_expires_on")
    return cut_short and now == then
