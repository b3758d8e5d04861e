"""What comes with a key is its licensee's own: notices, directory and site; no cache shares it."""

from datetime import timedelta

import pytest
import time_machine

from tests import make
from tests.api import ask
from tests.api.licensees.asking import CONNECT, INFOBUTTON, NHS, keyed
from topics.models import DirectoryPlace
from topics.publishing.directory import place_directory

# What comes with a key ------------------------------------------------------------------------------


def test_a_licensee_gets_its_own_notices_in_place_of_the_general_ones(client, newsroom, hospital, key):
    make.notice(newsroom, kind="disclaimer", text="General advice.")
    make.notice(newsroom, kind="copyright", text="© 2026 Us")
    make.notice(newsroom, kind="disclaimer", text="Ask Bon Air.", licensee=hospital)
    make.notice(newsroom, kind="terms", text="Terms of Bon Air.", licensee=hospital)
    other = make.licensee(newsroom)
    make.notice(newsroom, kind="disclaimer", text="Of another.", licensee=other)
    mine = keyed(client, key, "articles/cough/").json()["notices"]
    assert [(one["kind"], one["text"]) for one in mine] == [
        ("copyright", "© 2026 Us"),
        ("disclaimer", "Ask Bon Air."),
        ("terms", "Terms of Bon Air."),
    ]
    general = ask.article(client, "cough").json()["notices"]
    assert [one["text"] for one in general] == ["© 2026 Us", "General advice."]


def test_an_own_notice_is_dated_and_an_empty_one_gives_its_place_back(client, newsroom, hospital, key):
    make.notice(newsroom, text="General.")
    starts, ends = ask.soon(days=1), ask.soon(days=2)
    make.notice(newsroom, text="Own.", licensee=hospital, starts_at=starts)
    make.notice(newsroom, text="", licensee=hospital, starts_at=ends)

    def text():
        return [one["text"] for one in keyed(client, key, "articles/cough/").json()["notices"]]

    assert text() == ["General."]
    with time_machine.travel(starts, tick=False):
        assert text() == ["Own."]
    with time_machine.travel(ends, tick=False):
        assert text() == ["General."]
        now = {"as_of": (ends - timedelta(seconds=1)).isoformat().replace("+00:00", "Z")}
        body = keyed(client, key, "articles/cough/", now).json()
        assert [one["text"] for one in body["notices"]] == ["Own."]


def test_the_directory_and_the_site_come_with_a_key_alone(client, newsroom, hospital, key):
    child = make.category("asthma", parent=newsroom.category, own=None, policy=newsroom.policy)
    make.licence(newsroom, hospital, languages=["en"], categories=[newsroom.category])
    make.released(newsroom, slug="asthma", category=child)
    make.listed(hospital, "Dr By Category", categories=[newsroom.category], credentials="MD")
    make.listed(hospital, "Dr By Specialty", specialties=[make.specialty("Respiratory Medicine")])
    make.listed(hospital, "Lung clinic", kind="service", categories=[child], telephone="555")
    make.listed(hospital, "Dr Elsewhere", specialties=[make.specialty("Dermatology")])
    make.listed(hospital, "Dr Gone", categories=[child], is_listed=False)
    make.listed(make.licensee(newsroom), "Dr Other", categories=[newsroom.category])
    hospital.site_names = ["Bon Air", "Sisters of Bon Air"]
    hospital.save()
    body = keyed(client, key, "articles/asthma/").json()
    names = [one["name"] for one in body["related_physicians"]]
    assert names == ["Dr By Category", "Dr By Specialty"]
    assert body["related_physicians"][0]["credentials"] == "MD"
    assert [(one["name"], one["telephone"]) for one in body["related_services"]] == [
        ("Lung clinic", "555")
    ]
    assert body["site"] == {"organisation": "Bon Air", "names": ["Bon Air", "Sisters of Bon Air"]}
    assert not {"site", "related_physicians", "related_services"} & set(
        ask.article(client, "asthma").json()
    )
    edition = keyed(client, key, "articles/asthma/editions/1/").json()
    assert edition["related_physicians"] == body["related_physicians"]


def test_a_whole_directory_is_placed_anew_in_a_few_queries(
    newsroom, hospital, django_assert_max_num_queries
):
    below = make.category("below", parent=newsroom.category)
    for n in range(30):
        make.listed(hospital, f"Dr {n}", categories=[newsroom.category])
    below.parent = None
    below.save()
    assert DirectoryPlace.objects.count() == 60
    with django_assert_max_num_queries(12):
        place_directory()
    assert DirectoryPlace.objects.count() == 30
    with django_assert_max_num_queries(12):
        place_directory()
    assert DirectoryPlace.objects.count() == 30


# Caches ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("articles/", "articles/cough/", "articles/none/", "articles/cough/editions/", "categories/"),
        *(CONNECT, INFOBUTTON, *NHS),
    ],
)
def test_no_shared_cache_keeps_what_a_licensee_got(client, newsroom, key, path):
    for reply in (keyed(client, key, path), ask.get(client, path), keyed(client, "wrong", path)):
        vary = {name.strip().lower() for name in reply["Vary"].split(",")}
        assert {"authorization", "x-api-key"} <= vary
    mine = keyed(client, key, path)
    assert mine["Cache-Control"] == "private, no-cache"
    if mine.status_code == 200:
        again = keyed(client, key, path, if_none_match=mine["ETag"])
        assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")


def test_a_changed_directory_is_told_at_once_to_a_dated_copy(client, house, newsroom, hospital, key):
    with time_machine.travel(house.cough.starts_at + timedelta(hours=1)):
        before = keyed(client, key, "articles/cough/")
        make.listed(hospital, "Dr New", categories=[newsroom.category])
        date = ask.article(client, "cough")["Last-Modified"]
        after = keyed(client, key, "articles/cough/", if_modified_since=date)
        assert after.status_code == 200
        assert after["ETag"] != before["ETag"]
