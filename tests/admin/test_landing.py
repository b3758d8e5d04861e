"""My work: each role finds what waits for it, the most urgent first, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import act_url, in_days, open_url, post, signed_in, superuser, text_of
from tests.admin.landing import days_ago, home, names_of, section_of, titles
from topics.admin.desk.section import SHOWN
from topics.models import Reviewer
from topics.workflow import acts
from topics.workflow.password import ask

pytestmark = pytest.mark.django_db


# Who sees what --------------------------------------------------------------------------------------


def test_each_role_sees_its_own_sections(newsroom):
    assert names_of(home(newsroom.writer)) == ["returned", "drafts", "submitted"]
    assert names_of(home(newsroom.editor)) == ["editorial", "medical", "reviews-due"]
    assert names_of(home(newsroom.primary.user)) == ["to-sign", "signed", "signed-due"]
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


def test_a_long_section_shows_the_first_and_counts_the_rest(newsroom):
    for _number in range(SHOWN + 2):
        make.submitted(newsroom)
    section = section_of(home(newsroom.editor), "editorial")
    assert (section.count, len(section.rows), section.left) == (SHOWN + 2, SHOWN, 2)


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
    assert row.standing == "1 of 2 signed; waits for Sam Specialist"
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


def test_an_editor_finds_what_they_submitted_themselves_once(newsroom):
    newsroom.writer.groups.add(*newsroom.editor.groups.all())
    make.submitted(newsroom, title="Croup")
    page = home(newsroom.writer)
    listed = [section.name for section in page.context["sections"] if "Croup" in titles(section)]
    assert listed == ["editorial"]


# The medical reviewer -------------------------------------------------------------------------------


def test_a_reviewer_sees_which_articles_that_they_signed_come_due(newsroom):
    make.released(newsroom, at=days_ago(800), title="Bronchitis")
    make.released(newsroom, at=days_ago(10), title="Cough", slug="cough")
    section = section_of(home(newsroom.primary.user), "signed-due")
    assert (section.part, titles(section)) == ("coming", ["Bronchitis"])
    assert section.rows[0].badge[0] == "overdue"
    other = make.reviewer("Family Medicine", name="Una Unasked")
    assert section_of(home(other.user), "signed-due").count == 0


def expiring(reviewer, days):
    reviewer.credential_set.update(expires_on=in_days(days))
    return text_of(home(reviewer.user))


def test_a_reviewer_is_warned_before_their_credential_expires(newsroom):
    assert "Your credential expires" not in expiring(newsroom.primary, 61)
    warned = f"Your credential expires on {in_days(60)} (in 60 days)."
    assert warned in expiring(newsroom.primary, 60)
    assert "Your credential expires" in expiring(newsroom.primary, 0)
    assert "You can't sign until" in expiring(newsroom.primary, -1)
    assert "credential" not in text_of(home(newsroom.writer))


def test_a_renewed_credential_ends_the_warning_and_one_after_a_gap_does_not(newsroom):
    expiring(newsroom.primary, 9)
    renewed = make.credential(newsroom.primary, valid_from=in_days(11))
    assert "Your credential expires" in text_of(home(newsroom.primary.user))
    renewed.valid_from = in_days(10)
    renewed.save()
    assert "Your credential expires" not in text_of(home(newsroom.primary.user))


def test_a_reviewer_finds_what_waits_for_them_the_most_urgent_first(newsroom):
    version = make.in_medical_review(newsroom, title="Croup", at=days_ago(30))
    make.in_medical_review(newsroom, title="Cough")
    make.assigned(newsroom, title="Pleurisy")
    page = home(newsroom.primary.user)
    first, second = section_of(page, "to-sign").rows
    assert (first.title, first.alarm) == ("Croup", ("overdue", "Overdue"))
    assert (second.title, second.alarm) == ("Cough", None)
    assert first.step_url == first.url == reverse("admin:review_desk", args=[version.pk])
    assert titles(section_of(page, "announced")) == ["Pleurisy"]
    make.sign(version, newsroom.primary)
    page = home(newsroom.primary.user)
    assert titles(section_of(page, "to-sign")) == ["Cough"]
    assert titles(section_of(page, "signed")) == ["Croup"]


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


def test_an_administrator_sees_the_wrong_passwords_of_the_last_days(newsroom):
    user, now = newsroom.primary.user, timezone.now()
    version = make.in_medical_review(newsroom, at=now - timedelta(days=8))
    ask(user, "guess", purpose="password_change", at=now - timedelta(days=7, seconds=1))
    for _ in range(6):
        ask(user, "guess", purpose="sign_off", of=version)
    found = section_of(home(newsroom.administrator), "wrong-passwords")
    assert [row.badge[0] for row in found.rows] == ["overdue", *["due"] * 5]
    assert {(row.title, row.note) for row in found.rows} == {
        (f"{user.printed_name()} ({user.username})", f"{version.article} v1")
    }
    listed = signed_in(newsroom.administrator).get(found.url)
    assert found.count == len(listed.context["cl"].result_list) == 6
    assert "wrong-passwords" not in names_of(home(newsroom.editor))
    assert "wrong-passwords" not in names_of(home(user))


def test_an_administrator_sees_how_long_the_ledger_is(newsroom):
    make.submitted(newsroom)
    assert home(newsroom.administrator).context["ledger"]["size"] == 2
