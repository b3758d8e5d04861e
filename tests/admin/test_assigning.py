"""The page of who is asked: ranked people, every reason why not, and each change through its door."""

from datetime import date

import pytest

from tests import make
from tests.admin.desk import act_url, hidden_of, in_days, post, reasons_of, signed_in, text_of
from tests.admin.pages import url
from topics.models import Assignment, AuditEntry, PolicyRole, Reviewer
from topics.workflow import acts


def role_of(version, role="primary"):
    return version.requirements.get(role=role)


def typed_for(requirement, reviewer, days=7, **more):
    key = requirement.pk
    chosen = reviewer.pk if isinstance(reviewer, Reviewer) else reviewer
    typed = {f"reviewer_{key}": chosen, f"due_{key}": in_days(days).isoformat()}
    return {**typed, **{f"{name}_{key}": value for name, value in more.items()}}


def names(response, role="primary"):
    roles = {found.requirement.role: found for found in response.context["form"].roles}
    return [candidate.name for candidate in roles[role].eligible]


def assign_page(room, version):
    return signed_in(room.editor).get(act_url(version, "assign"))


# Ranked ---------------------------------------------------------------------------------------------


def test_who_has_less_to_sign_stands_first_and_the_page_says_how_much(newsroom):
    late = make.reviewer("Family Medicine", name="Ada Busy")
    busy = make.submitted(newsroom)
    acts.assign(busy, requirement=role_of(busy), reviewer=late, due_on=in_days(3), actor=newsroom.editor)
    response = assign_page(newsroom, make.submitted(newsroom))
    assert names(response) == ["Pia Primary", "Ada Busy"]
    text = text_of(response)
    assert f"1 open, next due {in_days(3)}" in text
    assert "nothing open" in text
    assert "has not signed in this category yet" in text


def test_what_is_signed_or_over_counts_as_no_open_work(newsroom):
    make.released(newsroom)
    acts.return_with_remarks(make.assigned(newsroom), remarks="No.", actor=newsroom.editor)
    response = assign_page(newsroom, make.submitted(newsroom))
    roles = response.context["form"].roles
    assert [candidate.work.open for role in roles for candidate in role.eligible] == [0, 0]


def test_who_has_the_categorys_own_specialty_stands_first_whatever_is_open(newsroom):
    role = PolicyRole.objects.get(policy=newsroom.policy, role="primary")
    role.specialties.add(make.specialty("Respiratory Medicine"))
    busy = make.assigned(newsroom)  # Sam Specialist has one to sign, as Pia Primary has.
    other = make.submitted(newsroom)
    acts.assign(
        other,
        requirement=role_of(other, "specialist"),
        reviewer=newsroom.specialist,
        due_on=in_days(1),
        actor=newsroom.editor,
    )
    assert busy.assignments.count() == 2
    response = assign_page(newsroom, make.submitted(newsroom))
    assert names(response) == ["Sam Specialist", "Pia Primary"]
    assert "the category's own" in text_of(response)


def test_the_last_sign_off_in_the_category_is_told(newsroom):
    make.released(newsroom)
    text = text_of(assign_page(newsroom, make.submitted(newsroom)))
    assert f"last signed in this category on {in_days(0)}" in text


def test_every_other_reviewer_stands_under_what_keeps_them_away_with_every_reason(newsroom):
    make.reviewer("Dermatology", name="Dora Skin", languages=("fr",), expires_on=in_days(-1))
    make.reviewer("Family Medicine", name="Fritz", languages=("de",))
    response = assign_page(newsroom, make.submitted(newsroom))
    primary = response.context["form"].roles[0]
    groups = {str(heading): [str(who) for who, _why in found] for heading, found in primary.groups}
    assert groups == {
        "Does not review in this language": ["Fritz, MD"],
        "None of the specialties": ["Dora Skin, MD", "Sam Specialist, MD"],
    }
    text = text_of(response)
    for sentence in (
        "Dora Skin does not review in this language: English.",
        "Dora Skin has none of the specialties that the Primary reviewer needs: Family Medicine.",
        f"The credential of Dora Skin expired on {in_days(-1)}.",
        "Fritz does not review in this language: English.",
    ):
        assert sentence in text


def test_five_hundred_reviewers_take_as_many_queries_as_a_few(newsroom, django_assert_num_queries):
    version, client = make.submitted(newsroom), signed_in(newsroom.editor)
    address = act_url(version, "assign")
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    crowd(500, newsroom)
    with django_assert_num_queries(QUERIES):
        response = client.get(address)
    assert len(names(response)) == 1 + 250
    assert response.content.count(b'type="search"') == 2


QUERIES = 25
DAY_ONE, DOOMSDAY = date(2000, 1, 1), date(2100, 1, 1)


def crowd(number, room):
    """Reviewers with accounts and credentials; every other one is a family doctor."""
    users = make.User.objects.bulk_create(
        make.User(username=f"crowd-{n}", password="!", is_staff=True) for n in range(number)
    )
    make.Group.objects.get(name="medical_reviewer").user_set.add(*users)
    reviewers = Reviewer.objects.bulk_create(
        Reviewer(name=f"Doctor {n:03}", credentials="MD", user=user) for n, user in enumerate(users)
    )
    for field, kinds in (("Family Medicine", 0), ("Dermatology", 1)):
        make.specialty(field).reviewers.add(*reviewers[kinds::2])
    make.Credential.objects.bulk_create(
        make.Credential(
            reviewer=reviewer, title="Licence", issuer="Board", valid_from=DAY_ONE, expires_on=DOOMSDAY
        )
        for reviewer in reviewers
    )
    make.ReviewerLanguage.objects.bulk_create(
        make.ReviewerLanguage(reviewer=reviewer, language="en") for reviewer in reviewers
    )


# Changing who is asked --------------------------------------------------------------------------------


@pytest.fixture
def version(newsroom):
    return make.in_medical_review(newsroom)


def test_reassigning_is_one_act_that_names_both_and_the_former_reviewer_reads_of_it(newsroom, version):
    other = make.reviewer("Family Medicine", name="Olga Other")
    typed = typed_for(role_of(version), other, reason="Pia is on leave.")
    assert post(newsroom.editor, act_url(version, "assign"), **typed).status_code == 302
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.version) == ("assign", version)
    for said in ('"former":"Pia Primary"', '"reviewer":"Olga Other"', '"reason":"Pia is on leave."'):
        assert said in entry.detail
    ended = version.assignments.get(reviewer=newsroom.primary)
    assert (ended.ended_at, ended.end_reason) == (entry.at, "Pia is on leave.")
    page = signed_in(newsroom.primary.user).get(url("version_change", version.pk))
    told = f"{newsroom.editor.username} asked Olga Other to sign as Primary reviewer in your place"
    assert told in text_of(page)
    assert "The reason given: Pia is on leave." in text_of(page)
    refused = post(newsroom.primary.user, act_url(version, "sign_off"), password=make.PASSWORD)
    assert refused.status_code == 422
    assert reasons_of(refused)[0].startswith(told)


def test_another_day_keeps_the_reviewer_and_the_former_day_on_record(newsroom, version):
    before = version.assignments.get(requirement__role="primary")
    typed = typed_for(role_of(version), newsroom.primary, days=30)
    assert post(newsroom.editor, act_url(version, "assign"), **typed).status_code == 302
    now = version.assignments.active().get(requirement__role="primary")
    assert (now.reviewer, now.due_on) == (newsroom.primary, in_days(30))
    entry = AuditEntry.objects.first()
    assert entry.act == "change_due_date"
    assert f'"before":"{before.due_on}"' in entry.detail
    before.refresh_from_db()
    assert before.ended_at == entry.at
    page = signed_in(newsroom.primary.user).get(url("version_change", version.pk))
    assert "in your place" not in text_of(page)
    assert "released you" not in text_of(page)


def test_a_withdrawal_in_medical_review_needs_a_reason(newsroom, version):
    typed = typed_for(role_of(version), "nobody")
    response = post(newsroom.editor, act_url(version, "assign"), **typed)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "The version is in medical review: say why the reviewer is released."
    ]
    assert list(response.context["form"].errors) == [f"reason_{role_of(version).pk}"]
    assert version.assignments.active().count() == 2


def test_a_withdrawn_assignment_leaves_the_role_open_and_the_version_where_it_is(newsroom, version):
    typed = typed_for(role_of(version), "nobody", reason="A conflict of interest.")
    assert post(newsroom.editor, act_url(version, "assign"), **typed).status_code == 302
    version.refresh_from_db()
    assert version.state == "medical_review"
    assert [a.requirement.role for a in version.assignments.active()] == ["specialist"]
    assert "it can't be approved before somebody is" in text_of(assign_page(newsroom, version))
    page = signed_in(newsroom.primary.user).get(url("version_change", version.pk))
    assert "released you of signing as Primary reviewer" in text_of(page)
    assert "nobody asked" in text_of(signed_in(newsroom.editor).get(url("version_change", version.pk)))


def test_before_medical_review_an_assignment_is_withdrawn_without_a_reason(newsroom):
    version = make.assigned(newsroom)
    typed = typed_for(role_of(version), "nobody")
    assert post(newsroom.editor, act_url(version, "assign"), **typed).status_code == 302
    assert version.assignments.active().count() == 1


def test_a_due_date_in_the_past_is_refused_beside_its_field(newsroom, version):
    typed = typed_for(role_of(version), newsroom.primary, days=-2)
    response = post(newsroom.editor, act_url(version, "assign"), **typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"due_{role_of(version).pk}"]
    assert AuditEntry.objects.filter(act="change_due_date").count() == 0


def test_who_signed_can_neither_be_replaced_nor_released(newsroom, version):
    make.sign(version, newsroom.primary)
    other = make.reviewer("Family Medicine")
    for chosen in (other, "nobody"):
        typed = typed_for(role_of(version), chosen, reason="Late.")
        response = post(newsroom.editor, act_url(version, "assign"), **typed)
        assert response.status_code == 422
    assert version.assignments.active().filter(reviewer=newsroom.primary).exists()


def test_one_refusal_undoes_what_was_chosen_for_the_other_role(newsroom, version):
    typed = {
        **typed_for(role_of(version), "nobody", reason="Ill."),
        **typed_for(role_of(version, "specialist"), newsroom.specialist, days=-1),
    }
    assert post(newsroom.editor, act_url(version, "assign"), **typed).status_code == 422
    assert version.assignments.active().count() == Assignment.objects.count() == 2


@pytest.mark.parametrize("act", ["withdraw", "due"])
def test_somebody_else_changed_who_is_asked_since_the_page_was_opened(newsroom, version, act):
    client = signed_in(newsroom.editor)
    page = client.get(act_url(version, "assign"))
    given = {"requirement": role_of(version), "actor": make.user("editor", "other-editor")}
    if act == "withdraw":
        acts.withdraw_assignment(version, reason="Ill.", **given)
        said = "other-editor withdrew an assignment of version 1 at"
    else:
        acts.change_due_date(version, due_on=in_days(40), **given)
        said = "other-editor changed a due date of version 1 at"
    typed = typed_for(role_of(version), newsroom.primary)
    response = client.post(act_url(version, "assign"), {**hidden_of(page), **typed})
    assert response.status_code == 409
    assert reasons_of(response)[0].startswith(said)


@pytest.mark.parametrize("role", ["writer", "medical_reviewer", "publisher", "administrator"])
def test_nobody_but_an_editor_changes_who_is_asked(newsroom, version, role):
    person = newsroom.primary.user if role == "medical_reviewer" else make.user(role)
    typed = typed_for(role_of(version), "nobody", reason="Ill.")
    assert post(newsroom.editor, act_url(version, "assign")).status_code == 422
    client = signed_in(person)
    page = signed_in(newsroom.editor).get(act_url(version, "assign"))
    response = client.post(act_url(version, "assign"), {**hidden_of(page), **typed})
    assert response.status_code == 403
    assert version.assignments.active().count() == 2
