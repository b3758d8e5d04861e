"""Dates and times are typed and read on a person's own clock, with UTC beside it; UTC is kept."""

import re
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from tests import make
from tests.admin.desk import act_url, in_days, post, reasons_of, signed_in, text_of
from topics.admin.moments import present_zone, shown_in, span, spoken
from topics.models import AuditEntry, Edition, Notice, User
from topics.workflow import remarks


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


def in_berlin(room):
    room.publisher.time_zone = "Europe/Berlin"
    room.publisher.save()
    return room.publisher


def later(day, at, **more):
    return {"when": "later", "day": day, "time": at, **more}


# Telling ------------------------------------------------------------------------------------------


def test_an_instant_is_told_on_the_persons_clock_with_utc_beside_it():
    with shown_in(ZoneInfo("Europe/Berlin")):
        assert spoken(utc(2026, 3, 28, 12, 30)) == "2026-03-28 13:30 CET (12:30 UTC)"
        assert spoken(utc(2026, 3, 29, 12, 30)) == "2026-03-29 14:30 CEST (12:30 UTC)"
        assert spoken(utc(2026, 3, 29, 22, 30)) == "2026-03-30 00:30 CEST (2026-03-29 22:30 UTC)"
    with shown_in(ZoneInfo("America/Sao_Paulo")):
        assert spoken(utc(2026, 3, 29, 12, 30)) == "2026-03-29 09:30 UTC-03 (12:30 UTC)"
    assert spoken(utc(2026, 3, 29, 12, 30)) == "2026-03-29 12:30 UTC"


def test_the_zone_of_one_request_does_not_stay_for_the_next(newsroom):
    page = signed_in(in_berlin(newsroom)).get(reverse("admin:me"))
    assert re.search(r"It is [-0-9]+ [:0-9]+ CES?T \([-0-9 ]*[:0-9]+ UTC\)", text_of(page))
    assert present_zone() is timezone.utc


# My settings ----------------------------------------------------------------------------------------


def test_a_person_chooses_their_time_zone_and_the_ledger_says_so(newsroom):
    url = reverse("admin:me")
    client = signed_in(newsroom.writer)
    assert f'href="{url}"' in client.get(reverse("admin:index")).content.decode()
    response = client.post(url, {"time_zone": "America/New_York"}, follow=True)
    assert "Your settings are saved. In America/New_York it is" in text_of(response)
    newsroom.writer.refresh_from_db()
    assert newsroom.writer.time_zone == "America/New_York"
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.actor) == ("configure", newsroom.writer)
    assert '"fields":["time_zone"]' in entry.detail


def test_saving_what_is_so_already_is_no_act(newsroom):
    before = AuditEntry.objects.count()
    signed_in(newsroom.writer).post(reverse("admin:me"), {"time_zone": "UTC"})
    assert AuditEntry.objects.count() == before


def test_a_zone_that_does_not_exist_is_refused(newsroom):
    response = signed_in(newsroom.writer).post(reverse("admin:me"), {"time_zone": "Mars/Olympus"})
    assert response.status_code == 422
    newsroom.writer.refresh_from_db()
    assert newsroom.writer.time_zone == "UTC"


def test_my_settings_set_nothing_but_what_is_mine_to_set(newsroom):
    typed = {"time_zone": "Europe/Berlin", "is_superuser": "on", "username": "root", "groups": "1"}
    before = set(newsroom.writer.groups.values_list("name", flat=True))
    signed_in(newsroom.writer).post(reverse("admin:me"), typed)
    account = User.objects.get(pk=newsroom.writer.pk)
    assert (account.is_superuser, account.username) == (False, newsroom.writer.username)
    assert set(account.groups.values_list("name", flat=True)) == before


def test_my_settings_are_for_those_who_signed_in(client, db):
    assert client.get(reverse("admin:me")).status_code == 302


def test_an_administrator_sees_the_time_zone_of_an_account(newsroom):
    url = reverse("admin:topics_user_change", args=[newsroom.writer.pk])
    assert "America/New_York" in signed_in(newsroom.administrator).get(url).content.decode()


# Scheduling -----------------------------------------------------------------------------------------


def test_a_publisher_schedules_in_their_own_zone(newsroom):
    version = make.approved(newsroom)
    url = act_url(version, "release")
    assert "Time (Europe/Berlin)" in text_of(signed_in(in_berlin(newsroom)).get(url))
    with time_machine.travel(utc(2027, 1, 2), tick=True):
        response = post(newsroom.publisher, url, **later("2027-07-01", "14:30"))
    assert response.status_code == 302
    edition = Edition.objects.get(version=version)
    assert edition.starts_at == utc(2027, 7, 1, 12, 30)


def test_the_confirmation_says_both_clocks(newsroom):
    version = make.approved(newsroom)
    client = signed_in(in_berlin(newsroom))
    url = act_url(version, "release")
    seen = client.get(url).context["seen"]
    typed = {"seen_entry": seen.entry, "seen_state": seen.state, "seen_digest": seen.digest}
    with time_machine.travel(utc(2027, 1, 2), tick=True):
        client.force_login(newsroom.publisher)
        response = client.post(url, {**typed, **later("2027-01-20", "00:30")}, follow=True)
    assert "from 2027-01-20 00:30 CET (2027-01-19 23:30 UTC)" in text_of(response)


def test_a_schedule_typed_on_a_clock_that_was_changed_in_another_tab_is_refused(newsroom):
    version = make.approved(newsroom)
    url = act_url(version, "release")
    page = signed_in(newsroom.publisher).get(url).content.decode()
    assert '<input type="hidden" name="zone_shown" value="UTC">' in page
    typed = {**later(in_days(3).isoformat(), "14:30"), "zone_shown": "UTC"}
    response = post(in_berlin(newsroom), url, **typed)
    assert response.status_code == 422
    assert reasons_of(response) == [
        "This was asked on the clock of UTC, and yours is now that of Europe/Berlin. Look at the date "
        "and the time again."
    ]
    assert 'name="zone_shown" value="Europe/Berlin"' in response.content.decode()
    assert not Edition.objects.exists()
    assert post(newsroom.publisher, url, **{**typed, "zone_shown": "Europe/Berlin"}).status_code == 302


def test_a_time_that_the_clocks_leave_out_is_refused_with_what_was_typed(newsroom):
    version = make.approved(newsroom)
    url = act_url(version, "release")
    response = post(in_berlin(newsroom), url, **later("2027-03-28", "02:30"))
    assert response.status_code == 422
    assert reasons_of(response) == [
        "There is no 02:30 on 2027-03-28 in Europe/Berlin: the clocks go forward from 02:00 to 03:00. "
        "Choose an earlier or a later time."
    ]
    assert 'value="02:30"' in response.content.decode()
    assert not Edition.objects.exists()


def test_a_time_that_comes_twice_asks_which_of_the_two(newsroom):
    version = make.approved(newsroom)
    url = act_url(version, "release")
    with time_machine.travel(utc(2027, 1, 2), tick=True):
        response = post(in_berlin(newsroom), url, **later("2027-10-31", "02:30"))
        assert response.status_code == 422
        assert "02:30 comes twice on 2027-10-31 in Europe/Berlin" in reasons_of(response)[0]
        assert "UTC+02:00, which is 2027-10-31 00:30 UTC" in text_of(response)
        assert "UTC+01:00, which is 2027-10-31 01:30 UTC" in text_of(response)
        assert not Edition.objects.exists()
        chosen = later("2027-10-31", "02:30", which="UTC+01:00")
        assert post(newsroom.publisher, url, **chosen).status_code == 302
    assert Edition.objects.get().starts_at == utc(2027, 10, 31, 1, 30)


@pytest.mark.parametrize("which", ["UTC+09:00", "02:30", ""])
def test_an_offset_that_is_neither_of_the_two_is_refused(newsroom, which):
    version = make.approved(newsroom)
    typed = later("2027-10-31", "02:30", which=which)
    response = post(in_berlin(newsroom), act_url(version, "release"), **typed)
    assert response.status_code == 422
    assert len(reasons_of(response)) == 1
    assert not Edition.objects.exists()


def test_a_day_that_no_calendar_reaches_is_refused_and_no_failure(newsroom):
    version = make.approved(newsroom)
    for day in ("0001-01-01", "9999-12-31"):
        response = post(in_berlin(newsroom), act_url(version, "release"), **later(day, "00:00"))
        assert response.status_code == 422


def test_looking_first_shows_the_instant_and_does_nothing(newsroom):
    version = make.approved(newsroom)
    entries = AuditEntry.objects.count()
    typed = later(in_days(9).isoformat(), "14:30", look="1")
    response = post(in_berlin(newsroom), act_url(version, "release"), **typed)
    assert response.status_code == 200
    assert "Edition 1 would be public from" in text_of(response)
    assert "Nothing has been done yet." in text_of(response)
    assert not Edition.objects.exists()
    assert AuditEntry.objects.count() == entries
    version.refresh_from_db()
    assert version.state == "approved"


def test_looking_first_gives_the_refusals_of_that_instant(newsroom):
    version = make.approved(newsroom)
    typed = later(in_days(-9).isoformat(), "14:30", look="1")
    response = post(newsroom.publisher, act_url(version, "release"), **typed)
    assert response.status_code == 422
    assert "A release can't start in the past." in reasons_of(response)


# Days and lists ---------------------------------------------------------------------------------------


def far_east(room):
    room.editor.time_zone = "Asia/Tokyo"
    room.editor.save()
    return room.editor


def test_the_calendar_is_on_the_readers_own_clock_and_so_is_the_list_behind_each_number(newsroom):
    with time_machine.travel(utc(2027, 7, 1, 12), tick=True):
        make.released(newsroom, title="Croup", starts_at=utc(2027, 7, 9, 20, 30))
        make.released(newsroom, title="Cough", slug="cough", starts_at=utc(2027, 7, 9, 10))
        for user, day in ((far_east(newsroom), "2027-07-10"), (newsroom.publisher, "2027-07-09")):
            client = signed_in(user)
            page = client.get(reverse("admin:calendar"))
            days = {
                day.day.isoformat(): [
                    (mark.count, mark.url) for mark in day.marks if mark.kind == "begins"
                ]
                for week in page.context["month"]["weeks"]
                for day in week
            }
            found = {day for day, marks in days.items() if marks}
            assert found == {"2027-07-09", day}
            for day in found:
                ((number, address),) = days[day]
                assert client.get(address).context["cl"].result_count == number
        assert "05:30 Croup" in text_of_calendar(newsroom)


def text_of_calendar(room):
    return text_of(signed_in(room.editor).get(reverse("admin:calendar") + "?month=2027-07"))


def test_a_busy_day_names_four_and_says_how_many_more(newsroom):
    with time_machine.travel(utc(2027, 7, 1, 12), tick=True):
        for number in range(6):
            starts_at = utc(2027, 7, 9, 10 + number)
            make.released(newsroom, title=f"Title {number}", slug=f"t-{number}", starts_at=starts_at)
        text = text_of_calendar(newsroom)
    assert "6 releases" in text
    assert [f"Title {number}" in text for number in range(6)] == [True] * 4 + [False] * 2
    assert "+2" in text


def test_a_month_whose_weeks_show_something_is_not_called_empty(newsroom):
    with time_machine.travel(utc(2027, 7, 1, 12), tick=True):
        make.released(newsroom, starts_at=utc(2027, 7, 31, 10))
        client, url = signed_in(newsroom.editor), reverse("admin:calendar")
        assert "Nothing begins" not in text_of(client.get(f"{url}?month=2027-08"))
        assert "Nothing begins" in text_of(client.get(f"{url}?month=2027-10"))


def test_a_day_may_begin_at_one_oclock(db):
    with shown_in(ZoneInfo("Africa/Cairo")):  # Clocks go from 00:00 to 01:00 on 26 April 2024.
        assert span(date(2024, 4, 26)) == (utc(2024, 4, 25, 22), utc(2024, 4, 26, 21))


def test_lists_and_histories_are_told_on_the_readers_own_clock(newsroom):
    version = make.submitted(newsroom)
    client = signed_in(far_east(newsroom))
    for name, args in (
        ("topics_version_changelist", []),
        ("topics_auditentry_changelist", []),
        ("topics_article_change", [version.article_id]),
        ("topics_version_change", [version.pk]),
    ):
        assert "JST" in text_of(client.get(reverse(f"admin:{name}", args=args)))


def test_the_review_desk_and_a_versions_page_are_told_on_the_readers_own_clock(newsroom):
    with time_machine.travel(utc(2026, 3, 29, 12, 30), tick=False):
        version = make.in_medical_review(newsroom)
        remarks.remark(version, text="Sure?", actor=newsroom.editor)
        client = signed_in(in_berlin(newsroom))
        for page in ("admin:review_desk", "admin:topics_version_change"):
            response = client.get(reverse(page, args=[version.pk]))
            text = text_of(response)
            assert "since 2026-03-29 14:30 CEST" in text, page
            assert f"{newsroom.editor.printed_name()}, 2026-03-29 14:30 CEST" in text, page
            assert re.search(r'title="[^"]*12:30:00 UTC"', response.content.decode()), page


def test_a_notice_begins_at_what_the_publishers_clock_shows(newsroom):
    url = reverse("admin:topics_notice_add")
    typed = {"kind": "disclaimer", "language": "en", "text": "A text.", "in_force_from_0": "2027-07-01"}
    client = signed_in(in_berlin(newsroom))
    assert "On the clock of Europe/Berlin" in text_of(client.get(url))
    with time_machine.travel(utc(2027, 1, 2), tick=True):
        client.force_login(newsroom.publisher)
        assert client.post(url, {**typed, "in_force_from_1": "14:30"}).status_code == 302
    assert Notice.objects.get().in_force_from == utc(2027, 7, 1, 12, 30)


@pytest.mark.parametrize(
    ("day", "said"), [("2027-03-28", "does not come on"), ("2027-10-31", "comes twice on")]
)
def test_a_notice_does_not_begin_at_a_time_that_does_not_come_once(newsroom, day, said):
    url = reverse("admin:topics_notice_add")
    typed = {"kind": "disclaimer", "language": "en", "text": "A text."}
    with time_machine.travel(utc(2027, 1, 2), tick=True):
        client = signed_in(in_berlin(newsroom))
        response = client.post(url, {**typed, "in_force_from_0": day, "in_force_from_1": "02:30"})
    assert said in text_of(response)
    assert not Notice.objects.exists()
