"""People who act at the same moment, with real threads and connections on PostgreSQL.

Each race starts at a barrier and is run several times, because no single run meets every order.
"""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from topics.content.canonical import digest
from topics.models import Article, AuditEntry, Edition, Reference, SignOff, Version
from topics.publishing.evidence import unproven_editions
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.rules.refusal import Refused
from topics.workflow import acts, drafting
from topics.workflow.ledger import broken_links

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


def race(*runners):
    """Runs the functions at once, each on its own connection; gives each one's result or refusal.

    Anything but a refusal (a deadlock, say) is raised.
    """
    barrier = threading.Barrier(len(runners))
    results = [None] * len(runners)

    def run(place, runner):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            results[place] = runner()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refused | IntegrityError):
            raise result
    return results


def codes(results):
    return [r.codes[0] if isinstance(r, Refused) else None for r in results]


def all_is_in_order():
    assert list(broken_links()) == []
    assert list(unproven_editions()) == []
    numbers = list(AuditEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_reviewers_who_sign_at_once_approve_once():
    room = make.newsroom()
    for _ in range(ROUNDS):
        version = make.in_medical_review(room)
        signed = race(
            lambda v=version: make.sign(v, room.primary),
            lambda v=version: make.sign(v, room.specialist),
        )
        assert codes(signed) == [None, None]
        version.refresh_from_db()
        assert version.state == "approved"
        assert version.sign_offs.count() == 2
        assert version.audit_entries.filter(act="approve").count() == 1
    all_is_in_order()


def test_a_reviewer_who_signs_twice_at_once_has_signed_once():
    room = make.newsroom()
    for _ in range(ROUNDS):
        version = make.in_medical_review(room)
        signed = race(*[lambda v=version: make.sign(v, room.primary)] * 2)
        assert sorted(codes(signed), key=str) == [None, "role_is_signed"]
        assert SignOff.objects.filter(version=version).count() == 1
    all_is_in_order()


def test_a_signature_that_races_a_return_is_either_before_it_or_refused():
    room = make.newsroom()
    for _ in range(ROUNDS):
        version = make.in_medical_review(room)
        signed, _returned = race(
            lambda v=version: make.sign(v, room.primary),
            lambda v=version: acts.return_with_remarks(v, remarks="No.", actor=room.editor),
        )
        version.refresh_from_db()
        assert version.state == "returned"
        assert version.sign_offs.count() == (0 if isinstance(signed, Refused) else 1)
    all_is_in_order()


def test_an_edit_that_races_a_submit_is_in_the_document_or_refused():
    room = make.newsroom()
    for number in range(ROUNDS):
        draft = make.draft(room)
        summary = f"Edited {number}."

        def save_reference(version):
            Reference.objects.create(version=version, title="Late trial")

        edited, submitted = race(
            lambda d=draft, s=summary, p=save_reference: drafting.edit(
                d, actor=room.editor, revision=1, summary=s, parts=p
            ),
            lambda d=draft: acts.submit(d, actor=room.writer),
        )
        assert not isinstance(submitted, Exception)
        version = Version.objects.get(pk=draft.pk)
        assert version.digest == digest(version.document)
        was_edited = not isinstance(edited, Refused)
        assert f'"summary":"{version.summary}"' in version.document
        assert (version.summary == summary) == was_edited
        assert ("Late trial" in version.document) == was_edited
        assert version.references.exists() == was_edited
    all_is_in_order()


def test_a_part_inserted_past_the_door_that_races_a_submit_is_in_the_document_or_refused():
    room = make.newsroom()
    for _ in range(2 * ROUNDS):
        draft = make.draft(room)

        def insert(version=draft):
            with transaction.atomic():
                return Reference.objects.create(version=version, title="Late trial")

        inserted, submitted = race(insert, lambda d=draft: acts.submit(d, actor=room.writer))
        assert not isinstance(submitted, Exception)
        version = Version.objects.get(pk=draft.pk)
        was_inserted = not isinstance(inserted, IntegrityError)
        assert ("Late trial" in version.document) == was_inserted
        assert version.references.exists() == was_inserted
        if not was_inserted:
            assert str(inserted).startswith("reference_is_frozen_insert: ")
    all_is_in_order()


def test_two_releases_at_once_make_one_edition():
    room = make.newsroom()
    for _ in range(ROUNDS):
        version = make.approved(room)
        released = race(*[lambda v=version: release(v, actor=room.publisher)] * 2)
        assert sorted(codes(released), key=str) == [None, "released_already"]
        assert version.editions.count() == 1
    all_is_in_order()


def test_a_release_that_races_a_withdrawal_leaves_no_recalled_text_public():
    room = make.newsroom()
    for _ in range(ROUNDS):
        first = make.released(room)
        second = make.approved(room, make.next_draft(room, first.article, title="New"))
        released, withdrawn = race(
            lambda v=second: release(v, actor=room.publisher),
            lambda e=first: withdraw(
                e, kind="safety_recall", explanation="Wrong.", actor=room.publisher
            ),
        )
        assert not isinstance(released, Exception)
        if isinstance(withdrawn, Refused):
            assert withdrawn.codes == ["not_in_force"]
        now = AuditEntry.objects.first().at
        in_force = Edition.objects.in_force(at=now).filter(article=first.article)
        assert [edition.title for edition in in_force] == ["New"]
    all_is_in_order()


def test_a_release_of_recalled_content_that_races_its_recall_is_not_public_after_it():
    room = make.newsroom()
    for _ in range(ROUNDS):
        first = make.released(room)
        review = make.next_draft(room, first.article, change_kind="periodic_review")
        again = make.approved(room, review)
        released, withdrawn = race(
            lambda v=again: release(v, actor=room.publisher),
            lambda e=first: withdraw(
                e, kind="safety_recall", explanation="Wrong.", actor=room.publisher
            ),
        )
        # One of the two is too late: it says so, and what is public is what the other one did.
        assert isinstance(released, Refused) != isinstance(withdrawn, Refused)
        now = AuditEntry.objects.first().at
        in_force = Edition.objects.in_force(at=now).filter(article=first.article).exists()
        assert in_force == isinstance(withdrawn, Refused)
    all_is_in_order()


def test_two_next_versions_opened_at_once_are_one():
    room = make.newsroom()
    for _ in range(ROUNDS):
        article = Article.objects.get(pk=make.released(room).article_id)
        opened = race(
            lambda a=article: drafting.open_version(a, change_kind="substantive", actor=room.writer),
            lambda a=article: drafting.open_version(a, change_kind="substantive", actor=room.editor),
        )
        assert sorted(codes(opened), key=str) == [None, "one_open_version_per_article"]
        assert article.versions.count() == 2
    all_is_in_order()


def test_a_move_to_another_category_that_races_a_submit_does_not_weaken_it():
    room = make.newsroom()
    weak = make.policy()
    weak.roles.get(role="specialist").delete()
    elsewhere = make.category(policy=weak)
    for _ in range(ROUNDS):
        draft = make.draft(room)
        race(
            lambda d=draft: Article.objects.filter(pk=d.article_id).update(category=elsewhere),
            lambda d=draft: acts.submit(d, actor=room.writer),
        )
        version = Version.objects.get(pk=draft.pk)
        if version.state == "draft":  # The wall saw the category change under the submission.
            continue
        roles = {"primary"} if version.policy == weak else {"primary", "specialist"}
        assert set(version.requirements.values_list("role", flat=True)) == roles
    all_is_in_order()


def test_eight_threads_of_ten_acts_leave_a_whole_chain_without_a_gap():
    room = make.newsroom()
    drafts = [make.draft(room) for _ in range(8)]

    def ten_edits(draft):
        for revision in range(1, 11):
            drafting.edit(draft, actor=room.writer, revision=revision, summary=f"No. {revision}")

    assert race(*[lambda d=draft: ten_edits(d) for draft in drafts]) == [None] * 8
    assert AuditEntry.objects.filter(act="edit").count() == 80
    all_is_in_order()
