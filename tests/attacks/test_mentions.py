"""The index of links freezes with the version whose text it was read from."""

import pytest
from django.db import IntegrityError, transaction

from tests import make
from topics.models import Mention


def link(article):
    return f'<p><a href="article:{article.public_id}">x</a></p>'


def test_the_index_of_a_submitted_version_is_not_added_to_changed_or_removed(newsroom):
    one, other = (make.draft(newsroom, slug=slug).article for slug in ("fever", "flu"))
    version = make.submitted(newsroom, body=link(one))
    row = Mention.objects.filter(version=version)
    elsewhere = Mention.objects.filter(version=make.draft(newsroom, body=link(one)))
    for wall, way in (
        ("mention_is_frozen_insert", lambda: Mention(version=version, article=other).save()),
        ("mention_is_frozen_update", lambda: row.update(article=other)),
        ("mention_is_frozen_update", lambda: elsewhere.update(version=version)),
        ("mention_is_frozen_delete", lambda: row.get().delete()),
        ("mention_is_frozen_delete", lambda: row.delete()),
    ):
        with pytest.raises(IntegrityError, match=wall), transaction.atomic():
            way()


def test_the_index_of_a_draft_is_written_anew(newsroom):
    one, other = (make.draft(newsroom, slug=slug).article for slug in ("fever", "flu"))
    rows = Mention.objects.filter(version=make.draft(newsroom, body=link(one)))
    rows.update(article=other)
    rows.delete()
    assert not rows.exists()
