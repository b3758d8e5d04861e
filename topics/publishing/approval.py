"""The record of approval of one edition: what was signed, and whether it all still holds together."""

import json
from dataclasses import dataclass

from django.db.models import Q

from topics.content.canonical import canonical, digest
from topics.models import AuditEntry, Edition, SignOff
from topics.models.audit import GENESIS
from topics.publishing.evidence import faults, with_evidence
from topics.publishing.record import printed


@dataclass(frozen=True)
class Link:
    """One entry of the ledger with what was found when its hashes were computed anew."""

    entry: AuditEntry
    is_whole: bool
    """Its hash is that of all that it says."""
    follows: bool
    """The hash that it names is that of the entry before it."""

    @property
    def holds(self):
        return self.is_whole and self.follows


@dataclass(frozen=True)
class Approval:
    """What stands behind an edition, as it was found at the moment of asking."""

    digest: str
    """Of the edition's document, computed anew."""
    digest_holds: bool
    """The edition and its version state the same."""
    faults: list
    """What is wrong with the edition's evidence, as `verify_ledger` says it; empty: nothing."""
    links: list
    signatures: list
    """The sign-offs that it prints as `(as printed, the row)`; None where there is no such row."""

    @property
    def chain_holds(self):
        return all(link.holds for link in self.links)

    @property
    def holds(self):
        return self.digest_holds and self.chain_holds and not self.faults


def approval_of(edition):
    """Reads the edition's evidence afresh and computes its digest and the hashes of its acts.

    The acts are those on its version and the ones that released or ended it. The queries are as many
    for a long history as for a short one. `evidence.unproven_editions` asks the same of all editions.
    """
    editions = Edition.objects.filter(article_id=edition.article_id, number__lte=edition.number)
    *before, this = with_evidence(editions.order_by("number"))
    computed = digest(canonical(json.loads(this.document)))
    return Approval(
        digest=computed,
        digest_holds=computed == this.digest == this.version.digest,
        faults=faults(this, before),
        links=links_of(this),
        signatures=signatures_of(this),
    )


def signatures_of(edition):
    """What the edition prints of each sign-off, with the row that it was printed from."""
    reviews = json.loads(edition.record)["reviews"]
    given = SignOff.objects.filter(
        version__article=edition.article_id,
        version__number__in={review["version"] for review in reviews},
    )
    known = {canonical(printed(row)): row for row in given.select_related("version")}
    return [(review, known.get(canonical(review))) for review in reviews]


def links_of(edition):
    """The ledger's entries about the edition in their order, each checked against the one before it."""
    numbers = {edition.release_entry_id, edition.end_entry_id, *batch_entries(edition)} - {None}
    about = Q(version_id=edition.version_id) | Q(pk__in=numbers)
    entries = list(AuditEntry.objects.filter(about).select_related("actor").order_by("number"))
    before = dict(
        AuditEntry.objects.filter(pk__in=[entry.number - 1 for entry in entries]).values_list(
            "number", "hash"
        )
    )
    return [
        Link(
            entry,
            entry.hash == entry.computed_hash(),
            entry.previous_hash == before.get(entry.number - 1, GENESIS if entry.number == 1 else ""),
        )
        for entry in entries
    ]


def batch_entries(edition):
    """The numbers of the entries that released it together with others."""
    detail = json.loads(edition.release_entry.detail)
    together = detail.get("together")
    return [together] if isinstance(together, int) else []
