"""Two tabs with the same settings: the second save is told who changed what, and nothing comes back."""

import json
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests import make
from tests.admin.desk import signed_in, text_of
from tests.admin.pages import fields, sign_in, url
from topics.models import AuditEntry, Credential, Notice, PolicyRole, Reviewer


def two_tabs(model, row, *, second, first, **typed):
    """The page is opened by `second`, then `first` saves a change, then `second` sends theirs."""
    page = url(f"{model}_change", row.pk)
    stale = signed_in(second)
    opened = fields(stale.get(page))
    other = signed_in(first)
    assert other.post(page, {**fields(other.get(page)), **typed["theirs"]}).status_code == 302
    return stale.post(page, {**opened, **typed["mine"]})


def colleague():
    return make.user("administrator", first_name="Ada", last_name="Admin")


def newest_changes():
    return json.loads(AuditEntry.objects.first().detail)["changes"]


def edit(client, model, row, **changes):
    page = url(f"{model}_change", row.pk)
    response = client.post(page, {**fields(client.get(page)), **changes})
    assert response.status_code == 302, text_of(response)


def test_a_licence_that_was_ended_does_not_come_back_from_another_tab(newsroom):
    response = two_tabs(
        "reviewer",
        newsroom.primary,
        first=colleague(),
        second=newsroom.administrator,
        theirs={"credential_set-0-expires_on": "2020-12-31"},
        mine={"biography": "Typed in a stale tab"},
    )
    assert response.status_code == 409
    assert Credential.objects.get(reviewer=newsroom.primary).expires_on == date(2020, 12, 31)
    assert Reviewer.objects.get(pk=newsroom.primary.pk).biography == ""
    words = text_of(response)
    assert "Ada Admin changed this at" in words and "after you opened this page" in words
    assert "expires on: “2100-01-01” → “2020-12-31”." in words
    assert fields(response)["biography"].strip() == "Typed in a stale tab"
    assert "Open what is saved now" in words and "correct the error" not in words


@pytest.mark.parametrize(
    ("model", "theirs", "mine"),
    [
        ("category", {"name": "Theirs"}, {"slug": "mine"}),
        ("reviewpolicy", {"interval_months": "7"}, {"name": "Mine"}),
        ("reviewpolicy", {"roles-0-label": "Theirs"}, {"name": "Mine"}),
        ("reviewpolicy", {"roles-0-DELETE": "on"}, {"roles-1-label": "Mine"}),
        ("specialty", {"name": "Theirs"}, {"name": "Mine"}),
        ("author", {"name": "Theirs"}, {"biography": "Mine"}),
        ("user", {"first_name": "Theirs"}, {"last_name": "Mine"}),
        ("reviewer", {"languages": "en"}, {"name": "Mine"}),
        ("reviewer", {"disclosure": "Theirs"}, {"name": "Mine"}),
    ],
)
def test_every_form_refuses_what_was_opened_before_a_change_and_gives_it_back(
    newsroom, model, theirs, mine
):
    rows = {
        "category": newsroom.category,
        "reviewpolicy": newsroom.policy,
        "specialty": make.specialty("Cardiology"),
        "author": make.Author.objects.create(name="Nora"),
        "user": newsroom.writer,
        "reviewer": newsroom.primary,
    }
    administrator, before = newsroom.administrator, AuditEntry.objects.count()
    response = two_tabs(
        model, rows[model], first=colleague(), second=administrator, theirs=theirs, mine=mine
    )
    assert response.status_code == 409
    assert "Ada Admin changed this at" in text_of(response)
    assert AuditEntry.objects.count() == before + 1
    [value] = mine.values()
    assert value in [given.strip() for given in fields(response).values()]
    heading = response.content.decode().split('id="content"')[1].split("<form")[0]
    assert "Mine" not in heading
    again = signed_in(administrator)
    assert again.post(urlsplit(response.request["PATH_INFO"]).path, fields(response)).status_code == 409


def test_it_is_said_where_the_other_was_oneself(newsroom):
    response = two_tabs(
        "category",
        newsroom.category,
        first=newsroom.administrator,
        second=newsroom.administrator,
        theirs={"name": "Theirs"},
        mine={"name": "Mine"},
    )
    assert "You changed this in another window at" in text_of(response)


def test_a_notice_that_got_its_beginning_in_another_tab_says_so(newsroom):
    client = signed_in(newsroom.publisher)
    client.post(url("notice_add"), {"kind": "disclaimer", "language": "en", "text": "No advice."})
    notice = Notice.objects.get()
    response = two_tabs(
        "notice",
        notice,
        first=newsroom.publisher,
        second=newsroom.publisher,
        theirs={"from_now": "on"},
        mine={"from_now": "on"},
    )
    assert response.status_code == 409
    assert "You changed this in another window at" in text_of(response)


def test_what_changed_without_an_entry_is_refused_as_well(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = url("category_change", newsroom.category.pk)
    opened = fields(client.get(page))
    type(newsroom.category).objects.filter(pk=newsroom.category.pk).update(name="By hand")
    response = client.post(page, {**opened, "name": "Mine"})
    assert response.status_code == 409
    assert "This is not the state that the page showed" in text_of(response)


@pytest.mark.parametrize("opened", [None, "", "nonsense", "1", "x-y", "99999999-"])
def test_a_form_that_does_not_say_what_it_showed_is_refused(client, newsroom, opened):
    sign_in(client, newsroom.administrator)
    page = url("category_change", newsroom.category.pk)
    typed = {**fields(client.get(page)), "name": "Mine", "opened_state": opened}
    if opened is None:
        typed.pop("opened_state")
    assert client.post(page, typed).status_code == 409
    newsroom.category.refresh_from_db()
    assert newsroom.category.name != "Mine"


def test_who_may_not_change_it_learns_nothing_of_who_did(client, newsroom):
    sign_in(client, newsroom.editor)
    page = url("reviewpolicy_change", newsroom.policy.pk)
    response = client.post(page, {"opened_state": "0-0"})
    assert response.status_code == 403


def test_a_save_after_a_wrong_form_goes_through(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = url("category_change", newsroom.category.pk)
    wrong = client.post(page, {**fields(client.get(page)), "name": ""})
    assert client.post(page, {**fields(wrong), "name": "Right"}).status_code == 302


def test_signing_in_in_between_is_no_change_of_an_account(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = url("user_change", newsroom.writer.pk)
    opened = fields(client.get(page))
    signed_in(newsroom.writer)
    assert client.post(page, {**opened, "last_name": "Mine"}).status_code == 302


# What the ledger says of a change -------------------------------------------------------------------


def test_the_entry_says_what_each_field_was_and_is(client, newsroom):
    sign_in(client, newsroom.administrator)
    was = newsroom.policy.name
    edit(client, "reviewpolicy", newsroom.policy, name="Yearly", when_overdue="withhold")
    assert newest_changes() == [
        {"field": "name", "before": was, "after": "Yearly"},
        {"field": "when_overdue", "before": "flag", "after": "withhold"},
    ]


def test_the_entry_says_what_rows_said_and_say(client, newsroom):
    sign_in(client, newsroom.administrator)
    role = newsroom.policy.roles.first()
    was = role.label
    edit(client, "reviewpolicy", newsroom.policy, **{"roles-0-label": "First reader"})
    about = {"row": "policyrole", "row_id": str(role.pk), "called": was}
    assert newest_changes() == [{**about, "field": "label", "before": was, "after": "First reader"}]
    added = {"roles-TOTAL_FORMS": 3, "roles-2-position": 3, "roles-2-role": "pharmacist"}
    added |= {"roles-2-label": "Pharmacist", "roles-2-own_specialty": "on"}
    edit(client, "reviewpolicy", newsroom.policy, **added)
    [change] = newest_changes()
    assert (change["called"], change["before"]) == ("Pharmacist", None)
    says = {"position": 3, "role": "pharmacist", "label": "Pharmacist", "own_specialty": True}
    assert change["after"] == says
    edit(client, "reviewpolicy", newsroom.policy, **{"roles-2-DELETE": "on"})
    [change] = newest_changes()
    assert (change["before"], change["after"]) == (says, None)
    assert PolicyRole.objects.filter(policy=newsroom.policy).count() == 2


def test_the_entry_says_which_roles_an_account_had_and_has(client, newsroom):
    sign_in(client, newsroom.administrator)
    edit(client, "user", newsroom.writer, groups=[Group.objects.get(name="editor").pk])
    assert {"field": "groups", "before": ["writer"], "after": ["editor"]} in newest_changes()


def test_the_entry_says_which_languages_a_reviewer_read_and_reads(client, newsroom):
    sign_in(client, newsroom.administrator)
    edit(client, "reviewer", newsroom.primary, languages="en")
    assert newest_changes() == [
        {"field": "languages", "before": ["de", "en", "es", "fr"], "after": ["en"]}
    ]


def test_of_a_password_only_that_it_changed_is_on_record(client, newsroom):
    sign_in(client, newsroom.administrator)
    password = {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    client.post(f"/admin/topics/user/{newsroom.writer.pk}/password/", password)
    newsroom.writer.refresh_from_db()
    assert newest_changes() == [{"field": "password"}]
    assert newsroom.writer.password not in AuditEntry.objects.first().detail
    page = client.get(url("auditentry_change", AuditEntry.objects.first().pk))
    assert "password: changed" in text_of(page)


def test_a_new_account_is_on_record_without_its_password(client, newsroom):
    sign_in(client, newsroom.administrator)
    data = {"username": "nora", "password1": "a long enough phrase", "password2": "a long enough phrase"}
    assert client.post(url("user_add"), data).status_code == 302
    assert {"field": "username", "before": None, "after": "nora"} in newest_changes()
    assert {"field": "password"} in newest_changes()
    assert "argon" not in json.dumps(newest_changes()) and "md5" not in json.dumps(newest_changes())


def test_the_time_zone_that_somebody_chose_is_on_record_with_the_one_before(client, newsroom):
    sign_in(client, newsroom.writer)
    client.post(reverse("admin:me"), {"time_zone": "Europe/Zurich"})
    assert newest_changes() == [{"field": "time_zone", "before": "UTC", "after": "Europe/Zurich"}]


def test_people_read_the_changes_on_the_entrys_page_in_the_list_and_in_the_history(client, newsroom):
    sign_in(client, newsroom.administrator)
    Credential.objects.update(title="A licence whose long name fills a line" * 3)
    edit(client, "reviewer", newsroom.primary, **{"credential_set-0-expires_on": "2031-12-31"})
    entry = AuditEntry.objects.first()
    for page in (
        url("auditentry_change", entry.pk),
        url("auditentry_changelist"),
        url("reviewer_history", newsroom.primary.pk),
    ):
        words = text_of(client.get(page))
        assert "expires on: “" in words and "→ “2031-12-31”" in words
    assert str(newsroom.primary) in text_of(client.get(url("auditentry_changelist")))


def test_a_page_of_settings_asks_the_same_however_many_rows_it_has(
    client, newsroom, django_assert_max_num_queries
):
    sign_in(client, newsroom.administrator)
    page = url("reviewer_change", newsroom.primary.pk)
    client.get(page)
    with django_assert_max_num_queries(60) as few:
        client.get(page)
    for n in range(5):
        Credential.objects.create(
            reviewer=newsroom.primary,
            title=f"Licence {n}",
            issuer="Board",
            valid_from=date(2020, 1, 1),
            expires_on=date(2030, 1, 1),
        )
    with django_assert_max_num_queries(len(few)):
        client.get(page)
