"""A client that openapi-python-client generates from the contract reads from the live server."""

import importlib
import subprocess
import sys
from http import HTTPStatus

import pytest
from django.utils import timezone

from tests import make
from tests.api import ask
from topics.api.docs import schema_text

pytest.importorskip("openapi_python_client", reason="needs Python 3.11")
pytestmark = pytest.mark.django_db(transaction=True)
PACKAGE = "signoff_client"
CONFIGURATION = """
post_hooks: []
content_type_overrides:
  application/atom+xml: text/xml
"""
"""Atom is text to it: it knows no feeds."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Gives a module of the client by its name; nothing of it is left on the path."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "contract.json").write_text(schema_text(), encoding="utf-8")
    (folder / "config.yml").write_text(CONFIGURATION, encoding="utf-8")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--fail-on-warning", "--path", "contract.json", "--config", "config.yml"),
            *("--output-path", PACKAGE),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    # A warning would be of a part of the contract that it can't express, and leaves out.
    assert made.returncode == 0, made.stdout + made.stderr
    assert "WARNING" not in made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield lambda name: importlib.import_module(f"{PACKAGE}.{name}")


@pytest.fixture
def room():
    return make.newsroom()


@pytest.fixture
def call(generated, live_server):
    """Calls an operation by its module, e.g. `articles.get_article`; gives the detailed response."""

    def calling(operation, *arguments, key=None, **more):
        if key:
            clients = generated("client").AuthenticatedClient
            client = clients(live_server.url, token=key, prefix="Api-Key")
        else:
            client = generated("client").Client(live_server.url, raise_on_unexpected_status=True)
        with client:
            return generated(f"api.{operation}").sync_detailed(*arguments, client=client, **more)

    return calling


def test_it_reads_an_article(room, call, generated):
    edition = make.released(room, ask.rich_draft(room, slug="cough"))
    ask.notice(room)
    article = call("articles.get_article", "cough").parsed
    assert isinstance(article, generated("models.article").Article)
    assert article.id == edition.article.public_id
    assert article.published == edition.starts_at
    assert article.next_review_due == edition.next_review_due
    assert [review.name for review in article.reviews] == ["Pia Primary", "Sam Specialist"]
    assert article.sections[1].heading == "Treatment"
    assert article.status == "in_force"
    assert article.withdrawal is None
    assert article.notices[0].kind == "disclaimer"
    then = call("articles.get_article", "cough", as_of=timezone.now())
    assert then.status_code == HTTPStatus.OK, then.content


def test_it_lists_and_turns_pages(room, call):
    released = {make.released(room).article.public_id for _ in range(3)}
    seen, cursor = set(), None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = call("articles.list_articles", page_size=2, **more).parsed
        seen |= {article.id for article in page.articles}
        if page.next_ is None:
            break
        cursor = page.next_.partition("cursor=")[2].partition("&")[0].replace("%3D", "=")
    assert seen == released


def test_it_searches_and_completes(room, call):
    make.released(room, slug="cough")
    found = call("finding.search_articles", q="coughs at night", language="en").parsed
    assert found.total == 1
    assert found.articles[0].highlights[0].parts[0].match is True
    assert found.facets.category[0].slug == "lungs"
    names = call("finding.suggest_names", q="cou").parsed
    assert [name.text for name in names.suggestions] == ["Cough"]


def test_it_is_told_of_what_is_not_there_and_of_what_was_withdrawn(room, call, generated):
    missing = call("articles.get_article", "none")
    assert missing.status_code == HTTPStatus.NOT_FOUND
    assert missing.parsed.title == "Not found"
    instead = make.released(room, slug="instead").article
    ask.taken_back(room, make.released(room, slug="cough"), replacement=instead)
    gone = call("articles.get_article", "cough")
    assert gone.status_code == HTTPStatus.GONE
    assert isinstance(gone.parsed, generated("models.problem").Problem)
    assert gone.parsed.withdrawal.kind == "safety_recall"
    assert gone.parsed.withdrawal.replacement.slug == "instead"
    ask.taken_back(room, make.released(room, slug="old"), kind="moved", replacement=instead)
    moved = call("articles.get_article", "old")
    assert (moved.status_code, moved.parsed.status) == (HTTPStatus.MOVED_PERMANENTLY, 301)


def test_it_follows_the_feed(room, call, generated):
    kept = make.released(room)
    recalled = make.released(room)
    first = call("following.list_changes").parsed
    assert {change.id for change in first.changes} == {
        kept.article.public_id,
        recalled.article.public_id,
    }
    ask.taken_back(room, recalled)
    (change,) = call("following.list_changes", cursor=first.next_cursor).parsed.changes
    assert isinstance(change, generated("models.removed").Removed)
    assert (change.reason, change.recall) == ("safety_recall", True)


def test_it_reads_provenance_and_keys(room, call):
    edition = make.released(room, slug="cough")
    statement = call("articles.get_provenance", "cough").parsed.statement
    assert (statement.digest, statement.article) == (edition.digest, edition.article.public_id)
    old = call("articles.get_edition_provenance", "cough", 1).parsed
    assert old.statement.reviews[0].digest == edition.digest
    assert call("about.get_keys").parsed.keys[0].kty == "OKP"


def test_it_is_told_that_nothing_has_changed(room, call):
    make.released(room, slug="cough")
    tag = call("articles.get_article", "cough").headers["ETag"]
    again = call("articles.get_article", "cough", if_none_match=tag)
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_it_is_refused_what_it_misspells_and_gets_parts(room, call, generated):
    make.released(room, slug="cough")
    refused = call("articles.list_articles", language="english").parsed
    assert (refused.status, refused.parameter) == (400, "language")
    part = call("articles.get_article", "cough", fields="title,category.slug").parsed
    assert isinstance(part, generated("models.selection").Selection)
    assert part.to_dict() == {"title": "Cough", "category": {"slug": "lungs"}}


def test_with_a_key_it_reads_as_the_licensee(room, call):
    make.released(room, slug="cough")
    key = make.key(room, make.licensee(room, "Harbour"))
    assert call("articles.get_article", "cough", key=key).parsed.site.organisation == "Harbour"
    unknown = call("articles.get_article", "cough", key="nonsense")
    assert unknown.parsed.title == "API key opens nothing"
