"""Attempts to pass off a translation: from nowhere, from what was recalled, signed unread."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    by_queryset,
    by_save,
    changed,
    forged_sign_off,
    public,
    refused_by,
    refused_every_way,
    refused_with,
)
from tests.once import once
from tests.stage import forget_permissions
from topics.models import AuditEntry, Edition, ReviewerLanguage
from topics.publishing.release import release
from topics.publishing.together import release_together
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import Unmet
from topics.workflow import acts, drafting

DAY = timedelta(days=1)


@once
def content():
    room = make.newsroom()
    source = make.released(room)
    forget_permissions(room)
    return SimpleNamespace(room=room, source=source)


@pytest.fixture
def source(made):
    """The first edition of an English article."""
    return made.source


def spanish(room, edition, **content):
    return make.draft(room, language="es", translation_of=edition.article, title="Tos", **content)


# Made from ------------------------------------------------------------------------------------------


def test_a_translation_is_submitted_with_the_edition_that_it_was_made_from(newsroom, source):
    assert make.submitted(newsroom, spanish(newsroom, source)).made_from == source


def test_a_translation_that_names_no_edition_is_not_submitted(newsroom, source):
    version = spanish(newsroom, source, made_from=None)
    with refused_with("no_source_edition", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_version_names_only_editions_of_the_article_that_it_translates(newsroom, source):
    other = make.released(newsroom)
    version = spanish(newsroom, source)
    revised = {"revision": version.revision + 1}
    names = ["translation_is_made_from_its_source_update", "draft_edit_names_its_editor"]
    refused_every_way(names[0], version, made_from=other, **revised)
    refused_every_way(names, version, made_from=other)
    with refused_by("translation_is_made_from_its_source_insert"):
        spanish(newsroom, other, made_from=source)
    original = make.draft(newsroom)
    refused_every_way(names[0], original, made_from=source, **revised)


def test_a_version_is_not_made_from_an_edition_that_was_cancelled(newsroom, source):
    version = make.approved(newsroom, make.next_draft(newsroom, source.article, title="Cough, again"))
    scheduled = release(version, actor=newsroom.publisher, starts_at=timezone.now() + DAY)
    cancel_release(scheduled, actor=newsroom.publisher)
    with refused_by("translation_is_made_from_its_source_insert"):
        spanish(newsroom, source, made_from=scheduled)


def test_a_translation_of_what_is_not_public_yet_is_not_submitted(newsroom, source, monkeypatch):
    version = make.approved(newsroom, make.next_draft(newsroom, source.article, title="Cough, again"))
    scheduled = release(version, actor=newsroom.publisher, starts_at=timezone.now() + DAY)
    early = spanish(newsroom, source, made_from=scheduled)
    with refused_with("source_edition_does_not_fit", kind=Unmet):
        acts.submit(early, actor=newsroom.writer)
    # The database asks for it by itself.
    monkeypatch.setattr("topics.workflow.door.reasons", lambda *args: [])
    with refused_by("submitted_translation_names_its_edition"):
        acts.submit(early, actor=newsroom.writer)
    nowhere = changed(early)
    drafting.edit(nowhere, actor=newsroom.writer, revision=nowhere.revision, made_from=None)
    with refused_by("submitted_translation_names_its_edition"):
        acts.submit(nowhere, actor=newsroom.writer)


def test_what_a_version_was_made_from_freezes_with_it(newsroom, source):
    version = make.submitted(newsroom, spanish(newsroom, source))
    refused_every_way("submitted_version_is_frozen", version, made_from=None)


def test_an_article_keeps_the_source_that_a_version_was_made_from(newsroom, source):
    article = spanish(newsroom, source).article
    other = make.released(newsroom).article
    refused_every_way("translation_keeps_its_source", article, translation_of=other)
    free = spanish(newsroom, make.released(newsroom), made_from=None).article
    by_save(free, translation_of=make.draft(newsroom).article)


def test_a_draft_names_another_edition_with_its_editor_only(newsroom, source):
    newer = make.released(newsroom, make.next_draft(newsroom, source.article, title="Cough, again"))
    version = spanish(newsroom, source, made_from=source)
    with refused_by("draft_edit_names_its_editor"):
        by_queryset(version, made_from=newer)
    version = drafting.edit(version, actor=newsroom.writer, revision=version.revision, made_from=newer)
    assert version.made_from == newer


# A recall reaches the translations ---------------------------------------------------------------------


def recall(room, edition):
    withdraw(edition, kind="safety_recall", explanation="The dose is wrong.", actor=room.publisher)


def test_a_translation_of_a_recalled_edition_is_not_submitted(newsroom, source):
    version = spanish(newsroom, source)
    recall(newsroom, source)
    with refused_with("source_was_recalled", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_an_approved_translation_is_not_released_after_the_recall_of_its_source(newsroom, source):
    version = make.approved(newsroom, spanish(newsroom, source))
    recall(newsroom, source)
    with refused_with("source_was_recalled", kind=Unmet):
        release(version, actor=newsroom.publisher)
    assert public(version.article) == []


def test_a_forged_edition_of_a_recalled_source_is_refused(newsroom, source, monkeypatch):
    version = make.approved(newsroom, spanish(newsroom, source))
    recall(newsroom, source)
    monkeypatch.setattr("topics.workflow.door.reasons", lambda *args: [])
    with refused_by("translation_of_recalled_content_stays_back"):
        release(version, actor=newsroom.publisher)
    assert public(version.article) == []


def test_a_translation_of_an_edition_that_was_only_retired_is_released(newsroom, source):
    version = make.approved(newsroom, spanish(newsroom, source))
    withdraw(source, kind="retired", explanation="Old.", actor=newsroom.publisher)
    release(version, actor=newsroom.publisher)
    assert public(version.article) == ["Tos"]


# Who signs it ---------------------------------------------------------------------------------------


def test_who_does_not_read_the_language_is_not_asked(newsroom, source):
    version = make.submitted(newsroom, spanish(newsroom, source))
    make.reads(newsroom.primary, "en")
    with refused_with("language_not_among", kind=Unmet):
        acts.assign(
            version,
            requirement=version.requirements.get(role="primary"),
            reviewer=newsroom.primary,
            due_on=timezone.now().date() + 14 * DAY,
            actor=newsroom.editor,
        )


@pytest.mark.parametrize("languages", [(), ("en",), ("es-MX",), ("e",), ("en", "pt")])
def test_who_no_longer_reads_the_language_does_not_sign(newsroom, source, languages):
    version = make.in_medical_review(newsroom, spanish(newsroom, source))
    with refused_by("signer_reads_the_language"):
        forged_sign_off(
            version, newsroom.primary, meanwhile=lambda: make.reads(newsroom.primary, *languages)
        )
    make.reads(newsroom.primary, *languages)
    with refused_with("language_not_among", kind=Unmet):
        make.sign(version, newsroom.primary)


@pytest.mark.parametrize("languages", [("es",), ("es-MX",), ("en", "es")])
def test_a_base_language_covers_its_regions(newsroom, source, languages):
    version = make.draft(newsroom, language="es-MX", translation_of=source.article)
    version = make.in_medical_review(newsroom, version)
    make.reads(newsroom.primary, *languages)
    assert make.sign(version, newsroom.primary).sign_offs.count() == 1


def test_a_language_can_be_taken_from_who_has_signed_and_nothing_of_the_past_changes(newsroom, source):
    ReviewerLanguage.objects.filter(reviewer=newsroom.primary).delete()
    assert public(source.article) == ["Cough"]


def writes_and_reviews(room):
    room.primary.user.groups.add(room.writer.groups.get())
    return room.primary


def test_who_wrote_the_source_does_not_sign_its_translation(newsroom):
    reviewer = writes_and_reviews(newsroom)
    draft = make.draft(newsroom)
    other = make.reviewer("Family Medicine", name="Other")
    drafting.edit(draft, actor=reviewer.user, revision=draft.revision, summary="Edited.")
    newsroom.primary = other
    source = make.released(newsroom, draft)
    version = make.submitted(newsroom, spanish(newsroom, source))
    with refused_with("wrote_the_source", kind=Unmet):
        acts.assign(
            version,
            requirement=version.requirements.get(role="primary"),
            reviewer=reviewer,
            due_on=timezone.now().date() + 14 * DAY,
            actor=newsroom.editor,
        )


def test_who_wrote_the_source_does_not_sign_its_translation_past_the_door(newsroom, monkeypatch):
    reviewer = writes_and_reviews(newsroom)
    draft = make.draft(newsroom)
    drafting.edit(draft, actor=reviewer.user, revision=draft.revision, summary="Edited.")
    newsroom.primary = make.reviewer("Family Medicine", name="Other")
    source = make.released(newsroom, draft)
    version = spanish(newsroom, source)
    newsroom.primary = reviewer
    monkeypatch.setattr("topics.workflow.conditions.why_not_eligible", lambda *a, **k: [])
    version = make.in_medical_review(newsroom, version)
    with refused_by("signer_did_not_write_the_source"):
        make.sign(version, reviewer)


def test_a_credited_author_of_the_source_does_not_sign_its_translation(newsroom, source):
    version = make.in_medical_review(newsroom, spanish(newsroom, source))
    credited = source.version.authors.get().author
    credited.user = newsroom.primary.user
    with refused_by("signer_did_not_write_the_source"):
        forged_sign_off(version, newsroom.primary, meanwhile=credited.save)
    credited.save()
    with refused_with("wrote_the_source", kind=Unmet):
        make.sign(version, newsroom.primary)


# The content that was recalled, whichever edition holds it ---------------------------------------------


def recalled_as_reviewed_again(room, source):
    """The same content was released again as a periodic review, and recalled there."""
    again = make.next_draft(room, source.article, change_kind="periodic_review")
    edition = make.released(room, again)
    assert edition.digest == source.digest
    recall(room, edition)


def test_a_translation_of_what_was_recalled_in_another_edition_is_not_submitted(newsroom, source):
    version = spanish(newsroom, source)
    recalled_as_reviewed_again(newsroom, source)
    with refused_with("source_was_recalled", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_translation_of_what_was_recalled_in_another_edition_is_not_released(
    newsroom, source, monkeypatch
):
    version = make.approved(newsroom, spanish(newsroom, source))
    recalled_as_reviewed_again(newsroom, source)
    with refused_with("source_was_recalled", kind=Unmet):
        release(version, actor=newsroom.publisher)
    monkeypatch.setattr("topics.workflow.door.reasons", lambda *args: [])
    with refused_by("translation_of_recalled_content_stays_back"):
        release(version, actor=newsroom.publisher)
    assert public(version.article) == []


def test_a_translation_outlives_the_recall_of_a_text_that_it_was_not_made_from(newsroom, source):
    version = make.approved(newsroom, spanish(newsroom, source))
    rewritten = make.next_draft(newsroom, source.article, title="Cough, again")
    recall(newsroom, make.released(newsroom, rewritten))
    release(version, actor=newsroom.publisher)
    assert public(version.article) == ["Tos"]


def test_a_translation_of_what_was_recalled_is_neither_sent_nor_signed(newsroom, source):
    waiting = make.assigned(newsroom, spanish(newsroom, source))
    other = make.released(newsroom)
    under_review = make.in_medical_review(newsroom, spanish(newsroom, other))
    recall(newsroom, source)
    recall(newsroom, other)
    with refused_with("source_was_recalled", kind=Unmet):
        acts.send_to_medical_review(waiting, actor=newsroom.editor)
    with refused_with("source_was_recalled", kind=Unmet):
        make.sign(under_review, newsroom.primary)


@pytest.mark.parametrize(("kind", "left"), [("safety_recall", []), ("retired", ["Tos"])])
def test_a_recall_cancels_the_scheduled_translation_of_its_source(newsroom, source, kind, left):
    version = make.approved(newsroom, spanish(newsroom, source))
    edition = release(version, actor=newsroom.publisher, starts_at=timezone.now() + DAY)
    withdraw(source, kind=kind, explanation="The dose is wrong.", actor=newsroom.publisher)
    shelf = Edition.objects.in_force(at=timezone.now() + 2 * DAY).filter(article=version.article)
    assert [found.title for found in shelf] == left
    acted = list(AuditEntry.objects.filter(version=version, act="cancel_release"))
    assert len(acted) == (not left)
    edition.refresh_from_db()
    assert edition.was_cancelled() == (not left)
    assert [entry == edition.end_entry for entry in acted] == [True] * len(acted)
    call_command("verify_ledger")


def test_a_recall_cancels_the_whole_batches_of_scheduled_translations(newsroom, source):
    french = make.draft(newsroom, language="fr", translation_of=source.article, title="Toux")
    other = make.approved(newsroom, title="Fever")
    versions = [make.approved(newsroom, spanish(newsroom, source)), make.approved(newsroom, french)]
    release_together([*versions, other], actor=newsroom.publisher, starts_at=timezone.now() + DAY)
    recall(newsroom, source)
    assert not Edition.objects.scheduled(at=timezone.now()).exists()
    assert AuditEntry.objects.filter(act="cancel_release").count() == 3
    call_command("verify_ledger")


def test_a_scheduled_translation_of_another_text_stays_scheduled(newsroom, source):
    version = make.approved(newsroom, spanish(newsroom, source))
    edition = release(version, actor=newsroom.publisher, starts_at=timezone.now() + DAY)
    rewritten = make.next_draft(newsroom, source.article, title="Cough, again")
    recall(newsroom, make.released(newsroom, rewritten))
    edition.refresh_from_db()
    assert not edition.was_cancelled()


# A change is reviewed as much as that of its source ----------------------------------------------------


@pytest.mark.parametrize("kind", ["minor", "periodic_review"])
def test_a_version_that_moves_over_a_substantive_change_of_its_source_is_not_weaker(
    newsroom, source, kind
):
    article = make.released(newsroom, spanish(newsroom, source)).article
    body = make.BODY.replace("5 mg", "50 mg")
    newer = make.released(newsroom, make.next_draft(newsroom, source.article, body=body))
    version = make.next_draft(newsroom, article, change_kind=kind)
    if kind == "minor":
        changes = {"body": make.BODY.replace("plenty", "lots"), "change_note": "Wording."}
        version = drafting.edit(version, actor=newsroom.writer, revision=version.revision, **changes)
    moved = drafting.edit(version, actor=newsroom.writer, revision=version.revision, made_from=newer)
    with refused_with("kind_is_weaker", kind=Unmet):
        acts.submit(moved, actor=newsroom.writer)
    stayed = drafting.edit(moved, actor=newsroom.writer, revision=moved.revision, made_from=source)
    assert acts.submit(stayed, actor=newsroom.writer).state == "editorial_review"
