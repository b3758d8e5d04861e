"""Pages for releasing several at once, for moving a schedule, and what they say of a batch."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import act_url, edition_url, in_days, post, reasons_of, signed_in, text_of
from tests.once import once
from tests.stage import forget_permissions
from topics.models import Edition, ReleaseBatch
from topics.publishing.release import release
from topics.publishing.together import release_together
from topics.workflow import acts

URL = "/admin/desk/release-together/"


def address(*versions):
    return URL + "?" + "&".join(f"id={version.pk}" for version in versions)


@once
def content():
    room = make.newsroom()
    versions = [make.approved(room, title=title) for title in ("Alpha", "Beta")]
    forget_permissions(room)
    return SimpleNamespace(room=room, two=versions)


@pytest.fixture
def two(made):
    """Versions that wait for release: Alpha and Beta."""
    return made.two


def send(user, versions, **typed):
    client = signed_in(user)
    seen = client.get(address(*versions)).context["seen_entry"]
    return client.post(
        URL, {"id": [version.pk for version in versions], "seen_entry": seen, **typed}, follow=True
    )


def later(days=3, **more):
    return {"when": "later", "day": in_days(days).isoformat(), "time": "14:30", **more}


def test_what_waits_for_release_can_be_chosen(newsroom, two):
    again = make.approved(newsroom, title="Cancelled")
    edition = release(again, actor=newsroom.publisher, starts_at=timezone.now() + timedelta(days=1))
    post(newsroom.publisher, edition_url(edition, "cancel_release"))
    make.in_medical_review(newsroom, title="Not yet")
    make.released(newsroom, title="Out already")
    page = signed_in(newsroom.publisher).get(URL)
    assert [version.title for version in page.context["versions"]] == ["Alpha", "Beta", "Cancelled"]
    assert "its release was cancelled" in text_of(page)


def test_the_choice_takes_the_same_few_questions_whatever_waits(
    newsroom, two, django_assert_max_num_queries
):
    client = signed_in(newsroom.publisher)
    with django_assert_max_num_queries(12) as few:
        client.get(URL)
    for _ in range(3):
        make.approved(newsroom)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)


def test_several_are_scheduled_together_after_their_page_showed_what_each_replaces(newsroom):
    first = make.released(newsroom, title="Alpha")
    alpha = make.approved(newsroom, make.next_draft(newsroom, first.article, title="Alpha 2"))
    beta = make.approved(newsroom, title="Beta")
    text = text_of(signed_in(newsroom.publisher).get(address(alpha, beta)))
    assert "Takes the place of edition 1" in text
    assert "No edition is in force now; it becomes public with this." in text
    response = send(newsroom.publisher, [alpha, beta], **later())
    assert "2 editions are scheduled together: public from" in text_of(response)
    batch = ReleaseBatch.objects.get()
    assert {edition.version for edition in batch.editions.all()} == {alpha, beta}


def test_several_are_released_together_now(newsroom, two):
    assert "are public together since" in text_of(send(newsroom.publisher, two, when="now"))
    assert Edition.objects.in_force(at=timezone.now()).count() == 2


def test_every_refusal_stands_with_its_article_before_anything_is_done(newsroom, two):
    alpha, beta = two
    release(beta, actor=newsroom.publisher)
    page = signed_in(newsroom.publisher).get(address(alpha, beta))
    assert page.status_code == 409
    assert "Beta : This version was released already." in text_of(page)
    assert "Leave out “Beta”" in text_of(page)
    assert "Release them together" not in text_of(page)
    response = send(newsroom.publisher, [alpha, beta], when="now")
    assert response.status_code in (409, 422)
    assert Edition.objects.count() == 1


def test_an_instant_that_one_of_them_refuses_releases_none_and_keeps_what_was_typed(newsroom, two):
    newsroom.primary.credential_set.update(expires_on=in_days(10))
    response = send(newsroom.publisher, two, **later(20))
    assert response.status_code == 422
    assert text_of(response).count("The credential of Pia Primary expired on") == 4
    assert f'value="{in_days(20)}"' in response.content.decode()
    assert not Edition.objects.exists()


def test_looking_first_at_a_batch_does_nothing(newsroom, two):
    response = send(newsroom.publisher, two, **later(look="1"))
    assert "2 editions would be public together from" in text_of(response)
    assert not Edition.objects.exists()
    assert not ReleaseBatch.objects.exists()


def test_a_page_that_somebody_overtook_says_who_did_what(newsroom, two):
    client = signed_in(newsroom.publisher)
    seen = client.get(address(*two)).context["seen_entry"]
    acts.return_with_remarks(two[0], remarks="Wait.", actor=newsroom.editor)
    typed = {"id": [version.pk for version in two], "seen_entry": seen, "when": "now"}
    response = client.post(URL, typed)
    assert response.status_code == 409
    assert f"{newsroom.editor.printed_name()} returned version 1" in reasons_of(response)[0]
    assert not Edition.objects.exists()


def test_a_form_that_does_not_say_what_was_seen_is_refused(newsroom, two):
    typed = {"id": [version.pk for version in two], "when": "now"}
    response = signed_in(newsroom.publisher).post(URL, typed)
    assert response.status_code == 422
    assert not Edition.objects.exists()


def test_one_alone_is_sent_back_to_the_choice(newsroom, two):
    alpha, _beta = two
    page = signed_in(newsroom.publisher).get(address(alpha))
    assert "One version alone is no batch" in text_of(page)


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_only_publishers_see_the_page(newsroom, role):
    client = signed_in(getattr(newsroom, role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"when": "now"}).status_code == 403
    assert URL not in client.get(reverse("admin:index")).content.decode()


def test_the_pages_of_a_batch_say_what_else_they_move_and_cancel(newsroom, two):
    editions = release_together(
        two, starts_at=timezone.now() + timedelta(days=3), actor=newsroom.publisher
    )
    for act in ("move", "cancel_release"):
        text = text_of(signed_in(newsroom.publisher).get(edition_url(editions[0], act)))
        assert "This edition is one of 2 that were released together." in text
        assert "Beta" in text


def test_a_publisher_moves_a_release_and_comes_to_the_new_edition(newsroom):
    edition = make.released(newsroom, starts_at=timezone.now() + timedelta(days=3))
    response = post(newsroom.publisher, edition_url(edition, "move"), **later(5))
    moved = Edition.objects.get(number=2)
    assert response.url == reverse("admin:topics_edition_change", args=[moved.pk])
    assert f"{moved.starts_at:%Y-%m-%d %H:%M}" == f"{in_days(5)} 14:30"


def test_a_move_proposes_the_instant_that_stands_and_never_now(newsroom):
    newsroom.publisher.time_zone = "Asia/Tokyo"
    newsroom.publisher.save()
    starts_at = (timezone.now() + timedelta(days=3)).replace(hour=20, minute=0, second=0, microsecond=0)
    edition = make.released(newsroom, starts_at=starts_at)
    form = signed_in(newsroom.publisher).get(edition_url(edition, "move")).context["form"]
    proposed = {name: form[name].value() for name in ("when", "day", "time")}
    day = (starts_at + timedelta(days=1)).date()
    assert proposed == {"when": "later", "day": day, "time": time(5)}
    typed = {"when": "later", "day": day.isoformat(), "time": "05:00"}
    response = post(newsroom.publisher, edition_url(edition, "move"), **typed)
    assert reasons_of(response) == ["It is scheduled for that instant already."]


def test_a_move_of_a_batch_that_is_refused_says_why_for_each(newsroom, two):
    editions = release_together(
        two, starts_at=timezone.now() + timedelta(days=3), actor=newsroom.publisher
    )
    newsroom.primary.credential_set.update(expires_on=in_days(10))
    response = post(newsroom.publisher, edition_url(editions[0], "move"), **later(20))
    assert response.status_code == 422
    assert [sentence[:7] for sentence in reasons_of(response)] == ["“Alpha”", "“Beta”:"]
    assert Edition.objects.scheduled(at=timezone.now()).count() == 2


def test_cancelling_says_how_many_were_cancelled(newsroom, two):
    editions = release_together(
        two, starts_at=timezone.now() + timedelta(days=3), actor=newsroom.publisher
    )
    client = signed_in(newsroom.publisher)
    url = edition_url(editions[0], "cancel_release")
    seen = client.get(url).context["seen"]
    typed = {"seen_entry": seen.entry, "seen_state": seen.state, "seen_digest": seen.digest}
    assert "The releases of all 2 editions are cancelled." in text_of(
        client.post(url, typed, follow=True)
    )


def test_moving_is_offered_on_the_edition_that_is_scheduled(newsroom):
    edition = make.released(newsroom, starts_at=timezone.now() + timedelta(days=3))
    url = reverse("admin:topics_edition_change", args=[edition.pk])
    assert edition_url(edition, "move") in signed_in(newsroom.publisher).get(url).content.decode()
    assert act_url(edition.version, "release") not in (
        signed_in(newsroom.publisher).get(url).content.decode()
    )
