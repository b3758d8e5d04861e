"""A form opened before the last login: nothing that was typed is lost, nobody else's is sent."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.admin.desk import text_of
from tests.admin.pages import draft_page, fields
from topics.models import Version

ORIGIN = {"headers": {"origin": "http://testserver"}}


def opened(user, version):
    """A browser with a draft open, whose owner then logs in again in another tab."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    page = client.get(draft_page(version))
    data = {**fields(page), "csrfmiddlewaretoken": token_of(page), "title": "Typed before the login"}
    login = client.get(reverse("admin:login"))
    del client.cookies["csrftoken"]
    login = client.get(reverse("admin:me"))
    assert token_of(login) != data["csrfmiddlewaretoken"]
    return client, data


def token_of(response):
    return response.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_it_is_said_what_happened_and_one_press_sends_it_once_more(newsroom):
    version = make.draft(newsroom)
    client, data = opened(newsroom.writer, version)
    refused = client.post(draft_page(version), data, **ORIGIN)
    assert refused.status_code == 403
    words = text_of(refused)
    assert "nothing of it was saved" in words and "Nothing that you typed is lost" in words
    assert f"logged in as {newsroom.writer.printed_name()}" in words
    assert Version.objects.get(pk=version.pk).title == version.title
    again = {**fields(refused), "csrfmiddlewaretoken": token_of(refused)}
    assert client.post(draft_page(version), again, **ORIGIN).status_code == 302
    assert Version.objects.get(pk=version.pk).title == "Typed before the login"


@pytest.mark.parametrize("origin", [{"origin": "https://evil.example"}, {"origin": "null"}, {}])
def test_nothing_is_given_back_of_a_form_that_another_site_sent(newsroom, origin):
    version = make.draft(newsroom)
    client, data = opened(newsroom.writer, version)
    refused = client.post(draft_page(version), {**data, "title": "Forged"}, headers=origin)
    assert refused.status_code == 403
    assert "Forged" not in refused.content.decode()
    assert "Send it once more" not in text_of(refused)


def test_a_password_is_never_given_back(newsroom):
    version = make.in_medical_review(newsroom)
    client = Client(enforce_csrf_checks=True)
    client.force_login(newsroom.primary.user)
    address = reverse("admin:version_act", args=[version.pk, "sign_off"])
    refused = client.post(address, {"password": make.PASSWORD, "seen_state": "x"}, **ORIGIN)
    assert refused.status_code == 403
    assert make.PASSWORD not in refused.content.decode()
    assert "Your password is not kept" in text_of(refused)


def test_who_is_logged_in_is_told_with_the_token_of_now_to_this_site_alone(newsroom):
    client = Client(enforce_csrf_checks=True)
    nobody = client.get(reverse("admin:session"))
    assert nobody.json() == {"user": None, "name": "", "token": ""}
    client.force_login(newsroom.writer)
    reply = client.get(reverse("admin:session"), headers={"origin": "https://evil.example"})
    assert reply.json()["user"] == str(newsroom.writer.pk)
    assert "no-store" in reply.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in reply.headers
    data = {**fields(client.get(draft_page(make.draft(newsroom)))), "title": "With the fresh token"}
    version = Version.objects.get()
    data["csrfmiddlewaretoken"] = reply.json()["token"]
    assert client.post(draft_page(version), data, **ORIGIN).status_code == 302
