"""To a licensee, what is outside its licence does not exist: each reply is the same with and without.

Not only are the words of it nowhere: nothing that is served to the key depends on it, not a count, a
facet, a spelling, a digest, a status or a header.
"""

import json

import time_machine

from tests import make
from tests.api import ask
from tests.api.standards.records import ICD_10_CM
from topics.api.formats.table import ARTICLE_FORMATS
from topics.publishing.withdraw import cancel_release

SECRET = "Zebrafever"
NAMES = ("cough", "pointing", "gone", "rash", "tos", "recalled", "moved")
FILTERS = [
    *("", "page_size=1", "q=cough", "q=zebrafever", "q=zebrafewer", "q=cough+zebrafever", "q=skin"),
    *("language=es", "category=lungs", "category=skin", "category=none", "code=icd-10-cm|L30.9"),
    *("code=icd-10-cm|R05.99", "author=Ada+Author", "reviewer=Pia+Primary", "ordering=-modified"),
    *("specialty=Family+Medicine", "modified_after=2020-01-01", "audience=professional"),
    *("review_status=current", "fields=title", "omit=summary"),
]
CHANGES = [
    *("", "limit=1", "since=2020-01-01", "language=es", "category=skin", "category=lungs"),
    *("type=removed", "type=published", "severity=high", "severity=low", "author=Ada+Author"),
]
# The same changes, printed in another way.
READ_AS_NEWS = ["", "since=2020-01-01", "category=skin", "type=removed"]
CODES = ("R05", "R05.99", "L30.9")


def addresses(*ids, at):
    """Everything that may be asked with a key."""
    instant = at.isoformat().replace("+00:00", "Z")
    yield from ("", "categories/", "nhs/", "nhs/?page=1", "suggest/?q=zeb", "suggest/?q=c&language=es")
    yield from (f"articles/?{query}" for query in FILTERS)
    yield from (f"search/?{query}" for query in FILTERS if query.startswith("q="))
    yield from (f"changes/?{query}" for query in CHANGES)
    yield from (f"changes/feed/?{query}" for query in READ_AS_NEWS)
    for code in CODES:
        criteria = f"mainSearchCriteria.v.c={code}&mainSearchCriteria.v.cs={ICD_10_CM}"
        yield from (f"{name}/?{criteria}" for name in ("connect", "infobutton"))
        yield f"connect/?{criteria}&knowledgeResponseType=application/json"
    for name in (*NAMES, *ids):
        yield from (f"articles/{name}/?format={form}" for form in ARTICLE_FORMATS)
        yield from (f"articles/{name}/editions/1/{more}" for more in ("?format=fhir", "provenance/"))
        yield from (
            f"articles/{name}/{more}"
            for more in ("provenance/", "editions/", f"?as_of={instant}", "?language=es", "?language=en")
        )


def everything(client, key, *ids):
    """Every reply to the key, by its address: status, headers and body."""
    at = ask.soon()
    return {path: reply(client, key, path) for path in addresses(*ids, at=at)}


def reply(client, key, path):
    found = ask.get(client, path, x_api_key=key)
    headers = {name: value for name, value in found.items() if "nonce-" not in value}
    body = found.content.decode()
    if path.startswith("changes/?") and found.status_code == 200:
        # The cursor counts the acts of the ledger.
        body = json.dumps(
            {
                name: part
                for name, part in json.loads(body).items()
                if name not in ("next", "next_cursor")
            }
        )
        headers = {name: value for name, value in headers.items() if name != "Content-Digest"}
        headers.pop("Content-Length", None)
    return found.status_code, headers, body


def test_nothing_that_a_key_is_told_depends_on_what_is_outside_its_licence(client, newsroom):
    skin = make.category("skin", policy=newsroom.policy)
    hospital = make.licensee(newsroom, "Bon Air", languages=["en"], categories=[newsroom.category])
    key = make.key(newsroom, hospital)
    make.listed(hospital, "Dr Lung", categories=[newsroom.category])
    rash = make.draft(newsroom, slug="rash", category=skin, title=SECRET)
    cough = make.released(newsroom, ask.rich_draft(newsroom, slug="cough"))
    body = f'<p>See <a href="article:{rash.article.public_id}">it</a>.</p>'
    make.released(newsroom, ask.rich_draft(newsroom, rash.article, slug="pointing", body=body))
    gone = make.released(newsroom, slug="gone")
    ids = [str(rash.article.public_id)]
    asked_at = ask.soon(minutes=5)
    with time_machine.travel(asked_at, tick=False):
        before = everything(client, key, *ids)
    assert any(status == 200 for status, _, _ in before.values())

    later = {"category": skin, "title": SECRET, "summary": f"{SECRET}s itch."}
    make.released(newsroom, rash)
    spanish = {"language": "es", "translation_of": cough.article}
    make.released(newsroom, slug="tos", **later | spanish | {"category": newsroom.category})
    coded = ask.rich_draft(newsroom, slug="eczema", **later)
    coded.codes.update(code="L30.9")
    make.released(newsroom, coded)
    narrow = ask.rich_draft(newsroom, slug="narrow", **later)
    narrow.codes.update(code="R05.99")
    make.released(newsroom, narrow)
    make.released(newsroom, slug="experts", audience="professional", **later)
    make.released(newsroom, slug="ahead", starts_at=ask.soon(minutes=4), **later)
    cancel_release(
        make.released(newsroom, slug="never", starts_at=ask.soon(days=1), **later),
        actor=newsroom.publisher,
    )
    ask.taken_back(newsroom, make.released(newsroom, slug="recalled", **later), explanation=SECRET)
    moved = make.released(newsroom, slug="moved", **later)
    ask.taken_back(newsroom, moved, kind="moved", replacement=cough.article)
    make.listed(make.licensee(newsroom, "Rival"), "Dr Rival", categories=[newsroom.category])
    with time_machine.travel(asked_at, tick=False):
        after = everything(client, key, *ids)
        assert ask.get(client, "search/", {"q": "zebrafever"}).json()["total"] >= 5
    # Compared here: pytest would explain a difference between such long texts for minutes.
    assert [path for path, told in after.items() if told != before[path]] == []
    assert [path for path, (_, _, body) in after.items() if SECRET in body] == []

    # What is told of an article inside does not name a replacement outside either.
    ask.taken_back(newsroom, gone, kind="retired", replacement=rash.article)
    said = reply(client, key, "articles/gone/")
    assert said[0] == 410
    assert "rash" not in said[2]
