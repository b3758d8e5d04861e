"""A periodic review that is started while another edition comes into force, on PostgreSQL."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.admin.desk import in_days, signed_in
from tests.attacks.test_races import ROUNDS, all_is_in_order, codes, race
from topics.models import Version
from topics.publishing.release import release
from topics.workflow.periodic import begin_periodic_review

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/admin/desk/periodic-review/"


def overdue_with_successors(room):
    """Pairs of an edition that is overdue and the approved version that is to follow it."""
    past = timezone.now() - timedelta(days=800)
    editions = [make.released(room, at=past) for _ in range(ROUNDS)]
    for edition in editions:
        yield edition, make.approved(room, make.next_draft(room, edition.article, title="Coughing"))


def reviews():
    return Version.objects.filter(change_kind="periodic_review")


def test_nobody_starts_the_review_of_a_text_that_they_did_not_see():
    room = make.newsroom()
    for edition, following in overdue_with_successors(room):
        results = race(
            lambda v=following: release(v, actor=room.publisher),
            lambda e=edition: begin_periodic_review(
                e.article, actor=room.editor, asked={}, due_on=in_days(14), seen=e.pk
            ),
        )
        assert codes(results)[0] is None
        assert codes(results)[1] in ("one_open_version_per_article", "acted_meanwhile")
    assert not reviews().exists()
    all_is_in_order()


def test_the_page_starts_no_review_of_a_text_that_it_did_not_show():
    room = make.newsroom()
    for edition, following in overdue_with_successors(room):
        client, key = signed_in(room.editor), edition.article_id
        shown = client.get(PAGE, {"id": key})
        assert shown.context["rows"][0]["edition"] == edition
        typed = {"id": key, f"edition_{key}": edition.pk, "due_on": in_days(14).isoformat()}
        typed |= {
            bound.html_name: bound.value() or ""
            for row in shown.context["rows"]
            for _proposal, bound in row["roles"]
        }
        results = race(
            lambda v=following: release(v, actor=room.publisher),
            lambda c=client, t=typed: c.post(PAGE, t),
        )
        assert [result.status_code for result in results[1:]] == [200]
        assert results[1].context["done"] == []
    assert not reviews().exists()
    all_is_in_order()
