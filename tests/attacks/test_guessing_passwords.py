"""Attempts to find a reviewer's password out by trying, in a session that was left open."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import act_url, hidden_of, post, reasons_of, signed_in, superuser, text_of
from tests.attacks.test_races import all_is_in_order
from tests.attacks.ways import refused_with
from topics.models import AuditEntry, SignOff
from topics.rules.refusal import Unmet
from topics.workflow import acts
from topics.workflow.door import why_not
from topics.workflow.password import Answer, Tries, ask, tries_of
from topics.workflow.signature import read_by

BARRED = "A wrong password was given 5 times within 15 minutes."


def guess(user, times, *, at=None, purpose="sign_off"):
    return [ask(user, f"guess {n}", purpose=purpose, at=at) for n in range(times)]


def on_record(user):
    found = AuditEntry.objects.filter(actor=user, act__in=("wrong_password", "password_barred"))
    return list(found.order_by("number").values_list("act", flat=True))


def sign(version, user, answer):
    read = read_by(version, user)
    return acts.sign_off(version, digest=version.digest, printed=read, answer=answer, actor=user)


# The brake ----------------------------------------------------------------------------------------


def test_after_four_wrong_passwords_the_right_one_signs(newsroom):
    version = make.in_medical_review(newsroom)
    guess(newsroom.primary.user, 4)
    make.sign(version, newsroom.primary)
    assert version.sign_offs.count() == 1


def test_after_five_wrong_passwords_the_right_one_signs_nothing(newsroom):
    version = make.in_medical_review(newsroom)
    guess(newsroom.primary.user, 5)
    with refused_with("password_is_barred", kind=Unmet):
        make.sign(version, newsroom.primary)
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("password", [make.PASSWORD, "guess"])
def test_a_barred_try_tells_nothing_of_the_password(newsroom, password):
    user = newsroom.primary.user
    until = guess(user, 5)[-1].tries.until
    answer = ask(user, password, purpose="sign_off")
    assert answer == Answer(user.pk, "sign_off", None, False, Tries(0, until), barred=True)


def test_the_brake_comes_off_a_quarter_of_an_hour_after_the_first_of_five(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        guess(user, 1)
        clock.shift(timedelta(minutes=5))
        guess(user, 4)
        assert tries_of(user, at=timezone.now()) == Tries(0, until=now + timedelta(minutes=15))
        clock.move_to(now + timedelta(minutes=14, seconds=59))
        assert [reason.code for reason in why_not(version, "sign_off", actor=user)] == [
            "password_is_barred"
        ]
        clock.move_to(now + timedelta(minutes=15))
        assert why_not(version, "sign_off", actor=user) == []
        assert tries_of(user, at=timezone.now()).left == 1
        make.sign(version, newsroom.primary)
    assert version.sign_offs.count() == 1


def test_who_waits_for_the_brake_does_not_lengthen_it(newsroom):
    user = newsroom.primary.user
    until = guess(user, 5)[-1].tries.until
    guess(user, 3)
    assert tries_of(user, at=timezone.now()).until == until


def test_the_right_password_in_between_gives_no_tries_back(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    guess(user, 4)
    assert ask(user, make.PASSWORD, purpose="sign_off").right
    guess(user, 1)
    with refused_with("password_is_barred", kind=Unmet):
        make.sign(version, newsroom.primary)


def test_an_empty_password_is_no_try(newsroom):
    user = newsroom.primary.user
    for empty in ("", None) * 5:
        assert not ask(user, empty, purpose="sign_off").right
    assert on_record(user) == []
    assert tries_of(user, at=timezone.now()).left == 5


def test_another_persons_wrong_passwords_leave_ones_tries_alone(newsroom):
    version = make.in_medical_review(newsroom)
    guess(newsroom.specialist.user, 5)
    make.sign(version, newsroom.primary)
    assert version.sign_offs.count() == 1


def test_a_superuser_has_no_more_tries_than_others(newsroom):
    user = newsroom.primary.user
    user.is_superuser = user.is_staff = True
    user.save()
    version = make.in_medical_review(newsroom)
    guess(user, 5)
    with refused_with("password_is_barred", kind=Unmet):
        make.sign(version, newsroom.primary)


def test_a_brake_that_comes_off_after_the_answer_does_not_let_it_sign(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    guess(user, 5)
    answer = ask(user, make.PASSWORD, purpose="sign_off", of=version)
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False),
        refused_with("password_is_barred", kind=Unmet),
    ):
        sign(version, user, answer)


# The answer ---------------------------------------------------------------------------------------


def test_an_answer_signs_for_the_account_that_gave_it(newsroom):
    version = make.in_medical_review(newsroom)
    user = newsroom.primary.user
    sign(version, user, ask(user, make.PASSWORD, purpose="sign_off", of=version))
    assert version.sign_offs.count() == 1


def test_another_persons_right_password_signs_nothing(newsroom):
    version = make.in_medical_review(newsroom)
    answer = ask(newsroom.specialist.user, make.PASSWORD, purpose="sign_off", of=version)
    with refused_with("password_is_wrong", kind=Unmet):
        sign(version, newsroom.primary.user, answer)


def test_a_right_password_that_was_given_for_something_else_signs_nothing(newsroom):
    version = make.in_medical_review(newsroom)
    answer = ask(newsroom.primary.user, make.PASSWORD, purpose="password_change", of=version)
    with refused_with("password_is_wrong", kind=Unmet):
        sign(version, newsroom.primary.user, answer)


def test_a_right_password_that_was_given_for_another_version_signs_nothing(newsroom):
    version, other = make.in_medical_review(newsroom), make.in_medical_review(newsroom)
    answer = ask(newsroom.primary.user, make.PASSWORD, purpose="sign_off", of=other)
    with refused_with("password_is_wrong", kind=Unmet):
        sign(version, newsroom.primary.user, answer)


def test_without_any_answer_nothing_is_signed(newsroom):
    version = make.in_medical_review(newsroom)
    with refused_with("password_is_wrong", kind=Unmet):
        sign(version, newsroom.primary.user, None)


def test_the_former_password_is_wrong_for_whoever_still_holds_the_former_account_object(newsroom):
    user = newsroom.primary.user
    changed = make.User.objects.get(pk=user.pk)
    changed.set_password("another")
    changed.save()
    assert not ask(user, make.PASSWORD, purpose="sign_off").right


# The pages ----------------------------------------------------------------------------------------


def test_the_page_tells_the_tries_that_are_left_and_then_until_when(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    url = act_url(version, "sign_off")
    assert "left." not in text_of(signed_in(user).get(url))
    for left in ("4 tries are left.", "3 tries are left.", "2 tries are left.", "1 try is left."):
        response = post(user, url, password="guess")
        assert response.status_code == 422
        assert reasons_of(response) == [f"The password is not right. Nothing was signed. {left}"]
        assert left in text_of(signed_in(user).get(url))
    last = reasons_of(post(user, url, password="guess"))
    instant = tries_of(user, at=timezone.now()).until + timedelta(seconds=1)
    until = f"{instant:%Y-%m-%d %H:%M:%S} UTC"
    assert BARRED in last[0]
    assert until in last[0]
    assert last[1:] == ["The password is not right. Nothing was signed."]
    opened = signed_in(user).get(url)
    assert until in text_of(opened)
    assert 'name="password"' not in opened.content.decode()


def test_signing_out_and_in_again_gives_no_tries_back(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    url = act_url(version, "sign_off")
    for _ in range(5):
        client = signed_in(user)
        client.post(url, {**hidden_of(client.get(url)), "password": "guess"})
        client.logout()
    response = post(user, url, password=make.PASSWORD)
    assert response.status_code == 422
    assert [BARRED in sentence for sentence in reasons_of(response)] == [True]
    assert not SignOff.objects.exists()


def test_tries_on_several_versions_and_stale_pages_are_counted_together(newsroom):
    user = newsroom.primary.user
    for _ in range(3):
        post(user, act_url(make.in_medical_review(newsroom), "sign_off"), password="guess")
    url = act_url(make.in_medical_review(newsroom), "sign_off")
    for stale in ({"seen_entry": "1"}, {"seen_digest": "sha-256:" + "0" * 64}):
        post(user, url, password="guess", **stale)
    assert on_record(user) == ["wrong_password"] * 5
    assert BARRED in reasons_of(post(user, url, password=make.PASSWORD))[0]


def test_changing_ones_password_has_no_tries_of_its_own(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    client, change = signed_in(user), reverse("admin:password_change")
    new = {"new_password1": "a longer one 4711", "new_password2": "a longer one 4711"}
    for left in ("4 tries are", "3 tries are", "2 tries are", "1 try is"):
        assert f"{left} left." in text_of(client.post(change, {**new, "old_password": "guess"}))
    assert BARRED in text_of(client.post(change, {**new, "old_password": "guess"}))
    assert BARRED in text_of(client.post(change, {**new, "old_password": make.PASSWORD}))
    user.refresh_from_db()
    assert user.check_password(make.PASSWORD)
    assert BARRED in reasons_of(post(user, act_url(version, "sign_off"), password=make.PASSWORD))[0]


def test_the_right_old_password_changes_it(newsroom):
    user = newsroom.primary.user
    new = {"new_password1": "a longer one 4711", "new_password2": "a longer one 4711"}
    change = reverse("admin:password_change")
    response = signed_in(user).post(change, {**new, "old_password": make.PASSWORD})
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.check_password("a longer one 4711")


@pytest.mark.parametrize("way", ["get", "post"])
@pytest.mark.parametrize("key", ["%s", "0%s", "+%s"])
def test_the_page_of_an_account_sets_others_passwords_and_never_ones_own(newsroom, way, key):
    root = superuser()
    new = {"password1": "a longer one 4711", "password2": "a longer one 4711"}
    url = reverse("admin:auth_user_password_change", args=[key % root.pk])
    response = getattr(signed_in(root), way)(url, {**new, "usable_password": "true"})
    assert response.status_code == 302
    assert response.url == reverse("admin:password_change")
    root.refresh_from_db()
    assert not root.check_password("a longer one 4711")


def test_at_the_signature_it_is_said_once_how_many_tries_are_left(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    url, left = act_url(version, "sign_off"), "4 tries are left."
    refused = text_of(post(user, url, password="guess")).split("Your signature")[1]
    opened = text_of(signed_in(user).get(url)).split("Your signature")[1]
    assert (refused.count(left), opened.count(left)) == (1, 1)


# The record ---------------------------------------------------------------------------------------


def test_every_try_is_on_record_though_nothing_was_signed(newsroom):
    version, user = make.in_medical_review(newsroom), newsroom.primary.user
    for _ in range(6):
        post(user, act_url(version, "sign_off"), password="guess")
    assert on_record(user) == ["wrong_password"] * 5 + ["password_barred"]
    newest = AuditEntry.objects.order_by("-number").first()
    assert f'"of":"{version.article} v1"' in newest.detail
    assert "guess" not in "".join(AuditEntry.objects.values_list("detail", flat=True))
    # It is about the account: the article's history and its record of approval stay as they were.
    assert not version.audit_entries.filter(act__in=("wrong_password", "password_barred")).exists()
    all_is_in_order()


def test_an_administrator_sees_the_tries_and_a_writer_does_not(newsroom):
    guess(newsroom.primary.user, 6)
    url = reverse("admin:topics_auditentry_changelist")
    listed = text_of(signed_in(newsroom.administrator).get(f"{url}?act=wrong_password"))
    assert "Wrong password" in listed
    assert newsroom.primary.user.username in listed
    writer = signed_in(newsroom.writer).get(f"{url}?act=wrong_password")
    assert writer.status_code == 403 or newsroom.primary.user.username not in text_of(writer)
