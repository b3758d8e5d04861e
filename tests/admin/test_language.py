"""The interface speaks Spanish to those who want it, by choice or as their browser asks."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import text_of
from tests.admin.pages import sign_in
from tests.admin.spanish import SPANISH, leftovers

ROLES = ("writer", "editor", "publisher", "administrator")


def staff(newsroom):
    return [*(getattr(newsroom, role) for role in ROLES), newsroom.primary.user]


def test_every_role_finds_its_landing_page_in_spanish(client, newsroom):
    make.in_medical_review(newsroom, title="Tos")
    make.approved(newsroom, title="Asma")
    make.submitted(newsroom, title="Fiebre")
    make.draft(newsroom, title="Gripe")
    make.released(newsroom, title="Ictus")
    for user in staff(newsroom):
        response = sign_in(client, user).get(reverse("admin:index"), **SPANISH)
        assert "Mi trabajo" in text_of(response)
        assert leftovers(response) == [], user


def test_the_choice_of_a_language_is_kept_and_beats_the_browser(client, newsroom):
    sign_in(client, newsroom.editor)
    index = reverse("admin:index")
    answer = client.post(
        reverse("set_language"), {"language": "es", "next": index}, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert answer.status_code == 302
    page = client.get(index, HTTP_ACCEPT_LANGUAGE="en")
    assert '<html lang="es"' in page.content.decode()
    assert "Mi trabajo" in text_of(page)


def test_a_language_that_is_not_offered_leaves_english(client, newsroom):
    page = sign_in(client, newsroom.editor).get(reverse("admin:index"), HTTP_ACCEPT_LANGUAGE="fi")
    assert '<html lang="en"' in page.content.decode()


def test_the_login_page_offers_the_languages(client, db):
    page = client.get(reverse("admin:login"), **SPANISH)
    assert leftovers(page) == []
    assert 'name="language"' in page.content.decode()


def test_refusals_are_told_in_spanish(client, newsroom):
    version = make.draft(newsroom, title="")
    sign_in(client, newsroom.writer)
    page = client.get(reverse("admin:version_act", args=[version.pk, "submit"]), **SPANISH)
    assert "Falta el título." in text_of(page)


def test_scripts_have_their_words_in_spanish(client, newsroom):
    answer = sign_in(client, newsroom.writer).get(reverse("admin:jsi18n"), **SPANISH)
    assert "Puntos clave" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_api_has_one_language_whoever_asks(client, newsroom, language):
    make.released(newsroom, slug="asthma")
    answer = client.get("/api/v1/articles/nowhere/", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.json()["title"] == "Not found"
    assert "Accept-Language" not in answer.get("Vary", "")
