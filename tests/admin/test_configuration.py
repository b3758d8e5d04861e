"""People and rules are set up in the admin, and each change is an entry in the ledger."""

import json
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from tests import make
from tests.admin.pages import fields, sign_in, superuser, url
from topics.models import AuditEntry, Author, Category, Credential, Notice, PolicyRole, Reviewer, User
from topics.workflow.ledger import broken_links


def newest():
    entry = AuditEntry.objects.first()
    return entry.act, entry.actor, json.loads(entry.detail)


def edit(client, model, row, **changes):
    page = url(f"{model}_change", row.pk)
    return client.post(page, {**fields(client.get(page)), **changes})


def test_an_administrator_adds_an_account_with_a_role_that_may_sign_in(client, newsroom):
    sign_in(client, newsroom.administrator)
    response = client.post(
        url("user_add"),
        {
            "username": "new-editor",
            "password1": "a long enough phrase",
            "password2": "a long enough phrase",
            "groups": [Group.objects.get(name="editor").pk],
        },
    )
    assert response.status_code == 302
    account = User.objects.get(username="new-editor")
    assert account.is_staff
    assert account.has_perm("topics.assign_reviewer")
    act, actor, detail = newest()
    assert (act, actor) == ("configure", newsroom.administrator)
    assert (detail["model"], detail["name"]) == ("user", "new-editor")
    assert "long enough" not in json.dumps(detail)


def test_an_account_without_a_role_may_not_sign_in_to_the_admin(client, newsroom):
    sign_in(client, newsroom.administrator)
    account = make.user("writer")
    edit(client, "user", account, groups=[])
    account.refresh_from_db()
    assert not account.is_staff


def test_an_account_is_closed_not_deleted(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = url("user_change", newsroom.writer.pk)
    values = fields(client.get(page))
    values.pop("is_active")
    client.post(page, values)
    newsroom.writer.refresh_from_db()
    assert not newsroom.writer.is_active
    assert newest()[2]["fields"] == ["is_active"]


def test_an_administrator_makes_no_superuser(client, newsroom):
    sign_in(client, newsroom.administrator)
    rights = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    edit(client, "user", newsroom.writer, **rights)
    newsroom.writer.refresh_from_db()
    assert not newsroom.writer.is_superuser
    assert not newsroom.writer.user_permissions.exists()


def test_an_administrator_does_not_change_a_superuser_or_their_password(client, newsroom):
    root = superuser()
    sign_in(client, newsroom.administrator)
    assert client.post(url("user_change", root.pk), {"username": "mine"}).status_code == 403
    password = {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    page = f"/admin/topics/user/{root.pk}/password/"
    assert client.post(page, password).status_code == 403
    root.refresh_from_db()
    assert root.check_password(make.PASSWORD)


def test_an_administrator_gives_no_role_to_themselves(client, newsroom):
    sign_in(client, newsroom.administrator)
    edit(client, "user", newsroom.administrator, groups=[Group.objects.get(name="publisher").pk])
    assert [group.name for group in newsroom.administrator.groups.all()] == ["administrator"]


def test_a_password_set_by_an_administrator_is_on_record(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = f"/admin/topics/user/{newsroom.writer.pk}/password/"
    password = {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    assert client.post(page, password).status_code == 302
    act, actor, detail = newest()
    assert (act, actor, detail["pk"]) == ("configure", newsroom.administrator, str(newsroom.writer.pk))
    assert "phrase" not in json.dumps(detail)


def test_a_password_that_somebody_sets_for_themselves_is_on_record(client, newsroom):
    sign_in(client, newsroom.writer)
    typed = {
        "old_password": make.PASSWORD,
        "new_password1": "a long enough phrase",
        "new_password2": "a long enough phrase",
    }
    assert client.post("/admin/password_change/", typed).status_code == 302
    act, actor, detail = newest()
    assert (act, actor, detail["pk"]) == ("configure", newsroom.writer, str(newsroom.writer.pk))
    assert detail["changes"] == [{"field": "password"}]
    assert "phrase" not in json.dumps(detail) and make.PASSWORD not in json.dumps(detail)


def test_a_password_that_was_refused_is_not_on_record_as_changed(client, newsroom):
    sign_in(client, newsroom.writer)
    typed = {"old_password": make.PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert client.post("/admin/password_change/", typed).status_code == 200
    assert not AuditEntry.objects.filter(act="configure").exists()


def test_a_reviewer_is_added_with_a_credential_and_that_is_on_record(client, newsroom):
    sign_in(client, newsroom.administrator)
    response = client.post(
        url("reviewer_add"),
        {
            "name": "Rita Reviewer",
            "credentials": "MD",
            "user": make.user("medical_reviewer").pk,
            "specialties": [make.specialty("Family Medicine").pk],
            "credential_set-TOTAL_FORMS": 1,
            "credential_set-INITIAL_FORMS": 0,
            "credential_set-0-title": "Licence",
            "credential_set-0-issuer": "Board",
            "credential_set-0-valid_from": "2020-01-01",
            "credential_set-0-expires_on": "2090-01-01",
        },
    )
    assert response.status_code == 302
    reviewer = Reviewer.objects.get(name="Rita Reviewer")
    assert reviewer.credential_set.get().expires_on == date(2090, 1, 1)
    act, actor, detail = newest()
    assert (act, actor) == ("configure", newsroom.administrator)
    assert detail["model"] == "reviewer"
    assert {"name", "specialties", "credential"} <= set(detail["fields"])


def test_a_credential_stays_even_for_a_superuser(client, newsroom):
    sign_in(client, superuser())
    edit(client, "reviewer", newsroom.primary, **{"credential_set-0-DELETE": "on"})
    assert Credential.objects.filter(reviewer=newsroom.primary).exists()


def test_a_credential_that_ends_before_it_starts_is_refused(client, newsroom):
    sign_in(client, newsroom.administrator)
    expired = {"credential_set-0-expires_on": "1999-01-01"}
    response = edit(client, "reviewer", newsroom.primary, **expired)
    assert "expire before it starts" in response.content.decode()


def test_a_role_is_added_to_a_policy_and_taken_out_again(client, newsroom):
    sign_in(client, newsroom.administrator)
    added = {
        "roles-TOTAL_FORMS": 3,
        "roles-2-position": 3,
        "roles-2-role": "pharmacist",
        "roles-2-label": "Pharmacist",
        "roles-2-own_specialty": "on",
    }
    assert edit(client, "reviewpolicy", newsroom.policy, **added).status_code == 302
    assert newest()[2]["fields"] == ["policyrole"]
    assert PolicyRole.objects.filter(policy=newsroom.policy).count() == 3
    assert edit(client, "reviewpolicy", newsroom.policy, **{"roles-2-DELETE": "on"}).status_code == 302
    assert PolicyRole.objects.filter(policy=newsroom.policy).count() == 2


def test_a_change_of_a_category_names_the_changed_fields(client, newsroom):
    sign_in(client, newsroom.administrator)
    edit(client, "category", newsroom.category, name="Lungs and airways")
    _act, _actor, detail = newest()
    assert detail["fields"] == ["name"]
    assert (detail["model"], detail["pk"]) == ("category", str(newsroom.category.pk))


def test_the_tree_of_categories_shows_each_below_its_parent_with_its_policy(client, newsroom):
    child = Category.objects.create(slug="a", name="Asthma", parent=newsroom.category)
    Category.objects.create(slug="b", name="Childhood asthma", parent=child)
    sign_in(client, newsroom.administrator)
    page = client.get(url("category_changelist")).content.decode()
    assert page.index(newsroom.category.name) < page.index("Asthma") < page.index("Childhood asthma")
    assert 'depth-2">Childhood asthma' in page
    assert page.count(newsroom.policy.name) == 3


def test_a_category_is_not_moved_below_itself(client, newsroom):
    child = Category.objects.create(slug="a", name="Asthma", parent=newsroom.category)
    sign_in(client, newsroom.administrator)
    response = edit(client, "category", newsroom.category, parent=child.pk)
    assert "is below this category already" in response.content.decode()


def test_a_writer_adds_an_author_and_that_is_on_record(client, newsroom):
    sign_in(client, newsroom.writer)
    assert client.post(url("author_add"), {"name": "Nora New"}).status_code == 302
    assert newest()[:2] == ("configure", newsroom.writer)


def test_an_author_has_specialties_and_interests_as_a_reviewer_has(client, newsroom):
    sign_in(client, newsroom.writer)
    lungs = make.specialty("Respiratory Medicine")
    given = {
        "name": "Nora New",
        "specialties": [lungs.pk],
        "disclosure": "Shares in a maker of inhalers.",
    }
    assert client.post(url("author_add"), given).status_code == 302
    nora = Author.objects.get(name="Nora New")
    assert (nora.disclosure, nora.specialties.get()) == (given["disclosure"], lungs)


def notice(client, **given):
    data = {"kind": "disclaimer", "language": "en", "text": "No advice.", **given}
    return client.post(url("notice_add"), data)


def test_a_publisher_adds_a_notice_that_is_in_force_from_now_on(client, newsroom):
    sign_in(client, newsroom.publisher)
    assert notice(client, from_now="on").status_code == 302
    made = Notice.objects.get()
    assert made.created_by == newsroom.publisher
    assert made.in_force_from == made.created_at <= timezone.now()
    assert newest()[:2] == ("notice", newsroom.publisher)
    history = client.get(url("notice_history", made.pk)).context["entries"]
    assert [(entry.act, json.loads(entry.detail)["kind"]) for entry in history] == [
        ("notice", "disclaimer")
    ]


def test_a_notice_does_not_begin_in_the_past_and_nothing_typed_is_lost(client, newsroom):
    sign_in(client, newsroom.publisher)
    response = notice(client, in_force_from_0="2020-01-01", in_force_from_1="00:00")
    assert response.status_code == 409
    assert "come into force in the past" in response.content.decode()
    assert fields(response)["text"].strip() == "No advice."
    assert not Notice.objects.exists()


def test_the_form_of_a_new_notice_shows_what_is_in_force(client, newsroom):
    sign_in(client, newsroom.publisher)
    notice(client, from_now="on", text="The text of today.")
    assert "The text of today." in client.get(url("notice_add")).content.decode()


def test_a_notice_is_never_changed_but_one_without_a_beginning_gets_one(client, newsroom):
    sign_in(client, newsroom.publisher)
    notice(client)
    made = Notice.objects.get()
    response = edit(client, "notice", made, text="Rewritten", from_now="on")
    assert response.status_code == 302
    made.refresh_from_db()
    assert made.text == "No advice."
    assert made.in_force_from is not None
    history = client.get(url("notice_history", made.pk)).context["entries"]
    assert [entry.act for entry in history] == ["notice", "configure"]
    assert client.post(url("notice_change", made.pk), {"text": "Rewritten"}).status_code == 403


def test_a_notice_to_come_is_scheduled(client, newsroom):
    sign_in(client, newsroom.publisher)
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    assert notice(client, in_force_from_0=day, in_force_from_1="08:00").status_code == 302
    assert "To come" in client.get(url("notice_changelist")).content.decode()


def test_nothing_is_on_record_where_the_form_was_wrong(client, newsroom):
    sign_in(client, newsroom.administrator)
    before = AuditEntry.objects.count()
    edit(client, "category", newsroom.category, name="")
    assert AuditEntry.objects.count() == before


def test_the_ledger_stays_whole_over_configuration(client, newsroom):
    sign_in(client, newsroom.administrator)
    edit(client, "category", newsroom.category, name="One")
    edit(client, "category", newsroom.category, name="Two")
    assert list(broken_links()) == []


def test_the_history_of_a_category_is_what_the_ledger_says_of_it(client, newsroom):
    other = make.category()
    sign_in(client, newsroom.administrator)
    edit(client, "category", newsroom.category, name="Changed once")
    edit(client, "category", other, name="Another one")
    entries = client.get(url("category_history", newsroom.category.pk)).context["entries"]
    assert [json.loads(entry.detail)["name"] for entry in entries] == ["Changed once"]


# The languages of a reviewer -----------------------------------------------------------------------


def reviewer_page(reviewer):
    return url("reviewer_change", reviewer.pk)


def test_a_reviewers_languages_are_typed_in_one_line_and_changing_them_is_on_record(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = reviewer_page(newsroom.primary)
    shown = fields(client.get(page))
    assert shown["languages"] == "de, en, es, fr"
    response = client.post(page, {**shown, "languages": "EN, es-mx"})
    assert response.status_code == 302
    assert [str(known) for known in newsroom.primary.languages.all()] == ["en", "es-MX"]
    entry = AuditEntry.objects.get(act="configure")
    assert '"languages"' in entry.detail


def test_what_is_no_language_tag_is_refused_in_a_sentence_and_given_back(client, newsroom):
    sign_in(client, newsroom.administrator)
    page = reviewer_page(newsroom.primary)
    response = client.post(page, {**fields(client.get(page)), "languages": "en, Spanish!"})
    assert "“spanish!” is no BCP 47 tag" in response.content.decode()
    assert fields(response)["languages"] == "en, Spanish!"
    assert newsroom.primary.languages.count() == len(make.LANGUAGES)


def test_reviewers_are_found_by_the_language_in_which_they_review(client, newsroom):
    sign_in(client, newsroom.administrator)
    make.reads(newsroom.primary, "en")
    text = client.get(url("reviewer_changelist"), {"reads": "es"}).content.decode()
    assert "Sam Specialist" in text
    assert "Pia Primary" not in text


def test_who_may_only_look_reads_in_which_languages_somebody_reviews(client, newsroom):
    sign_in(client, newsroom.editor)
    make.reads(newsroom.primary, "en", "es-MX")
    assert "en, es-MX" in client.get(reviewer_page(newsroom.primary)).content.decode()
