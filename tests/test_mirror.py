"""The README's reference client: run as it stands there, its mirror is what `articles/` serves."""

import json
import sys
import urllib.request
from datetime import timedelta
from itertools import count
from urllib.error import URLError

import pytest
import time_machine

from tests import make
from tests.api import ask
from tests.test_readme import example
from topics.models import Article
from topics.publishing.release import release

pytestmark = pytest.mark.django_db(transaction=True)

AROUND = {
    *("related", "links", "translations", "notices", "review_status"),
    *("site", "related_physicians", "related_services"),
}
CLIENT = compile(example("# mirror.py"), "README.md", "exec")


class Mirror:
    """A file that the client keeps, with the address that it begins at and its key."""

    def __init__(self, server, path, monkeypatch, *, query="", key=None):
        self.server, self.path, self.patch = server, path, monkeypatch
        self.query, self.key = query, key

    def run(self):
        start = f"{self.server.url}/api/v1/changes/?{self.query}".rstrip("?")
        self.patch.setattr(sys, "argv", ["mirror.py", start, str(self.path), *filter(None, [self.key])])
        exec(CLIENT, {"__name__": "__main__"})

    def shows(self):
        return {
            key: plain(article) for key, article in json.loads(self.path.read_text())["articles"].items()
        }

    def served(self, client):
        """The articles in the lists, with the same filters and key."""
        headers = {"X-Api-Key": self.key} if self.key else {}
        filters = "&".join(part for part in self.query.split("&") if not part.startswith("limit"))
        found, address = {}, f"/api/v1/articles/?{filters}"
        while address:
            body = client.get(address, headers=headers).json()
            for item in body["articles"]:
                found[item["id"]] = plain(client.get(item["url"], headers=headers).json())
            address = body["next"]
        return found

    def is_in_step(self, client):
        self.run()
        assert self.shows() == self.served(client)
        return True


def plain(article):
    """Without what stands around it and changes with other articles."""
    return {name: value for name, value in article.items() if name not in AROUND}


@pytest.fixture
def mirror(live_server, tmp_path, monkeypatch):
    names = count()

    def made(**how):
        return Mirror(live_server, tmp_path / f"mirror-{next(names)}.json", monkeypatch, **how)

    return made


class Lost(URLError):
    """The connection."""


def losing(monkeypatch, request_number, before=None):
    """The network is lost at that request of those to come, or something happens just before it."""
    asked, urlopen = count(1), urllib.request.urlopen

    def counted(*args, **more):
        if next(asked) == request_number:
            if before is None:
                raise Lost("gone")
            before()
        return urlopen(*args, **more)

    monkeypatch.setattr(urllib.request, "urlopen", counted)


def test_it_takes_twenty_lines_and_nothing_but_the_standard_library():
    lines = [line for line in example("# mirror.py").splitlines() if line and not line.startswith("#")]
    assert len(lines) <= 20
    (imports,) = [line for line in lines if line.startswith("import ")]
    names = {name.strip().partition(".")[0] for name in imports.removeprefix("import ").split(",")}
    assert names <= sys.stdlib_module_names


def test_three_mirrors_stay_in_step_through_all_that_happens(client, mirror):
    """The whole collection, a category of it, and a licensee's part, after each act."""
    now = ask.soon(minutes=-1)
    room = make.newsroom(interval_months=1, warning_days=5, when_overdue="withhold", grace_days=3)
    skin = make.category("skin", policy=room.policy)
    licensee = make.licensee(room, at=now)
    key = make.key(room, licensee, days=365, at=now)
    mirrors = [
        mirror(),
        mirror(query=f"category={room.category.slug}&language=en&limit=2"),
        mirror(key=key, query="limit=1"),
    ]

    def all_in_step(*counts):
        assert [one.is_in_step(client) and len(one.shows()) for one in mirrors] == list(counts)

    all_in_step(0, 0, 0)
    editions = [make.released(room) for _ in range(3)]
    editions += [make.released(room, category=skin) for _ in range(2)]
    make.released(room, language="es")
    all_in_step(6, 3, 6)

    make.released(room, make.next_draft(room, editions[0].article, summary="Anew."))
    make.released(room)
    ask.taken_back(room, editions[1], kind="retired")
    all_in_step(6, 3, 6)
    ask.taken_back(room, editions[2], replacement=editions[0].article)
    all_in_step(5, 2, 5)
    ask.taken_back(room, editions[4], kind="moved", replacement=editions[0].article)
    all_in_step(4, 2, 4)

    Article.objects.filter(pk=editions[0].article_id).update(category=skin)
    article = Article.objects.get(pk=editions[0].article_id)
    make.released(room, make.next_draft(room, article))
    all_in_step(4, 1, 4)

    make.licence(room, licensee, categories=[room.category])
    all_in_step(4, 1, 2)

    starts = ask.soon(days=2)
    release(make.approved(room), actor=room.publisher, starts_at=starts)
    with time_machine.travel(starts - timedelta(seconds=1)):
        all_in_step(4, 1, 2)
    with time_machine.travel(starts + timedelta(seconds=1)):
        all_in_step(5, 2, 3)
    # Nobody reviewed them in time: they are withheld, though nobody did anything.
    with time_machine.travel(ask.soon(days=40)):
        all_in_step(0, 0, 0)
        make.released(room)
        all_in_step(1, 1, 1)
    with time_machine.travel(ask.soon(days=50)):
        make.licence(room, licensee, categories=[skin])
        make.released(room, category=skin)
        all_in_step(2, 1, 1)


def test_wherever_the_connection_is_lost_the_next_run_ends_in_step(client, mirror, monkeypatch):
    room = make.newsroom()
    editions = [make.released(room) for _ in range(3)]
    broken, lost = mirror(query="limit=2"), 0
    for request_number in range(1, 9):
        broken.path.unlink(missing_ok=True)
        with monkeypatch.context() as patch:
            losing(patch, request_number)
            try:
                broken.run()
            except Lost:
                lost += 1
        if request_number == 4:
            ask.taken_back(room, editions.pop())
        assert broken.is_in_step(client), request_number
    assert lost >= 5


def test_a_file_of_last_week_is_brought_up_to_date_and_hears_some_things_twice(client, mirror):
    room = make.newsroom()
    editions = [make.released(room) for _ in range(3)]
    one = mirror()
    one.run()
    old = one.path.read_text()
    ask.taken_back(room, editions[0])
    make.released(room)
    assert one.is_in_step(client)
    newer = json.loads(one.path.read_text())
    # Restored from a copy: once whole, once only its place in the feed.
    one.path.write_text(old)
    assert one.is_in_step(client)
    one.path.write_text(json.dumps(newer | {"next": json.loads(old)["next"]}))
    assert one.is_in_step(client)


@pytest.mark.parametrize("kind", ["safety_recall", "moved"])
def test_what_is_withdrawn_between_its_news_and_its_reading_is_not_stored(
    client, mirror, monkeypatch, kind
):
    room = make.newsroom()
    there = make.released(room).article
    gone = make.released(room)
    one = mirror()
    with monkeypatch.context() as patch:
        # The first request is of the feed, the second of `there`, the third of what is gone by then.
        withdrawn = lambda: ask.taken_back(room, gone, kind=kind, replacement=there)  # noqa: E731
        losing(patch, 3, before=withdrawn)
        one.run()
    assert set(one.shows()) == {str(there.public_id)}
    assert one.is_in_step(client)


def test_the_mirror_of_a_key_that_was_revoked_stays_as_it_was_and_says_so(client, mirror):
    room = make.newsroom()
    make.released(room)
    one = mirror(key="sgn_" + "x" * 43)
    with pytest.raises(URLError, match="401"):
        one.run()
    assert not one.path.exists()
