"""My work: each role finds what waits for it, and the page costs the same however much there is."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import act_url, in_days, open_url, post, signed_in, superuser, text_of
from topics.admin.desk.section import SHOWN
from topics.models import Reviewer
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.eligibility import release_refusals
from topics.workflow import acts

pytestmark = pytest.mark.django_db


def home(user):
    response = signed_in(user).get(reverse("admin:index"))
    assert response.status_code == 200
    return response


def section_of(response, name):
    return {section.name: section for section in response.context["sections"]}[name]


def names_of(response):
    return [section.name for section in response.context["sections"]]


def titles(section):
    return [row.title for row in section.rows]


def days_ago(days):
    return timezone.now() - timedelta(days=days)


# Who sees what --------------------------------------------------------------------------------------


def test_each_role_sees_its_own_sections(newsroom):
    assert names_of(home(newsroom.writer)) == ["returned", "drafts", "submitted"]
    assert names_of(home(newsroom.editor)) == ["editorial", "medical", "reviews-due"]
    assert names_of(home(newsroom.primary.user)) == ["to-sign", "signed"]
    assert names_of(home(newsroom.publisher)) == ["to-release", "scheduled", "ending"]
    assert names_of(home(newsroom.administrator)) == ["credentials", "accounts", "categories"]


def test_an_account_with_two_roles_sees_the_sections_of_both(newsroom):
    newsroom.writer.groups.add(*newsroom.publisher.groups.all())
    assert set(names_of(home(newsroom.writer))) == {
        *("returned", "drafts", "submitted"),
        *("to-release", "scheduled", "ending"),
    }


def test_a_superuser_sees_what_waits_anywhere(newsroom):
    make.submitted(newsroom)
    make.approved(newsroom, slug="pleurisy")
    page = home(superuser())
    assert section_of(page, "editorial").count == 1
    assert section_of(page, "to-release").count == 1


def test_an_account_without_a_role_is_told_so(db):
    nobody = make.user(username="nobody", is_staff=True)
    assert "Your account has no role yet" in text_of(home(nobody))


def test_a_reviewer_sees_nothing_that_they_were_not_asked_for(newsroom):
    make.in_medical_review(newsroom, title="Whooping cough")
    make.released(newsroom, title="Pleurisy", slug="pleurisy")
    stranger = make.reviewer("Family Medicine", name="Nina Notasked").user
    text = text_of(home(stranger))
    assert "Whooping cough" not in text
    assert "Pleurisy" not in text
    assert "The collection" not in text
    assert "The ledger" not in text


# The writer -----------------------------------------------------------------------------------------


def test_a_writer_continues_what_was_returned_and_reads_why(newsroom):
    version = make.submitted(newsroom, title="Croup")
    acts.return_with_remarks(version, remarks="Give the dose by weight.", actor=newsroom.editor)
    page = home(newsroom.writer)
    row = section_of(page, "returned").rows[0]
    assert (row.title, row.remarks) == ("Croup", "Give the dose by weight.")
    assert row.step_url == open_url(version.article)
    assert "Give the dose by weight." in text_of(page)
    post(newsroom.writer, open_url(version.article), kind="new")
    page = home(newsroom.writer)
    assert section_of(page, "returned").count == 0
    assert titles(section_of(page, "drafts")) == ["Croup"]


def test_a_writer_follows_what_they_submitted(newsroom):
    version = make.in_medical_review(newsroom)
    make.sign(version, newsroom.primary)
    row = section_of(home(newsroom.writer), "submitted").rows[0]
    assert row.standing == "1 of 2 signed"
    assert row.badge == ("medical_review", "Medical review")


def test_the_drafts_of_others_are_not_mine(newsroom):
    make.draft(newsroom)
    assert section_of(home(make.user("writer")), "drafts").count == 0


# The editor -----------------------------------------------------------------------------------------


def test_an_editor_is_led_to_the_next_step_of_each_version(newsroom):
    new = make.submitted(newsroom, title="Croup")
    ready = make.assigned(newsroom, title="Cough")
    rows = section_of(home(newsroom.editor), "editorial").rows
    assert [(row.title, row.standing, row.step_url) for row in rows] == [
        ("Croup", "0 of 2 reviewers asked", act_url(new, "assign")),
        ("Cough", "2 of 2 reviewers asked", act_url(ready, "send")),
    ]


def test_an_editor_sees_who_is_late_to_sign(newsroom):
    late = make.in_medical_review(newsroom, title="Croup", at=days_ago(30))
    make.sign(late, newsroom.specialist, at=days_ago(29))
    make.in_medical_review(newsroom, title="Cough", at=days_ago(1))
    first, second = section_of(home(newsroom.editor), "medical").rows
    assert first.title == "Croup"
    assert first.standing == "1 of 2 signed; outstanding: Pia Primary"
    assert first.alarm and not second.alarm


def test_an_editor_sees_reviews_that_are_due_until_somebody_begins(newsroom):
    overdue = make.released(newsroom, at=days_ago(800), title="Bronchitis")
    make.released(newsroom, at=days_ago(700), title="Asthma", slug="asthma")
    make.released(newsroom, at=days_ago(10), title="Cough", slug="cough")
    section = section_of(home(newsroom.editor), "reviews-due")
    assert [(row.title, row.badge[0]) for row in section.rows] == [
        ("Bronchitis", "overdue"),
        ("Asthma", "due"),
    ]
    make.next_draft(newsroom, overdue.article, change_kind="periodic_review")
    assert titles(section_of(home(newsroom.editor), "reviews-due")) == ["Asthma"]


# The medical reviewer -------------------------------------------------------------------------------


def test_a_reviewer_finds_what_waits_for_them_the_most_urgent_first(newsroom):
    version = make.in_medical_review(newsroom, title="Croup", at=days_ago(30))
    make.in_medical_review(newsroom, title="Cough")
    make.assigned(newsroom, title="Pleurisy")
    page = home(newsroom.primary.user)
    first, second = section_of(page, "to-sign").rows
    assert (first.title, first.alarm) == ("Croup", ("overdue", "Overdue"))
    assert (second.title, second.alarm) == ("Cough", None)
    assert first.step_url == act_url(version, "sign_off")
    assert titles(section_of(page, "announced")) == ["Pleurisy"]
    make.sign(version, newsroom.primary)
    page = home(newsroom.primary.user)
    assert titles(section_of(page, "to-sign")) == ["Cough"]
    assert titles(section_of(page, "signed")) == ["Croup"]


# The publisher --------------------------------------------------------------------------------------


def test_a_publisher_sees_what_waits_what_comes_and_what_was_cancelled(newsroom):
    make.approved(newsroom, title="Croup")
    version = make.approved(newsroom, title="Cough", slug="cough")
    edition = release(version, actor=newsroom.publisher, starts_at=timezone.now() + timedelta(days=3))
    page = home(newsroom.publisher)
    assert titles(section_of(page, "to-release")) == ["Croup"]
    assert titles(section_of(page, "scheduled")) == ["Cough"]
    cancel_release(edition, actor=newsroom.publisher)
    page = home(newsroom.publisher)
    assert titles(section_of(page, "to-release")) == ["Croup", "Cough"]
    assert section_of(page, "to-release").rows[1].standing == "its release was cancelled"
    assert section_of(page, "scheduled").count == 0


def test_a_publisher_sees_when_an_overdue_edition_will_be_withheld(db):
    room = make.newsroom(when_overdue="withhold", grace_days=60)
    edition = make.released(room, at=days_ago(740), title="Bronchitis")
    row = section_of(home(room.publisher), "ending").rows[0]
    assert row.standing == f"withheld from {edition.expires_at:%Y-%m-%d %H:%M} UTC"
    assert row.badge[0] == "overdue"


def test_a_withheld_article_stands_first_until_somebody_begins(db):
    room = make.newsroom(when_overdue="withhold", grace_days=5)
    edition = make.released(room, at=days_ago(740), title="Bronchitis")
    make.submitted(room, title="Croup")
    page = home(room.editor)
    assert names_of(page)[0] == "withheld"
    row = section_of(page, "withheld").rows[0]
    assert (row.title, row.badge) == ("Bronchitis", ("expired", "Withheld"))
    assert row.when == f"{edition.expires_at:%Y-%m-%d}"
    assert row.step_url == open_url(edition.article)
    page = home(room.publisher)
    assert names_of(page)[0] == "unreadable"
    assert titles(section_of(page, "unreadable")) == ["Bronchitis"]
    version = make.next_draft(room, edition.article, change_kind="periodic_review")
    assert "withheld" not in names_of(home(room.editor))
    assert titles(section_of(home(room.publisher), "unreadable")) == ["Bronchitis"]
    make.released(room, version, starts_at=timezone.now() + timedelta(days=1))
    assert "unreadable" not in names_of(home(room.publisher))
    assert "withheld" not in names_of(home(room.editor))


def test_what_was_withdrawn_or_is_only_overdue_is_not_withheld(db):
    room = make.newsroom()
    make.released(room, at=days_ago(800), title="Flagged only")
    room.policy.when_overdue = "withhold"
    room.policy.save()
    edition = make.released(room, at=days_ago(760), slug="retired")
    withdraw(edition, kind="retired", explanation="Old.", actor=room.publisher, at=days_ago(755))
    assert "withheld" not in names_of(home(room.editor))
    assert "unreadable" not in names_of(home(room.publisher))


def test_a_publisher_is_warned_of_a_release_whose_signer_is_not_qualified_on_its_day(newsroom):
    soon, later = (timezone.now() + timedelta(days=days) for days in (3, 5))
    make.released(newsroom, title="Croup", slug="croup", starts_at=soon)
    uncovered = make.released(newsroom, title="Cough", starts_at=later)
    page = home(newsroom.publisher)
    assert [row.alarm for row in section_of(page, "scheduled").rows] == [None, None]
    newsroom.primary.credential_set.update(expires_on=in_days(4))
    assert release_refusals(uncovered.version, starts_at=uncovered.starts_at)
    page = home(newsroom.publisher)
    first, second = section_of(page, "scheduled").rows
    assert (first.title, second.title) == ("Cough", "Croup")
    assert first.alarm and not second.alarm
    assert "credential is not valid on that day: cancel this release" in text_of(page)
    make.credential(newsroom.primary, expires_on=later.date())
    assert section_of(home(newsroom.publisher), "scheduled").rows[1].alarm is None


# The administrator ----------------------------------------------------------------------------------


def test_an_administrator_sees_credentials_that_end_or_are_missing(newsroom):
    make.reviewer("Family Medicine", name="Expired", expires_on=in_days(-1))
    make.reviewer("Family Medicine", name="Soon", expires_on=in_days(90))
    make.reviewer("Family Medicine", name="Later", expires_on=in_days(91))
    renewed = make.reviewer("Family Medicine", name="Renewed", expires_on=in_days(-1))
    make.credential(renewed)
    Reviewer.objects.create(name="Missing", credentials="MD", user=make.user("medical_reviewer"))
    Reviewer.objects.create(name="Credit only", credentials="MD")
    page = home(newsroom.administrator)
    assert titles(section_of(page, "credentials")) == ["Missing, MD", "Expired, MD", "Soon, MD"]
    assert titles(section_of(page, "accounts")) == ["Credit only, MD"]


def test_an_administrator_sees_categories_without_a_policy_but_not_those_that_inherit(newsroom):
    make.category("child", parent=newsroom.category)
    lawless = make.category("lawless")
    make.category("lawless-child", parent=lawless)
    assert section_of(home(newsroom.administrator), "categories").count == 2


def test_an_administrator_sees_how_long_the_ledger_is(newsroom):
    make.submitted(newsroom)
    assert home(newsroom.administrator).context["ledger"]["size"] == 2


# The collection, lists and costs --------------------------------------------------------------------


def test_the_bar_counts_what_is_in_force_by_review_status(newsroom):
    for number, days in enumerate((800, 700, 20, 10)):
        make.released(newsroom, at=days_ago(days), slug=f"article-{number}")
    page = home(newsroom.writer)
    shares = page.context["collection"]["shares"]
    assert [(share.name, share.count, share.x, share.width) for share in shares] == [
        ("current", 2, 0, 500),
        ("due", 1, 500, 250),
        ("overdue", 1, 750, 250),
    ]
    assert 'aria-label="Current: 2, Due: 1, Overdue: 1"' in page.content.decode()


def test_a_long_section_shows_the_first_and_counts_the_rest(newsroom):
    for _number in range(SHOWN + 2):
        make.submitted(newsroom)
    section = section_of(home(newsroom.editor), "editorial")
    assert (section.count, len(section.rows), section.left) == (SHOWN + 2, SHOWN, 2)


@pytest.mark.parametrize(
    "role", ["writer", "editor", "publisher", "administrator", "reviewer", "superuser"]
)
def test_every_list_and_page_that_the_landing_links_to_is_there(newsroom, role):
    one_of_each(newsroom, 1)
    user = person(newsroom, role)
    client = signed_in(user)
    content = client.get(reverse("admin:index")).content.decode()
    main = content[content.index('id="content-main"') :]
    links = set(re.findall(r'href="(/[^"]*)"', main))
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize(
    "role", ["writer", "editor", "publisher", "administrator", "reviewer", "superuser"]
)
def test_the_page_costs_the_same_however_much_waits(newsroom, role):
    user = person(newsroom, role)
    one_of_each(newsroom, 1)
    client = signed_in(user)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("admin:index"))
    for number in range(2, 5):
        one_of_each(newsroom, number)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("admin:index"))
    assert len(many) == len(few)
    assert len(many) < 45


def person(room, role):
    if role == "superuser":
        return superuser()
    return room.primary.user if role == "reviewer" else getattr(room, role)


def one_of_each(room, number):
    """Something for every section; the ledger's time can't run back, so only the first is old."""
    at = days_ago(800) if number == 1 else None
    make.released(room, at=at, slug=f"in-force-{number}")
    make.draft(room)
    returned = make.submitted(room)
    acts.return_with_remarks(returned, remarks="Shorter, please.", actor=room.editor)
    make.submitted(room)
    make.assigned(room)
    signed = make.in_medical_review(room)
    make.sign(signed, room.primary)
    make.in_medical_review(room)
    make.approved(room)
    following = make.approved(room, slug=f"scheduled-{number}")
    release(following, actor=room.publisher, starts_at=timezone.now() + timedelta(days=3))
    make.reviewer("Family Medicine", name=f"Expired {number}", expires_on=in_days(-number))
    Reviewer.objects.create(name=f"Credit {number}", credentials="MD")
    make.category(f"lawless-{number}")
    make.category(f"child-{number}", parent=room.category)
