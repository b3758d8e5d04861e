"""Attempts to change a text after it was submitted, each with the wall that refused it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    refused_by,
    refused_every_way,
    sql,
)
from topics.content.canonical import digest
from topics.models import (
    Article,
    Code,
    Contribution,
    Reference,
    RelatedArticle,
    Version,
    VersionAuthor,
)
from topics.publishing.release import release


@pytest.fixture
def newsroom(stage):
    return stage.room


FROZEN = {
    "title": "Cough cured",
    "also_called": ["Hack"],
    "audience": "professional",
    "summary": "Take 50 mg.",
    "body": "<p>Take 50 mg.</p>",
    "change_kind": "minor",
    "change_note": "Nothing.",
    "internal_note": "Nothing.",
    "document": "{}",
    "digest": digest("{}"),
    "revision": 7,
    "number": 7,
    "caught_up": [{"from": 1, "wording": []}],
}


@pytest.mark.parametrize("field", FROZEN)
def test_nothing_of_a_version_changes_after_submission(stage, field):
    refused_every_way("submitted_version_is_frozen", stage.submitted, **{field: FROZEN[field]})


@pytest.mark.parametrize("state", ["medical_review", "approved", "returned", "released"])
def test_a_body_does_not_change_in_any_later_state(stage, state):
    refused_every_way("submitted_version_is_frozen", stage.version(state), body="<p>50 mg</p>")


def test_text_cannot_change_in_the_very_update_that_submits_it(stage):
    version = stage.draft
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(state="editorial_review", body="<p>50 mg</p>")


def test_people_and_policy_of_a_version_do_not_change_after_submission(newsroom, stage):
    version = stage.submitted
    others = {
        "created_by": newsroom.editor,
        "edited_by": newsroom.editor,
        "submitted_by": newsroom.editor,
        "policy": make.policy(),
        "article": stage.draft.article,
        "based_on": make.draft(newsroom),
        "submitted_at": timezone.now(),
        "created_at": timezone.now(),
        "edited_at": timezone.now(),
    }
    for field, value in others.items():
        refused_every_way("submitted_version_is_frozen", version, **{field: value})


def test_two_versions_cannot_swap_their_ids(stage):
    signed, unsigned = stage.approved, stage.submitted
    refused_every_way("submitted_version_is_frozen", signed, id=10_000)
    refused_every_way("draft_edit_names_its_editor", stage.draft, id=unsigned.pk + 10_000)


def draft_with_parts(stage):
    version, other = make.draft(stage.room), stage.edition.article
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
def test_parts_of_a_submitted_version_are_not_added_changed_moved_or_removed(stage, part):
    model, fields = PARTS[part]
    before, elsewhere = draft_with_parts(stage), draft_with_parts(stage)
    version = make.submitted(stage.room, before)
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
def test_parts_of_a_draft_are_added_changed_and_removed(stage, part):
    model, fields = PARTS[part]
    version = draft_with_parts(stage)
    model.objects.filter(version=version).update(**fields)
    row = model.objects.get(version=version)
    row.delete()
    row.copy_to(version).save()


def test_an_author_renamed_after_approval_does_not_change_a_byte(newsroom, stage):
    version = stage.approved
    author = version.authors.get().author
    author.name, author.credentials = "Somebody Else", "PhD"
    author.save()
    assert '"name":"Ada Author"' in release(version, actor=newsroom.publisher).document
    assert "Somebody Else" not in version.document


def test_a_draft_is_not_edited_past_the_door(newsroom, stage):
    version = stage.draft
    refused_every_way("draft_edit_names_its_editor", version, summary="Take 50 mg.")
    refused_every_way(
        "draft_edit_names_its_editor",
        version,
        summary="Take 50 mg.",
        revision=version.revision + 1,
        edited_by=newsroom.editor,
    )


def test_an_article_does_not_change_its_language_while_a_version_is_reviewed(stage):
    article = stage.submitted.article
    refused_every_way("article_identity_is_stable", article, language="es")
    article = stage.draft.article
    Article.objects.filter(pk=article.pk).update(language="es")


def test_contributions_are_not_added_after_submission(newsroom, stage):
    version = stage.submitted
    row = Contribution(version=version, user=newsroom.editor, at=timezone.now())
    with refused_by("contributions_are_made_to_drafts"):
        row.save()
    with refused_by("contributions_are_made_to_drafts"):
        Contribution.objects.bulk_create([row])
