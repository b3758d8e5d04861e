"""Choosing several rows of a list: it leads to a page, and does nothing by itself."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import QueryDict

from tests import make
from tests.admin.pages import superuser
from topics.admin.desk.bulk import MOST, BulkAct, BulkActs, address, chosen_ids, lead_to
from topics.models import Version

ACT = BulkAct("assign", "Assign reviewers", "assign_reviewer", "index")


class WithActs(BulkActs, admin.ModelAdmin):
    bulk_acts = (ACT,)


@pytest.fixture
def asked(rf, newsroom):
    request = rf.post("/")
    request.user, request.session = newsroom.editor, {}
    request._messages = FallbackStorage(request)
    return request


def test_an_act_on_several_rows_is_offered_to_whose_role_includes_it(rf, newsroom):
    page = WithActs(Version, admin.site)
    request = rf.get("/")
    for person, offered in ((newsroom.editor, {"assign"}), (newsroom.writer, set())):
        request.user = person
        assert page.get_actions(request).keys() == offered
    request.user = superuser()
    assert page.get_actions(request).keys() == {"assign"}


def test_choosing_it_leads_to_its_page_with_the_chosen_rows(asked, newsroom):
    rows = [make.draft(newsroom), make.draft(newsroom)]
    response = lead_to(ACT, None, asked, Version.objects.all())
    assert response.status_code == 302
    assert response["Location"] == address("index", [row.pk for row in rows])


def test_more_rows_than_a_person_looks_at_are_refused_in_a_sentence(asked, newsroom, monkeypatch):
    monkeypatch.setattr("topics.admin.desk.bulk.MOST", 1)
    make.draft(newsroom)
    make.draft(newsroom)
    assert lead_to(ACT, None, asked, Version.objects.all()) is None
    told = [str(message) for message in get_messages(asked)]
    assert told == ["Choose up to 1 rows at a time for “Assign reviewers”."]


def test_the_rows_of_a_page_are_read_once_each_and_nonsense_is_passed_over():
    assert chosen_ids(QueryDict("id=3&id=1&id=3&id=x&id=-4&id=")) == [3, 1]
    assert chosen_ids(QueryDict("id=" + "9" * 400)) == []
    assert len(chosen_ids(QueryDict("&".join(f"id={n}" for n in range(MOST + 9))))) == MOST
