"""ETag, Last-Modified, 304 and Cache-Control: a copy is kept only as long as it is right."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from tests import make
from tests.api import ask
from topics.api import caching


def test_an_unchanged_article_answers_304_to_its_etag(client, newsroom):
    make.released(newsroom, slug="cough")
    reply = ask.article(client, "cough")
    assert reply["ETag"].startswith('"')
    again = ask.article(client, "cough", if_none_match=reply["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == reply["ETag"]
    assert again["Cache-Control"] == reply["Cache-Control"]
    assert again["Last-Modified"] == reply["Last-Modified"]
    assert ask.article(client, "cough", if_none_match='"other"').status_code == 200


@pytest.mark.parametrize(
    "path", ["", "articles/", "articles/cough/editions/", "categories/", "schema/", "nhs/conditions/"]
)
def test_every_list_has_an_etag_and_answers_304(client, newsroom, path):
    make.released(newsroom, slug="cough")
    reply = ask.get(client, path)
    assert ask.get(client, path, if_none_match=reply["ETag"]).status_code == 304


def test_last_modified_is_when_the_edition_came_into_force(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    reply = ask.article(client, "cough")
    assert parse_http_date(reply["Last-Modified"]) == int(edition.starts_at.timestamp())


def test_a_settled_copy_answers_304_to_its_date(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    for path in ("articles/cough/", "articles/"):
        with time_machine.travel(edition.starts_at + timedelta(minutes=1)):
            date = ask.get(client, path)["Last-Modified"]
            assert ask.get(client, path, if_modified_since=date).status_code == 304
            earlier = http_date(parse_http_date(date) - 1)
            assert ask.get(client, path, if_modified_since=earlier).status_code == 200


def test_two_changes_within_one_second_are_both_seen_by_date(client, newsroom):
    start = ask.soon(hours=1).replace(microsecond=0)
    with time_machine.travel(start, tick=False) as clock:
        related = make.released(newsroom, slug="related")
        clock.shift(timedelta(milliseconds=100))
        make.released(newsroom, ask.rich_draft(newsroom, related.article, slug="cough"))
        clock.shift(timedelta(milliseconds=100))
        before = ask.article(client, "cough")
        clock.shift(timedelta(milliseconds=100))
        ask.taken_back(newsroom, related)
        clock.shift(timedelta(milliseconds=100))
        date = before["Last-Modified"]
        after = ask.article(client, "cough", if_modified_since=date)
        assert after.status_code == 200
        assert after.json()["related"] == []


def test_the_withdrawal_of_a_related_article_changes_etag_and_date(client, newsroom):
    related = make.released(newsroom, slug="related")
    make.released(newsroom, ask.rich_draft(newsroom, related.article, slug="cough"))
    before = ask.article(client, "cough")
    with time_machine.travel(ask.soon(hours=1)):
        ask.taken_back(newsroom, related)
        after = ask.article(client, "cough", if_modified_since=before["Last-Modified"])
        assert after.status_code == 200
        assert after["ETag"] != before["ETag"]
        assert parse_http_date(after["Last-Modified"]) > parse_http_date(before["Last-Modified"])


def test_the_start_of_a_notice_changes_etag_and_date_and_ends_the_age(client, newsroom):
    make.released(newsroom, slug="cough")
    starts = ask.soon(hours=1).replace(microsecond=0)
    ask.notice(newsroom, starts=starts)
    before = ask.article(client, "cough")
    assert before.json()["notices"] == []
    with time_machine.travel(starts - timedelta(seconds=30), tick=False):
        assert ask.article(client, "cough")["Cache-Control"] == "public, max-age=30, must-revalidate"
    with time_machine.travel(starts, tick=False):
        after = ask.article(client, "cough", if_modified_since=before["Last-Modified"])
        assert after.status_code == 200
        assert len(after.json()["notices"]) == 1
        assert after["ETag"] != before["ETag"]
        assert after["Last-Modified"] == http_date(starts.timestamp())


def test_the_age_never_outlives_a_planned_end(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    ends = ask.soon(hours=1)
    ask.taken_back(newsroom, edition, kind="retired", effective_at=ends)
    for path in ("articles/cough/", "articles/"):
        ages = {}
        for before in (3000, 301, 300.5, 90.9, 1, 0.5):
            with time_machine.travel(ends - timedelta(seconds=before), tick=False):
                ages[before] = ask.get(client, path)["Cache-Control"]
        whole = "public, max-age=240, stale-if-error=60"
        assert ages == {
            3000: whole,
            301: whole,
            300.5: whole,
            90.9: "public, max-age=90, must-revalidate",
            1: "public, max-age=1, must-revalidate",
            0.5: "public, max-age=0, must-revalidate",
        }


def test_the_age_never_outlives_the_review_status(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    midnight = timezone.datetime.combine(
        edition.review_warning_on, timezone.datetime.min.time(), timezone.now().tzinfo
    )
    for path in ("articles/cough/", "articles/"):
        with time_machine.travel(midnight - timedelta(seconds=20), tick=False):
            reply = ask.get(client, path)
            assert b'"review_status":"current"' in reply.content
            assert reply["Cache-Control"] == "public, max-age=20, must-revalidate"
        with time_machine.travel(midnight, tick=False):
            assert b'"review_status":"due"' in ask.get(client, path).content


def test_the_age_is_the_settings(client, newsroom, settings):
    make.released(newsroom, slug="cough")
    for longest, in_an_outage, said in (
        (60, 0, "public, max-age=60, must-revalidate"),
        (60, 20, "public, max-age=40, stale-if-error=20"),
        (60, 60, "public, max-age=30, stale-if-error=30"),
        (0, 60, "public, max-age=0, must-revalidate"),
    ):
        settings.API_MAX_AGE, settings.API_STALE_IF_ERROR = longest, in_an_outage
        assert ask.article(client, "cough")["Cache-Control"] == said


def test_no_copy_outlives_its_age_or_the_next_change_even_in_an_outage():
    at = timezone.now()
    for seconds in (None, *range(0, 700, 7)):
        next_change = None if seconds is None else at + timedelta(seconds=seconds)
        directives = caching.age(at=at, next_change=next_change)
        stated = {name: int(n) for name, n in re.findall(r"([a-z-]+)=(\d+)", directives)}
        assert sum(stated.values()) <= (300 if seconds is None else min(300, seconds))
        assert ("stale-if-error" in stated) != ("must-revalidate" in directives)


def test_a_related_release_to_come_ends_the_age_of_the_article(client, newsroom):
    starts = ask.soon(hours=1)
    related = make.released(newsroom, slug="related", starts_at=starts)
    make.released(newsroom, ask.rich_draft(newsroom, related.article, slug="cough"))
    with time_machine.travel(starts - timedelta(seconds=10.5), tick=False):
        reply = ask.article(client, "cough")
        assert reply.json()["related"] == []
        assert reply["Cache-Control"] == "public, max-age=10, must-revalidate"


def test_head_answers_as_get_without_a_body(client, newsroom):
    make.released(newsroom, slug="cough")
    got = ask.article(client, "cough")
    head = client.head("/api/v1/articles/cough/")
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == got["ETag"]
    assert head["Content-Length"] == str(len(got.content))


def test_a_failed_precondition_is_a_problem(client, newsroom):
    make.released(newsroom, slug="cough")
    reply = ask.article(client, "cough", if_match='"other"')
    assert reply.status_code == 412
    assert reply["Content-Type"] == "application/problem+json"


def test_content_language_is_the_articles_own(client, newsroom):
    make.released(newsroom, slug="tos", language="es")
    assert ask.article(client, "tos", accept_language="en")["Content-Language"] == "es"
