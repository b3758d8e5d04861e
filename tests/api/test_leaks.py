"""What is not public can't be found: not by address, relation, filter, cursor, instant or header."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make
from tests.api import ask
from topics.publishing.withdraw import cancel_release

SECRET = "SECRETWORDS"


def everywhere(client, *names):
    """Everything that the API says, bodies and headers, about the given names and in its lists."""
    now = timezone.now().isoformat().replace("+00:00", "Z")
    paths = ["articles/", "articles/?page_size=1", "changes/", "changes/?limit=1", "categories/", ""]
    paths += [f"articles/?{name}={value}" for name, value in FILTERS]
    for name in names:
        paths += [
            f"articles/{name}/",
            f"articles/{name}/?as_of={now}",
            f"articles/{name}/?as_of=2026-01-01T00:00:00Z",
            f"articles/{name}/?language=en",
            f"articles/{name}/editions/",
            *(f"articles/{name}/editions/{number}/" for number in range(4)),
        ]
    said = []
    for path in paths:
        reply = client.get(f"/api/v1/{path}")
        body = reply.content.decode().replace(f"/api/v1/{path.partition('?')[0]}", "")
        said.append((path, reply.status_code, sorted(reply.items()), body))
    return said


FILTERS = [
    ("category", "lungs"),
    ("language", "en"),
    ("review_status", "current"),
    ("modified_after", "2020-01-01"),
]


def bodies(said):
    return [(path, status, body) for path, status, _, body in said if not path.startswith("changes/")]


def shown(client, *names):
    return "".join(f"{headers}{body}" for _, _, headers, body in everywhere(client, *names))


def test_a_draft_of_a_new_article_is_nowhere(client, newsroom):
    draft = make.draft(newsroom, slug="secret-slug", title=SECRET, summary=SECRET)
    public_id = str(draft.article.public_id)
    make.released(newsroom, ask.rich_draft(newsroom, draft.article, slug="cough"))
    said = shown(client, "secret-slug", public_id, "cough")
    assert SECRET not in said
    assert "secret-slug" not in said.replace("/secret-slug/", "")
    article = ask.article(client, "cough").json()
    # The signed document names the id; nothing is resolved from it.
    assert article["related_ids"] == [public_id]
    assert article["related"] == []


@pytest.mark.parametrize("stage", [make.draft, make.submitted, make.in_medical_review, make.approved])
def test_the_next_version_of_a_public_article_is_nowhere(client, newsroom, stage):
    edition = make.released(newsroom, slug="cough")
    version = make.next_draft(
        newsroom, edition.article, title=SECRET, summary=SECRET, change_note=SECRET
    )
    if stage is not make.draft:
        stage(newsroom, version)
    public_id = str(edition.article.public_id)
    assert SECRET not in shown(client, "cough", public_id)
    assert ask.get(client, "articles/cough/editions/2/").status_code == 404


def test_a_draft_translation_is_not_named(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    make.approved(newsroom, slug="tos", language="es", title=SECRET, translation_of=edition.article)
    assert ask.article(client, "cough").json()["translations"] == []
    assert SECRET not in shown(client, "cough", "tos")
    assert ask.slugs(client, {"language": "es"}) == []
    # Nor does it make the slug ambiguous.
    make.draft(newsroom, slug="cough", language="es", title=SECRET)
    assert ask.article(client, "cough").status_code == 200


def test_a_scheduled_edition_is_nowhere_until_its_instant(client, newsroom):
    related = make.released(newsroom, slug="old")
    hidden = make.approved(newsroom, slug="hidden", title=SECRET, translation_of=None)
    make.released(newsroom, ask.rich_draft(newsroom, hidden.article, slug="pointing"))
    names = ("hidden", str(hidden.article.public_id), "pointing", "old")
    with time_machine.travel(ask.soon(minutes=1), tick=False) as clock:
        before = everywhere(client, *names)
        starts = ask.soon(days=2)
        make.released(
            newsroom, make.next_draft(newsroom, related.article, title=SECRET), starts_at=starts
        )
    with time_machine.travel(starts - timedelta(days=2) + timedelta(minutes=1), tick=False):
        make_scheduled(newsroom, hidden, starts)
        at_once = everywhere(client, *names)
        assert SECRET not in "".join(f"{headers}{body}" for _, _, headers, body in at_once)
        assert statuses(at_once) == statuses(before)
        assert texts(at_once) == texts(before)
    with time_machine.travel(starts - timedelta(seconds=1), tick=False):
        assert SECRET not in shown(client, *names)
        assert statuses(everywhere(client, *names)) == statuses(before)
    with time_machine.travel(starts, tick=False):
        assert ask.article(client, "hidden").json()["title"] == SECRET
        assert ask.article(client, "old").json()["title"] == SECRET
        pointing = ask.article(client, "pointing").json()
        assert [item["slug"] for item in pointing["related"]] == ["hidden"]
        assert set(ask.slugs(client)) == {"hidden", "old", "pointing"}
        _, shelf, _ = ask.follow(client)
        assert len(shelf) == 3
    assert clock


def make_scheduled(room, version, starts):
    make.release(version, actor=room.publisher, starts_at=starts)


def statuses(said):
    return [status for _, status, _, _ in said]


def texts(said):
    """Bodies, without those that hold a cursor, which counts the acts of the ledger, or an instant."""
    return [b for path, _, _, b in said if not path.startswith("changes/") and "as_of" not in path]


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
            assert SECRET not in shown(client, "cough", "new", str(new.article.public_id))
            assert ask.article(client, "cough").json()["edition"] == 1
            assert ask.article(client, "new").status_code == 404
            assert ask.get(client, "articles/cough/editions/2/").status_code == 404
            assert len(ask.get(client, "articles/cough/editions/").json()["editions"]) == 1
            at = {"as_of": timezone.now().isoformat().replace("+00:00", "Z")}
            assert ask.article(client, "new", at).status_code == 404


def test_recalled_words_are_only_told_as_history(client, newsroom):
    edition = make.released(
        newsroom, slug="cough", title="Recalled", summary=SECRET, body=f"<p>{SECRET}</p>"
    )
    make.released(newsroom, ask.rich_draft(newsroom, edition.article, slug="pointing"))
    then = timezone.now().isoformat().replace("+00:00", "Z")
    ask.taken_back(newsroom, edition)
    with time_machine.travel(ask.soon(seconds=5)):
        assert SECRET not in shown(client, "cough", str(edition.article.public_id), "pointing")
        assert ask.article(client, "pointing").json()["related"] == []
        history = ask.article(client, "cough", {"as_of": then}).json()
        assert history["summary"] == SECRET
        assert history["status"] == "withdrawn"


def test_a_withheld_edition_is_shown_nowhere(client, db):
    room = make.newsroom(when_overdue="withhold", grace_days=10)
    edition = make.released(room, slug="cough", title="Withheld", summary=SECRET)
    with time_machine.travel(edition.expires_at):
        assert SECRET not in shown(client, "cough", str(edition.article.public_id))
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


def test_people_and_internal_words_are_not_told(client, newsroom):
    draft = make.draft(newsroom, slug="cough", internal_note=SECRET)
    make.released(newsroom, draft)
    said = shown(client, "cough")
    assert SECRET not in said
    for person in (newsroom.writer, newsroom.editor, newsroom.publisher, newsroom.primary.user):
        assert person.username not in said
