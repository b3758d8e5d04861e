"""What is not shown: withdrawn, moved, withheld, and what never was."""

import time_machine
from django.utils import timezone

from tests import make
from tests.api import ask

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def stamp(instant):
    return instant.isoformat().replace("+00:00", "Z")


def test_a_withdrawn_article_answers_410_with_its_record(client, newsroom):
    there = make.released(newsroom, slug="there", title="Read this").article
    edition = make.released(newsroom, slug="cough")
    withdrawal = ask.taken_back(newsroom, edition, replacement=there)
    reply = ask.article(client, "cough")
    assert reply.status_code == 410
    assert reply["Content-Type"] == "application/problem+json"
    assert reply["Cache-Control"] == "no-cache"
    body = reply.json()
    assert body["type"] == "/api/v1/problems/withdrawn"
    assert body["article"] == {
        "id": str(edition.article.public_id),
        "slug": "cough",
        "language": "en",
        "edition": 1,
    }
    assert body["withdrawal"] == {
        "kind": "safety_recall",
        "explanation": "The dose was wrong.",
        "withdrawn_at": stamp(withdrawal.withdrawn_at),
        "effective_at": stamp(withdrawal.effective_at),
        "replacement": {
            "id": str(there.public_id),
            "slug": "there",
            "language": "en",
            "title": "Read this",
            "url": f"/api/v1/articles/{there.public_id}/",
        },
    }
    assert ask.article(client, edition.article.public_id).status_code == 410
    assert ask.get(client, "articles/cough/editions/1/").json()["withdrawal"] == body["withdrawal"]
    assert ask.slugs(client) == ["there"]


def test_a_replacement_is_named_only_while_it_is_in_force(client, newsroom):
    there = make.released(newsroom, slug="there")
    edition = make.released(newsroom, slug="cough")
    ask.taken_back(newsroom, edition, kind="moved", replacement=there.article)
    moved = ask.article(client, "cough")
    assert moved.status_code == 301
    assert moved["Location"] == f"/api/v1/articles/{there.article.public_id}/"
    assert moved["Cache-Control"] == "no-cache"
    assert moved.json()["withdrawal"]["replacement"]["slug"] == "there"

    ask.taken_back(newsroom, there)
    gone = ask.article(client, "cough")
    assert gone.status_code == 410
    assert gone.json()["withdrawal"]["replacement"] is None


def test_a_moved_edition_stays_under_its_own_address_as_410(client, newsroom):
    there = make.released(newsroom, slug="there")
    edition = make.released(newsroom, slug="cough")
    ask.taken_back(newsroom, edition, kind="moved", replacement=there.article)
    reply = ask.get(client, "articles/cough/editions/1/")
    assert reply.status_code == 410
    assert reply.json()["withdrawal"]["kind"] == "moved"


def test_a_planned_withdrawal_is_no_news_until_its_instant(client, newsroom):
    there = make.released(newsroom, slug="there").article
    edition = make.released(newsroom, slug="cough")
    before = ask.article(client, "cough").content
    ask.taken_back(newsroom, edition, replacement=there, effective_at=ask.soon(days=3))
    assert ask.article(client, "cough").content == before
    history = ask.get(client, "articles/cough/editions/").json()["editions"]
    assert history[0]["withdrawal"] is None
    assert history[0]["ended"] is None
    with time_machine.travel(ask.soon(days=3, seconds=1)):
        assert ask.article(client, "cough").status_code == 410


def test_an_edition_withheld_by_its_policy_answers_410_and_says_why(client, db):
    room = make.newsroom(when_overdue="withhold", grace_days=10)
    edition = make.released(room, slug="cough")
    with time_machine.travel(ask.soon(days=800)):
        reply = ask.article(client, "cough")
        assert reply.status_code == 410
        assert reply.json()["type"] == "/api/v1/problems/review-overdue"
        assert f"its review was due on {edition.next_review_due}" in reply.json()["detail"]
        assert ask.get(client, "articles/cough/editions/1/").status_code == 410
        assert ask.slugs(client) == []
        _, _, changes = ask.follow(client)
        assert [(c["type"], c["reason"]) for c in changes] == [("removed", "review_overdue")]


def test_what_was_never_public_can_not_be_told_from_what_never_was(client, newsroom):
    draft = make.draft(newsroom, slug="a-draft")
    make.approved(newsroom, slug="approved")
    scheduled = make.released(newsroom, slug="scheduled", starts_at=ask.soon(days=1))
    names = ["none", "a-draft", "approved", "scheduled", "No%20slug", "a" * 300, UNKNOWN_ID]
    names += [str(draft.article.public_id), str(scheduled.article.public_id)]
    for tail in ("", "editions/", "editions/1/", "provenance/", "editions/1/provenance/"):
        seen = []
        for name in names:
            reply = ask.get(client, f"articles/{name}/{tail}")
            assert reply.status_code == 404
            body = reply.json()
            assert body.pop("instance") == f"/api/v1/articles/{name}/{tail}"
            # Both follow from the body, which repeats the address.
            headers = {k: v for k, v in reply.items() if k not in ("Content-Length", "Content-Digest")}
            seen.append((body, headers))
        assert all(one == seen[0] for one in seen)


def test_a_new_edition_after_a_withdrawal_is_public_again(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    ask.taken_back(newsroom, edition, kind="correction")
    draft = make.next_draft(newsroom, edition.article, summary="Corrected.")
    make.released(newsroom, draft)
    assert ask.article(client, "cough").json()["summary"] == "Corrected."
    assert ask.get(client, "articles/cough/editions/1/").status_code == 410


def test_superseded_editions_keep_their_address(client, newsroom):
    first = make.released(newsroom, slug="cough")
    second = make.released(newsroom, make.next_draft(newsroom, first.article, summary="Shorter."))
    old = ask.get(client, "articles/cough/editions/1/").json()
    assert old["status"] == "superseded"
    assert old["review_status"] is None
    assert old["ended"] == stamp(second.starts_at)
    assert old["summary"] == "What a cough is and what helps."
    assert old["url"] == f"/api/v1/articles/{first.article.public_id}/"
    listed = ask.get(client, "articles/cough/editions/").json()["editions"]
    assert [(e["edition"], e["status"]) for e in listed] == [(2, "in_force"), (1, "superseded")]
    assert ask.get(client, "articles/cough/editions/3/").status_code == 404
    assert ask.get(client, "articles/cough/editions/99999999999999999999/").status_code == 404


def test_as_of_answers_what_was_read_then_and_how_it_stands_now(client, newsroom):
    there = make.released(newsroom, slug="there")
    edition = make.released(newsroom, make.draft(newsroom, slug="cough"))
    draft = make.next_draft(newsroom, edition.article, summary="Shorter.")
    then = stamp(timezone.now())
    second = make.released(newsroom, draft)
    later = stamp(timezone.now())
    ask.taken_back(newsroom, second, replacement=there.article)

    old = ask.article(client, "cough", {"as_of": then}).json()
    assert old["summary"] == "What a cough is and what helps."
    assert old["as_of"] == then
    assert old["status"] == "superseded"
    reply = ask.article(client, "cough", {"as_of": later})
    assert reply.status_code == 200
    assert reply["Cache-Control"] == "no-cache"
    assert reply.json()["summary"] == "Shorter."
    assert reply.json()["status"] == "withdrawn"
    assert reply.json()["withdrawal"]["kind"] == "safety_recall"
    assert reply.json()["withdrawal"]["replacement"]["slug"] == "there"
    assert ask.article(client, "cough", {"as_of": stamp(timezone.now())}).status_code == 410
    assert ask.article(client, "cough", {"as_of": "2020-01-01T00:00:00Z"}).status_code == 404


def test_as_of_shows_what_stood_around_the_article_then(client, newsroom):
    related = make.released(newsroom, slug="related")
    edition = make.released(newsroom, ask.rich_draft(newsroom, related.article, slug="cough"))
    ask.notice(newsroom, text="Old words.")
    then = stamp(timezone.now())
    ask.notice(newsroom, text="New words.")
    tos = make.released(newsroom, slug="tos", language="es", translation_of=edition.article)
    ask.taken_back(newsroom, related)

    now = ask.article(client, "cough").json()
    assert now["related"] == []
    assert [item["slug"] for item in now["translations"]] == [tos.article.slug]
    assert [item["text"] for item in now["notices"]] == ["New words."]
    old = ask.article(client, "cough", {"as_of": then}).json()
    assert [item["slug"] for item in old["related"]] == ["related"]
    assert old["translations"] == []
    assert [item["text"] for item in old["notices"]] == ["Old words."]
