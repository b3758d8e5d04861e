"""What the application says where the database refused."""

import pytest
from django.db import IntegrityError, transaction

from tests import make
from topics.models import Edition, walls


def test_a_refusal_carries_a_sentence_for_people(newsroom):
    edition = make.released(newsroom)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(title="x")
    assert walls.message_of(caught.value) == "only the end of an edition may change"


def test_a_refusal_by_another_constraint_carries_no_sentence_of_a_wall(newsroom):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make.user(username=newsroom.writer.username)
    assert walls.message_of(caught.value) is None
