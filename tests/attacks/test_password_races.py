"""The brake on wrong passwords where transactions end: many tabs at once, and no try rolled back."""

from contextvars import Context

import pytest
from django.db import transaction

from tests import make
from tests.admin.desk import act_url, post
from tests.attacks.test_guessing_passwords import on_record
from tests.attacks.test_races import all_is_in_order, race
from topics.workflow.password import ask


@pytest.mark.django_db(transaction=True)
def test_a_password_is_not_asked_where_the_record_could_be_rolled_back():
    user = make.user()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        Context().run(ask, user, "guess", purpose="sign_off")
    assert on_record(user) == []
    Context().run(ask, user, "guess", purpose="sign_off")
    assert on_record(user) == ["wrong_password"]


@pytest.mark.django_db(transaction=True)
def test_the_pages_sign_and_refuse_outside_of_any_story():
    room = make.newsroom()
    version, user = make.in_medical_review(room), room.primary.user
    url = act_url(version, "sign_off")
    assert Context().run(post, user, url, password="guess").status_code == 422
    assert on_record(user) == ["wrong_password"]
    assert Context().run(post, user, url, password=make.PASSWORD).status_code == 302
    assert version.sign_offs.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twelve_tabs_at_once_have_five_tries_together():
    user = make.user()
    answers = race(*[lambda n=n: ask(user, f"guess {n}", purpose="sign_off") for n in range(12)])
    assert sum(answer.barred for answer in answers) == 7
    assert sorted(on_record(user)) == ["password_barred"] * 7 + ["wrong_password"] * 5
    all_is_in_order()
