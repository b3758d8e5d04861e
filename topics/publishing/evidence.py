"""The evidence behind what is public: each edition against its version, its sign-offs and the ledger."""

import json

from topics.content.canonical import canonical, digest
from topics.models import Edition


def unproven_editions():
    """Yields `(edition, what is wrong)` for every edition whose evidence has a gap.

    It relies on nothing that the walls would have kept out, so it also finds what was written while
    they were down.
    """
    editions = Edition.objects.select_related("version", "release_entry").prefetch_related(
        "version__requirements__sign_off__entry"
    )
    for edition in editions.order_by("pk").iterator(chunk_size=200):
        for wrong in gaps(edition):
            yield edition, wrong


def gaps(edition):
    version, entry = edition.version, edition.release_entry
    if digest(edition.document) != edition.digest:
        yield "serves a document that does not have its digest"
    if canonical(json.loads(edition.document)) != edition.document:
        yield "serves a document that is not in canonical form"
    if (version.document, version.digest) != (edition.document, edition.digest):
        yield "serves another document than its version's"
    if json.loads(edition.record)["digest"] != edition.digest:
        yield "states another digest in its record than its own"
    if (entry.act, entry.version_id, entry.at) != ("release", version.pk, edition.released_at):
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


def is_in_ledger(sign_off):
    entry = sign_off.entry
    return (
        entry.act == "sign_off"
        and entry.version_id == sign_off.version_id
        and entry.actor_id == sign_off.user_id
        and entry.at == sign_off.signed_at
        and json.loads(entry.detail).get("digest") == sign_off.digest
    )
