"""An editor's pages for starting the reviews of what is due: chosen, proposed, started, reported."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import in_days, signed_in, text_of, withholding
from topics.models import Version
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw

URL = "/admin/desk/periodic-review/"


def reviewed(room, days_ago, **content):
    """An edition whose last review was so many days ago; the policy asks again after 24 months."""
    return make.released(room, at=timezone.now() - timedelta(days=days_ago), **content)


def titles(user, **narrowed):
    return [e.title for e in signed_in(user).get(URL, narrowed).context["editions"]]


def plan_of(client, *editions):
    return client.get(URL, {"id": [edition.article_id for edition in editions]})


def form_of(response, **typed):
    """All that the page would send, as it stands."""
    form = response.context["form"]
    data = {"id": [], "due_on": in_days(14).isoformat(), "send": "on"}
    for row in response.context["rows"]:
        key = row["edition"].article_id
        data["id"].append(key)
        data[f"edition_{key}"] = row["edition"].pk
        for _proposal, bound in row["roles"]:
            data[bound.html_name] = bound.value() or ""
    return {name: value for name, value in {**data, **typed}.items() if form is not None}


def test_what_is_due_is_listed_overdue_first(newsroom):
    reviewed(newsroom, 900, title="Very late")
    reviewed(newsroom, 745, title="Late")
    reviewed(newsroom, 700, title="Due")
    reviewed(newsroom, 10, title="Current")
    assert titles(newsroom.editor) == ["Very late", "Late", "Due"]
    assert titles(newsroom.editor, window="overdue") == ["Very late", "Late"]
    assert titles(newsroom.editor, window="365") == ["Very late", "Late", "Due"]
    assert "days overdue" in text_of(signed_in(newsroom.editor).get(URL))


def test_it_is_narrowed_by_category_with_all_below_and_by_language(newsroom):
    below = make.category("asthma", parent=newsroom.category, own=None)
    elsewhere = make.category("skin", policy=newsroom.policy)
    reviewed(newsroom, 803, title="Lungs")
    reviewed(newsroom, 802, title="Asthma", category=below)
    reviewed(newsroom, 801, title="Skin", category=elsewhere)
    make.reviewer("Family Medicine")
    assert titles(newsroom.editor, category=newsroom.category.pk) == ["Lungs", "Asthma"]
    assert titles(newsroom.editor, category=elsewhere.pk) == ["Skin"]
    assert titles(newsroom.editor, language="en") == ["Lungs", "Asthma", "Skin"]
    assert titles(newsroom.editor, category="nonsense", window="x", language="zz") != []


def test_what_was_withdrawn_or_replaced_is_not_listed_and_what_is_withheld_is(newsroom):
    room = withholding(newsroom, grace_days=0)
    reviewed(room, 800, title="Withheld")
    old = reviewed(room, 720, title="Old")
    gone = reviewed(room, 710, title="Gone")
    make.released(room, make.next_draft(room, old.article, title="New"))
    withdraw(gone, kind="retired", explanation="Old.", actor=room.publisher)
    assert titles(room.editor) == ["Withheld"]


def test_what_is_withheld_is_started_as_it_is_listed(newsroom):
    room = withholding(newsroom, grace_days=0)
    edition = reviewed(room, 800, title="Withheld")
    client = signed_in(room.editor)
    response = client.post(URL, form_of(plan_of(client, edition)))
    assert "1 review was started" in text_of(response)
    assert edition.article.versions.get(number=2).state == "medical_review"


def test_what_somebody_is_at_work_on_can_not_be_chosen(newsroom):
    edition = reviewed(newsroom, 800)
    make.next_draft(newsroom, edition.article)
    page = signed_in(newsroom.editor).get(URL)
    assert "Version 2 is still open: Draft." in text_of(page)
    assert "disabled" in page.content.decode().split('name="id"')[1].split(">")[0]


def test_what_was_signed_and_waits_for_release_again_is_not_reviewed_over(newsroom):
    edition = reviewed(newsroom, 800, title="Alpha")
    client = signed_in(newsroom.editor)
    form = form_of(plan_of(client, edition))
    version = make.approved(newsroom, make.next_draft(newsroom, edition.article))
    soon = timezone.now() + timedelta(days=1)
    cancel_release(release(version, actor=newsroom.publisher, starts_at=soon), actor=newsroom.publisher)
    assert "Version 2 is still open: Release cancelled." in text_of(client.get(URL))
    assert "Version 2 is still open: Release cancelled." in text_of(plan_of(client, edition))
    response = client.post(URL, form)
    assert "Version 2 is signed by all, and its release was cancelled" in text_of(response)
    assert not Version.objects.filter(change_kind="periodic_review").exists()


def test_the_list_takes_the_same_questions_whatever_is_due(newsroom, django_assert_max_num_queries):
    reviewed(newsroom, 800)
    client = signed_in(newsroom.editor)
    with django_assert_max_num_queries(14) as few:
        client.get(URL)
    for days in (790, 780, 770):
        reviewed(newsroom, days)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)


def test_the_plan_takes_the_same_questions_whatever_was_chosen(newsroom, django_assert_max_num_queries):
    editions = [reviewed(newsroom, days) for days in (900, 890, 880, 870)]
    client = signed_in(newsroom.editor)
    with django_assert_max_num_queries(35) as few:
        plan_of(client, editions[0])
    with django_assert_max_num_queries(len(few)):
        plan_of(client, *editions)


def test_several_reviews_are_started_with_those_who_signed_last(newsroom):
    editions = [reviewed(newsroom, 800, title="Alpha"), reviewed(newsroom, 790, title="Beta")]
    client = signed_in(newsroom.editor)
    plan = plan_of(client, *editions)
    assert "Pia Primary signed in this role last." in text_of(plan)
    response = client.post(URL, form_of(plan))
    assert "2 reviews were started" in text_of(response)
    assert "Alpha version 2 · Pia Primary (Primary reviewer), Sam Specialist (Specialist)" in text_of(
        response
    )
    for version in Version.objects.filter(change_kind="periodic_review"):
        assert version.state == "medical_review"
        assert version.created_by == newsroom.editor


def test_one_that_is_refused_does_not_hold_up_another_and_the_report_says_why(newsroom):
    alpha, beta = reviewed(newsroom, 800, title="Alpha"), reviewed(newsroom, 790, title="Beta")
    client = signed_in(newsroom.editor)
    plan = plan_of(client, alpha, beta)
    make.next_draft(newsroom, alpha.article)
    response = client.post(URL, form_of(plan))
    assert "1 review was refused" in text_of(response)
    assert "Alpha : Version 2 is still open: Draft." in text_of(response)
    assert "1 review was started" in text_of(response)
    assert Version.objects.get(change_kind="periodic_review").article == beta.article
    assert f"?id={alpha.article_id}" in response.content.decode()


def test_a_role_without_anybody_is_refused_for_that_article(newsroom):
    edition = reviewed(newsroom, 800, title="Alpha")
    client = signed_in(newsroom.editor)
    name = f"reviewer_{edition.article_id}_specialist"
    response = client.post(URL, form_of(plan_of(client, edition), **{name: ""}))
    assert "Alpha : Nobody is asked as Specialist." in text_of(response)
    assert not Version.objects.filter(change_kind="periodic_review").exists()


def test_they_may_wait_in_editorial_review(newsroom):
    edition = reviewed(newsroom, 800)
    client = signed_in(newsroom.editor)
    typed = form_of(plan_of(client, edition))
    del typed["send"]
    assert "They wait in editorial review." in text_of(client.post(URL, typed))
    assert Version.objects.get(change_kind="periodic_review").state == "editorial_review"


def test_an_edition_that_came_meanwhile_is_looked_at_first(newsroom):
    edition = reviewed(newsroom, 800, title="Alpha")
    client = signed_in(newsroom.editor)
    plan = plan_of(client, edition)
    make.released(newsroom, make.next_draft(newsroom, edition.article, title="Alpha 2"))
    response = client.post(URL, form_of(plan))
    assert "came into force after you opened this page" in text_of(response)
    assert not Version.objects.filter(change_kind="periodic_review").exists()


@pytest.mark.parametrize("due_on", ["", "soon", "2001-01-01"])
def test_a_due_date_that_can_not_be_is_refused(newsroom, due_on):
    edition = reviewed(newsroom, 800)
    client = signed_in(newsroom.editor)
    client.post(URL, form_of(plan_of(client, edition), due_on=due_on))
    assert not Version.objects.filter(change_kind="periodic_review").exists()


@pytest.mark.parametrize("role", ["writer", "publisher", "administrator", "primary"])
def test_only_editors_see_the_page(newsroom, role):
    person = getattr(newsroom, role)
    client = signed_in(getattr(person, "user", person))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"id": "1"}).status_code == 403
    assert URL not in client.get(reverse("admin:index")).content.decode()
