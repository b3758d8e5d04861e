"""The page of a version's preview links: made, listed, copied, revoked, and refused in sentences."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.admin.desk import signed_in, text_of
from topics.models import PreviewLink
from topics.publishing.previews import share, token_of
from topics.publishing.release import release


def address(version):
    return reverse("admin:preview_links", args=[version.pk])


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_a_link_is_made_and_shown_for_as_long_as_it_opens(newsroom, role):
    version = make.draft(newsroom)
    client = signed_in(getattr(newsroom, role))
    assert "No link was made" in text_of(client.get(address(version)))
    response = client.post(address(version), {"days": "3"}, follow=True)
    link = PreviewLink.objects.get()
    assert (link.expires_at - link.created_at).days == 3
    assert f"http://testserver/preview/{token_of(link)}/" in response.content.decode()
    assert Client().get(f"/preview/{token_of(link)}/").status_code == 200
    again = client.get(address(version))
    assert f"http://testserver/preview/{token_of(link)}.json" in again.content.decode()


def test_a_link_is_revoked_and_no_longer_shown(newsroom):
    version = make.draft(newsroom)
    link = share(version, days=7, actor=newsroom.writer)
    response = signed_in(newsroom.editor).post(address(version), {"revoke": str(link.pk)}, follow=True)
    assert f"revoked by {newsroom.editor.printed_name()}" in text_of(response)
    assert token_of(link) not in response.content.decode()
    assert Client().get(f"/preview/{token_of(link)}/").status_code == 404


def test_revoking_twice_is_refused_in_a_sentence(newsroom):
    version = make.draft(newsroom)
    link = share(version, days=7, actor=newsroom.writer)
    client = signed_in(newsroom.editor)
    client.post(address(version), {"revoke": str(link.pk)})
    again = client.post(address(version), {"revoke": str(link.pk)})
    assert again.status_code == 409
    assert "This link was revoked already." in text_of(again)


@pytest.mark.parametrize("days", ["", "2", "31", "0", "many"])
def test_a_length_that_is_not_offered_is_refused(newsroom, days):
    response = signed_in(newsroom.writer).post(address(make.draft(newsroom)), {"days": days})
    assert response.status_code == 422
    assert "Choose how long the link lasts." in text_of(response)
    assert not PreviewLink.objects.exists()


def test_a_version_that_is_out_offers_no_link_and_says_why(newsroom):
    version = make.approved(newsroom)
    link = share(version, days=7, actor=newsroom.editor)
    release(version, actor=newsroom.publisher)
    client = signed_in(newsroom.editor)
    page = client.get(address(version))
    assert "Version 1 is released: there is nothing to preview any more." in text_of(page)
    assert "Make a link" not in text_of(page)
    assert "Opens nothing any more" in text_of(page)
    assert token_of(link) not in page.content.decode()
    assert client.post(address(version), {"days": "7"}).status_code == 409


def test_a_link_of_another_version_is_not_revoked_here(newsroom):
    link = share(make.draft(newsroom), days=7, actor=newsroom.writer)
    other = make.draft(newsroom)
    response = signed_in(newsroom.writer).post(address(other), {"revoke": str(link.pk)})
    assert response.status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_those_who_may_not_share_see_no_link(newsroom):
    version = make.in_medical_review(newsroom)
    link = share(version, days=7, actor=newsroom.editor)
    for account in (newsroom.primary.user, newsroom.administrator):
        page = signed_in(account).get(address(version))
        assert "Your role does not include sharing previews." in text_of(page)
        assert token_of(link) not in page.content.decode()
        assert signed_in(account).post(address(version), {"days": "7"}).status_code == 403
    stranger = make.reviewer("Family Medicine", name="Nina Notasked").user
    assert signed_in(stranger).get(address(version)).status_code == 404


def test_the_page_of_a_version_leads_to_its_links(newsroom):
    version = make.draft(newsroom)
    url = reverse("admin:topics_version_change", args=[version.pk])
    assert address(version) in signed_in(newsroom.writer).get(url).content.decode()


def test_the_page_takes_the_same_questions_whatever_the_number_of_links(
    newsroom, django_assert_max_num_queries
):
    version = make.draft(newsroom)
    client = signed_in(newsroom.writer)
    share(version, days=7, actor=newsroom.writer)
    with django_assert_max_num_queries(12) as few:
        client.get(address(version))
    for _ in range(4):
        share(version, days=7, actor=newsroom.writer)
    with django_assert_max_num_queries(len(few)):
        client.get(address(version))
