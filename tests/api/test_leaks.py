"""What was never released can't be found: not by address, relation, filter, cursor or header."""

import pytest
from django.test import Client

from tests import make
from tests.api import ask
from tests.api.everywhere import everywhere, where
from tests.once import once

SECRET = "SECRETWORDS"
NOTE = "NOTEWORDS"
STAGES = (make.draft, make.submitted, make.in_medical_review, make.approved)


def slug(stage):
    """The slug of the article whose next version stands at a stage."""
    return stage.__name__.replace("_", "-")


def words(stage):
    """The words of that version."""
    return f"{stage.__name__.upper().replace('_', '')}WORDS"


@once
def asked():
    """A newsroom, its articles by slug, and all that is said of them. Each has something hidden."""
    room = make.newsroom()
    draft = make.draft(room, slug="secret-slug", title=SECRET, summary=SECRET)
    noted = make.draft(room, slug="cough", internal_note=NOTE)
    articles = {one.article.slug: one.article for one in (draft, noted)}
    make.released(room, noted)
    make.released(room, ask.rich_draft(room, draft.article, slug="pointing"))
    source = {"translation_of": noted.article}
    tos = make.approved(room, slug="tos", language="es", title=f"{SECRET} TOSWORDS", **source)
    articles["tos"] = tos.article
    # Nor does it make the slug ambiguous.
    make.draft(room, slug="cough", language="es", title=SECRET)
    for stage in STAGES:
        first = make.released(room, slug=slug(stage))
        articles[slug(stage)] = first.article
        said = f"{SECRET} {words(stage)}"
        version = make.next_draft(room, first.article, title=said, summary=said, change_note=said)
        if stage is not make.draft:
            stage(room, version)
    ids = [str(article.public_id) for article in articles.values()]
    return room, articles, everywhere(Client(), *articles, "pointing", ids=ids)


@pytest.fixture
def room(asked, db):
    return asked[0]


@pytest.fixture
def articles(asked, db):
    """By slug. No test here changes any."""
    return asked[1]


@pytest.fixture
def said(asked, db):
    """Everything that the API says."""
    return asked[2]


def test_what_is_public_is_at_these_addresses(said):
    """The twin of all below, so that the absence of words means something."""
    shown = where(said, "What a cough is and what helps.")
    assert {"articles/", "articles/?page_size=1", "search/?q=cough", "articles/cough/"} <= {*shown}
    assert {f"articles/{slug(stage)}/editions/1/" for stage in STAGES} <= {*shown}
    assert len(shown) > len(said) / 3


def test_what_is_not_public_is_nowhere(said):
    assert where(said, SECRET) == []


def test_a_draft_of_a_new_article_is_nowhere(client, said, articles):
    public_id = str(articles["secret-slug"].public_id)
    shown = [path for path, _, headers, body in said if is_named(f"{headers}{body}", "secret-slug")]
    assert shown == []
    assert {status for path, status, _, _ in said if f"/{public_id}/" in path} == {404}
    article = ask.article(client, "pointing").json()
    # The signed document names the id; nothing is resolved from it.
    assert article["related_ids"] == [public_id]
    assert article["related"] == []


def is_named(text, name):
    """Whether the text has the name other than as what was asked for."""
    return name in text.replace(f"/{name}/", "")


@pytest.mark.parametrize("stage", STAGES)
def test_the_next_version_of_a_public_article_is_nowhere(client, said, articles, stage):
    assert articles[slug(stage)].versions.count() == 2
    assert where(said, words(stage)) == []
    assert ask.get(client, f"articles/{slug(stage)}/editions/2/").status_code == 404


def test_a_draft_translation_is_not_named(client, said):
    assert ask.article(client, "cough").json()["translations"] == []
    assert where(said, "TOSWORDS") == []
    assert ask.slugs(client, {"language": "es"}) == []
    assert ask.article(client, "cough").status_code == 200


def test_people_and_internal_words_are_not_told(said, room):
    assert where(said, NOTE) == []
    for person in (room.writer, room.editor, room.publisher, room.primary.user):
        assert where(said, person.username) == []
