"""Preview links that open more than one version, live too long, or let slip what they show."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import make
from tests.attacks.previews import as_json, opens, page, shared, unslashed
from topics.models import User, Version, walls
from topics.publishing.previews import revoke, share, token_of
from topics.publishing.release import release
from topics.workflow import acts

# What it opens --------------------------------------------------------------------------------------


def test_a_link_opens_its_version_and_no_other(newsroom):
    one = shared(newsroom, make.draft(newsroom, title="One"))
    two = shared(newsroom, make.draft(newsroom, title="Two"))
    assert as_json(token_of(one)).json()["title"] == "One"
    assert as_json(token_of(two)).json()["title"] == "Two"
    for query in (f"?version={two.version_id}", f"?id={two.pk}", f"?token={token_of(two)}"):
        response = Client().get(f"/preview/{token_of(one)}.json{query}")
        assert response.json()["title"] == "One"


def test_a_link_to_one_version_does_not_follow_to_the_next(newsroom):
    version = make.submitted(newsroom, title="First")
    link = share(version, days=7, actor=newsroom.editor)
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    make.next_draft(newsroom, version.article, change_kind="new", title="Second")
    assert not opens(link)


def test_a_link_opens_nothing_elsewhere(newsroom):
    version = make.draft(newsroom)
    token = token_of(shared(newsroom, version))
    for path in (
        f"/api/v1/articles/{version.article.public_id}/",
        f"/api/v1/articles/{version.article.public_id}/?token={token}",
        f"/api/v1/articles/{token}/",
    ):
        assert Client().get(path).status_code in (400, 404)
    assert Client().get(f"/admin/topics/version/{version.pk}/change/?token={token}").status_code == 302


# When it is dead ------------------------------------------------------------------------------------


def submitted(room, version):
    return make.submitted(room, version)


def in_medical_review(room, version):
    return make.in_medical_review(room, version)


def approved(room, version):
    return make.approved(room, version)


@pytest.mark.parametrize("stage", [submitted, in_medical_review, approved])
def test_a_link_lives_on_from_the_draft_to_the_approved_version(newsroom, stage):
    version = make.draft(newsroom)
    link = shared(newsroom, version)
    assert opens(link)
    stage(newsroom, version)
    assert opens(link)


@pytest.mark.parametrize("starts_in", [None, timedelta(days=3)])
def test_a_link_is_dead_as_soon_as_its_version_is_released_or_scheduled(newsroom, starts_in):
    version = make.approved(newsroom)
    link = share(version, days=7, actor=newsroom.editor)
    assert opens(link)
    starts_at = starts_in and timezone.now() + starts_in
    release(version, actor=newsroom.publisher, starts_at=starts_at)
    assert not opens(link)


def test_a_link_is_dead_as_soon_as_its_version_is_returned(newsroom):
    version = make.submitted(newsroom)
    link = share(version, days=7, actor=newsroom.editor)
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    assert not opens(link)


def test_a_link_is_dead_once_it_was_revoked(newsroom):
    version = make.draft(newsroom)
    link, other = shared(newsroom, version), shared(newsroom, version)
    revoke(link, actor=newsroom.editor)
    assert not opens(link)
    assert opens(other)


def test_a_link_is_dead_while_the_account_that_made_it_is_closed(newsroom):
    version = make.draft(newsroom)
    link, other = shared(newsroom, version), share(version, days=7, actor=newsroom.editor)
    User.objects.filter(pk=newsroom.writer.pk).update(is_active=False)
    assert not opens(link)
    assert opens(other)


def test_a_link_ends_at_its_instant(newsroom):
    link = shared(newsroom, days=1)
    with time_machine.travel(link.expires_at - timedelta(seconds=1), tick=False):
        assert opens(link)
    with time_machine.travel(link.expires_at, tick=False):
        assert not opens(link)


def test_a_changed_key_ends_every_link(newsroom, settings):
    link = shared(newsroom)
    token = token_of(link)
    settings.SECRET_KEY = "another key, of the same good length as before: 0123456789"
    assert page(token).status_code == 404
    assert token_of(link) != token
    assert page(token_of(link)).status_code == 404


# What it lets slip ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ask", [page, unslashed, as_json])
@pytest.mark.parametrize("alive", [True, False])
def test_nobody_keeps_finds_or_passes_on_a_preview(newsroom, ask, alive):
    token = token_of(shared(newsroom)) if alive else "x" * 43
    response = ask(token)
    assert response.status_code == (200 if alive else 404)
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in response
    assert "ETag" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_another_origin_reads_a_preview_only_where_the_settings_name_it(newsroom, settings):
    token = token_of(shared(newsroom))
    settings.PREVIEW_ORIGINS = ["https://front.example"]
    allowed = as_json(token, origin="https://front.example")
    assert allowed["Access-Control-Allow-Origin"] == "https://front.example"
    assert "Access-Control-Allow-Origin" not in as_json(token, origin="https://evil.example")
    assert "Access-Control-Allow-Origin" not in page(token, origin="https://front.example")
    assert "Origin" in as_json(token, origin="https://evil.example")["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_preview_is_only_read(newsroom, method):
    token = token_of(shared(newsroom))
    client = Client(enforce_csrf_checks=True)
    for path in (f"/preview/{token}/", f"/preview/{token}", f"/preview/{token}.json"):
        response = getattr(client, method)(path)
        assert response.status_code == 405
        assert response["Cache-Control"] == "no-store, private"


def test_a_token_is_not_written_to_the_logs(newsroom, caplog, settings):
    configured = logging.getLogger("django.request")
    assert [type(f).__name__ for f in configured.filters] == ["WithoutPreviewTokens"]
    link = shared(newsroom)
    revoke(link, actor=newsroom.writer)
    with caplog.at_level(logging.DEBUG):
        page(token_of(link))
        as_json(token_of(link))
        Client().post(f"/preview/{token_of(link)}/")
    assert "/preview/…" in caplog.text
    assert token_of(link) not in caplog.text


def test_a_preview_is_not_in_the_feed_and_makes_nothing_public(newsroom):
    before = Client().get("/api/v1/changes/").json()["changes"]
    link = shared(newsroom)
    page(token_of(link))
    assert Client().get("/api/v1/changes/").json()["changes"] == before
    assert Client().get("/api/v1/articles/").json()["articles"] == []


def test_a_preview_names_no_article_that_is_not_in_force(newsroom):
    hidden = make.approved(newsroom, title="Secret related")
    public = make.released(newsroom, title="Public related")
    version = make.draft(newsroom)
    version.related.create(article=hidden.article)
    version.related.create(article=public.article, position=2)
    make.draft(newsroom, title="Traducción", language="es", translation_of=version.article)
    token = token_of(shared(newsroom, version))
    body = as_json(token).json()
    assert [item["title"] for item in body["related"]] == ["Public related"]
    assert body["translations"] == []
    for text in (page(token).content.decode(), as_json(token).content.decode()):
        assert "Secret related" not in text
        assert "Traducci" not in text
        assert hidden.article.slug not in text


def test_hostile_text_in_a_draft_is_reduced_before_it_is_shown(newsroom):
    version = make.draft(newsroom)
    evil = '<p onclick="x()">Hi<script>alert(1)</script><a href="javascript:x()">y</a></p>'
    connection.check_constraints()
    with walls.lifted():
        Version.objects.filter(pk=version.pk).update(body=evil, title="<img src=x onerror=x()>")
    token = token_of(shared(newsroom, version))
    for text in (page(token).content.decode(), as_json(token).json()["sections"][0]["html"]):
        assert not re.search(r"<script>alert|onclick|javascript:|<img", text)
