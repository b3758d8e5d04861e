"""What stands beside a draft: for who may write it, of what is typed, and nothing of it is saved."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests import make
from tests.admin.desk import everything, text_of
from tests.admin.pages import draft_page, fields, save_draft, sign_in
from topics.models import Author, Reference, Version, VersionAuthor
from topics.workflow import acts
from topics.workflow.translating import translate


def typed_url(version):
    return reverse("admin:version_typed", args=[version.pk])


def typed(client, version, **changes):
    """What is answered to the form of the draft's page with these changes, as its script sends it."""
    return client.post(typed_url(version), {**fields(client.get(draft_page(version))), **changes})


def test_without_a_script_the_page_says_how_the_saved_draft_stands(client, newsroom):
    newsroom.category.target_grade = 8
    newsroom.category.save()
    version = make.draft(newsroom, title="", body="<h2>One</h2><h4>Two</h4><p>Drink some water.</p>")
    sign_in(client, newsroom.writer)
    page = text_of(client.get(draft_page(version)))
    for words in (
        "The title is missing.",
        "“Two” is under a level 2 heading but has level 4; use level 3.",
        "within the target, grade 8",
        "Two skips a level",
    ):
        assert words in page


def test_what_is_typed_is_judged_and_nothing_is_saved(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    before = everything()
    answer = text_of(typed(client, version, summary="", body="<h3>Deep</h3><script>x()</script>"))
    assert "The plain-language summary is missing." in answer
    assert "“Deep” is the first heading but has level 3; use level 2." in answer
    assert "x()" not in answer
    assert everything() == before


def test_rows_that_are_typed_count_as_those_of_the_draft(client, newsroom):
    version = make.draft(newsroom)
    VersionAuthor.objects.filter(version=version).delete()
    ben = Author.objects.create(name="Ben Second")
    sign_in(client, newsroom.writer)
    missing = "No author is credited."
    assert missing in text_of(typed(client, version))
    row = {"authors-TOTAL_FORMS": 1, "authors-0-author": ben.pk}
    assert missing not in text_of(typed(client, version, **row))
    assert missing in text_of(typed(client, version, **row, **{"authors-0-DELETE": "on"}))
    assert not version.authors.exists()


def test_a_periodic_review_is_told_of_a_typed_change(client, newsroom):
    article = make.released(newsroom).article
    version = make.next_draft(newsroom, article, change_kind="periodic_review")
    sign_in(client, newsroom.writer)
    assert "Nothing is missing" in text_of(typed(client, version))
    answer = text_of(typed(client, version, title="Coughing"))
    assert "A periodic review signs unchanged content, but this was changed: title." in answer


def test_a_minor_change_is_told_which_typed_words_are_clinical(client, newsroom):
    article = make.released(newsroom).article
    version = make.next_draft(newsroom, article, change_kind="minor")
    sign_in(client, newsroom.writer)
    body = version.body.replace("5 mg", "50 mg")
    assert "“5 mg” became “50 mg”" in text_of(typed(client, version, body=body))


def test_words_of_the_source_are_no_translation_and_have_no_grade(client, newsroom):
    newsroom.category.target_grade = 1
    newsroom.category.save()
    edition = make.released(newsroom)
    version = translate(edition, language="es", slug="tos", actor=newsroom.writer)
    sign_in(client, newsroom.writer)
    page = text_of(client.get(draft_page(version)))
    for answer in (page, text_of(typed(client, version))):
        assert "Nothing is translated yet" in answer and "Nothing is missing" not in answer
        assert "is measured once they are translated" in answer
        assert "School grade" not in answer and "Longest sentences" not in answer
        assert "reads at school grade" not in answer
    partly = text_of(typed(client, version, summary="Qué es la tos y qué ayuda."))
    assert "Nothing is missing" in partly
    assert "not translated yet: the introduction, “Treatment”, “When to get help”." in partly
    assert "School grade" not in partly and "reads at school grade" not in partly
    spanish = {"summary": "Qué es la tos y qué ayuda.", "body": "<p>La tos se cura sola.</p>"}
    whole = text_of(typed(client, version, **spanish))
    assert "School grade" in whole and "not translated" not in whole


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("editor", 200), ("publisher", 403), ("administrator", 403)]
)
def test_it_is_told_to_who_may_write_the_draft(newsroom, who, status):
    version = make.draft(newsroom)
    client = sign_in(Client(), getattr(newsroom, who))
    assert client.post(typed_url(version), {"title": "Secret"}).status_code == status


def test_it_is_told_to_no_reviewer_and_to_nobody_who_is_logged_out(client, newsroom):
    version = make.draft(newsroom)
    assert client.post(typed_url(version)).status_code == 302
    sign_in(client, newsroom.primary.user)
    assert client.post(typed_url(version)).status_code == 403


def test_a_version_that_was_submitted_meanwhile_is_a_conflict(client, newsroom):
    version = make.submitted(newsroom)
    sign_in(client, newsroom.writer)
    assert client.post(typed_url(version)).status_code == 409


def test_it_is_asked_by_a_post_with_the_token_of_the_page(newsroom):
    version = make.draft(newsroom)
    client = sign_in(Client(enforce_csrf_checks=True), newsroom.writer)
    assert client.get(typed_url(version)).status_code == 405
    assert client.post(typed_url(version), {"title": "x"}).status_code == 403


def test_a_text_that_is_too_long_is_a_sentence_there(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    assert "characters of HTML" in text_of(typed(client, version, body="x" * 1_100_000))
    longest = text_of(typed(client, version, body="x" * 3_100_000))
    assert "too long to be looked at while you type" in longest


def test_a_version_as_it_is_typed_cannot_be_saved(newsroom):
    version = make.draft(newsroom)
    version.typed_parts = {}
    with pytest.raises(TypeError, match="only looked at"):
        version.save()


def test_every_input_of_a_row_has_a_name_that_says_its_column_and_row(client, newsroom):
    version = make.draft(newsroom)
    for title in ("One", "Two"):
        Reference.objects.create(version=version, title=title)
    sign_in(client, newsroom.writer)
    page = client.get(draft_page(version)).content.decode()
    for name in ("Author, row 1", "Order, row 1", "Title, row 2", "DOI, row 2", "Delete, row 1"):
        assert f'aria-label="{name}"' in page, name


# What is too large --------------------------------------------------------------------------------


def test_five_million_characters_are_refused_with_a_sentence_and_given_back(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    pasted = "<p class=MsoNormal>word</p>" * 190_000
    assert len(pasted) > 5_000_000
    response = save_draft(client, version, body=pasted)
    page = response.content.decode()
    assert response.status_code == 200
    assert "characters of HTML; at most 1,000,000 are accepted" in page
    assert fields(response)["body"].rstrip("\n") == pasted
    # As plain text: the editor would stall on it.
    assert "data-django-prose-editor-configurable" not in page
    assert Version.objects.get(pk=version.pk).body == version.body


def test_a_form_beyond_every_limit_is_a_sentence_and_no_bare_400(client, newsroom, settings):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    response = save_draft(client, version, body="x" * 1_100_000)
    assert response.status_code == 413
    assert "what you typed is still in the form" in text_of(response)


def test_two_thousand_typed_fields_are_read(client, newsroom):
    version = make.draft(newsroom)
    sign_in(client, newsroom.writer)
    rows = {f"references-{n}-{name}": "" for n in range(500) for name in ("id", "title", "url", "doi")}
    response = save_draft(client, version, title="Read", **rows, **{"references-TOTAL_FORMS": 1})
    assert response.status_code != 400


# Links --------------------------------------------------------------------------------------------


def grant(user, *names):
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))


def found(client, words):
    reply = client.get(reverse("admin:article_search"), {"q": words})
    return [(one["title"], one["is_public"]) for one in reply.json()["articles"]]


def test_articles_are_found_by_words_slug_or_id(client, newsroom):
    public = make.released(newsroom, slug="whooping-cough", title="Pertussis in babies").article
    make.draft(newsroom, slug="fever", title="Fever")
    sign_in(client, newsroom.writer)
    hit = [("Pertussis in babies", True)]
    assert (
        found(client, "babies pertus")
        == found(client, "whoop")
        == found(client, str(public.public_id))
        == hit
    )
    assert found(client, "fev") == [("Fever", False)]
    assert found(client, "") == found(client, "no such words") == []


def test_articles_are_found_by_another_name_and_by_part_of_an_id_with_or_without_accents(
    client, newsroom
):
    version = make.released(newsroom, slug="flu", title="Influenza", also_called=["La Grippé", "Grip"])
    sign_in(client, newsroom.writer)
    part = str(version.article.public_id)[:13]
    link = f"article:{version.article.public_id}"
    for typed in ("grippe", "INFLU grip", part, link, "flú"):
        assert found(client, typed) == [("Influenza", True)], typed
    assert found(client, "influenza nothing") == []


def test_the_article_of_exactly_that_slug_comes_first_however_many_are_newer(client, newsroom):
    make.draft(newsroom, slug="asthma", title="Asthma")
    for n in range(13):
        make.draft(newsroom, slug=f"asthma-{n}", title=f"Asthma in the year {n}")
    sign_in(client, newsroom.writer)
    reply = client.get(reverse("admin:article_search"), {"q": "Asthma"}).json()
    assert reply["articles"][0]["title"] == "Asthma"
    assert (len(reply["articles"]), reply["more"]) == (12, True)


def test_a_search_takes_the_same_questions_whatever_it_finds(
    client, newsroom, django_assert_max_num_queries
):
    make.draft(newsroom, title="Fever one", also_called=["Heat"])
    sign_in(client, newsroom.writer)
    with django_assert_max_num_queries(8) as few:
        assert len(found(client, "fev hea")) == 1
    for n in range(5):
        make.released(newsroom, title=f"Fever {n}", also_called=["Heat"])
    with django_assert_max_num_queries(len(few)):
        assert len(found(client, "fev hea")) == 6


def test_only_titles_that_the_person_may_see_are_found_and_told(client, newsroom):
    """One with a role of their own: they were asked to review one version, and may write."""
    asked = make.in_medical_review(newsroom, slug="asked", title="Asked of them")
    make.draft(newsroom, slug="secret", title="Secret of others")
    moved_on = make.released(newsroom, slug="moved-on", title="Public title")
    make.next_draft(newsroom, moved_on.article, title="Hidden title")
    stranger = make.User.objects.create_user("stranger", password=make.PASSWORD, is_staff=True)
    reviewer = newsroom.primary.user
    for person in (stranger, reviewer):
        grant(person, "edit_version", "view_version", "view_article", "view_edition")
    sign_in(client, stranger)
    assert found(client, "secret") == found(client, "hidden") == found(client, "asked") == []
    assert found(client, str(asked.article.public_id)) == []
    assert found(client, "title") == [("Public title", True)]
    sign_in(client, reviewer)
    assert found(client, "asked") == [("Asked of them", False)]
    assert found(client, "secret") == found(client, "hidden") == []


def test_a_version_that_a_person_may_see_tells_no_title_of_a_later_one(client, newsroom):
    asked = make.in_medical_review(newsroom, title="Seen wording")
    acts.return_with_remarks(asked, remarks="Again.", actor=newsroom.editor)
    make.next_draft(newsroom, asked.article, change_kind="new", title="Unseen wording")
    grant(newsroom.primary.user, "edit_version")
    sign_in(client, newsroom.primary.user)
    assert found(client, "wording") == [("Seen wording", False)]
    assert found(client, "unseen") == []


def test_articles_are_searched_by_those_who_write(client, newsroom):
    assert client.get(reverse("admin:article_search")).status_code == 302
    sign_in(client, newsroom.publisher)
    assert client.get(reverse("admin:article_search"), {"q": "fever"}).status_code == 403


def test_a_reference_leads_to_the_page_of_its_article(client, newsroom):
    article = make.draft(newsroom).article
    sign_in(client, newsroom.writer)
    response = client.get(reverse("admin:article_reference", args=[article.public_id]))
    assert response.url == reverse("admin:topics_article_change", args=[article.pk])
