"""The record that accompanies a document in its edition: numbers, dates, sign-offs as printed."""

import json

from topics.content.document import SIGNED_FIELDS
from topics.publishing.stamps import stamp
from topics.vocabulary import ChangeKind


def build_record(version, *, number, starts_at, first_published, modified, dates, base):
    """The record of a new edition, as a dict. It is frozen with the edition and served as it is.

    `base` is the edition in whose place it comes, or None; a minor change keeps that one's reviews,
    because it is no review of the whole article, and adds its own confirmation.
    """
    article = version.article
    kept = json.loads(base.record)["reviews"] if version.change_kind == ChangeKind.MINOR else []
    return {
        "slug": article.slug,
        "category": {"slug": article.category.slug, "name": article.category.name},
        "edition": number,
        "version": version.number,
        "change_kind": version.change_kind,
        "change_note": version.change_note,
        "first_published": stamp(first_published),
        "published": stamp(starts_at),
        "modified": stamp(modified),
        "last_reviewed": dates.last_reviewed.isoformat(),
        "next_review_due": dates.next_due.isoformat(),
        "reviews": kept + [printed(sign_off) for sign_off in version.sign_offs.all()],
        "digest": version.digest,
        "signed_fields": list(SIGNED_FIELDS),
    }


def printed(sign_off):
    """A sign-off as it is printed with the article."""
    return {
        "role": sign_off.role,
        "name": sign_off.printed_name,
        "credentials": sign_off.printed_credentials,
        "specialty": sign_off.printed_specialty,
        "meaning": sign_off.meaning,
        "statement": sign_off.statement,
        "disclosure": sign_off.disclosure,
        "signed_at": stamp(sign_off.signed_at),
        "version": sign_off.version.number,
        "digest": sign_off.digest,
    }
