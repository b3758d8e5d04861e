"""Drafts are written in the admin and through the door; nothing else is."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import text_of
from tests.admin.pages import draft_page, fields, save_draft, sign_in, superuser, url
from topics.content.html import clean
from topics.models import Article, AuditEntry, Author, Reference, RelatedArticle, Version, VersionAuthor
from topics.workflow import acts, drafting


def start(client, newsroom, **fields):
    data = {"slug": "fever", "language": "en", "category": newsroom.category.pk, "title": "Fever"}
    return client.post(url("article_add"), {**data, **fields})


def test_a_writer_starts_an_article_and_comes_to_its_draft(client, newsroom):
    sign_in(client, newsroom.writer)
    response = start(client, newsroom)
    version = Version.objects.get(article__slug="fever")
    assert response.url == draft_page(version)
    assert (version.title, version.created_by) == ("Fever", newsroom.writer)
    assert AuditEntry.objects.first().act == "create_article"


@pytest.mark.parametrize("wrong", [{"slug": "Not A Slug"}, {"language": "english"}, {"category": ""}])
def test_an_article_is_not_started_from_a_wrong_form(client, newsroom, wrong):
    sign_in(client, newsroom.writer)
    response = start(client, newsroom, **wrong)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Article.objects.exists()


def test_a_slug_is_taken_once_per_language(client, newsroom):
    make.draft(newsroom, slug="fever")
    sign_in(client, newsroom.writer)
    assert "exists in this language" in start(client, newsroom).content.decode()
    assert start(client, newsroom, language="es").status_code == 302


def test_a_writer_edits_a_draft(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    names = "Tussis\n\n Hack \nTussis"
    response = save_draft(client, version, title="Cough in adults", also_called=names)
    assert response.status_code == 302
    saved = Version.objects.get(pk=version.pk)
    assert saved.title == "Cough in adults"
    assert saved.also_called == ["Tussis", "Hack"]
    assert saved.revision == version.revision + 1
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.actor) == ("edit", newsroom.writer)


def test_saving_an_untouched_form_changes_no_content(client, newsroom):
    version = make.draft(newsroom)
    Reference.objects.create(version=version, title="A study", doi="10.1000/182")
    sign_in(client, newsroom.writer)
    assert save_draft(client, version).status_code == 302
    saved = Version.objects.get(pk=version.pk)
    for name in ("title", "also_called", "summary", "body", "change_kind", "change_note"):
        assert getattr(saved, name) == getattr(version, name)
    assert list(saved.references.values_list("title", "doi")) == [("A study", "10.1000/182")]


def test_a_save_on_a_server_with_a_slow_clock_is_refused_in_a_sentence_and_the_text_given_back(
    client, newsroom
):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        response = save_draft(client, version, title="Cough in adults")
    assert response.status_code == 409
    page = response.content.decode()
    assert "is the server&#x27;s clock right?" in page and "Cough in adults" in page
    assert Version.objects.get(pk=version.pk).title == version.title


def test_whoever_edits_is_noted_as_having_written(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.editor)
    save_draft(client, version, title="Better")
    assert Version.objects.get(pk=version.pk).writers() == {newsroom.writer.pk, newsroom.editor.pk}


def test_hostile_html_is_cleaned_on_the_server(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    hostile = (
        '<p onclick="x()">Take <b>5 mg</b><script>steal()</script>'
        '<a href="javascript:x()">now</a><img src=x onerror=x()></p>'
        '<aside class="key-points evil"><p style="display:none">Drink</p></aside><iframe></iframe>'
    )
    save_draft(client, version, body=hostile)
    assert Version.objects.get(pk=version.pk).body == (
        '<p>Take <strong>5 mg</strong>now</p><aside class="key-points"><p>Drink</p></aside>'
    )


def test_a_body_that_is_too_large_is_refused_with_a_sentence(client, newsroom, monkeypatch):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    response = save_draft(client, version, body="<p>" + "a" * 1_000_000)
    assert "characters of HTML" in response.content.decode()
    assert Version.objects.get(pk=version.pk).body == version.body


def test_parts_are_written_with_the_text_and_ordered(client, newsroom):
    version = make.draft(newsroom)
    second = Author.objects.create(name="Ben Second")
    other = make.draft(newsroom, slug="fever").article
    sign_in(client, newsroom.writer)
    response = save_draft(
        client,
        version,
        **{
            "authors-TOTAL_FORMS": 2,
            "authors-1-author": second.pk,
            "references-TOTAL_FORMS": 1,
            "references-0-title": "A study",
            "codes-TOTAL_FORMS": 1,
            "codes-0-system": "icd-10-cm",
            "codes-0-code": "R05",
            "related-TOTAL_FORMS": 1,
            "related-0-article": other.pk,
        },
    )
    assert response.status_code == 302, response.content.decode()
    credited = list(version.authors.values_list("position", "name"))
    assert credited == [(1, "Ada Author"), (2, "Ben Second")]
    assert list(version.references.values_list("title", flat=True)) == ["A study"]
    assert list(version.codes.values_list("code", flat=True)) == ["R05"]
    assert list(version.related.values_list("article", flat=True)) == [other.pk]


def test_a_part_of_a_draft_can_be_taken_out(client, newsroom):
    version = make.draft(newsroom)
    Reference.objects.create(version=version, title="A study")
    sign_in(client, newsroom.writer)
    save_draft(client, version, **{"references-0-DELETE": "on"})
    assert not version.references.exists()


def test_an_article_is_not_related_to_itself(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    changes = {"related-TOTAL_FORMS": 1, "related-0-article": version.article_id}
    response = save_draft(client, version, **changes)
    assert response.status_code == 200
    assert not RelatedArticle.objects.exists()


def test_a_stale_tab_is_refused_and_keeps_what_was_typed(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    typed = {
        **fields(client.get(draft_page(version))),
        "title": "Typed in the stale tab",
        "body": "<p>Typed words</p>",
        "references-TOTAL_FORMS": 1,
        "references-0-title": "Typed reference",
    }
    drafting.edit(version, actor=newsroom.editor, revision=version.revision, title="Came first")
    response = client.post(draft_page(version), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert "saved this draft at" in page
    for words in ("Typed in the stale tab", "Typed words", "Typed reference"):
        assert words in page
    assert fields(response)["revision"] == str(version.revision)
    saved = Version.objects.get(pk=version.pk)
    assert (saved.title, saved.body) == ("Came first", version.body)
    assert not saved.references.exists()


def test_a_stale_tab_is_told_so_even_where_a_row_of_it_is_gone(client, newsroom):
    version = make.draft(newsroom)
    reference = Reference.objects.create(version=version, title="A study")
    sign_in(client, newsroom.writer)
    typed = {**fields(client.get(draft_page(version))), "title": "Typed"}
    drafting.edit(
        version, actor=newsroom.editor, revision=version.revision, parts=lambda _: reference.delete()
    )
    response = client.post(draft_page(version), typed)
    assert response.status_code == 409
    assert "saved this draft at" in response.content.decode()


def test_the_same_tab_saves_twice_after_it_was_loaded_again(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    assert save_draft(client, version, title="Once").status_code == 302
    assert save_draft(client, version, title="Twice").status_code == 302
    assert Version.objects.get(pk=version.pk).title == "Twice"


@pytest.mark.parametrize("who", ["writer", "editor", "superuser"])
def test_a_submitted_version_is_only_read(client, newsroom, who):
    version = make.submitted(newsroom)
    sign_in(client, superuser() if who == "superuser" else getattr(newsroom, who))
    response = client.get(draft_page(version))
    assert response.status_code == 200
    assert {"title", "body", "revision"}.isdisjoint(fields(response))
    assert 'name="_save"' not in response.content.decode()
    assert version.digest in response.content.decode()


@pytest.mark.parametrize("who", ["writer", "editor", "superuser"])
def test_a_post_after_submission_is_refused_and_keeps_what_was_typed(client, newsroom, who):
    version = make.draft(newsroom)
    sign_in(client, superuser() if who == "superuser" else getattr(newsroom, who))
    typed = {**fields(client.get(draft_page(version))), "title": "Typed while it was submitted"}
    acts.submit(version, actor=newsroom.writer)
    response = client.post(draft_page(version), typed)
    page = response.content.decode()
    assert response.status_code == 409
    name = newsroom.writer.printed_name()
    assert f"{name} submitted version 1 at" in page and "after you opened this page" in page
    assert "is no step from the state" not in page
    assert fields(response)["title"] == "Typed while it was submitted"
    assert 'name="_save"' not in page
    assert f'href="{draft_page(version)}"' in page
    assert Version.objects.get(pk=version.pk).title == version.title


def test_of_several_steps_since_the_newest_is_told(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    typed = {**fields(client.get(draft_page(version))), "summary": "Typed meanwhile"}
    version = acts.submit(version, actor=newsroom.writer)
    acts.return_with_remarks(version, actor=newsroom.editor, remarks="Shorter, please.")
    page = text_of(client.post(draft_page(version), typed))
    assert f"{newsroom.editor.printed_name()} returned version 1 at" in page
    assert "Typed meanwhile" in page


def test_what_differs_from_the_submitted_text_is_marked(client, newsroom):
    version = make.draft(newsroom, body="<p>Take 5 mg at night.</p>")
    sign_in(client, newsroom.writer)
    typed = {**fields(client.get(draft_page(version))), "body": "<p>Take 10 mg at night.</p>"}
    acts.submit(version, actor=newsroom.writer)
    redline = client.post(draft_page(version), typed).context["left_behind"]["redline"]
    assert "<del" in redline and "<ins" in redline


@pytest.mark.parametrize("moved_on", [False, True])
def test_the_heading_of_a_refused_page_is_what_is_saved(client, newsroom, moved_on):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    typed = {**fields(client.get(draft_page(version))), "title": "Typed in a stale tab"}
    if moved_on:
        acts.submit(version, actor=newsroom.writer)
    else:
        drafting.edit(version, actor=newsroom.editor, revision=1, title="Came first")
    saved = Version.objects.get(pk=version.pk)
    response = client.post(draft_page(version), typed)
    page = response.content.decode()
    assert f"<h1>{saved}</h1>" in page
    assert "Typed in a stale tab" not in page[: page.index('id="version_form"')]


def test_parts_are_not_smuggled_into_a_submitted_version(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, superuser())
    typed = {
        **fields(client.get(draft_page(version))),
        "references-TOTAL_FORMS": 1,
        "references-0-title": "Smuggled",
        "authors-0-DELETE": "on",
    }
    acts.submit(version, actor=newsroom.writer)
    client.post(draft_page(version), typed)
    assert not Reference.objects.exists()
    assert VersionAuthor.objects.filter(version=version).exists()


def test_a_form_cannot_move_the_state_or_the_revision(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    save_draft(client, version, state="approved", digest="sha-256:0", number="9", document="{}")
    saved = Version.objects.get(pk=version.pk)
    assert (saved.state, saved.digest, saved.number, saved.document) == ("draft", "", 1, "")


def test_a_refusal_by_the_database_is_a_sentence_on_the_form(client, newsroom, monkeypatch):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)

    def refuse(*args, **kwargs):
        raise IntegrityError("draft_edit_names_its_editor: a draft is edited through the door")

    monkeypatch.setattr(drafting, "edit", refuse)
    response = save_draft(client, version, title="Typed")
    assert response.status_code == 409
    assert "The database refused this: a draft is edited through the door." in response.content.decode()
    assert fields(response)["title"] == "Typed"


def test_what_is_read_of_a_submitted_version_is_its_frozen_document(client, newsroom):
    version = make.submitted(newsroom)
    sign_in(client, newsroom.editor)
    page = client.get(draft_page(version)).content.decode()
    assert "<p>Drink plenty of water. Take 5 mg at night.</p>" in page
    assert "Sign-offs it needs" in page


def test_the_remarks_on_return_and_the_sign_offs_are_on_the_page(client, newsroom):
    version = make.in_medical_review(newsroom)
    make.sign(version, newsroom.primary)
    acts.return_with_remarks(version, remarks="Please cite a source.", actor=newsroom.editor)
    sign_in(client, newsroom.writer)
    page = client.get(draft_page(version)).content.decode()
    assert "Please cite a source." in page
    assert "Pia Primary, MD, MPH" in page


def test_a_draft_is_previewed_as_its_readers_would_see_it(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    page = client.get(url("version_preview", version.pk)).content.decode()
    assert re.search(r'<article class="document"[^>]*>\s*<p class="document-title"[^>]*>Cough</p>', page)


def test_what_the_editor_shows_again_after_an_error_is_clean(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    response = save_draft(client, version, change_kind="nonsense", body="<p>ok<script>x</script></p>")
    assert fields(response)["body"] == clean("<p>ok</p>")


def test_a_version_is_made_by_the_desk_and_not_by_a_form(client, newsroom):
    sign_in(client, newsroom.writer)
    assert client.get(url("version_add")).status_code == 403


def test_a_draft_is_saved_on_the_way_to_the_page_that_submits_it(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    response = save_draft(client, version, title="Saved on the way", _to_submit="1")
    assert response.url == reverse("admin:version_act", args=[version.pk, "submit"])
    saved = Version.objects.get(pk=version.pk)
    assert (saved.title, saved.state) == ("Saved on the way", "draft")


def test_the_address_of_a_reference_is_one_plain_field_and_a_wrong_one_is_given_back(client, newsroom):
    version = make.draft(newsroom)
    Reference.objects.create(version=version, title="A study", url="https://example.org/study")
    sign_in(client, newsroom.writer)
    page = client.get(draft_page(version)).content.decode()
    assert "Currently" not in page
    response = save_draft(client, version, **{"references-0-url": "not an address"})
    assert response.status_code == 200
    assert fields(response)["references-0-url"] == "not an address"
