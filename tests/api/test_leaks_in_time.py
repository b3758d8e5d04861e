"""What is not public yet, or not any more, can't be found, whichever instant is asked for."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests import make
from tests.api import ask
from tests.api.everywhere import everywhere, statuses, texts, where
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release

SECRET = "SECRETWORDS"


def shown_at(client, *slugs, ids=()):
    """The paths that show the secret."""
    return where(everywhere(client, *slugs, ids=ids), SECRET)


def test_a_scheduled_edition_is_nowhere_until_its_instant(client, newsroom):
    related = make.released(newsroom, slug="old")
    hidden = make.approved(newsroom, slug="hidden", title=SECRET, translation_of=None)
    make.released(newsroom, ask.rich_draft(newsroom, hidden.article, slug="pointing"))

    def told():
        said = everywhere(client, "hidden", "pointing", "old", ids=[str(hidden.article.public_id)])
        assert where(said, SECRET) == []
        return said

    with time_machine.travel(ask.soon(minutes=1), tick=False) as clock:
        before = told()
        starts = ask.soon(days=2)
        make.released(
            newsroom, make.next_draft(newsroom, related.article, title=SECRET), starts_at=starts
        )
    with time_machine.travel(starts - timedelta(days=2) + timedelta(minutes=1), tick=False):
        release(hidden, actor=newsroom.publisher, starts_at=starts)
        at_once = told()
        assert statuses(at_once) == statuses(before)
        assert texts(at_once) == texts(before)
    with time_machine.travel(starts - timedelta(seconds=1), tick=False):
        assert statuses(told()) == statuses(before)
    with time_machine.travel(starts, tick=False):
        assert ask.article(client, "hidden").json()["title"] == SECRET
        assert ask.article(client, "old").json()["title"] == SECRET
        pointing = ask.article(client, "pointing").json()
        assert [item["slug"] for item in pointing["related"]] == ["hidden"]
        assert set(ask.slugs(client)) == {"hidden", "old", "pointing"}
        _, shelf, _ = ask.follow(client)
        assert len(shelf) == 3
    assert clock


def test_a_cancelled_release_is_never_public(client, newsroom):
    starts = ask.soon(days=1)
    first = make.released(newsroom, slug="cough")
    second = make.released(
        newsroom, make.next_draft(newsroom, first.article, title=SECRET), starts_at=starts
    )
    new = make.released(newsroom, slug="new", title=SECRET, starts_at=starts)
    cancel_release(second, actor=newsroom.publisher)
    cancel_release(new, actor=newsroom.publisher)
    for instant in (ask.soon(seconds=1), starts, starts + timedelta(days=1)):
        with time_machine.travel(instant):
            assert ask.article(client, "cough").json()["edition"] == 1
            assert ask.article(client, "new").status_code == 404
            assert ask.get(client, "articles/cough/editions/2/").status_code == 404
            assert len(ask.get(client, "articles/cough/editions/").json()["editions"]) == 1
            at = {"as_of": timezone.now().isoformat().replace("+00:00", "Z")}
            assert ask.article(client, "new", at).status_code == 404
    for instant in (ask.soon(seconds=1), starts):
        with time_machine.travel(instant):
            assert shown_at(client, "cough", "new", ids=[str(new.article.public_id)]) == []


def test_recalled_words_are_only_told_as_history(client, newsroom):
    edition = make.released(
        newsroom, slug="cough", title="Recalled", summary=SECRET, body=f"<p>{SECRET}</p>"
    )
    make.released(newsroom, ask.rich_draft(newsroom, edition.article, slug="pointing"))
    then = timezone.now().isoformat().replace("+00:00", "Z")
    ask.taken_back(newsroom, edition)
    with time_machine.travel(ask.soon(seconds=5)):
        assert shown_at(client, "cough", "pointing", ids=[str(edition.article.public_id)]) == []
        assert ask.article(client, "pointing").json()["related"] == []
        history = ask.article(client, "cough", {"as_of": then}).json()
        assert history["summary"] == SECRET
        assert history["status"] == "withdrawn"


def test_a_withheld_edition_is_shown_nowhere(client, db):
    room = make.newsroom(when_overdue="withhold", grace_days=10)
    edition = make.released(room, slug="cough", title="Withheld", summary=SECRET)
    with time_machine.travel(edition.expires_at):
        assert shown_at(client, "cough", ids=[str(edition.article.public_id)]) == []
        assert ask.slugs(client, {"review_status": "overdue"}) == []


def test_the_future_can_not_be_asked_for(client, newsroom):
    make.released(newsroom, slug="cough")
    make.released(newsroom, slug="scheduled", starts_at=ask.soon(hours=1))
    later = ask.soon(hours=2).isoformat().replace("+00:00", "Z")
    for name in ("cough", "scheduled", "none"):
        reply = ask.article(client, name, {"as_of": later})
        assert reply.status_code == 400
        assert reply.json()["parameter"] == "as_of"


def test_a_list_cursor_shows_only_what_is_in_force(client, newsroom):
    made = [make.released(newsroom, slug=f"public-{n}") for n in range(2)]
    make.draft(newsroom, slug="a-draft")
    make.released(newsroom, slug="scheduled", starts_at=ask.soon(hours=1))
    made.append(make.released(newsroom, slug="public-2"))
    body = ask.get(client, "articles/", {"page_size": 1}).json()
    seen = [item["slug"] for item in body["articles"]]
    while body["next"]:
        body = client.get(body["next"]).json()
        seen += [item["slug"] for item in body["articles"]]
    assert seen == [edition.article.slug for edition in made]
