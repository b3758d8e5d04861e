"""What stands around a text: the same titles and notices on every page that shows it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.admin.desk import signed_in, text_of
from topics.models import Edition, RelatedArticle
from topics.publishing.previews import share, token_of
from topics.publishing.withdraw import withdraw

pytestmark = pytest.mark.django_db

SEEN = ("Related articles", "Fever in children", "Notices", "Ask your doctor first.")


@pytest.fixture
def versions(newsroom):
    """A released version and one in review that names a public article and one that isn't."""
    fever = make.released(newsroom, title="Fever in children", slug="fever")
    secret = make.draft(newsroom, title="Secret draft", slug="flu")
    make.notice(newsroom, text="Ask your doctor first.")
    make.notice(newsroom, kind="terms", text="Condiciones.", language="es")
    edition = make.released(newsroom)
    draft = make.next_draft(newsroom, edition.article, body=make.BODY.replace("5 mg", "7 mg"))
    for position, article in enumerate((fever.article, secret.article)):
        RelatedArticle.objects.create(version=draft, article=article, position=position)
    return edition, make.in_medical_review(newsroom, draft)


def pages(room, edition, version):
    client = signed_in(room.publisher)
    desk = reverse("admin:review_desk", args=[version.pk])
    yield client.get(desk)
    yield client.get(desk, {"view": "redline"})
    yield client.get(reverse("admin:redline", args=[edition.version_id, version.pk]))
    yield client.get(reverse("admin:topics_version_change", args=[version.pk]))


def test_titles_and_notices_stand_on_every_page_that_shows_a_version(newsroom, versions):
    for page in pages(newsroom, *versions):
        text = text_of(page)
        for words in SEEN:
            assert words in text, (page.request["PATH_INFO"], words)
        assert "fever [en]" not in text
        assert "Secret draft is not public yet: readers don't see it" in text
        assert "flu [en]" not in text
        assert "Condiciones." not in text
        assert text.count("Ask your doctor first.") == 1


def test_a_reviewer_is_told_no_title_that_they_were_not_asked_to_read(newsroom, versions):
    client = signed_in(newsroom.primary.user)
    for view in ({}, {"view": "redline"}):
        text = text_of(client.get(reverse("admin:review_desk", args=[versions[1].pk]), view))
        assert "Secret draft" not in text
        assert "flu [en] is not public yet: readers don't see it" in text


def test_of_what_was_withdrawn_it_is_said_that_it_is_not_public_now(newsroom, versions):
    fever = Edition.objects.get(article__slug="fever")
    withdraw(fever, kind="retired", explanation="Old.", actor=newsroom.publisher)
    page = next(pages(newsroom, *versions))
    assert "Fever in children is not public now: readers don't see it" in text_of(page)


def test_the_redline_calls_related_articles_by_their_titles(newsroom, versions):
    for page in list(pages(newsroom, *versions))[1:3]:
        assert "Secret draft (not public)" in text_of(page)


def test_a_preview_shows_the_same_without_what_is_not_public(newsroom, versions):
    link = share(versions[1], days=1, actor=newsroom.editor)
    text = text_of(Client().get(reverse("preview:page", args=[token_of(link)])))
    for words in SEEN:
        assert words in text
    assert "flu" not in text
    assert text.count("Ask your doctor first.") == 1


def test_an_edition_has_them_too(newsroom, versions):
    address = reverse("admin:topics_edition_change", args=[versions[0].pk])
    text = text_of(signed_in(newsroom.publisher).get(address))
    assert "Ask your doctor first." in text
    assert "Fever in children" not in text
