"""Moving an article to another category: a page of its own, never while a version is in review."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import post, text_of
from topics.models import AuditEntry

pytestmark = pytest.mark.django_db


def move(user, article, category):
    return post(user, reverse("admin:recategorise", args=[article.pk]), category=category.pk)


def test_an_editor_moves_an_article_that_is_not_in_review(newsroom):
    article = make.draft(newsroom).article
    other = make.category("liver", policy=newsroom.policy)
    assert move(newsroom.editor, article, other).status_code == 302
    article.refresh_from_db()
    assert article.category == other
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, entry.actor, entry.detail) == (
        "recategorise",
        newsroom.editor,
        '{"after":"liver","before":"lungs"}',
    )


def test_an_article_in_review_stays_where_it_is(newsroom):
    article = make.submitted(newsroom).article
    reply = move(newsroom.editor, article, make.category("liver", policy=newsroom.policy))
    assert reply.status_code == 409
    assert "reviewed under the policy of its category" in text_of(reply)
    article.refresh_from_db()
    assert article.category == newsroom.category


def test_a_publisher_moves_nothing(newsroom):
    article = make.draft(newsroom).article
    reply = move(newsroom.publisher, article, make.category("liver", policy=newsroom.policy))
    assert reply.status_code == 403
    article.refresh_from_db()
    assert article.category == newsroom.category
