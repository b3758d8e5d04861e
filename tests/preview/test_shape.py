"""A preview has the API's shape, says that it is one, and tells no date or review that isn't so."""

import json

import pytest
from django.test import Client

from tests import make
from topics.content.canonical import canonical, digest
from topics.publishing.previews import share, token_of
from topics.workflow import drafting


def body(version, room):
    link = share(version, days=7, actor=room.writer)
    return Client().get(f"/preview/{token_of(link)}.json").json()


def page(version, room):
    link = share(version, days=7, actor=room.writer)
    return Client().get(f"/preview/{token_of(link)}/").content.decode()


def kind(value):
    return type(value) if not isinstance(value, bool) else bool


def test_it_has_every_member_of_the_apis_article_and_two_of_its_own(newsroom):
    edition = make.released(newsroom)
    served = Client().get(f"/api/v1/articles/{edition.article.public_id}/").json()
    shown = body(make.approved(newsroom), newsroom)
    assert shown.keys() - served.keys() == {"preview", "approved"}
    assert served.keys() - shown.keys() == set()
    for name, value in shown.items():
        assert value is None or name in ("preview", "approved") or kind(value) is kind(served[name])


@pytest.mark.parametrize("stage", [make.draft, make.submitted, make.approved])
def test_it_says_that_it_is_a_preview_and_not_approved(newsroom, stage):
    shown = body(stage(newsroom), newsroom)
    assert (shown["preview"], shown["approved"]) == (True, False)


def test_it_tells_no_date_review_or_address_that_only_a_release_gives(newsroom):
    edition = make.released(newsroom)
    following = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    shown = body(following, newsroom)
    nothing = {name for name, value in shown.items() if value in (None, [], "")}
    assert nothing >= {
        *("edition", "first_published", "published", "modified", "last_reviewed", "next_review_due"),
        *("status", "review_status", "ended", "withdrawal", "reviews", "url", "permanent_url"),
        "provenance_url",
    }


def test_a_frozen_version_is_shown_byte_for_byte_with_its_digest(newsroom):
    version = make.approved(newsroom)
    shown = body(version, newsroom)
    signed = {name: shown[name] for name in shown["signed_fields"]}
    assert canonical(signed) == version.document
    assert shown["digest"] == version.digest == digest(version.document)


def test_a_draft_is_shown_as_of_now_and_without_a_digest(newsroom):
    version = make.draft(newsroom, title="Before")
    link = share(version, days=7, actor=newsroom.writer)
    path = f"/preview/{token_of(link)}.json"
    assert (Client().get(path).json()["title"], Client().get(path).json()["digest"]) == ("Before", None)
    drafting.edit(version, actor=newsroom.writer, revision=version.revision, title="After")
    assert Client().get(path).json()["title"] == "After"


def test_what_is_around_it_is_what_is_in_force(newsroom):
    make.notice(newsroom, text="No substitute for advice.")
    other = make.released(newsroom, title="Croup")
    version = make.draft(newsroom)
    version.related.create(article=other.article)
    shown = body(version, newsroom)
    served = Client().get(f"/api/v1/articles/{other.article.public_id}/").json()
    assert [item["url"] for item in shown["related"]] == [served["url"]]
    assert [notice["text"] for notice in shown["notices"]] == ["No substitute for advice."]


def test_the_page_is_marked_before_anything_else_is_read(newsroom):
    text = page(make.draft(newsroom, title="Cough"), newsroom)
    seen = text[text.index("<body") :]
    assert seen.index("Not approved. Not for patients.") < seen.index("Cough")
    assert "<title>Not approved: Cough</title>" in text
    assert '<meta name="robots" content="noindex' in text
    assert "<script" not in text


def test_the_page_says_what_the_json_says(newsroom):
    version = make.submitted(newsroom)
    text, shown = page(version, newsroom), body(version, newsroom)
    for section in shown["sections"]:
        assert section["html"] in text
    assert shown["summary"] in text
    assert shown["authors"][0]["name"] in text


def test_a_link_to_another_article_is_a_reference_in_the_json_and_plain_text_on_the_page(newsroom):
    other = make.released(newsroom, title="Croup")
    href = f'<a href="article:{other.article.public_id}">croup</a>'
    version = make.draft(newsroom, body=f"<p>Or is it {href}?</p>")
    shown = body(version, newsroom)
    assert href in shown["sections"][0]["html"]
    assert [item["title"] for item in shown["links"]] == ["Croup"]
    assert "<p>Or is it croup?</p>" in page(version, newsroom)


def test_an_empty_draft_is_shown_without_failing(newsroom):
    version = make.draft(newsroom, title="", summary="", body="")
    assert "Not approved." in page(version, newsroom)
    assert json.dumps(body(version, newsroom))


def test_it_takes_few_questions_whatever_the_text(newsroom, django_assert_max_num_queries):
    link = share(make.draft(newsroom), days=7, actor=newsroom.writer)
    with django_assert_max_num_queries(8):
        Client().get(f"/preview/{token_of(link)}/")
