"""Translating in the admin: from an edition's page, side by side, and the desk of those left behind."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import edition_url, post, reasons_of, signed_in, text_of
from tests.admin.pages import fields, refused_by_csp, url
from tests.once import once
from tests.stage import forget_permissions
from topics.models import Article, Version
from topics.publishing.behind import Drift
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.workflow import acts, drafting
from topics.workflow.translating import catch_up, translate

DESK = "/admin/desk/translations/"


@once
def content():
    room = make.newsroom()
    source, original = make.released(room), make.released(room)
    public_translation(room, original, slug="asma")
    forget_permissions(room)
    return SimpleNamespace(room=room, source=source, original=original)


@pytest.fixture
def source(made):
    """An edition that is not translated."""
    return made.source


@pytest.fixture
def original(made):
    """An edition with a Spanish translation in force, `asma`."""
    return made.original


@pytest.fixture
def translation(original):
    return original.article.translations.get()


def translated(room, edition, language="es", slug="tos"):
    return translate(edition, language=language, slug=slug, actor=room.writer)


def public_translation(room, edition, language="es", slug="tos"):
    return make.released(room, translated(room, edition, language, slug))


def next_edition(room, edition, kind="substantive", **changes):
    if kind != "periodic_review" and not changes:
        changes = {"body": make.BODY.replace("plenty", "a lot")}
    return make.released(room, make.next_draft(room, edition.article, change_kind=kind, **changes))


def page_of(name, pk):
    return reverse(f"admin:{name}", args=[pk])


# Starting -------------------------------------------------------------------------------------------


def test_a_translation_is_started_from_the_page_of_an_edition(newsroom, source):
    client = signed_in(newsroom.writer)
    assert (
        page_of("translate", source.pk) in client.get(url("edition_change", source.pk)).content.decode()
    )
    response = post(
        newsroom.writer,
        page_of("translate", source.pk),
        language="ES-mx",
        slug="tos",
        begin="text",
    )
    version = Version.objects.get(article__translation_of=source.article)
    assert response["Location"] == url("version_change", version.pk)
    assert (version.article.language, version.made_from) == ("es-MX", source)
    assert version.body == make.BODY
    page = client.get(url("version_change", version.pk))
    assert page_of("side_by_side", version.pk) in page.content.decode()


def test_what_was_typed_wrongly_is_given_back_with_its_reason_beside_it(newsroom, source):
    before = Article.objects.count()
    address = page_of("translate", source.pk)
    response = post(newsroom.writer, address, language="Spanish", slug="tos", begin="empty")
    assert response.status_code == 422
    assert reasons_of(response) == ["A BCP 47 tag such as en, es or es-MX, please."]
    assert list(response.context["form"].errors) == ["language"]
    assert fields(response)["language"] == "Spanish"
    assert fields(response)["begin"] == "empty"
    assert Article.objects.count() == before


def test_an_edition_that_is_no_original_offers_no_translation(newsroom, translation):
    edition = translation.editions.get()
    client = signed_in(newsroom.writer)
    address = page_of("translate", edition.pk)
    assert address not in client.get(url("edition_change", edition.pk)).content.decode()
    response = client.get(address)
    assert response.status_code == 409
    assert "is itself a translation" in text_of(response)


def test_who_may_not_start_articles_is_told_so(newsroom, source):
    assert post(newsroom.publisher, page_of("translate", source.pk), language="es").status_code == 403


def test_a_translation_started_in_the_list_of_articles_is_made_from_the_newest_edition(newsroom, source):
    client = signed_in(newsroom.writer)
    started = {
        "slug": "tos",
        "language": "es",
        "category": newsroom.category.pk,
        "translation_of": source.article.pk,
        "title": "Tos",
    }
    assert client.post(url("article_add"), started).status_code == 302
    assert Version.objects.get(title="Tos").made_from == source


# Side by side ---------------------------------------------------------------------------------------


def test_sections_stand_side_by_side_in_their_languages_and_what_differs_is_marked(newsroom, source):
    version = translated(newsroom, source)
    spanish = (
        "<p>La mayoría se va sola.</p><h2>Tratamiento</h2><p>Beba agua. Tome 50 mg por la noche.</p>"
    )
    version = drafting.edit(
        version, actor=newsroom.writer, revision=version.revision, title="Tos", body=spanish
    )
    response = signed_in(newsroom.writer).get(page_of("side_by_side", version.pk))
    text = text_of(response)
    assert "Treatment : not in the translation: 5 mg; only in the translation: 50 mg" in text
    assert "When to get help : the translation lacks this section" in text
    html = response.content.decode()
    assert html.count('class="side document" lang="es"') == 4
    assert html.count('class="side document" lang="en"') == 4
    assert [row.is_marked for row in response.context["rows"]] == [False, False, True, True]
    assert "Edit the draft" in text
    assert refused_by_csp(response) == []


def test_a_reviewer_who_is_asked_reads_it_side_by_side_and_edits_nothing(newsroom, source):
    version = make.in_medical_review(newsroom, translated(newsroom, source))
    address = page_of("side_by_side", version.pk)
    response = signed_in(newsroom.primary.user).get(address)
    assert response.status_code == 200
    assert "Edit the draft" not in text_of(response)
    other = make.reviewer("Family Medicine", name="Not asked")
    assert signed_in(other.user).get(address).status_code == 404


def test_a_version_that_is_no_translation_has_no_side_by_side(newsroom, source):
    address = page_of("side_by_side", source.version.pk)
    assert signed_in(newsroom.editor).get(address).status_code == 404


def test_it_says_when_the_source_has_moved_on(newsroom, source):
    version = translated(newsroom, source)
    newest = next_edition(newsroom, source)
    response = signed_in(newsroom.writer).get(page_of("side_by_side", version.pk))
    assert "The source has moved on: its newest edition is 2." in text_of(response)
    redline = reverse("admin:redline", args=[source.version_id, newest.version_id])
    assert redline in response.content.decode()


# Catching up ----------------------------------------------------------------------------------------


def test_catching_up_starts_the_version_that_says_what_the_source_says_now(
    newsroom, original, translation
):
    newest = next_edition(newsroom, original, "minor")
    address = page_of("catch_up", translation.pk)
    client = signed_in(newsroom.writer)
    assert address in client.get(url("article_change", translation.pk)).content.decode()
    page = client.get(address)
    assert "Edition 2, Minor change" in text_of(page)
    assert fields(page)["kind"] == "minor"
    response = post(newsroom.writer, address, kind="substantive")
    version = translation.versions.get(number=2)
    assert response["Location"] == page_of("side_by_side", version.pk)
    assert (version.made_from, version.change_kind) == (newest, "substantive")


def test_only_kinds_that_fit_what_changed_in_the_source_are_offered(newsroom, original, translation):
    next_edition(newsroom, original)
    address = page_of("catch_up", translation.pk)
    kinds = signed_in(newsroom.writer).get(address).context["form"].fields["kind"]
    assert (kinds.initial, kinds.widget.closed) == ("substantive", {"new", "minor", "periodic_review"})
    response = post(newsroom.writer, address, kind="minor")
    assert response.status_code == 422
    assert translation.versions.count() == 1


def test_side_by_side_says_that_the_source_was_withdrawn(newsroom, source, original):
    recalled, retired = translated(newsroom, source), translated(newsroom, original, "fr", "otra")
    withdraw(source, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    withdraw(original, kind="retired", explanation="Old.", actor=newsroom.publisher)
    client = signed_in(newsroom.writer)
    said = text_of(client.get(page_of("side_by_side", recalled.pk)))
    assert "What edition 1 of the source says was recalled for safety" in said
    said = text_of(client.get(page_of("side_by_side", retired.pk)))
    assert "Edition 1 of the source was withdrawn on" in said


def test_the_withdraw_page_names_the_scheduled_translations(newsroom, source):
    version = make.approved(newsroom, translated(newsroom, source))
    release(version, actor=newsroom.publisher, starts_at=timezone.now() + timedelta(days=1))
    page = signed_in(newsroom.publisher).get(edition_url(source, "withdraw"))
    assert "will be cancelled by a safety recall" in text_of(page)


def test_a_draft_at_work_goes_on_and_is_asked_no_kind(newsroom, source):
    version = translated(newsroom, source)
    newest = next_edition(newsroom, source)
    address = page_of("catch_up", version.article.pk)
    assert "kind" not in signed_in(newsroom.writer).get(address).context["form"].fields
    assert post(newsroom.writer, address).status_code == 302
    version.refresh_from_db()
    assert version.made_from == newest


def test_there_is_nothing_to_catch_up_with_and_the_page_says_so(newsroom, original, translation):
    response = post(newsroom.writer, page_of("catch_up", translation.pk), kind="minor")
    assert response.status_code == 409
    assert reasons_of(response) == ["Version 1 was made from edition 1, the newest of its source."]


def test_an_original_has_nothing_to_catch_up_with(newsroom, source):
    response = signed_in(newsroom.writer).get(page_of("catch_up", source.article.pk))
    assert response.status_code == 404


# The desk -------------------------------------------------------------------------------------------


def listed(room, **query):
    response = signed_in(room.editor).get(DESK, query)
    assert response.status_code == 200
    return {row["article"].slug: (row["drift"], row["behind"]) for row in response.context["rows"]}


def test_a_translation_that_says_what_its_source_says_is_not_on_the_desk(newsroom, original):
    assert listed(newsroom) == {}
    assert "every translation says what its source says" in text_of(signed_in(newsroom.editor).get(DESK))


@pytest.mark.parametrize(
    ("kinds", "drift"),
    [
        (["minor"], Drift.MINOR),
        (["substantive"], Drift.SUBSTANTIVE),
        (["substantive", "periodic_review"], Drift.SUBSTANTIVE),
        (["minor", "periodic_review"], Drift.MINOR),
    ],
)
def test_how_far_a_translation_is_behind_and_by_what(newsroom, original, kinds, drift):
    for kind in kinds:
        next_edition(newsroom, original, kind)
    assert listed(newsroom) == {"asma": (drift, len(kinds))}


def test_a_source_that_was_only_reviewed_again_needs_no_work(newsroom, original):
    next_edition(newsroom, original, "periodic_review")
    assert listed(newsroom) == {}
    assert listed(newsroom, change="unchanged") == {"asma": (Drift.UNCHANGED, 1)}


def test_a_withdrawn_source_is_shown_even_where_nothing_followed(newsroom, original):
    withdraw(original, kind="retired", explanation="Old.", actor=newsroom.publisher)
    assert listed(newsroom) == {"asma": (Drift.WITHDRAWN, 0)}


def test_a_recall_of_what_it_was_made_from_stands_first(newsroom, source, original):
    public_translation(newsroom, source, slug="otra")
    next_edition(newsroom, source)
    withdraw(original, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    next_edition(newsroom, original, "substantive", body=make.BODY.replace("5 mg", "2 mg"))
    assert list(listed(newsroom).items()) == [
        ("asma", (Drift.RECALLED, 1)),
        ("otra", (Drift.SUBSTANTIVE, 1)),
    ]


def test_a_scheduled_or_cancelled_edition_of_the_source_leaves_nobody_behind(newsroom, original):
    draft = make.next_draft(newsroom, original.article, title="Coughing")
    make.released(newsroom, draft, starts_at=timezone.now() + timedelta(days=1))
    assert listed(newsroom) == {}


def test_an_unfinished_translation_is_behind_too_and_a_dead_one_is_not(newsroom, source):
    version = translated(newsroom, source)
    next_edition(newsroom, source)
    assert listed(newsroom) == {"tos": (Drift.SUBSTANTIVE, 1)}
    version = make.submitted(newsroom, version)
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    assert listed(newsroom) == {}


def test_what_is_being_caught_up_with_is_shown_with_its_version(newsroom, original, translation):
    next_edition(newsroom, original)
    client = signed_in(newsroom.editor)
    assert page_of("catch_up", translation.pk) in client.get(DESK).content.decode()
    catch_up(translation, actor=newsroom.writer)
    response = client.get(DESK)
    assert "made from the newest edition" in text_of(response)
    assert page_of("catch_up", translation.pk) not in response.content.decode()


def test_it_is_filtered_by_language_and_change_with_counts_that_lead_there(newsroom, original):
    public_translation(newsroom, original, "fr", "toux")
    next_edition(newsroom, original, "minor")
    assert listed(newsroom, language="fr").keys() == {"toux"}
    assert listed(newsroom, change="substantive") == {}
    assert listed(newsroom, change="minor").keys() == {"asma", "toux"}
    text = text_of(signed_in(newsroom.editor).get(DESK))
    assert "All languages 2" in text
    assert "French 1 Spanish 1" in text or "Spanish 1 French 1" in text
    assert "Minor change 2" in text


def test_the_redline_leads_from_the_edition_it_was_made_from_to_the_present_one(newsroom, original):
    next_edition(newsroom, original, "minor")
    newest = next_edition(newsroom, original, title="Coughing")
    html = signed_in(newsroom.editor).get(DESK).content.decode()
    assert reverse("admin:redline", args=[original.version_id, newest.version_id]) in html


def test_the_pages_of_the_desk_follow_one_another(newsroom, original, monkeypatch):
    monkeypatch.setattr("topics.admin.desk.translations.PER_PAGE", 1)
    public_translation(newsroom, original, "fr", "toux")
    next_edition(newsroom, original)
    assert listed(newsroom).keys() == {"asma"}
    assert listed(newsroom, p=2).keys() == {"toux"}
    for nonsense in ("x", "-1", "9" * 30):
        assert listed(newsroom, p=nonsense).keys() <= {"asma"}


def test_its_queries_do_not_grow_with_the_rows(newsroom, source, original, django_assert_num_queries):
    next_edition(newsroom, original)
    client = signed_in(newsroom.editor)
    client.get(DESK)
    with django_assert_num_queries(QUERIES):
        client.get(DESK)
    public_translation(newsroom, original, "fr", "toux")
    public_translation(newsroom, source, slug="otra")
    next_edition(newsroom, source, "minor")
    with django_assert_num_queries(QUERIES):
        client.get(DESK)


QUERIES = 8


def test_reviewers_have_no_translations_desk_and_writers_find_it_in_their_work(newsroom, original):
    assert signed_in(newsroom.primary.user).get(DESK).status_code == 403
    assert "Translations behind their source" not in text_of(signed_in(newsroom.writer).get("/admin/"))
    next_edition(newsroom, original)
    with time_machine.travel(timezone.now() + timedelta(days=3, hours=1), tick=False):
        text = text_of(signed_in(newsroom.writer).get("/admin/"))
    assert "Translations behind their source" in text
    original.refresh_from_db()
    assert re.search(f"made from edition 1 of .{{1,80}} {original.ends_at:%Y-%m-%d} 3 days ago", text)
