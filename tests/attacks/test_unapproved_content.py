"""Attempts to make public what was not approved, each with the wall or the reason that refused it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    WAYS,
    changed,
    entry,
    forged_edition,
    forged_sign_off,
    public,
    refused_by,
    refused_every_way,
    refused_with,
    sql,
)
from topics.content.canonical import digest
from topics.models import (
    Article,
    Category,
    Code,
    Contribution,
    PolicyRole,
    Reference,
    RelatedArticle,
    Requirement,
    SignOff,
    Version,
    VersionAuthor,
)
from topics.publishing import shelf
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import IllegalMove, Unmet
from topics.workflow import acts, drafting
from topics.workflow.door import transition

STATES = {
    "draft": make.draft,
    "editorial_review": make.submitted,
    "medical_review": make.in_medical_review,
    "approved": make.approved,
    "returned": lambda room: acts.return_with_remarks(
        make.submitted(room), remarks="No.", actor=room.editor
    ),
    "released": lambda room: make.released(room).version,
}
LEGAL = {
    ("draft", "editorial_review"),
    ("editorial_review", "medical_review"),
    ("editorial_review", "returned"),
    ("medical_review", "approved"),
    ("medical_review", "returned"),
    ("approved", "returned"),
    ("approved", "released"),
}
ALSO_REFUSES = {
    "draft": ["submitted_version_asks_for_its_policy", "submitted_version_has_its_document"],
    "approved": ["approved_version_is_fully_signed"],
    "released": ["released_version_has_an_edition"],
}


# States -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", STATES)
def test_a_version_cannot_jump_to_a_state_that_does_not_follow(newsroom, before):
    version = STATES[before](newsroom)
    for after in STATES:
        if after == before or (before, after) in LEGAL:
            continue
        written = entry(
            "approve", actor=newsroom.editor, version=version, from_state=before, to_state=after
        )
        refused_every_way(
            ["state_moves_are_legal", *ALSO_REFUSES.get(before, ()), *ALSO_REFUSES.get(after, ())],
            version,
            state=after,
            state_since=written.at,
            return_remarks=version.return_remarks or "x" * (after == "returned"),
        )


@pytest.mark.parametrize(("before", "after"), sorted(LEGAL))
def test_a_state_does_not_move_past_the_door_even_where_the_step_exists(newsroom, before, after):
    version = STATES[before](newsroom)
    for way in WAYS:
        with pytest.raises(IntegrityError), transaction.atomic():
            way(version, state=after)
    version.refresh_from_db()
    assert version.state == before


def test_a_state_does_not_move_without_a_ledger_entry(newsroom):
    version = make.assigned(newsroom)
    refused_every_way("state_moves_with_its_audit_entry", version, state="medical_review")


def test_a_state_does_not_move_on_an_entry_that_was_used_by_an_earlier_step(newsroom):
    version = make.assigned(newsroom)
    other = make.in_medical_review(newsroom, make.draft(newsroom))
    assert other.audit_entries.first().to_state == "medical_review"
    refused_every_way(
        "state_moves_with_its_audit_entry",
        version,
        state="medical_review",
        state_since=other.state_since,
    )


def test_a_state_moves_with_its_ledger_entry(newsroom):
    version = make.assigned(newsroom)
    written = entry(
        "send",
        actor=newsroom.editor,
        version=version,
        from_state="editorial_review",
        to_state="medical_review",
    )
    Version.objects.filter(pk=version.pk).update(state="medical_review", state_since=written.at)


def test_a_state_cannot_be_dated_otherwise_than_its_ledger_entry(newsroom):
    version = make.assigned(newsroom)
    written = entry(
        "send",
        actor=newsroom.editor,
        version=version,
        from_state="editorial_review",
        to_state="medical_review",
    )
    refused_every_way(
        "state_moves_with_its_audit_entry",
        version,
        state="medical_review",
        state_since=written.at - timedelta(days=1),
    )


def test_a_version_is_not_approved_while_a_role_has_not_signed(newsroom):
    version = make.sign(make.in_medical_review(newsroom), newsroom.primary)
    written = entry(
        "approve",
        actor=newsroom.editor,
        version=version,
        from_state="medical_review",
        to_state="approved",
    )
    refused_every_way(
        "approved_version_is_fully_signed", version, state="approved", state_since=written.at
    )


def test_an_unknown_state_is_refused(newsroom):
    version = make.draft(newsroom)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(state="published")


def test_a_version_is_not_released_without_an_edition(newsroom):
    version = make.approved(newsroom)
    written = entry(
        "release",
        actor=newsroom.publisher,
        version=version,
        from_state="approved",
        to_state="released",
    )
    refused_every_way(
        "released_version_has_an_edition", version, state="released", state_since=written.at
    )


def new_row(article, room, **fields):
    now = timezone.now()
    return Version(
        **{
            "article": article,
            "number": 2,
            "state_since": now,
            "created_by": room.writer,
            "created_at": now,
            "edited_by": room.writer,
            "edited_at": now,
            **fields,
        }
    )


@pytest.mark.parametrize("state", ["editorial_review", "medical_review", "approved", "released"])
def test_a_version_cannot_be_inserted_in_a_later_state(newsroom, state):
    article = make.released(newsroom).article
    row = new_row(article, newsroom, state=state)
    with refused_by("version_begins_as_a_draft"):
        row.save()
    with refused_by("version_begins_as_a_draft"):
        Version.objects.bulk_create([row])
    new_row(article, newsroom).save()
    columns = "number, article_id, state, state_since, title, also_called, summary, body"
    more = "change_kind, change_note, internal_note, created_by_id, created_at, edited_by_id, edited_at"
    with refused_by("version_begins_as_a_draft"):
        sql(
            f"INSERT INTO topics_version ({columns}, {more}, "
            "revision, document, digest, return_remarks) "
            "SELECT 3, article_id, 'approved', state_since, title, also_called, summary, body, "
            f"{more}, 1, document, digest, return_remarks FROM topics_version WHERE number = 1"
        )


def test_a_draft_cannot_be_inserted_with_a_document_of_its_own(newsroom):
    article = make.released(newsroom).article
    with refused_by("version_begins_as_a_draft"):
        new_row(article, newsroom, document="{}", digest=digest("{}")).save()


def test_a_draft_cannot_be_inserted_as_edited_by_somebody_else(newsroom):
    article = make.released(newsroom).article
    with refused_by("version_begins_as_a_draft"):
        new_row(article, newsroom, edited_by=newsroom.editor).save()


def test_an_article_has_no_second_open_version(newsroom):
    version = make.draft(newsroom)
    with refused_by("one_open_version_per_article"):
        new_row(version.article, newsroom).save()
    with refused_by("one_open_version_per_article"):
        Version.objects.bulk_create([new_row(version.article, newsroom)])
    with refused_with("one_open_version_per_article", kind=IllegalMove):
        drafting.open_version(version.article, change_kind="new", actor=newsroom.writer)


def test_a_returned_version_cannot_be_opened_again(newsroom):
    version = STATES["returned"](newsroom)
    for act in ("edit", "submit", "send", "sign_off", "release"):
        with refused_with("illegal_move", kind=IllegalMove):
            transition(version, act, actor=newsroom.writer)
    names = ["state_moves_are_legal", "return_remarks_stay_as_given"]
    refused_every_way(names, version, state="draft", return_remarks="")


# The frozen text and its parts --------------------------------------------------------------------

FROZEN = {
    "title": "Cough cured",
    "also_called": ["Hack"],
    "summary": "Take 50 mg.",
    "body": "<p>Take 50 mg.</p>",
    "change_kind": "minor",
    "change_note": "Nothing.",
    "internal_note": "Nothing.",
    "document": "{}",
    "digest": digest("{}"),
    "revision": 7,
    "number": 7,
}


@pytest.mark.parametrize("field", FROZEN)
def test_nothing_of_a_version_changes_after_submission(newsroom, field):
    refused_every_way("submitted_version_is_frozen", make.submitted(newsroom), **{field: FROZEN[field]})


@pytest.mark.parametrize("state", ["medical_review", "approved", "returned", "released"])
def test_a_body_does_not_change_in_any_later_state(newsroom, state):
    refused_every_way("submitted_version_is_frozen", STATES[state](newsroom), body="<p>50 mg</p>")


def test_text_cannot_change_in_the_very_update_that_submits_it(newsroom):
    version = make.draft(newsroom)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(state="editorial_review", body="<p>50 mg</p>")


def test_people_and_policy_of_a_version_do_not_change_after_submission(newsroom):
    version = make.submitted(newsroom)
    others = {
        "created_by": newsroom.editor,
        "edited_by": newsroom.editor,
        "submitted_by": newsroom.editor,
        "policy": make.policy(),
        "article": make.draft(newsroom).article,
        "based_on": make.draft(newsroom),
        "submitted_at": timezone.now(),
        "created_at": timezone.now(),
        "edited_at": timezone.now(),
    }
    for field, value in others.items():
        refused_every_way("submitted_version_is_frozen", version, **{field: value})


def test_two_versions_cannot_swap_their_ids(newsroom):
    signed, unsigned = make.approved(newsroom), make.submitted(newsroom)
    refused_every_way("submitted_version_is_frozen", signed, id=10_000)
    refused_every_way("draft_edit_names_its_editor", make.draft(newsroom), id=unsigned.pk + 10_000)


def draft_with_parts(room):
    version, other = make.draft(room), make.released(room).article
    Reference.objects.create(version=version, title="A trial")
    Code.objects.create(version=version, system="icd-10-cm", code="R05")
    RelatedArticle.objects.create(version=version, article=other)
    return version


PARTS = {
    "versionauthor": (VersionAuthor, {"name": "Somebody Else"}),
    "reference": (Reference, {"title": "No trial"}),
    "code": (Code, {"code": "R06"}),
    "relatedarticle": (RelatedArticle, {"position": 9}),
}


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_a_submitted_version_are_not_added_changed_moved_or_removed(newsroom, part):
    model, fields = PARTS[part]
    before, elsewhere = draft_with_parts(newsroom), draft_with_parts(newsroom)
    version = make.submitted(newsroom, before)
    row, theirs = model.objects.get(version=version), model.objects.get(version=elsewhere)

    refused_every_way(f"{part}_is_frozen_update", row, **fields)
    refused_every_way(f"{part}_is_frozen_update", row, version=elsewhere)
    refused_every_way(f"{part}_is_frozen_update", theirs, version=version)
    with refused_by(f"{part}_is_frozen_delete"):
        row.delete()
    with refused_by(f"{part}_is_frozen_delete"):
        model.objects.filter(version=version).delete()
    with refused_by(f"{part}_is_frozen_delete"):
        sql(f"DELETE FROM topics_{part} WHERE id = %s", row.pk)
    theirs.delete()
    copy = theirs.copy_to(version)
    with refused_by(f"{part}_is_frozen_insert"):
        copy.save()
    with refused_by(f"{part}_is_frozen_insert"):
        model.objects.bulk_create([copy])


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_a_draft_are_added_changed_and_removed(newsroom, part):
    model, fields = PARTS[part]
    version = draft_with_parts(newsroom)
    model.objects.filter(version=version).update(**fields)
    row = model.objects.get(version=version)
    row.delete()
    row.copy_to(version).save()


def test_an_author_renamed_after_approval_does_not_change_a_byte(newsroom):
    version = make.approved(newsroom)
    author = version.authors.get().author
    author.name, author.credentials = "Somebody Else", "PhD"
    author.save()
    assert '"name":"Ada Author"' in release(version, actor=newsroom.publisher).document
    assert "Somebody Else" not in version.document


def test_a_draft_is_not_edited_past_the_door(newsroom):
    version = make.draft(newsroom)
    refused_every_way("draft_edit_names_its_editor", version, summary="Take 50 mg.")
    refused_every_way(
        "draft_edit_names_its_editor",
        version,
        summary="Take 50 mg.",
        revision=version.revision + 1,
        edited_by=newsroom.editor,
    )


def test_an_article_does_not_change_its_language_while_a_version_is_reviewed(newsroom):
    article = make.submitted(newsroom).article
    refused_every_way("article_identity_is_stable", article, language="es")
    article = make.draft(newsroom).article
    Article.objects.filter(pk=article.pk).update(language="es")


# What is asked for --------------------------------------------------------------------------------


def test_requirements_of_a_submitted_version_are_not_added_changed_or_removed(newsroom):
    version = make.submitted(newsroom)
    requirement = version.requirements.first()
    refused_every_way("requirement_is_frozen_update", requirement, role="anybody")
    with refused_by("requirement_is_frozen_delete"):
        Requirement.objects.filter(pk=requirement.pk)._raw_delete("default")
    with refused_by("requirement_is_frozen_insert"):
        Requirement.objects.create(
            version=version, position=3, role="laxer", label="Laxer", meaning="accurate"
        )


def test_specialties_of_a_requirement_are_not_widened_or_narrowed_after_submission(newsroom):
    requirement = make.submitted(newsroom).requirements.first()
    through = Requirement.specialties.through
    with refused_by("requirement_specialties_is_frozen_insert"):
        requirement.specialties.add(make.specialty("Astrology"))
    with refused_by("requirement_specialties_is_frozen_delete"):
        requirement.specialties.clear()
    for way in (
        lambda rows: rows.update(specialty=make.specialty("Astrology")),
        lambda rows: sql(
            "UPDATE topics_requirement_specialties SET specialty_id = %s", make.specialty("A").pk
        ),
    ):
        with refused_by("requirement_specialties_is_frozen_update"):
            way(through.objects.filter(requirement=requirement))


def submit_past_the_door(room, version, **fields):
    """Moves a draft into review as the door would, but with the given requirements or fields."""
    with transaction.atomic():
        frozen = acts.submit(version, actor=room.writer)
        transaction.set_rollback(True)
    written = entry(
        "submit",
        actor=room.writer,
        version=version,
        from_state="draft",
        to_state="editorial_review",
    )
    Version.objects.filter(pk=version.pk).update(
        **{
            "state": "editorial_review",
            "state_since": written.at,
            "document": frozen.document,
            "digest": frozen.digest,
            "policy": frozen.policy,
            "submitted_by": room.writer,
            "submitted_at": written.at,
            **fields,
        }
    )


def asked(version, role="primary", *, specialty="Family Medicine", meaning="accurate"):
    made = Requirement.objects.create(
        version=version, position=1, role=role, label=role, meaning=meaning
    )
    made.specialties.add(make.specialty(specialty))
    return made


def complete(version):
    asked(version)
    asked(version, "specialist", specialty="Respiratory Medicine")
    return version


def test_a_version_that_asks_for_all_that_its_policy_states_is_submitted(newsroom):
    submit_past_the_door(newsroom, complete(make.draft(newsroom)))


def test_a_version_is_not_submitted_without_one_of_the_roles_of_its_policy(newsroom):
    version = make.draft(newsroom)
    asked(version)
    with refused_by("submitted_version_asks_for_its_policy"):
        submit_past_the_door(newsroom, version)


def test_a_version_is_not_submitted_under_another_policy_than_its_categorys(newsroom):
    version = complete(make.draft(newsroom))
    with refused_by("submitted_version_asks_for_its_policy"):
        submit_past_the_door(newsroom, version, policy=make.policy())


def test_a_version_is_not_submitted_with_a_laxer_requirement_of_its_own(newsroom):
    version = complete(make.draft(newsroom))
    asked(version, "laxer")
    with refused_by("required_sign_offs_are_as_the_policy_says"):
        submit_past_the_door(newsroom, version)


def test_a_version_is_not_submitted_with_a_role_open_to_other_specialties(newsroom):
    version = complete(make.draft(newsroom))
    version.requirements.first().specialties.add(make.specialty("Astrology"))
    with refused_by("required_sign_offs_are_as_the_policy_says"):
        submit_past_the_door(newsroom, version)


def test_a_new_article_is_not_submitted_for_the_meaning_of_a_minor_change(newsroom):
    version = make.draft(newsroom)
    asked(version, meaning="not_clinical")
    asked(version, "specialist", specialty="Respiratory Medicine")
    with refused_by("required_sign_offs_are_as_the_policy_says"):
        submit_past_the_door(newsroom, version)


def test_requirements_planted_in_a_draft_do_not_survive_its_submission(newsroom):
    version = make.draft(newsroom)
    asked(version, "laxer", specialty="Astrology")
    acts.submit(version, actor=newsroom.writer)
    assert list(version.requirements.values_list("role", flat=True)) == ["primary", "specialist"]


def test_a_document_is_not_submitted_under_the_digest_of_another_text(newsroom):
    version = complete(make.draft(newsroom))
    with refused_by("submitted_version_has_its_document"):
        submit_past_the_door(newsroom, version, digest=digest("{}"))


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", '"Cough"'), ("language", '"en"'), ("id", None)],
)
def test_a_document_is_not_submitted_that_names_another_article(newsroom, key, value):
    version = complete(make.draft(newsroom))
    with transaction.atomic():
        document = acts.submit(version, actor=newsroom.writer).document
        transaction.set_rollback(True)
    value = value or f'"{version.article.public_id}"'
    other = document.replace(f'"{key}":{value}', f'"{key}":"xx"')
    assert other != document
    with refused_by("submitted_version_has_its_document"):
        submit_past_the_door(newsroom, version, document=other, digest=digest(other))


def test_a_title_is_signed_in_the_form_in_which_it_is_kept(newsroom):
    version = make.submitted(newsroom, title=" Cafe\u0301\u200b ")
    assert version.title == "Caf\u00e9"


def test_a_policy_weakened_for_the_submission_alone_does_not_carry_the_release(newsroom):
    specialist = newsroom.policy.roles.get(role="specialist")
    draft = make.draft(newsroom)
    specialist.delete()
    version = make.approved(newsroom, draft)
    assert list(version.requirements.values_list("role", flat=True)) == ["primary"]
    PolicyRole.objects.create(
        policy=newsroom.policy, position=2, role="specialist", label="S", own_specialty=True
    )
    with refused_with("policy_changed", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_a_policy_weakened_after_submission_still_asks_both_roles(newsroom):
    version = make.in_medical_review(newsroom)
    newsroom.policy.roles.get(role="specialist").delete()
    version = make.sign(version, newsroom.primary)
    assert version.state == "medical_review"
    assert make.sign(version, newsroom.specialist).state == "approved"


def test_an_article_in_review_is_not_moved_to_a_weakly_reviewed_category(newsroom):
    article = make.submitted(newsroom).article
    weak = make.category(policy=make.policy())
    refused_every_way("category_stays_during_review", article, category=weak)
    changed(make.draft(newsroom).article, category=weak).save()


def test_a_version_whose_category_has_another_policy_by_now_is_not_released(newsroom):
    version = make.approved(newsroom)
    weak = make.policy()
    weak.roles.get(role="specialist").delete()
    Category.objects.filter(pk=newsroom.category.pk).update(policy=weak)
    with refused_with("policy_changed", kind=Unmet):
        release(version, actor=newsroom.publisher)


# Forged sign-offs ---------------------------------------------------------------------------------


def test_a_sign_off_with_all_that_the_door_writes_is_taken(newsroom):
    forged_sign_off(make.in_medical_review(newsroom), newsroom.primary)


def test_a_sign_off_without_its_ledger_entry_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    with refused_by("sign_off_has_its_audit_entry"):
        forged_sign_off(version, newsroom.primary, with_entry=False)


def test_a_sign_off_on_an_entry_of_another_person_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    written = entry("sign_off", actor=newsroom.specialist.user, version=version)
    with refused_by("sign_off_has_its_audit_entry"):
        forged_sign_off(version, newsroom.primary, with_entry=False, entry=written, signed_at=written.at)


def test_a_sign_off_dated_otherwise_than_its_entry_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    with refused_by("sign_off_has_its_audit_entry"):
        forged_sign_off(version, newsroom.primary, signed_at=timezone.now() - timedelta(days=400))


def test_a_sign_off_on_another_digest_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    with refused_by("sign_off_is_on_this_digest"):
        forged_sign_off(version, newsroom.primary, digest=digest("{}"))


def test_a_sign_off_on_a_returned_version_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    with transaction.atomic():
        make.sign(version, newsroom.primary)
        signed = SignOff.objects.get()
        transaction.set_rollback(True)
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    written = entry("sign_off", actor=newsroom.primary.user, version=version)
    signed.pk, signed.entry, signed.signed_at = None, written, written.at
    with refused_by("sign_off_is_in_medical_review", "signer_is_assigned"):
        SignOff.objects.bulk_create([signed])


def test_a_sign_off_is_not_given_in_editorial_review(newsroom):
    version = make.assigned(newsroom)
    assignment = version.assignments.get(reviewer=newsroom.primary)
    written = entry("sign_off", actor=newsroom.primary.user, version=version)
    with refused_by("sign_off_is_in_medical_review"):
        SignOff.objects.create(
            version=version,
            requirement=assignment.requirement,
            reviewer=newsroom.primary,
            user=newsroom.primary.user,
            digest=version.digest,
            meaning="accurate",
            statement="Accurate",
            role=assignment.requirement.label,
            printed_name=newsroom.primary.name,
            printed_credentials=newsroom.primary.credentials,
            credential=newsroom.primary.credential_set.get(),
            specialty=newsroom.primary.specialties.get(),
            printed_specialty="Family Medicine",
            disclosure=newsroom.primary.disclosure,
            signed_at=written.at,
            entry=written,
        )


def test_a_sign_off_for_a_role_of_another_version_is_refused(newsroom):
    version, other = make.in_medical_review(newsroom), make.in_medical_review(newsroom)
    elsewhere = other.requirements.get(role="primary")
    with refused_by("sign_off_is_on_this_digest"):
        forged_sign_off(version, newsroom.primary, requirement=elsewhere)


def test_a_sign_off_cannot_be_copied_from_an_earlier_version(newsroom):
    edition = make.released(newsroom)
    version = make.in_medical_review(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    copied = edition.version.sign_offs.first()
    copied.pk, copied.version = None, version
    copied.requirement = version.requirements.get(role="primary")
    copied.entry = entry("sign_off", actor=copied.user, version=version)
    copied.signed_at = copied.entry.at
    with refused_by("sign_off_is_on_this_digest"):
        copied.save(force_insert=True)


def test_the_digest_of_an_older_text_cannot_be_signed(newsroom):
    edition = make.released(newsroom)
    version = make.in_medical_review(newsroom, make.next_draft(newsroom, edition.article, title="New"))
    with refused_with("digest_differs", kind=Unmet):
        acts.sign_off(
            version,
            digest=edition.digest,
            password=make.PASSWORD,
            actor=newsroom.primary.user,
        )


# Forged editions ----------------------------------------------------------------------------------


def test_an_edition_with_all_that_the_door_writes_is_taken(newsroom):
    version = make.approved(newsroom)
    forged_edition(newsroom, version)
    assert public(version.article) == ["Cough"]


WRONG_EDITIONS = {
    "another title": ({"title": "Cough cured"}, "edition_serves_what_was_signed"),
    "another summary": ({"summary": "Take 50 mg."}, "edition_serves_what_was_signed"),
    "another document": ({"document": "{}"}, "edition_serves_what_was_signed"),
    "another digest": ({"digest": digest("{}")}, "edition_serves_what_was_signed"),
    "another kind of change": ({"change_kind": "minor"}, "edition_serves_what_was_signed"),
    "another language": ({"language": "es"}, "edition_is_filed_with_its_article"),
    "a later review": (
        {"last_reviewed": timezone.now().date() + timedelta(days=1)},
        "last_reviewed_is_the_last_full_review",
    ),
    "an end of its own": (
        {"ends_at": timezone.now() + timedelta(days=900)},
        "edition_begins_unwithdrawn",
    ),
}

EDITION_ALSO_REFUSED_BY = {
    "another document": ["edition_is_filed_with_its_article"],
    "another digest": ["edition_is_fully_signed"],
    "another kind of change": ["last_reviewed_is_the_last_full_review"],
}


@pytest.mark.parametrize("wrong", WRONG_EDITIONS)
def test_an_edition_is_refused_with(newsroom, wrong):
    fields, name = WRONG_EDITIONS[wrong]
    version = make.approved(newsroom)
    with refused_by(name, *EDITION_ALSO_REFUSED_BY.get(wrong, ())):
        forged_edition(newsroom, version, **fields)
    assert public(version.article) == []


def test_an_edition_with_another_document_and_its_own_digest_is_refused(newsroom):
    version = make.approved(newsroom)
    other = version.document.replace("5 mg", "50 mg")
    with refused_by("edition_serves_what_was_signed", "edition_is_fully_signed"):
        forged_edition(newsroom, version, document=other, digest=digest(other))


def test_an_edition_of_another_articles_version_is_refused(newsroom):
    version = make.approved(newsroom)
    elsewhere = make.draft(newsroom).article
    with refused_by("edition_serves_what_was_signed"):
        forged_edition(newsroom, version, article=elsewhere)


def test_an_edition_in_another_category_is_refused(newsroom):
    version = make.approved(newsroom)
    elsewhere = make.category(policy=newsroom.policy)
    with refused_by("edition_is_filed_with_its_article"):
        forged_edition(newsroom, version, category=elsewhere)


def test_an_edition_whose_record_states_another_review_is_refused(newsroom):
    version = make.approved(newsroom)
    today = timezone.now().date()
    with transaction.atomic():
        record = release(version, actor=newsroom.publisher).record
        transaction.set_rollback(True)
    later = record.replace(f'"last_reviewed":"{today}"', '"last_reviewed":"2100-01-01"')
    assert later != record
    with refused_by("last_reviewed_is_the_last_full_review"):
        forged_edition(newsroom, version, record=later)


def test_an_edition_without_its_ledger_entry_is_refused(newsroom):
    version = make.approved(newsroom)
    stale = version.audit_entries.first()
    with refused_by("edition_has_its_audit_entry"):
        forged_edition(newsroom, version, release_entry=stale)


def test_an_edition_released_by_somebody_else_than_its_entry_says_is_refused(newsroom):
    version = make.approved(newsroom)
    written = entry("release", actor=newsroom.editor, version=version)
    with refused_by("edition_has_its_audit_entry"):
        forged_edition(newsroom, version, release_entry=written)


def test_an_edition_of_a_version_in_review_is_refused(newsroom):
    version = make.in_medical_review(newsroom)
    with transaction.atomic():
        for reviewer in (newsroom.primary, newsroom.specialist):
            approved = make.sign(version, reviewer)
        edition = release(approved, actor=newsroom.publisher)
        transaction.set_rollback(True)
    written = entry("release", actor=newsroom.publisher, version=version)
    edition.pk, edition.release_entry = None, written
    edition.released_at = edition.starts_at = written.at
    with refused_by(
        "edition_serves_what_was_signed",
        "edition_is_fully_signed",
        "last_reviewed_is_the_last_full_review",
    ):
        edition.save(force_insert=True)
    assert public(version.article) == []


def test_an_edition_whose_policy_changed_meanwhile_is_refused_by_the_database_too(newsroom):
    version = make.approved(newsroom)
    with transaction.atomic():
        edition = release(version, actor=newsroom.publisher)
        transaction.set_rollback(True)
    extra = PolicyRole.objects.create(policy=newsroom.policy, position=3, role="third", label="Third")
    extra.specialties.add(make.specialty("Pharmacology"))
    written = entry("release", actor=newsroom.publisher, version=version)
    edition.pk, edition.release_entry = None, written
    edition.released_at = edition.starts_at = edition.first_published = written.at
    with refused_by("edition_is_released_under_its_policy"):
        edition.save(force_insert=True)


def test_a_withdrawn_version_is_not_released_again(newsroom):
    edition = make.released(newsroom)
    withdraw(edition, kind="correction", explanation="Wrong.", actor=newsroom.publisher)
    with refused_with("released_already", kind=Unmet):
        release(edition.version, actor=newsroom.publisher)


def test_an_older_version_does_not_come_back_after_a_newer_one(newsroom):
    first = make.released(newsroom)
    make.released(newsroom, make.next_draft(newsroom, first.article, title="New"))
    first.refresh_from_db()
    written = entry("release", actor=newsroom.publisher, version=first.version)
    again = type(first).objects.get(pk=first.pk)
    for edition in first.article.editions.in_force(at=written.at):
        edition.ends_at, edition.end_entry = written.at, written
        edition.save()
    again.pk, again.number, again.ends_at, again.end_entry = None, 3, None, None
    again.release_entry, again.released_at, again.starts_at = written, written.at, written.at
    with refused_by("edition_is_newer_than_those_before"):
        again.save(force_insert=True)


# Kinds of change ----------------------------------------------------------------------------------


def test_a_dose_cannot_change_as_a_minor_change(newsroom):
    article = make.released(newsroom).article
    version = make.next_draft(
        newsroom, article, change_kind="minor", body=make.BODY.replace("5 mg", "50 mg")
    )
    with refused_with("minor_change_is_clinical", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_wording_far_from_any_dose_changes_as_a_minor_change(newsroom):
    article = make.released(newsroom).article
    version = make.next_draft(
        newsroom, article, change_kind="minor", body=make.BODY.replace("plenty", "a lot")
    )
    assert acts.submit(version, actor=newsroom.writer).state == "editorial_review"


def test_a_periodic_review_does_not_change_the_text(newsroom):
    article = make.released(newsroom).article
    version = make.next_draft(newsroom, article, change_kind="periodic_review", summary="Other.")
    with refused_with("periodic_review_changes_content", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_periodic_review_does_not_change_the_text_past_the_door(newsroom):
    article = make.released(newsroom).article
    version = make.next_draft(newsroom, article, change_kind="periodic_review")
    with transaction.atomic():
        document = acts.submit(version, actor=newsroom.writer).document
        transaction.set_rollback(True)
    asked(version, meaning="still_current")
    asked(version, "specialist", specialty="Respiratory Medicine", meaning="still_current")
    with transaction.atomic():
        submit_past_the_door(newsroom, version)
        transaction.set_rollback(True)
    other = document.replace("5 mg", "50 mg")
    with refused_by("periodic_review_changes_nothing"):
        submit_past_the_door(newsroom, version, document=other, digest=digest(other))


def test_a_minor_change_of_a_cancelled_release_is_not_released_by_one_role(newsroom):
    first = make.released(newsroom, starts_at=timezone.now() + timedelta(days=3))
    version = make.approved(
        newsroom,
        make.next_draft(newsroom, first.article, change_kind="minor", change_note="Reworded."),
    )
    assert version.sign_offs.count() == 1
    cancel_release(first, actor=newsroom.publisher)
    with refused_with("base_was_not_released", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_a_minor_change_of_a_cancelled_successor_does_not_pass_for_one_of_the_edition_in_force(
    newsroom,
):
    first = make.released(newsroom)
    second = make.released(
        newsroom,
        make.next_draft(newsroom, first.article, body=make.BODY.replace("water", "brandy")),
        starts_at=timezone.now() + timedelta(days=3),
    )
    third = make.approved(newsroom, make.next_draft(newsroom, first.article, change_kind="minor"))
    cancel_release(second, actor=newsroom.publisher)
    with refused_with("base_was_not_released", kind=Unmet):
        release(third, actor=newsroom.publisher)


def test_recalled_content_is_not_released_again(newsroom):
    first = make.released(newsroom)
    withdraw(first, kind="safety_recall", explanation="Harmful.", actor=newsroom.publisher)
    again = make.approved(
        newsroom, make.next_draft(newsroom, first.article, change_note="Nothing at all.")
    )
    assert again.digest == first.digest
    with refused_with("content_was_recalled", kind=Unmet):
        release(again, actor=newsroom.publisher)


def test_recalled_content_is_not_released_again_past_the_door(newsroom):
    first = make.released(newsroom)
    again = make.approved(
        newsroom, make.next_draft(newsroom, first.article, change_note="Nothing at all.")
    )
    with transaction.atomic():
        edition = release(again, actor=newsroom.publisher)
        transaction.set_rollback(True)
    first.refresh_from_db()
    withdraw(first, kind="safety_recall", explanation="Harmful.", actor=newsroom.publisher)
    written = entry("release", actor=newsroom.publisher, version=again)
    edition.pk, edition.release_entry = None, written
    edition.released_at = edition.starts_at = written.at
    with refused_by("recalled_content_stays_recalled"):
        edition.save(force_insert=True)


def test_a_comma_does_not_bring_recalled_content_back_as_a_minor_change(newsroom):
    first = make.released(newsroom)
    withdraw(first, kind="safety_recall", explanation="Harmful.", actor=newsroom.publisher)
    version = make.next_draft(
        newsroom, first.article, change_kind="minor", body=make.BODY.replace("plenty", "a lot")
    )
    with refused_with("base_was_recalled", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_minor_change_in_review_falls_with_the_recall_of_its_base(newsroom):
    first = make.released(newsroom)
    version = make.approved(
        newsroom,
        make.next_draft(
            newsroom, first.article, change_kind="minor", body=make.BODY.replace("plenty", "a lot")
        ),
    )
    first.refresh_from_db()
    withdraw(first, kind="safety_recall", explanation="Harmful.", actor=newsroom.publisher)
    with refused_with("base_was_recalled", kind=Unmet):
        release(version, actor=newsroom.publisher)


# What stands beside an edition --------------------------------------------------------------------


def test_a_referenced_draft_is_not_shown(newsroom):
    hidden = make.draft(newsroom, title="Secret")
    version = make.draft(newsroom)
    RelatedArticle.objects.create(version=version, article=hidden.article)
    edition = make.released(newsroom, version)
    assert shelf.surroundings(edition, at=timezone.now()).related == []


def test_an_unreviewed_translation_is_not_shown(newsroom):
    edition = make.released(newsroom)
    make.approved(newsroom, language="es", translation_of=edition.article)
    assert shelf.surroundings(edition, at=timezone.now()).translations == []


@pytest.mark.parametrize("state", sorted(set(STATES) - {"released"}))
def test_nothing_that_was_not_released_is_on_the_shelf(newsroom, state):
    article = STATES[state](newsroom).article
    for reference in (str(article.public_id), article.slug):
        with pytest.raises(shelf.NotOnShelf):
            shelf.find(reference, at=timezone.now())


def test_contributions_are_not_added_after_submission(newsroom):
    version = make.submitted(newsroom)
    row = Contribution(version=version, user=newsroom.editor, at=timezone.now())
    with refused_by("contributions_are_made_to_drafts"):
        row.save()
    with refused_by("contributions_are_made_to_drafts"):
        Contribution.objects.bulk_create([row])
