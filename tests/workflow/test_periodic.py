"""Starting a periodic review in one act: all of its steps or none, and whom it proposes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.ways import refused_with
from topics.models import AuditEntry, Version
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.rules.review_dates import utc_day
from topics.workflow.periodic import begin_periodic_review, proposals

TODAY = utc_day(timezone.now())
DUE = TODAY + timedelta(days=14)
LONG_AGO = timezone.now() - timedelta(days=1000)


def begin(room, edition, *, actor=None, asked=None, **more):
    return begin_periodic_review(
        edition.article,
        actor=actor or room.editor,
        asked=room.reviewers if asked is None else asked,
        due_on=DUE,
        **more,
    )


def proposed(room, edition, *, actor=None):
    version = Version.objects.select_related("article__category").get(pk=edition.version_id)
    found = proposals([version], actor=actor or room.editor, on=TODAY)
    return {proposal.role.role: proposal for proposal in found[version.pk]}


def test_a_review_is_opened_submitted_assigned_and_sent_in_one_act(newsroom):
    edition = make.released(newsroom)
    version = begin(newsroom, edition, send=True)
    assert (version.state, version.change_kind) == ("medical_review", "periodic_review")
    assert version.digest == edition.digest
    assert {a.reviewer for a in version.assignments.all()} == set(newsroom.reviewers.values())
    for reviewer in newsroom.reviewers.values():
        version = make.sign(version, reviewer)
    assert release(version, actor=newsroom.publisher).digest == edition.digest


def test_a_review_may_wait_in_editorial_review_with_a_role_left_open(newsroom):
    version = begin(newsroom, make.released(newsroom), asked={"primary": newsroom.primary})
    assert version.state == "editorial_review"
    assert version.assignments.count() == 1


def test_one_step_that_is_refused_undoes_all_of_them(newsroom):
    edition = make.released(newsroom)
    before = Version.objects.count(), AuditEntry.objects.count()
    with refused_with("role_is_unassigned"):
        begin(newsroom, edition, asked={"primary": newsroom.primary}, send=True)
    with refused_with("specialty_not_asked_for"):
        begin(newsroom, edition, asked={"primary": newsroom.specialist})
    with refused_with("due_date_is_past"):
        begin_periodic_review(
            edition.article,
            actor=newsroom.editor,
            asked={"primary": newsroom.primary},
            due_on=TODAY - timedelta(days=1),
        )
    assert (Version.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize("role", ["writer", "publisher", "administrator"])
def test_only_editors_start_and_send_one(newsroom, role):
    edition = make.released(newsroom)
    with refused_with("not_permitted"):
        begin(newsroom, edition, actor=getattr(newsroom, role), send=True)
    assert not Version.objects.filter(change_kind="periodic_review").exists()


def test_who_starts_it_counts_as_its_writer(newsroom):
    both = make.reviewer("Family Medicine", name="Edi Tor", account=newsroom.editor)
    newsroom.editor.groups.add(newsroom.primary.user.groups.get())
    edition = make.released(newsroom)
    roles = proposed(newsroom, edition)
    assert both not in [candidate.reviewer for candidate in roles["primary"].eligible]
    codes = {person: [r.code for r in refusals] for person, refusals in roles["primary"].others}
    assert codes[both] == ["wrote_the_version"]
    with refused_with("wrote_the_version"):
        begin(newsroom, edition, asked={"primary": both})


def test_who_signed_last_is_proposed_again_where_they_still_may(newsroom):
    edition = make.released(newsroom)
    make.reviewer("Family Medicine", name="Abe Able")
    roles = proposed(newsroom, edition)
    assert {name: p.proposed for name, p in roles.items()} == newsroom.reviewers
    assert all(proposal.signed_last for proposal in roles.values())


def test_another_is_proposed_where_who_signed_last_may_not_any_more(newsroom):
    edition = make.released(newsroom)
    able = make.reviewer("Family Medicine", name="Abe Able")
    newsroom.primary.credential_set.update(expires_on=TODAY - timedelta(days=1))
    proposal = proposed(newsroom, edition)["primary"]
    assert (proposal.proposed, proposal.signed_last) == (able, False)


def test_one_person_is_proposed_for_one_role_only(newsroom):
    edition = make.released(newsroom)
    newsroom.specialist.specialties.add(make.specialty("Family Medicine"))
    newsroom.primary.credential_set.update(expires_on=TODAY - timedelta(days=1))
    roles = proposed(newsroom, edition)
    assert roles["primary"].proposed == newsroom.specialist
    assert roles["specialist"].proposed is None


def test_proposals_for_many_cost_as_many_questions_as_for_one(newsroom, django_assert_max_num_queries):
    editions = [make.released(newsroom) for _ in range(4)]
    versions = list(
        Version.objects.filter(editions__in=editions).select_related(
            "article__category__policy", "article__category__specialty"
        )
    )
    with django_assert_max_num_queries(20) as few:
        proposals(versions[:1], actor=newsroom.editor, on=TODAY)
    with django_assert_max_num_queries(len(few)):
        proposals(versions, actor=newsroom.editor, on=TODAY)


def test_another_edition_than_the_one_that_was_seen_is_looked_at_first(newsroom):
    edition = make.released(newsroom)
    newer = make.released(newsroom, make.next_draft(newsroom, edition.article, title="Coughing"))
    with refused_with("acted_meanwhile"):
        begin(newsroom, edition, seen=edition.pk)
    assert begin(newsroom, edition, seen=newer.pk).title == "Coughing"


def test_what_was_withdrawn_meanwhile_is_not_reviewed_as_if_it_were_read(newsroom):
    edition = make.released(newsroom)
    withdraw(edition, kind="retired", explanation="Old.", actor=newsroom.publisher)
    with refused_with("nothing_in_force"):
        begin(newsroom, edition, seen=edition.pk)


def test_an_article_that_is_withheld_for_want_of_a_review_is_reviewed(db):
    room = make.newsroom(when_overdue="withhold", grace_days=0)
    edition = make.released(room, at=LONG_AGO, starts_at=LONG_AGO)
    assert not edition.is_in_force(at=timezone.now())
    assert begin(room, edition, seen=edition.pk, send=True).state == "medical_review"


def test_what_was_withdrawn_is_not_reviewed_however_long_ago_its_review_was_due(db):
    room = make.newsroom(when_overdue="withhold", grace_days=0)
    edition = make.released(room, at=LONG_AGO, starts_at=LONG_AGO)
    withdraw(
        edition,
        kind="retired",
        explanation="Old.",
        actor=room.publisher,
        at=LONG_AGO + timedelta(days=1),
    )
    with refused_with("nothing_in_force"):
        begin(room, edition, seen=edition.pk)
