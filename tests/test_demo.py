"""The demo shows every state, was walked through the real doors, and may be run again."""

import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import make
from topics.models import Article, AuditEntry, Edition, User, Version
from topics.vocabulary import State, WithdrawalKind
from topics.workflow.ledger import broken_links

pytestmark = pytest.mark.django_db


def demo(**options):
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


def test_every_state_is_to_be_seen():
    demo()
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
    demo()
    assert list(broken_links()) == []
    assert AuditEntry.objects.filter(act="sign_off").count() >= 30


def test_each_role_has_an_account_whose_password_is_printed_once():
    first = demo()
    for name in ("writer", "editor", "publisher", "administrator"):
        password = next(line for line in first.splitlines() if line.split()[:1] == [name]).split()[1]
        assert User.objects.get(username=name).check_password(password)
        assert password not in demo()


def test_running_it_again_changes_nothing():
    demo()
    entries, users = AuditEntry.objects.count(), User.objects.count()
    assert "already" in demo()
    assert (AuditEntry.objects.count(), User.objects.count()) == (entries, users)


def test_it_refuses_a_database_that_is_in_use(newsroom):
    make.draft(newsroom)
    with pytest.raises(CommandError, match="in use"):
        demo()
    assert Article.objects.count() == 1


def test_a_port_that_is_taken_is_refused_before_anything_is_made():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="--port"):
            call_command("demo", port=taken.getsockname()[1], stdout=StringIO())
    assert not User.objects.exists()


def test_it_prints_where_to_look():
    printed = demo(port=8123)
    assert "http://localhost:8123/admin/" in printed
    assert "http://localhost:8123/api/v1/docs/" in printed
    assert "curl 'http://localhost:8123/api/v1/articles/" in printed


def test_the_withheld_article_stands_first_on_the_desks(client):
    demo()
    for name in ("editor", "publisher"):
        client.force_login(User.objects.get(username=name))
        first = client.get("/admin/").context["sections"][0]
        assert [(row.title, row.badge[1]) for row in first.rows] == [
            ("Signs of bowel cancer", "Withheld")
        ]
