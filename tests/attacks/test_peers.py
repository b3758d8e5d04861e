"""The failures of other systems, as DESIGN.md section 6 names them, each attempted here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.ways import refused_by, refused_with
from topics.models import Edition, RelatedArticle, Reviewer, Version
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import IllegalMove, Unmet
from topics.workflow import acts, drafting
from topics.workflow.password import ask
from topics.workflow.signature import read_by

DAY = timedelta(days=1)


def test_text_edited_after_approval_does_not_go_live_as_in_wagtail_and_strapi(newsroom):
    version = make.approved(newsroom)
    with refused_with("illegal_move", kind=IllegalMove):
        drafting.edit(version, actor=newsroom.writer, revision=version.revision, summary="50 mg.")
    version.refresh_from_db()
    version.body = "<p>Take 50 mg.</p>"
    with refused_by("submitted_version_is_frozen"):
        version.save()
    stale = Version.objects.get(pk=version.pk)
    stale.body = version.body
    assert "50 mg" not in release(stale, actor=newsroom.publisher).document


def test_a_save_between_compare_and_publish_is_not_shipped_unseen_as_in_directus(newsroom):
    draft = make.draft(newsroom)
    read = draft.revision
    drafting.edit(draft, actor=newsroom.editor, revision=read, summary="50 mg.")
    with refused_with("edited_meanwhile", kind=Unmet):
        drafting.edit(draft, actor=newsroom.writer, revision=read, title="Mine")
    version = make.in_medical_review(newsroom, draft)
    with refused_with("digest_differs", kind=Unmet):
        acts.sign_off(
            version,
            digest="sha-256:" + "0" * 64,
            printed=read_by(version, newsroom.primary.user),
            answer=ask(newsroom.primary.user, make.PASSWORD, purpose="sign_off", of=version),
            actor=newsroom.primary.user,
        )


def test_a_draft_does_not_leak_through_a_public_articles_relation_as_in_publishing_api(newsroom):
    related = make.released(newsroom, title="Cold")
    draft = make.draft(newsroom)
    RelatedArticle.objects.create(version=draft, article=related.article)
    edition = make.released(newsroom, draft)
    make.next_draft(newsroom, related.article, title="Secret draft")
    around = shelf.surroundings(edition, at=timezone.now(), reader=OPEN)
    assert [item["title"] for item in around.related] == ["Cold"]


def test_an_id_fetches_nothing_in_force_after_a_withdrawal_as_it_did_in_strapi(newsroom):
    edition = make.released(newsroom)
    withdraw(edition, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    now = timezone.now()
    assert not shelf.find(str(edition.article.public_id), at=now, reader=OPEN).is_in_force(at=now)
    assert not shelf.in_force(at=now, reader=OPEN).exists()


def test_one_bad_item_does_not_block_later_scheduled_ones_as_in_wagtail(newsroom):
    """Nothing fires: an edition that was cancelled, or one never released, holds up no other."""
    now = timezone.now()
    bad = make.released(newsroom, starts_at=now + DAY)
    good = make.released(newsroom, starts_at=now + 2 * DAY)
    cancel_release(bad, actor=newsroom.publisher)
    assert list(Edition.objects.in_force(at=now + 3 * DAY)) == [good]


def test_a_failed_release_does_not_wipe_the_schedule_as_in_wagtail(newsroom):
    first = make.released(newsroom)
    second = make.released(
        newsroom,
        make.next_draft(newsroom, first.article, title="Second"),
        starts_at=timezone.now() + DAY,
    )
    third = make.approved(newsroom, make.next_draft(newsroom, first.article, title="Third"))
    with refused_with("another_is_scheduled", kind=Unmet):
        release(third, actor=newsroom.publisher)
    now = timezone.now()
    assert list(Edition.objects.scheduled(at=now)) == [second]
    assert list(Edition.objects.in_force(at=now)) == [first]


def test_nothing_fires_hours_early_as_in_strapi(newsroom):
    start = timezone.now() + DAY
    make.released(newsroom, starts_at=start)
    assert not Edition.objects.in_force(at=start - timedelta(hours=1)).exists()


def test_a_translation_is_not_live_unreviewed_as_in_wagtail_localize(newsroom):
    source = make.released(newsroom)
    translation = make.submitted(newsroom, language="es", translation_of=source.article, title="Tos")
    now = timezone.now()
    assert shelf.surroundings(source, at=now, reader=OPEN).translations == []
    assert translation.requirements.count() == 2
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(translation.article.slug, at=now, language="es", reader=OPEN)


def test_a_bulk_action_does_not_go_around_the_workflow_as_in_wagtail(newsroom):
    for _ in range(3):
        make.draft(newsroom)
    with refused_by("state_moves_are_legal", "released_version_has_an_edition"):
        Version.objects.update(state="released")
    assert set(Version.objects.values_list("state", flat=True)) == {"draft"}


def test_a_deleted_reviewer_does_not_take_the_history_along_as_in_kitsune(newsroom):
    edition = make.released(newsroom)
    with refused_by("reviewer_who_signed_is_kept"):
        Reviewer.objects.filter(pk=newsroom.primary.pk)._raw_delete("default")
    assert edition.version.sign_offs.count() == 2


def test_metadata_does_not_go_live_unreviewed_as_in_kitsune(newsroom):
    """Slug and source are fixed; the category is filed with an edition only at its release."""
    edition = make.released(newsroom)
    article = edition.article
    with refused_by("article_identity_is_stable"):
        type(article).objects.filter(pk=article.pk).update(slug="cured")
    article.category = make.category(policy=newsroom.policy)
    article.save()
    found = shelf.find(article.slug, at=timezone.now(), reader=OPEN)
    assert found.category == newsroom.category
    assert found.record == edition.record
