"""The demo shows every state, was walked through the real doors, and may be run again."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from topics.models import Article, AuditEntry, Edition, User, Version
from topics.vocabulary import State, WithdrawalKind
from topics.workflow.ledger import broken_links

pytestmark = pytest.mark.django_db


def demo(**options):
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module", autouse=True)
def told(django_db_setup, django_db_blocker):
    """What the demo printed when it was made, once for all tests here; each leaves it as it was."""
    hasher = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=hasher):
            printed = demo(port=8123)
        yield printed
        transaction.set_rollback(True)


def test_every_state_is_to_be_seen():
    now = timezone.now()
    editions = Edition.objects
    assert {State.DRAFT, State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED} <= set(
        Version.objects.values_list("state", flat=True)
    )
    assert Version.objects.filter(state=State.RETURNED).exists()
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
    assert Article.objects.exclude(translation_of=None).filter(editions__ends_at=None).count() >= 3


def test_its_history_is_an_unbroken_chain():
    assert list(broken_links()) == []
    assert AuditEntry.objects.filter(act="sign_off").count() >= 30


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


def test_the_withheld_article_stands_first_on_the_desks(client):
    for name in ("editor", "publisher"):
        client.force_login(User.objects.get(username=name))
        first = client.get("/admin/").context["sections"][0]
        assert [(row.title, row.badge[1]) for row in first.rows] == [
            ("Signs of bowel cancer", "Withheld")
        ]
