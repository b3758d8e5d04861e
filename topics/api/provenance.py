"""Provenance of an article's edition, sealed by the publisher, and the public keys that verify it."""

from django.utils import timezone

from topics.api import parameters, surrogates
from topics.api.caching import reply
from topics.api.editions import edition_to_serve
from topics.api.formats.table import JSON, Format
from topics.api.lookup import on_the_shelf
from topics.api.provenance_schema import EDITION_PROVENANCE, KEYS, PROVENANCE
from topics.api.standing import refuse_unless_shown
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.keys import published_keys
from topics.publishing.replies import dump
from topics.publishing.seal import provenance

KEY_SET = Format("jwks", "application/jwk-set+json")


def sealed_reply(request, edition, *, at):
    """The provenance of an edition. A new key changes it, so nothing dates it but its ETag."""
    ends = edition.ends_at
    return reply(
        request,
        dump(provenance(edition)),
        at=at,
        next_change=ends if ends and ends > at else None,
        language=edition.language,
        keys=[*surrogates.of_edition(edition), surrogates.SIGNING_KEYS],
    )


class ProvenanceView(ReadView):
    accepted = {"language": parameters.language}

    @PROVENANCE
    def get(self, request, reference):
        at = timezone.now()
        with on_the_shelf(reference):
            edition = shelf.find(
                reference, at=at, reader=self.reader, language=self.given.get("language")
            )
        refuse_unless_shown(edition, at=at, follow=True)
        self.served = edition.article_id
        return sealed_reply(request, edition, at=at)


class EditionProvenanceView(ReadView):
    accepted = {"language": parameters.language}

    @EDITION_PROVENANCE
    def get(self, request, reference, number):
        at = timezone.now()
        edition = edition_to_serve(self, reference, number, at=at)
        return sealed_reply(request, edition, at=at)


class KeySetView(ReadView):
    for_everyone = True
    formats = {one.name: one for one in (KEY_SET, JSON)}

    @KEYS
    def get(self, request):
        return reply(
            request,
            dump(published_keys()),
            at=timezone.now(),
            media_type=self.format.media_type,
            negotiated=True,
            keys=[surrogates.SIGNING_KEYS],
        )
