"""The one door: all reasons at once, three kinds of refusal kept apart, what an act leaves behind."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone

from tests import make
from topics.models import AuditEntry, Version
from topics.rules.refusal import FORBIDDEN, ILLEGAL, UNMET, IllegalMove, NotPermitted, Unmet
from topics.rules.review_dates import utc_day
from topics.workflow import acts, drafting
from topics.workflow.door import why_not
from topics.workflow.ledger import broken_links
from topics.workflow.prepare import prepare_database
from topics.workflow.roles import ROLES, ensure_roles
from topics.workflow.table import ACTS, TABLE


@pytest.fixture
def newsroom(stage):
    return stage.room


def codes(refusals):
    return [refusal.code for refusal in refusals]


def trail(version):
    return list(version.audit_entries.order_by("number").values_list("act", flat=True))


# Refusals -------------------------------------------------------------------------------------------


def test_every_reason_against_a_submission_is_given_at_once(newsroom):
    bare = drafting.create_article(
        actor=newsroom.writer,
        slug="bare",
        language="en",
        category=make.category(own=None),
        change_kind="minor",
    )
    refusals = why_not(bare, "submit", actor=newsroom.primary.user)
    assert codes(refusals) == [
        "not_permitted",
        "no_title",
        "no_summary",
        "no_body",
        "no_author",
        "no_policy",
        "nothing_to_change",
        "no_change_note",
        "base_was_not_released",
    ]
    assert [refusal.kind for refusal in refusals] == [FORBIDDEN] + [UNMET] * 8
    assert all(str(refusal).endswith(".") for refusal in refusals)


def test_nothing_stands_against_a_complete_draft(newsroom, stage):
    assert why_not(stage.draft, "submit", actor=newsroom.writer) == []


def test_an_illegal_move_is_the_only_reason(newsroom, stage):
    refusals = why_not(stage.draft, "release", actor=newsroom.primary.user)
    assert [(refusal.code, refusal.kind) for refusal in refusals] == [("illegal_move", ILLEGAL)]


def test_an_illegal_move_a_missing_permission_and_an_unmet_condition_are_told_apart(newsroom, stage):
    version = stage.submitted
    with pytest.raises(IllegalMove):
        acts.submit(version, actor=newsroom.writer)
    with pytest.raises(NotPermitted):
        acts.send_to_medical_review(version, actor=newsroom.writer)
    with pytest.raises(Unmet) as caught:
        acts.send_to_medical_review(version, actor=newsroom.editor)
    assert caught.value.codes == ["role_is_unassigned", "role_is_unassigned"]


def test_an_input_is_asked_for_only_where_it_is_given(newsroom, stage):
    version = stage.submitted
    assert why_not(version, "return", actor=newsroom.editor) == []
    assert codes(why_not(version, "return", actor=newsroom.editor, remarks=" ")) == ["no_remarks"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", " ", "no_title"),
        ("summary", "", "no_summary"),
        ("body", "", "no_body"),
        ("body", "<h2>A</h2><h4>B</h4><p>C</p>", "headings_skip_a_level"),
    ],
)
def test_an_incomplete_draft_is_not_submitted(newsroom, field, value, code):
    version = make.draft(newsroom, **{field: value})
    assert codes(why_not(version, "submit", actor=newsroom.writer)) == [code]


def test_a_policy_whose_role_nobody_can_fill_takes_no_submission(newsroom):
    category = make.category(policy=make.policy(), own=None)
    version = make.draft(newsroom, category=category)
    assert codes(why_not(version, "submit", actor=newsroom.writer)) == ["role_without_specialty"]


# Kinds of change --------------------------------------------------------------------------------------


def test_a_version_of_a_released_article_is_not_new(newsroom, stage):
    version = make.next_draft(newsroom, stage.edition.article)
    version = drafting.edit(version, actor=newsroom.writer, revision=version.revision, change_kind="new")
    assert codes(why_not(version, "submit", actor=newsroom.writer)) == ["not_new"]


@pytest.mark.parametrize("kind", ["substantive", "minor"])
def test_a_change_is_explained_to_the_public(newsroom, stage, kind):
    article = stage.edition.article
    version = make.next_draft(newsroom, article, change_kind=kind, change_note=" ")
    assert codes(why_not(version, "submit", actor=newsroom.writer)) == ["no_change_note"]


@pytest.mark.parametrize(
    ("kind", "roles", "meaning"),
    [
        ("substantive", ["primary", "specialist"], "accurate"),
        ("minor", ["primary"], "not_clinical"),
        ("periodic_review", ["primary", "specialist"], "still_current"),
    ],
)
def test_each_kind_of_change_asks_for_its_own_sign_offs(newsroom, stage, kind, roles, meaning):
    article = stage.edition.article
    version = make.submitted(newsroom, make.next_draft(newsroom, article, change_kind=kind))
    asked = version.requirements.values_list("role", "meaning")
    assert list(asked) == [(role, meaning) for role in roles]


def test_a_kind_that_does_not_fit_opens_no_version(newsroom, stage):
    article = stage.edition.article
    for kind, code in (("new", "change_kind_does_not_fit"), ("other", "unknown_kind")):
        with pytest.raises(Unmet) as caught:
            drafting.open_version(article, change_kind=kind, actor=newsroom.writer)
        assert caught.value.codes == [code]


# Drafting -------------------------------------------------------------------------------------------


def test_an_edit_of_a_stale_revision_saves_nothing(newsroom, stage):
    draft = stage.draft
    first = drafting.edit(draft, actor=newsroom.editor, revision=1, summary="Theirs.")
    with pytest.raises(Unmet) as caught:
        drafting.edit(draft, actor=newsroom.writer, revision=1, summary="Mine.")
    assert caught.value.codes == ["edited_meanwhile"]
    assert Version.objects.get(pk=draft.pk).summary == "Theirs."
    assert first.revision == 2


def test_an_edit_notes_who_wrote(newsroom, stage):
    draft = stage.draft
    drafting.edit(draft, actor=newsroom.editor, revision=1, summary="Other.")
    assert draft.writers() == {newsroom.writer.pk, newsroom.editor.pk}


def test_an_edit_of_a_field_that_is_no_text_is_a_mistake(newsroom, stage):
    with pytest.raises(TypeError, match="state"):
        drafting.edit(stage.draft, actor=newsroom.writer, revision=1, state="approved")


def test_the_next_version_copies_text_parts_and_writers(newsroom, stage):
    draft = stage.draft
    draft.references.create(title="A trial", url="https://example.org/")
    draft.codes.create(system="icd-10-cm", code="R05")
    draft.related.create(article=make.draft(newsroom).article)
    drafting.edit(draft, actor=newsroom.editor, revision=1, summary="Other.")
    edition = make.released(newsroom, Version.objects.get(pk=draft.pk))
    author = make.user("writer")
    copy = drafting.open_version(edition.article, change_kind="substantive", actor=author)
    assert (copy.number, copy.based_on, copy.state) == (2, edition.version, "draft")
    assert copy.summary == "Other."
    for parts in ("authors", "references", "codes", "related"):
        assert getattr(copy, parts).count() == 1
    assert copy.writers() == {newsroom.writer.pk, newsroom.editor.pk, author.pk}


def test_the_next_version_continues_the_one_that_was_returned(newsroom):
    returned = acts.return_with_remarks(
        make.submitted(newsroom, title="Rejected"), remarks="Why?", actor=newsroom.editor
    )
    copy = drafting.open_version(returned.article, change_kind="new", actor=newsroom.writer)
    assert (copy.title, copy.based_on) == ("Rejected", returned)


def test_a_periodic_review_copies_the_edition_past_a_version_that_was_returned(newsroom, stage):
    edition = stage.edition
    acts.return_with_remarks(
        make.submitted(newsroom, make.next_draft(newsroom, edition.article, title="Rejected")),
        remarks="Why?",
        actor=newsroom.editor,
    )
    copy = drafting.open_version(edition.article, change_kind="periodic_review", actor=newsroom.writer)
    assert (copy.number, copy.title, copy.based_on) == (3, "Cough", edition.version)


# Review ---------------------------------------------------------------------------------------------


def test_a_sign_off_records_what_was_printed_of_its_signer(newsroom, stage):
    version = make.sign(stage.in_medical_review, newsroom.primary)
    signed = version.sign_offs.get()
    assert (signed.printed_name, signed.printed_credentials) == ("Pia Primary", "MD, MPH")
    assert (signed.role, signed.printed_specialty) == ("Primary reviewer", "Family Medicine")
    assert signed.disclosure == "None to declare."
    assert signed.meaning == "accurate"
    assert signed.statement == "I reviewed the whole article; it is clinically accurate and complete"
    assert signed.digest == version.digest
    assert (signed.entry.act, signed.entry.at) == ("sign_off", signed.signed_at)


def test_the_last_sign_off_approves(newsroom, stage):
    version = make.sign(stage.in_medical_review, newsroom.primary)
    assert version.state == "medical_review"
    version = make.sign(version, newsroom.specialist)
    assert version.state == "approved"
    assert trail(version)[-3:] == ["sign_off", "sign_off", "approve"]


def test_another_reviewer_takes_the_place_of_the_one_who_was_asked(newsroom, stage):
    version = stage.assigned
    other = make.reviewer("Family Medicine")
    acts.assign(
        version,
        requirement=version.requirements.get(role="primary"),
        reviewer=other,
        due_on=utc_day(timezone.now()) + timedelta(days=3),
        actor=newsroom.editor,
    )
    asked = version.assignments.active().filter(requirement__role="primary")
    assert [assignment.reviewer for assignment in asked] == [other]
    assert version.assignments.count() == 3


def test_a_return_ends_the_assignments_and_keeps_the_remarks(newsroom, stage):
    version = acts.return_with_remarks(
        stage.in_medical_review,
        remarks=" The dose? ",
        actor=newsroom.primary.user,
        as_reviewer=True,
    )
    assert (version.state, version.return_remarks) == ("returned", "The dose?")
    assert not version.assignments.active().exists()


# The ledger -------------------------------------------------------------------------------------------


def test_every_act_leaves_one_entry_and_every_step_names_its_states(stage):
    version = stage.edition.version
    assert trail(version) == [
        "submit",
        "assign",
        "assign",
        "send",
        "sign_off",
        "sign_off",
        "approve",
        "release",
    ]
    steps = version.audit_entries.exclude(to_state="").order_by("number")
    assert list(steps.values_list("from_state", "to_state")) == [
        ("draft", "editorial_review"),
        ("editorial_review", "medical_review"),
        ("medical_review", "approved"),
        ("approved", "released"),
    ]


def test_numbers_have_no_gap_and_instants_never_run_backwards(newsroom, stage):
    with pytest.raises(IllegalMove):
        acts.submit(stage.edition.version, actor=newsroom.writer)
    make.draft(newsroom)
    entries = list(AuditEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert list(broken_links()) == []


# Roles ------------------------------------------------------------------------------------------


def test_each_role_is_a_group_that_holds_exactly_its_permissions(db):
    for role in ROLES:
        held = Group.objects.get(name=role.name).permissions.values_list("codename", flat=True)
        assert set(held) == set(role.permissions)


def test_a_permission_slipped_into_a_role_is_taken_out_by_the_next_migration(db):
    writer, reviewer = (Group.objects.get(name=name) for name in ("writer", "medical_reviewer"))
    writer.permissions.add(*reviewer.permissions.all())
    ensure_roles()
    assert not writer.permissions.filter(codename="sign_version").exists()


def test_no_role_writes_and_signs_or_signs_and_releases():
    held = {role.name: set(role.permissions) for role in ROLES}
    for permissions in held.values():
        assert len(permissions & {"edit_version", "sign_version", "release_version"}) <= 1


def test_no_role_adds_changes_or_deletes_what_only_the_doors_write():
    written = ("version", "edition", "signoff", "auditentry", "withdrawal", "assignment", "requirement")
    forbidden = {f"{verb}_{model}" for verb in ("add", "change", "delete") for model in written}
    assert not forbidden & {name for role in ROLES for name in role.permissions}


def test_every_act_is_open_to_some_role():
    held = {name for role in ROLES for name in role.permissions}
    assert {act.permission for act in TABLE} <= held
    assert ACTS.keys() == {act.name for act in TABLE}


def test_preparing_a_database_twice_is_harmless(db):
    config = apps.get_app_config("topics")
    prepare_database(app_config=config, using="default")
    prepare_database(app_config=config, using="default")
