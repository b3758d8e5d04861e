"""Attempts to sign what one is credited with, by moving the account of an author meanwhile."""

import pytest

from tests import make
from tests.admin.pages import fields, sign_in, superuser, url
from tests.attacks.signers import asked_to_review, forged_assignment, forged_end
from tests.attacks.ways import (
    complete,
    forged_edition,
    forged_sign_off,
    refused_by,
    refused_every_way,
    refused_with,
    submit_past_the_door,
)
from topics.models import Author, VersionAuthor
from topics.publishing.release import release
from topics.rules.refusal import Unmet
from topics.workflow import acts, drafting
from topics.workflow.candidates import writers_of


@pytest.fixture
def newsroom(stage):
    return stage.room


@pytest.fixture
def reviewer(newsroom):
    """A second family physician, printed as the first one is."""
    first = newsroom.primary
    return make.reviewer("Family Medicine", name=first.name, credentials=first.credentials)


def tie(version, account):
    """Gives the account to the version's author, past everything that asks."""
    Author.objects.filter(pk=version.authors.get().author_id).update(user=account)


def credited(room, reviewer, version=None):
    """A draft, the reviewer being its author."""
    version = version or make.draft(room)
    tie(version, reviewer.user)
    return version


# The account is taken away --------------------------------------------------------------------------


def test_an_author_whose_account_an_administrator_took_away_is_not_asked(newsroom, reviewer, client):
    version = make.submitted(newsroom, credited(newsroom, reviewer))
    page = url("author_change", version.authors.get().author_id)
    sign_in(client, superuser())
    assert client.post(page, {**fields(client.get(page)), "user": ""}).status_code == 302
    assert Author.objects.get(pk=version.authors.get().author_id).user is None
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)
    assert writers_of([version])[0][version.pk] == version.writers()


def test_an_author_whose_account_was_taken_away_does_not_sign(newsroom, reviewer):
    version = make.in_medical_review(newsroom, credited(newsroom, reviewer))
    tie(version, None)

    def ask_the_author():
        forged_end(newsroom, version)
        forged_assignment(newsroom, version, reviewer, "primary")

    with refused_by("signer_did_not_write_the_version"):
        forged_sign_off(
            version,
            newsroom.primary,
            meanwhile=ask_the_author,
            reviewer=reviewer,
            user=reviewer.user,
            credential=reviewer.credential_set.get(),
        )


def test_neither_the_former_nor_the_present_account_of_an_author_signs(newsroom, reviewer):
    version = make.submitted(newsroom, credited(newsroom, reviewer))
    tie(version, newsroom.primary.user)
    for own in (reviewer, newsroom.primary):
        with refused_with("wrote_the_version", kind=Unmet):
            asked_to_review(newsroom, version, own)


def test_the_account_of_a_credit_is_frozen_with_it(newsroom, reviewer):
    version = make.submitted(newsroom, credited(newsroom, reviewer))
    for account in (None, newsroom.editor):
        refused_every_way("versionauthor_is_frozen_update", version.authors.get(), user=account)


def test_a_version_is_not_submitted_past_the_door_without_the_accounts(newsroom, reviewer):
    version = complete(credited(newsroom, reviewer))
    with refused_by("submitted_version_keeps_the_accounts_of_its_authors"):
        submit_past_the_door(newsroom, version)


def test_a_copy_is_credited_to_the_account_that_its_base_was(newsroom, reviewer):
    version = make.submitted(newsroom, credited(newsroom, reviewer))
    tie(version, None)
    acts.return_with_remarks(version, remarks="Shorter.", actor=newsroom.editor)
    copy = drafting.open_version(version.article, change_kind="new", actor=newsroom.writer)
    with refused_with("wrote_the_version", kind=Unmet):
        asked_to_review(newsroom, make.submitted(newsroom, copy), reviewer)


def test_the_account_goes_with_an_author_who_was_named_by_mistake(newsroom, reviewer):
    version = credited(newsroom, reviewer)
    version.authors.get().save()
    assert reviewer.user_id in version.writers()
    row = VersionAuthor.objects.get(version=version)
    row.author = Author.objects.create(name="Bea Better")
    row.save()
    assert reviewer.user_id not in version.writers()


def test_an_author_of_the_source_whose_account_was_taken_away_is_not_asked(newsroom, reviewer):
    source = make.released(newsroom, credited(newsroom, reviewer))
    version = make.submitted(newsroom, translation(newsroom, source))
    tie(source.version, None)
    with refused_with("wrote_the_source", kind=Unmet):
        asked_to_review(newsroom, version, reviewer)


def translation(room, source):
    return make.draft(room, language="es", translation_of=source.article, title="Tos")


# The account is given after a signature -------------------------------------------------------------


def test_a_signer_who_is_credited_since_bars_the_release(newsroom, stage):
    version = stage.approved
    with refused_by("edition_signers_are_not_credited"):
        forged_edition(newsroom, version, meanwhile=lambda: tie(version, newsroom.primary.user))
    tie(version, newsroom.primary.user)
    with refused_with("wrote_the_version", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_a_signer_who_is_credited_with_the_source_since_bars_the_release(newsroom, stage):
    source = stage.edition
    version = make.approved(newsroom, translation(newsroom, source))
    account = newsroom.primary.user
    with refused_by("edition_signers_are_not_credited"):
        forged_edition(newsroom, version, meanwhile=lambda: tie(source.version, account))
    tie(source.version, account)
    with refused_with("wrote_the_source", kind=Unmet):
        release(version, actor=newsroom.publisher)
