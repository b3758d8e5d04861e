"""Asking the API in tests, and the things that several of them ask about."""

from datetime import datetime, timedelta
from datetime import timezone as zones

from django.utils import timezone

from tests import make
from topics.models import Code, Reference, RelatedArticle
from topics.publishing.withdraw import withdraw

ROOT = "/api/v1/"
DAY_ONE = datetime(2026, 3, 2, 8, 30, tzinfo=zones.utc)


def get(client, path, query=None, **headers):
    """A GET below the API's root; headers as keywords, e.g. `if_none_match=`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(ROOT + path, query or {}, headers=named)


def article(client, reference, query=None, **headers):
    return get(client, f"articles/{reference}/", query, **headers)


def slugs(client, query=None):
    return [item["slug"] for item in get(client, "articles/", query).json()["articles"]]


def of_a_first_edition(edition):
    """What an article, a list and the feed all say of a first edition that was released on `DAY_ONE`."""
    return {
        "category": {"slug": "lungs", "name": edition.article.category.name},
        "edition": 1,
        "version": 1,
        "change_kind": "new",
        "change_note": "",
        "first_published": "2026-03-02T08:30:00Z",
        "published": "2026-03-02T08:30:00Z",
        "modified": "2026-03-02T08:30:00Z",
        "last_reviewed": "2026-03-02",
        "next_review_due": "2028-03-02",
        "digest": edition.digest,
    }


def follow(client, cursor=None, limit=None, shelf=None):
    """Follows the feed to its end as a consumer does: `(cursor, {id: digest}, changes)`."""
    shelf, seen = dict(shelf or {}), []
    while True:
        query = {"cursor": cursor} if cursor else {}
        reply = get(client, "changes/", query | ({"limit": limit} if limit else {}))
        assert reply.status_code == 200, reply.content
        body = reply.json()
        for change in body["changes"]:
            if change["type"] == "published":
                shelf[change["id"]] = change["digest"]
            else:
                shelf.pop(change["id"], None)
        seen += body["changes"]
        cursor = body["next_cursor"]
        if not body["more"]:
            return cursor, shelf, seen


def live(client):
    """What the list shows: id to digest, over all pages."""
    found, address = {}, ROOT + "articles/?page_size=2"
    while address:
        body = client.get(address).json()
        found |= {item["id"]: item["digest"] for item in body["articles"]}
        address = body["next"]
    return found


def now():
    """The instant as a parameter has it."""
    return timezone.now().isoformat().replace("+00:00", "Z")


def soon(**delta):
    return timezone.now() + timedelta(**delta)


def rich_draft(room, *related, at=None, **content):
    """A draft with a reference, a code and related articles."""
    version = make.draft(room, at=at, **content)
    Reference.objects.create(version=version, title="Cough in adults", doi="10.1000/182")
    Code.objects.create(version=version, system="icd-10-cm", code="R05", display="Cough")
    for position, one in enumerate(related, 1):
        RelatedArticle.objects.create(version=version, article=one, position=position)
    return version


def taken_back(room, edition, kind="safety_recall", explanation="The dose was wrong.", **more):
    return withdraw(edition, kind=kind, explanation=explanation, actor=room.publisher, **more)


def notice(room, *, starts=None, **fields):
    return make.notice(room, actor=room.administrator, starts_at=starts, **fields)
