"""What was not approved is nowhere to be read: at no address, beside no edition, in no health record."""

import pytest
from django.utils import timezone

from tests import make
from tests.api.standards.records import addresses
from topics.models import RelatedArticle
from topics.publishing import shelf
from topics.publishing.licensing import OPEN

STATES = {
    "draft": make.draft,
    "editorial_review": make.submitted,
    "medical_review": make.in_medical_review,
    "approved": make.approved,
    "returned": make.returned,
    "released": lambda room: make.released(room).version,
}


def test_a_referenced_draft_is_not_shown(newsroom):
    hidden = make.draft(newsroom, title="Secret")
    version = make.draft(newsroom)
    RelatedArticle.objects.create(version=version, article=hidden.article)
    edition = make.released(newsroom, version)
    assert shelf.surroundings(edition, at=timezone.now(), reader=OPEN).related == []


def test_an_unreviewed_translation_is_not_shown(newsroom):
    edition = make.released(newsroom)
    make.approved(newsroom, language="es", translation_of=edition.article)
    assert shelf.surroundings(edition, at=timezone.now(), reader=OPEN).translations == []


@pytest.mark.parametrize("state", sorted(set(STATES) - {"released"}))
def test_nothing_that_was_not_released_is_on_the_shelf(newsroom, state):
    article = STATES[state](newsroom).article
    for reference in (str(article.public_id), article.slug):
        with pytest.raises(shelf.NotOnShelf):
            shelf.find(reference, at=timezone.now(), reader=OPEN)


@pytest.mark.parametrize("state", sorted(STATES))
def test_only_what_was_released_is_given_to_health_records(client, newsroom, state):
    version = STATES[state](newsroom)
    names = (str(version.article.public_id), version.article.slug)
    asked = addresses(*names, called=version.title)
    replies = [client.get(f"/api/v1/{path}", query) for path, query in asked]
    told = [text for text in (reply.content.decode() for reply in replies) if version.summary in text]
    assert bool(told) == (state == "released")
