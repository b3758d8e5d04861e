"""Asking reviewers for several versions: each its own door, and what is told of each."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import in_days, signed_in, text_of
from tests.admin.pages import fields, url
from topics.admin.desk.bulk import address
from topics.models import Assignment, AuditEntry
from topics.workflow import acts

PAGE = "assign_many"


def opened(room, *versions):
    client = signed_in(room.editor)
    return client, client.get(address(PAGE, [version.pk for version in versions]))


def sent(client, response, **changes):
    """Posts the page's form back, with these changes."""
    ids = [line.version.pk for line in response.context["lines"]]
    data = {**fields(response), "id": ids, **changes}
    return client.post(reverse(f"admin:{PAGE}"), data)


def slot(version, role):
    return f"reviewer_{version.requirements.get(role=role).pk}"


def asked(version):
    return {
        assignment.requirement.role: assignment.reviewer.name
        for assignment in version.assignments.active().select_related("requirement", "reviewer")
    }


EVERYBODY = {"primary": "Pia Primary", "specialist": "Sam Specialist"}


def test_the_best_of_each_role_is_proposed_and_asked_in_one_go(newsroom):
    first, second = make.submitted(newsroom), make.submitted(newsroom, title="Croup")
    client, page = opened(newsroom, first, second)
    response = sent(client, page, due_on=in_days(9).isoformat())
    assert response.status_code == 200
    assert asked(first) == asked(second) == EVERYBODY
    assert Assignment.objects.filter(due_on=in_days(9)).count() == 4
    assert "Reviewers are asked for 2 versions" in text_of(response)
    assert f"Pia Primary is asked to sign as Primary reviewer by {in_days(9)}." in text_of(response)
    assert list(AuditEntry.objects.filter(act="assign").values_list("version", flat=True)) == [
        *[second.pk] * 2,
        *[first.pk] * 2,
    ]


def test_the_list_of_versions_leads_to_the_page_and_nothing_is_done_on_the_way(newsroom):
    version = make.submitted(newsroom)
    client = signed_in(newsroom.editor)
    response = client.post(
        url("version_changelist"), {"action": "assign_many", "_selected_action": [version.pk]}
    )
    assert response.status_code == 302
    assert response["Location"] == address(PAGE, [version.pk])
    assert not Assignment.objects.exists()


def test_proposals_are_spread_over_those_who_may(newsroom):
    make.reviewer("Family Medicine", name="Paul Primary")
    versions = [make.submitted(newsroom, title=f"Topic {n}") for n in range(4)]
    _client, page = opened(newsroom, *versions)
    chosen = [
        {str(c.reviewer.pk): c.name for c in found.offered}[found.chosen]
        for line in page.context["lines"]
        for found in line.slots
        if found.requirement.role == "primary"
    ]
    assert sorted(chosen) == ["Paul Primary", "Paul Primary", "Pia Primary", "Pia Primary"]


def test_nobody_is_proposed_for_two_roles_and_who_is_needed_elsewhere_is_kept_for_it(newsroom):
    newsroom.specialist.specialties.add(make.specialty("Family Medicine"))
    version = make.submitted(newsroom)
    client, page = opened(newsroom, version)
    sent(client, page)
    assert asked(version) == EVERYBODY


def test_one_version_that_is_refused_keeps_the_others_back_in_nothing(newsroom):
    fine, late = make.submitted(newsroom), make.submitted(newsroom, title="Croup")
    client, page = opened(newsroom, fine, late)
    # Somebody is proposed for both roles of one version: what was done of it is undone.
    newsroom.specialist.specialties.add(make.specialty("Family Medicine"))
    response = sent(client, page, **{slot(late, "primary"): newsroom.specialist.pk})
    assert response.status_code == 200
    assert asked(fine) == EVERYBODY
    assert asked(late) == {}
    text = text_of(response)
    assert "1 version was refused; nothing was changed there." in text
    assert "Sam Specialist is asked for another role; one person fills one role." in text
    line = next(line for line in response.context["lines"] if line.version == late)
    assert {found.name: found.chosen for found in line.slots} == {
        slot(late, "primary"): str(newsroom.specialist.pk),
        slot(late, "specialist"): str(newsroom.specialist.pk),
    }


def test_each_refusal_stands_beside_its_version_in_a_sentence(newsroom):
    versions = [make.submitted(newsroom, title=f"Topic {n}") for n in range(2)]
    client, page = opened(newsroom, *versions)
    newsroom.primary.credential_set.update(expires_on=in_days(-1))
    response = sent(client, page)
    assert response.status_code == 422
    sentence = f"The credential of Pia Primary expired on {in_days(-1)}."
    assert [[str(why) for why in line.refusals] for line in response.context["lines"]] == [
        [sentence],
        [sentence],
    ]
    assert not Assignment.objects.exists()


def test_who_acted_on_a_version_meanwhile_is_named_and_the_others_are_done(newsroom):
    moved, fine = make.submitted(newsroom), make.submitted(newsroom, title="Croup")
    client, page = opened(newsroom, moved, fine)
    other = make.user("editor", "other-editor")
    acts.return_with_remarks(moved, remarks="No.", actor=other)
    response = sent(client, page)
    assert asked(fine) == EVERYBODY
    assert "other-editor returned version 1 at" in text_of(response)
    response = sent(client, page)
    assert response.status_code == 409


def test_a_role_that_is_filled_or_left_open_is_not_touched(newsroom):
    version = make.submitted(newsroom)
    acts.assign(
        version,
        requirement=version.requirements.get(role="primary"),
        reviewer=newsroom.primary,
        due_on=in_days(3),
        actor=newsroom.editor,
    )
    client, page = opened(newsroom, version)
    assert slot(version, "primary") not in fields(page)
    response = sent(client, page, **{slot(version, "specialist"): ""})
    assert response.status_code == 200
    assert asked(version) == {"primary": "Pia Primary"}
    assert version.assignments.get().due_on == in_days(3)


def test_a_version_that_takes_no_reviewers_says_why(newsroom):
    _client, page = opened(newsroom, make.draft(newsroom))
    assert "“Assign reviewers” is no step from the state “Draft”." in text_of(page)
    assert 'type="submit" class="act-primary"' not in page.content.decode()


@pytest.mark.parametrize("due_on", ["", "soon", "yesterday"])
def test_a_due_date_that_can_not_be_asks_nobody(newsroom, due_on):
    version = make.submitted(newsroom)
    client, page = opened(newsroom, version)
    typed = in_days(-1).isoformat() if due_on == "yesterday" else due_on
    response = sent(client, page, due_on=typed)
    assert response.status_code == 422
    assert not Assignment.objects.exists()
    assert fields(response)["due_on"] == typed


@pytest.mark.parametrize("role", ["writer", "publisher", "administrator", "medical_reviewer"])
def test_nobody_but_an_editor_opens_it_or_sends_it(newsroom, role):
    version = make.submitted(newsroom)
    _client, page = opened(newsroom, version)
    person = signed_in(make.user(role))
    assert person.get(address(PAGE, [version.pk])).status_code == 403
    assert sent(person, page).status_code == 403
    assert not Assignment.objects.exists()


def test_what_is_sent_without_what_was_seen_is_refused(newsroom):
    version = make.submitted(newsroom)
    client, page = opened(newsroom, version)
    data = {name: value for name, value in fields(page).items() if not name.startswith("seen_")}
    response = client.post(reverse(f"admin:{PAGE}"), {**data, "id": [version.pk]})
    assert response.status_code == 422
    assert "The form does not say what you saw." in text_of(response)


def test_its_queries_do_not_grow_with_the_versions(newsroom, django_assert_num_queries):
    make.reviewer("Family Medicine", name="Paul Primary")
    versions = [make.submitted(newsroom, title=f"Topic {n}") for n in range(8)]
    client = signed_in(newsroom.editor)
    client.get(address(PAGE, [versions[0].pk]))
    with django_assert_num_queries(QUERIES):
        client.get(address(PAGE, [versions[0].pk]))
    with django_assert_num_queries(QUERIES):
        client.get(address(PAGE, [version.pk for version in versions]))


QUERIES = 19


def test_a_translation_is_proposed_to_those_who_read_it(newsroom):
    source = make.released(newsroom)
    make.reads(newsroom.primary, "en")
    make.reviewer("Family Medicine", name="Paula Primaria", languages=("es",))
    version = make.submitted(newsroom, language="es", translation_of=source.article)
    client, page = opened(newsroom, version)
    sent(client, page)
    assert asked(version)["primary"] == "Paula Primaria"
