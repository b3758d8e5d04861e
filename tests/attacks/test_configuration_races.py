"""Two people who save the same settings at one moment, on PostgreSQL: one of them is told so."""

import pytest

from tests import make
from tests.admin.desk import signed_in
from tests.admin.pages import fields, url
from tests.attacks.test_races import ROUNDS, all_is_in_order, race
from topics.models import AuditEntry

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def saving(client, page, **typed):
    """The page is opened now; what is given saves it, with its row of credentials and its languages."""
    opened = fields(client.get(page))
    return lambda: client.post(page, {**opened, **typed})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"credential_set-0-expires_on": "2020-12-31"}, {"name": "Pia Primrose"}),
        ({"languages": "en"}, {"credential_set-0-number": "B-7"}),
        ({"disclosure": "None."}, {"disclosure": "Some."}),
    ],
)
def test_of_two_who_save_a_reviewer_at_once_one_is_refused(one, other):
    room = make.newsroom()
    colleague = make.user("administrator")
    page = url("reviewer_change", room.primary.pk)
    for n in range(ROUNDS):
        change = {"biography": f"Round {n}"}
        before = AuditEntry.objects.filter(act="configure").count()
        results = race(
            saving(signed_in(room.administrator), page, **one, **change),
            saving(signed_in(colleague), page, **other, **change),
        )
        assert sorted(result.status_code for result in results) == [302, 409]
        assert AuditEntry.objects.filter(act="configure").count() == before + 1
    all_is_in_order()
