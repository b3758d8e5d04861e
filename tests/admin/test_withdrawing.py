"""Before an edition is withdrawn its page shows what that reaches, and makes sure of which it is."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.admin.desk import edition_url, post, reasons_of, signed_in, text_of
from topics.models import AuditEntry, Edition, Withdrawal
from topics.publishing.together import release_together

SEARCH = "/admin/desk/public-articles/"


def typed(edition, **more):
    return {
        "kind": "safety_recall",
        "explanation": "The dose is wrong.",
        "when": "now",
        "confirmation": edition.article.slug,
        **more,
    }


def test_the_slug_has_to_be_typed(newsroom):
    edition = make.released(newsroom, slug="cough")
    url = edition_url(edition, "withdraw")
    for wrong in ("", "coug", "cough-2"):
        response = post(newsroom.publisher, url, **typed(edition, confirmation=wrong))
        assert response.status_code == 422
        assert reasons_of(response) == ["Type cough, so that it is certain which article is meant."]
        assert "The dose is wrong." in response.content.decode()
    assert not Withdrawal.objects.exists()
    assert post(newsroom.publisher, url, **typed(edition)).status_code == 302


def test_looking_first_shows_the_410_that_consumers_would_then_get(newsroom):
    edition = make.released(newsroom, slug="cough")
    url = edition_url(edition, "withdraw")
    entries = AuditEntry.objects.count()
    response = post(newsroom.publisher, url, **typed(edition, look="1", confirmation=""))
    assert response.status_code == 200
    shown = response.context["form"].answer
    assert (shown.status, AuditEntry.objects.count()) == (410, entries)
    assert f"GET {shown.path} 410 Gone" in text_of(response)
    assert "Nothing has been done yet." in text_of(response)
    post(newsroom.publisher, url, **typed(edition))
    served = Client().get(shown.path)
    assert served.status_code == 410
    instants = {"withdrawn_at", "effective_at"}
    for record in (shown.record, served.json()["withdrawal"]):
        assert instants <= record.keys()
    assert {k: v for k, v in shown.record.items() if k not in instants} == {
        k: v for k, v in served.json()["withdrawal"].items() if k not in instants
    }


def test_looking_first_at_a_move_shows_where_the_address_would_lead(newsroom):
    instead = make.released(newsroom, slug="cough-in-children", title="Cough in children")
    edition = make.released(newsroom, slug="cough")
    moved = typed(edition, kind="moved", replacement="cough-in-children", look="1")
    response = post(newsroom.publisher, edition_url(edition, "withdraw"), **moved)
    path = f"/api/v1/articles/{instead.article.public_id}/"
    assert f"301 Moved Permanently Location: {path}" in text_of(response)
    assert (
        json.loads(response.context["form"].answer_text)["replacement"]["title"] == "Cough in children"
    )
    assert not Withdrawal.objects.exists()


def test_the_page_shows_the_other_languages_with_how_they_stand(newsroom):
    edition = make.released(newsroom, slug="cough")
    make.draft(newsroom, title="Tos", slug="tos", language="es", translation_of=edition.article)
    text = text_of(signed_in(newsroom.publisher).get(edition_url(edition, "withdraw")))
    assert "tos [es] · not public · version 1: Draft" in text


def test_the_page_names_what_is_cancelled_with_it(newsroom):
    first = make.released(newsroom, title="Alpha")
    following = make.approved(newsroom, make.next_draft(newsroom, first.article, title="Alpha 2"))
    other = make.approved(newsroom, title="Beta")
    release_together(
        [following, other], starts_at=timezone.now() + timedelta(days=3), actor=newsroom.publisher
    )
    text = text_of(signed_in(newsroom.publisher).get(edition_url(first, "withdraw")))
    assert "What was to be released together with it is cancelled as well: Beta" in text
    post(newsroom.publisher, edition_url(first, "withdraw"), **typed(first))
    assert not Edition.objects.scheduled(at=timezone.now()).exists()


def test_what_a_recall_means_stands_on_the_page_before_it_is_chosen(newsroom):
    edition = make.released(newsroom)
    text = text_of(signed_in(newsroom.publisher).get(edition_url(edition, "withdraw")))
    assert "Exactly this content can never be released again, by anybody." in text


def found(user, q, **more):
    reply = signed_in(user).get(SEARCH, {"q": q, **more})
    return [(row["value"], row["title"]) for row in reply.json()["articles"]]


def test_a_replacement_is_found_by_words_of_its_title_among_what_is_public(newsroom):
    make.released(newsroom, slug="croup", title="Croup in small children")
    make.approved(newsroom, slug="secret", title="Croup that is not out")
    edition = make.released(newsroom, slug="cough", title="Croupy cough")
    assert found(newsroom.publisher, "croup") == [
        ("croup [en]", "Croup in small children"),
        ("cough [en]", "Croupy cough"),
    ]
    assert found(newsroom.publisher, "small croup", without=edition.article_id) == [
        ("croup [en]", "Croup in small children")
    ]
    assert found(newsroom.publisher, "") == []


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_only_publishers_search_there(newsroom, role):
    assert signed_in(getattr(newsroom, role)).get(SEARCH, {"q": "c"}).status_code == 403


def test_the_search_takes_few_questions(newsroom, django_assert_max_num_queries):
    for _ in range(3):
        make.released(newsroom, title="Croup")
    client = signed_in(newsroom.publisher)
    with django_assert_max_num_queries(6):
        client.get(SEARCH, {"q": "croup"})
