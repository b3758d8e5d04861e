"""The demo shows every state, was walked through the real doors, and may be run again."""

import pytest
from django.utils import timezone

from tests.once import once
from tests.told import demo
from topics.content.links import articles_linked_by
from topics.models import Article, AuditEntry, Edition, Mention, ReleaseBatch, User, Version
from topics.publishing.behind import drifting
from topics.publishing.trail import broken_batches
from topics.vocabulary import ChangeKind, State, WithdrawalKind
from topics.workflow.ledger import broken_links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@once
def told():
    """What it printed when it was run first, as it is for all tests here."""
    return demo(port=8123)


def test_every_state_is_to_be_seen():
    now = timezone.now()
    editions = Edition.objects
    assert {State.DRAFT, State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED} <= set(
        Version.objects.values_list("state", flat=True)
    )
    assert Version.objects.filter(state=State.RETURNED).exists()
    # Who tries the review desk has a redline to read, and a signature to give.
    under_review = Version.objects.filter(state=State.MEDICAL_REVIEW)
    changed = under_review.filter(change_kind=ChangeKind.SUBSTANTIVE)
    assert changed.filter(article__editions__isnull=False).exists()
    assert editions.in_force(at=now).count() >= 12
    assert editions.scheduled(at=now).exists()
    assert editions.in_force(at=now).overdue(on=now.date()).exists()
    assert editions.in_force(at=now).due(on=now.date()).exists()
    superseded = editions.filter(
        ends_at__lte=now, withdrawal=None, article__editions__starts_at__lte=now
    )
    assert superseded.exists()
    withdrawn = editions.exclude(withdrawal=None)
    assert set(withdrawn.values_list("withdrawal__kind", flat=True)) == {
        WithdrawalKind.SAFETY_RECALL,
        WithdrawalKind.MOVED,
        WithdrawalKind.RETIRED,
    }
    assert withdrawn.exclude(withdrawal__replacement=None).exists()
    assert [version.article.slug for version in drifting(at=now)] == ["ataques-de-panico"]
    assert Article.objects.exclude(translation_of=None).filter(editions__ends_at=None).count() >= 3


def test_articles_lead_to_one_another_in_their_text(client):
    article = client.get("/api/v1/articles/type-2-diabetes/").json()
    assert [link["slug"] for link in article["links"]] == ["low-blood-sugar"]
    assert articles_linked_by(article) == [article["links"][0]["id"]]
    assert Mention.objects.filter(article__slug="high-blood-pressure").count() == 2


def test_two_releases_are_scheduled_together():
    batch = ReleaseBatch.objects.get()
    slugs = batch.editions.values_list("article__slug", flat=True)
    assert sorted(slugs) == ["aspirin-and-your-heart", "high-blood-pressure"]
    assert batch.starts_at > timezone.now()
    assert list(broken_batches()) == []


def test_its_history_is_an_unbroken_chain():
    assert list(broken_links()) == []
    assert AuditEntry.objects.filter(act="sign_off").count() >= 30


def test_the_licensee_s_key_is_printed_once_and_opens_what_its_licence_has(client, told):
    key = next(line.strip() for line in told.splitlines() if line.strip().startswith("sgn_"))
    assert key not in demo()

    def ask(slug):
        return client.get(f"/api/v1/articles/{slug}/", headers={"X-Api-Key": key})

    article = ask("high-blood-pressure").json()
    assert article["site"]["organisation"] == "Harbour General Hospital"
    assert [one["name"] for one in article["related_physicians"]] == ["Helena Marsh"]
    assert [one["name"] for one in article["related_services"]] == ["Blood pressure clinic"]
    assert "555-0100" in {one["kind"]: one["text"] for one in article["notices"]}["disclaimer"]
    assert ask("norovirus").status_code == ask("sleep-problems").status_code == 404


def test_each_role_has_an_account_whose_password_is_printed_once(told):
    for name in ("writer", "editor", "publisher", "administrator"):
        password = next(line for line in told.splitlines() if line.split()[:1] == [name]).split()[1]
        assert User.objects.get(username=name).check_password(password)
        assert password not in demo()


def test_running_it_again_changes_nothing():
    entries, users = AuditEntry.objects.count(), User.objects.count()
    assert "already" in demo()
    assert (AuditEntry.objects.count(), User.objects.count()) == (entries, users)


def test_it_prints_where_to_look(told):
    assert "http://localhost:8123/admin/" in told
    assert "http://localhost:8123/api/v1/docs/" in told
    assert "curl 'http://localhost:8123/api/v1/articles/" in told


def test_what_was_recalled_and_then_what_is_withheld_stand_first_on_the_desks(client):
    for name in ("editor", "publisher"):
        client.force_login(User.objects.get(username=name))
        sections = client.get("/admin/").context["sections"][:2]
        assert [[(row.title, row.badge[1]) for row in section.rows] for section in sections] == [
            [("A daily aspirin after 50", "Safety recall")],
            [("Signs of bowel cancer", "Withheld")],
        ]
