"""A recall names one key, and every copy that a CDN may hold of what was taken back goes with it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import make
from tests.api import ask
from tests.api.contract import address, operations
from tests.once import once
from topics.api.surrogates import article_key
from topics.publishing import keys
from topics.publishing.release import release

LISTED = {"articles"}


@once
def content():
    """A newsroom, an article that others name in every way that there is, and an instant with the copies
    that a cache may hold at it.
    """
    room = make.newsroom()
    named = make.released(room, slug="named")
    linked = f'<p>Read <a href="article:{named.article.public_id}">this</a>.</p>'
    make.released(room, ask.rich_draft(room, named.article, slug="relating"))
    make.released(room, slug="linking", body=linked)
    make.released(room, slug="nombrado", language="es", translation_of=named.article)
    make.released(room, slug="apart")
    ask.notice(room)
    at = timezone.now() + timedelta(minutes=1)
    with time_machine.travel(at, tick=False):
        return SimpleNamespace(room=room, named=named, at=at, copies=copies(Client()))


@pytest.fixture
def shelf(made):
    """The article that the others name, at the instant."""
    with time_machine.travel(made.at, tick=False):
        yield made.named


@pytest.fixture
def before(made):
    """The copies of before anything happened."""
    return made.copies


def copies(client):
    """What a cache may hold: address to body and keys, for every address, article and first filter."""
    found = {}
    for path, operation in operations():
        references = ("named", "relating", "linking", "nombrado", "apart")
        for here in {address(path, operation, reference=one, number=1) for one in references}:
            reply = client.get(here)
            if reply.status_code == 200 and "no-store" not in reply["Cache-Control"]:
                found[here] = (reply.content, set(reply["Surrogate-Key"].split()))
    for query in ("category=lungs", "language=en", "q=cough", "category=lungs&q=cough"):
        here = f"/api/v1/articles/?{query}"
        reply = client.get(here)
        found[here] = (reply.content, set(reply["Surrogate-Key"].split()))
    return found


def changed(before, after):
    """The keys of each copy that is not right any more."""
    return {
        here: its_keys
        for here, (content, its_keys) in before.items()
        if here not in after or after[here][0] != content
    }


def test_every_copy_has_keys_in_both_spellings(client, shelf):
    for path, operation in operations():
        reply = client.get(address(path, operation, reference="named", number=1))
        if "no-store" in reply["Cache-Control"]:
            assert "Surrogate-Key" not in reply
            continue
        assert reply["Surrogate-Key"].split() == reply["Cache-Tag"].split(",")
        # Fastly and Cloudflare take up to 16 kB; a proxy's buffer for a head may be 4 kB.
        assert 0 < len(reply["Surrogate-Key"]) < 2000


def test_an_article_s_keys_name_it_its_edition_category_and_what_it_names(client, shelf, newsroom):
    public_id = shelf.article.public_id
    reply = ask.article(client, "named")
    spanish = ask.article(client, "nombrado").json()["id"]
    assert set(reply["Surrogate-Key"].split()) == {
        f"article-{public_id}",
        f"edition-{public_id}-1",
        f"article-{spanish}",
        "category-lungs",
        "notices-en",
    }
    relating = ask.article(client, "relating")["Surrogate-Key"].split()
    assert article_key(public_id) in relating
    assert f"edition-{public_id}-1" not in relating


@pytest.mark.parametrize("kind", ["safety_recall", "correction", "retired"])
def test_what_a_withdrawal_changes_goes_with_the_article_or_the_lists(
    client, shelf, before, newsroom, kind
):
    ask.taken_back(newsroom, shelf, kind=kind)
    found = changed(before, copies(client))
    assert {"/api/v1/articles/", "/api/v1/articles/relating/", "/api/v1/articles/linking/"} <= set(found)
    assert "/api/v1/articles/nombrado/" in found
    assert "/api/v1/articles/apart/" not in found
    purged = {article_key(shelf.article.public_id), *LISTED}
    assert {here: its_keys for here, its_keys in found.items() if not its_keys & purged} == {}


def test_what_a_new_edition_changes_goes_with_the_article_or_the_lists(client, shelf, before, newsroom):
    version = make.approved(
        newsroom, make.next_draft(newsroom, shelf.article, title="Named anew", summary="Shorter.")
    )
    release(version, actor=newsroom.publisher)
    found = changed(before, copies(client))
    assert "/api/v1/articles/relating/" in found
    purged = {article_key(shelf.article.public_id), *LISTED}
    assert {here: its_keys for here, its_keys in found.items() if not its_keys & purged} == {}


def test_what_a_notice_changes_goes_with_the_notices_of_its_language(client, shelf, before, newsroom):
    ask.notice(newsroom, text="Ask your doctor.")
    found = changed(before, copies(client))
    assert "/api/v1/articles/apart/" in found
    assert all("notices-en" in its_keys for its_keys in found.values())


def test_what_another_name_of_a_category_changes_goes_with_categories_and_lists(
    client, shelf, before, newsroom
):
    newsroom.category.name = "Breathing"
    newsroom.category.save()
    found = changed(before, copies(client))
    assert "/api/v1/categories/" in found
    assert all(its_keys & {"categories", *LISTED} for its_keys in found.values())


def test_what_another_signing_key_changes_goes_with_the_keys(client, shelf, settings):
    settings.SIGNING_KEYS = keys.new_key_set()
    before = copies(client)
    settings.SIGNING_KEYS = keys.rotated(settings.SIGNING_KEYS)
    found = changed(before, copies(client))
    assert "/.well-known/jwks.json" in found
    assert all("keys" in its_keys for its_keys in found.values())


def test_a_licensee_s_reply_is_in_no_shared_cache_and_has_no_keys(client, shelf, newsroom):
    key = make.key(newsroom, make.licensee(newsroom))
    reply = ask.article(client, "named", x_api_key=key)
    assert reply["Cache-Control"] == "private, no-cache"
    assert "Surrogate-Key" not in reply
    assert "Cache-Tag" not in reply


def test_no_key_names_what_is_not_public(client, newsroom):
    hidden = make.approved(newsroom, slug="hidden")
    make.released(newsroom, ask.rich_draft(newsroom, hidden.article, slug="pointing"))
    assert str(hidden.article.public_id) not in ask.article(client, "pointing")["Surrogate-Key"]


def test_refusals_are_not_kept_and_need_no_keys(client, shelf, newsroom):
    ask.taken_back(newsroom, shelf)
    for path in ("articles/named/", "articles/none/", "articles/?x=1"):
        reply = ask.get(client, path)
        assert reply["Cache-Control"] == "no-cache"
        assert "Surrogate-Key" not in reply
