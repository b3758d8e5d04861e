"""A licensee gets what its licence has while it lasts; of the rest nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make
from tests.api import ask
from tests.api.licensees.asking import CONNECT, INFOBUTTON, keyed
from topics.models import Licensee

SECRET = "SECRETWORDS"


def said_of(client, key, *names):
    paths = ["articles/", "articles/?page_size=1", "changes/", "categories/", "articles/?language=es"]
    paths += [CONNECT, INFOBUTTON, "nhs/conditions/", "nhs/conditions/?category=c"]
    for name in names:
        paths += [
            f"articles/{name}/",
            f"articles/{name}/?as_of={timezone.now().isoformat().replace('+00:00', 'Z')}",
            f"articles/{name}/editions/",
            f"articles/{name}/editions/1/",
            f"nhs/conditions/{name}/",
        ]
    said = []
    for path in paths:
        reply = keyed(client, key, path)
        body = reply.content.decode().replace(f"/api/v1/{path.partition('?')[0]}", "")
        said.append((path, reply.status_code, body))
    return said


def test_what_is_outside_a_licence_is_nowhere(client, house, newsroom, skin, key):
    rash = make.released(newsroom, slug="rash", title=SECRET, category=skin)
    make.released(newsroom, slug="tos", language="es", title=SECRET, translation_of=house.cough.article)
    body = f'<p>See <a href="article:{rash.article.public_id}">it</a>.</p>'
    make.released(newsroom, ask.rich_draft(newsroom, rash.article, slug="pointing", body=body))
    gone = make.released(newsroom, slug="gone")
    ask.taken_back(newsroom, gone, kind="retired", replacement=rash.article)
    hidden = make.released(newsroom, slug="hidden", title=SECRET, category=skin)
    ask.taken_back(newsroom, hidden, explanation=SECRET)
    names = ("rash", str(rash.article.public_id), "tos", "hidden", str(hidden.article.public_id))
    for path, status, text in said_of(client, key, *names, "pointing", "cough", "gone"):
        assert SECRET not in text, path
        if any(f"/{name}/" in path for name in names):
            assert status == 404, path
    pointing = keyed(client, key, "articles/pointing/").json()
    assert pointing["related"] == [] == pointing["links"]
    assert keyed(client, key, "articles/cough/").json()["translations"] == []
    withdrawn = keyed(client, key, "articles/gone/")
    assert withdrawn.status_code == 410
    assert withdrawn.json()["withdrawal"]["replacement"] is None
    listed = [one["slug"] for one in keyed(client, key, "articles/").json()["articles"]]
    assert sorted(listed) == ["cough", "pointing"]
    # And without a key, all of it is there: the licence alone made the difference.
    assert ask.article(client, "rash").json()["title"] == SECRET
    assert ask.article(client, "gone").json()["withdrawal"]["replacement"]["slug"] == "rash"


def test_categories_outside_a_licence_are_not_named(client, newsroom, skin, key):
    below = make.category("asthma", parent=newsroom.category)
    assert below.slug not in keyed(client, key, "categories/").content.decode()
    found = keyed(client, key, "categories/").json()["categories"]
    assert [one["slug"] for one in found] == ["lungs"]
    unknown = keyed(client, key, "articles/", {"category": "skin"})
    assert unknown.status_code == 400
    never = keyed(client, key, "articles/", {"category": "never-made"})
    assert unknown.json()["detail"].replace("skin", "") == never.json()["detail"].replace(
        "never-made", ""
    )


def test_an_article_that_moved_out_of_a_licence_is_gone_with_its_history(
    client, house, newsroom, skin, key
):
    first = house.cough
    then = timezone.now().isoformat().replace("+00:00", "Z")
    assert keyed(client, key, "articles/cough/").status_code == 200
    first.article.category = skin
    first.article.save()
    make.released(newsroom, make.next_draft(newsroom, first.article, title=SECRET))
    for path in ("", "editions/", "editions/1/", "editions/2/", f"?as_of={then}"):
        assert keyed(client, key, f"articles/cough/{path}").status_code == 404, path


def test_a_slug_is_not_ambiguous_by_what_is_outside_of_the_licence(client, newsroom, key):
    make.released(newsroom, slug="cough", language="es", title="Tos")
    assert ask.article(client, "cough").status_code == 400
    assert keyed(client, key, "articles/cough/").json()["title"] == "Cough"


@pytest.mark.parametrize("ended", ["by its term", "by an act"])
def test_nothing_is_left_once_a_licence_has_ended(client, newsroom, hospital, key, ended):
    until = ask.soon(days=3)
    if ended == "by its term":
        make.licence(newsroom, hospital, ends_at=until)
        with time_machine.travel(until - timedelta(seconds=1), tick=False):
            assert keyed(client, key, "articles/cough/").status_code == 200
    else:
        make.licence(newsroom, hospital, ends_at=until, starts_at=until)
    with time_machine.travel(until, tick=False):
        assert keyed(client, key, "articles/cough/").status_code == 404
        assert keyed(client, key, "articles/").json()["articles"] == []
        assert keyed(client, key, "categories/").json()["categories"] == []


def test_a_licence_for_later_changes_nothing_until_then(client, newsroom, hospital, skin, key):
    make.released(newsroom, slug="rash", category=skin)
    starts = ask.soon(days=3)
    make.licence(newsroom, hospital, starts_at=starts)
    assert keyed(client, key, "articles/rash/").status_code == 404
    with time_machine.travel(starts, tick=False):
        assert keyed(client, key, "articles/rash/").status_code == 200


def test_a_base_language_covers_its_regions_and_nothing_like_it(client, newsroom, key):
    for reviewer in newsroom.reviewers.values():
        make.reads(reviewer, "en", "enm")
    make.released(newsroom, slug="gb", language="en-GB")
    make.released(newsroom, slug="enm", language="enm")
    assert keyed(client, key, "articles/gb/").status_code == 200
    assert keyed(client, key, "articles/enm/").status_code == 404
    assert [one["slug"] for one in keyed(client, key, "articles/").json()["articles"]] == ["cough", "gb"]


def test_a_key_without_a_licence_opens_nothing(client, newsroom):
    made = Licensee.objects.create(name="Not yet")
    key = make.key(newsroom, made)
    assert keyed(client, key, "articles/cough/").status_code == 404
    assert keyed(client, key, "articles/").json()["articles"] == []
    assert keyed(client, key, "changes/").json()["changes"] == []
