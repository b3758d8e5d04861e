"""The index of links says what the text of each draft links to, and freezes with it."""

import pytest

from tests import make
from topics.models import Mention
from topics.workflow import acts, drafting


def link(*articles):
    return "".join(f'<p><a href="article:{article.public_id}">x</a></p>' for article in articles)


def mentioned(version):
    return set(version.mentions.values_list("article__slug", flat=True))


@pytest.fixture
def others(newsroom):
    return [make.draft(newsroom, slug=slug).article for slug in ("fever", "flu", "rash")]


def test_a_new_article_an_edit_and_a_next_version_note_what_they_link_to(newsroom, others):
    fever, flu, rash = others
    version = make.draft(newsroom, body=link(fever, flu))
    assert mentioned(version) == {"fever", "flu"}
    version = drafting.edit(version, actor=newsroom.writer, revision=1, body=link(flu, rash, flu))
    assert mentioned(version) == {"flu", "rash"}
    edition = make.released(newsroom, version)
    following = make.next_draft(newsroom, edition.article)
    assert mentioned(following) == {"flu", "rash"}
    drafting.edit(following, actor=newsroom.writer, revision=following.revision, body="<p>None</p>")
    assert mentioned(following) == set()
    assert mentioned(version) == {"flu", "rash"}


def test_a_draft_that_was_written_past_the_door_is_indexed_when_it_freezes(newsroom, others):
    version = make.draft(newsroom)
    version.body, version.revision = link(others[0]), version.revision + 1
    version.save()
    assert mentioned(version) == set()
    assert mentioned(acts.submit(version, actor=newsroom.writer)) == {"fever"}


def test_an_index_that_disagrees_changes_nothing_that_is_signed(newsroom, others):
    version = make.draft(newsroom, body=link(others[0]))
    Mention.objects.create(version=version, article=others[1])
    submitted = acts.submit(version, actor=newsroom.writer)
    assert mentioned(submitted) == {"fever"}
    assert str(others[1].public_id) not in submitted.document
