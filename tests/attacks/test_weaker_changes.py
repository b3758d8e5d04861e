"""Attempts to pass a change off as a weaker one, or what was recalled or wrong as new."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests import make
from tests.attacks.ways import (
    asked,
    entry,
    refused_by,
    refused_with,
    submit_past_the_door,
)
from topics.content.canonical import digest
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import Unmet
from topics.workflow import acts


@pytest.fixture
def newsroom(stage):
    return stage.room


def test_a_dose_cannot_change_as_a_minor_change(newsroom, stage):
    article = stage.edition.article
    version = make.next_draft(
        newsroom, article, change_kind="minor", body=make.BODY.replace("5 mg", "50 mg")
    )
    with refused_with("minor_change_is_clinical", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_wording_far_from_any_dose_changes_as_a_minor_change(newsroom, stage):
    article = stage.edition.article
    version = make.next_draft(
        newsroom, article, change_kind="minor", body=make.BODY.replace("plenty", "a lot")
    )
    assert acts.submit(version, actor=newsroom.writer).state == "editorial_review"


def test_a_periodic_review_does_not_change_the_text(newsroom, stage):
    article = stage.edition.article
    version = make.next_draft(newsroom, article, change_kind="periodic_review", summary="Other.")
    with refused_with("periodic_review_changes_content", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_periodic_review_does_not_change_the_text_past_the_door(newsroom, stage):
    article = stage.edition.article
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
    newsroom, stage
):
    first = stage.edition
    second = make.released(
        newsroom,
        make.next_draft(newsroom, first.article, body=make.BODY.replace("plenty", "a lot")),
        starts_at=timezone.now() + timedelta(days=3),
    )
    third = make.approved(newsroom, make.next_draft(newsroom, first.article, change_kind="minor"))
    cancel_release(second, actor=newsroom.publisher)
    with refused_with("base_was_not_released", kind=Unmet):
        release(third, actor=newsroom.publisher)


def test_recalled_content_is_not_released_again(newsroom, stage):
    first = stage.edition
    withdraw(first, kind="safety_recall", explanation="Harmful.", actor=newsroom.publisher)
    again = make.approved(
        newsroom, make.next_draft(newsroom, first.article, change_note="Nothing at all.")
    )
    assert again.digest == first.digest
    with refused_with("content_was_recalled", kind=Unmet):
        release(again, actor=newsroom.publisher)


def test_recalled_content_is_not_released_again_past_the_door(newsroom, stage):
    first = stage.edition
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


def test_a_comma_does_not_bring_recalled_content_back_as_a_minor_change(newsroom, stage):
    first = stage.edition
    withdraw(first, kind="safety_recall", explanation="Harmful.", actor=newsroom.publisher)
    version = make.next_draft(
        newsroom, first.article, change_kind="minor", body=make.BODY.replace("plenty", "a lot")
    )
    with refused_with("base_was_recalled", kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_minor_change_in_review_falls_with_the_recall_of_its_base(newsroom, stage):
    first = stage.edition
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


@pytest.mark.parametrize(
    ("kind", "code"), [("safety_recall", "base_was_recalled"), ("correction", "base_was_in_error")]
)
def test_the_same_wrong_text_is_not_brought_back_as_a_minor_change(newsroom, stage, kind, code):
    first = stage.edition
    withdraw(first, kind=kind, explanation="The dose is wrong.", actor=newsroom.publisher)
    version = make.next_draft(newsroom, first.article, change_kind="minor")
    with refused_with(code, kind=Unmet):
        acts.submit(version, actor=newsroom.writer)


def test_a_minor_change_in_review_falls_with_the_correction_of_its_base(newsroom, stage):
    first, version = stage.edition, reworded(newsroom, stage)
    withdraw(first, kind="correction", explanation="Wrong.", actor=newsroom.publisher)
    with refused_with("base_was_in_error", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_what_was_retired_comes_back_with_a_minor_change(newsroom, stage):
    first, version = stage.edition, reworded(newsroom, stage)
    withdraw(first, kind="retired", explanation="Not kept up.", actor=newsroom.publisher)
    assert release(version, actor=newsroom.publisher).digest == version.digest


@pytest.mark.parametrize("kind", ["safety_recall", "correction"])
def test_wrong_text_is_not_brought_back_as_a_minor_change_past_the_door(newsroom, stage, kind):
    first, version = stage.edition, reworded(newsroom, stage)
    with transaction.atomic():
        edition = release(version, actor=newsroom.publisher)
        transaction.set_rollback(True)
    first.refresh_from_db()
    withdraw(first, kind=kind, explanation="Wrong.", actor=newsroom.publisher)
    written = entry("release", actor=newsroom.publisher, version=version)
    edition.pk, edition.release_entry = None, written
    edition.released_at = edition.starts_at = written.at
    with refused_by("minor_change_brings_back_nothing_wrong"):
        edition.save(force_insert=True)


def reworded(newsroom, stage):
    """An approved minor change of the stage's edition."""
    changed = make.BODY.replace("plenty", "a lot")
    draft = make.next_draft(newsroom, stage.edition.article, change_kind="minor", body=changed)
    version = make.approved(newsroom, draft)
    stage.edition.refresh_from_db()
    return version
