"""What a licence doesn't have is not found: not in results, counts, completions or spellings."""

import pytest

from tests import make
from tests.api import ask
from topics.models.search import SearchEntry


@pytest.fixture
def key(newsroom):
    hospital = make.licensee(newsroom, languages=["en"], categories=[newsroom.category])
    return make.key(newsroom, hospital)


def keyed(client, key, path, query):
    reply = ask.get(client, path, query, x_api_key=key)
    assert reply.status_code == 200, reply.content
    return reply.json()


@pytest.fixture
def outside(newsroom):
    skin = make.category("skin", policy=newsroom.policy)
    make.released(newsroom, slug="zebra", title="Zebrafever", category=skin)
    make.released(newsroom, slug="cebra", title="Zebrafever", language="es")
    return make.released(newsroom, slug="inside", title="Cough")


@pytest.mark.usefixtures("outside")
def test_what_is_outside_a_licence_is_not_found(client, key):
    assert ask.get(client, "search/", {"q": "zebrafever"}).json()["total"] == 2
    assert SearchEntry.objects.count() == 3
    for q in ("zebrafever", "zebrafewer"):
        body = keyed(client, key, "search/", {"q": q})
        assert body["articles"] == []
        assert (body["total"], body["did_you_mean"]) == (0, None)
        assert body["facets"] == {"category": [], "language": [], "audience": []}
    assert keyed(client, key, "suggest/", {"q": "zeb"}) == {"suggestions": []}
    # What others have makes nothing of a query a match of some of its words only.
    body = keyed(client, key, "search/", {"q": "cough zebrafever"})
    assert (body["total"], body["matched"]) == (1, "any")
    assert [item["slug"] for item in body["articles"]] == ["inside"]
    assert [one["slug"] for one in body["facets"]["category"]] == ["lungs"]


@pytest.mark.usefixtures("outside")
def test_a_code_that_only_others_have_stands_for_its_parent(client, newsroom, key):
    skin = make.category("nails", policy=newsroom.policy)
    make.released(newsroom, ask.rich_draft(newsroom, slug="within"))
    narrow = ask.rich_draft(newsroom, slug="narrow", category=skin)
    narrow.codes.update(code="R05.9")
    make.released(newsroom, narrow)
    query = {"code": "icd-10-cm|R05.99"}
    assert [one["slug"] for one in ask.get(client, "articles/", query).json()["articles"]] == ["narrow"]
    assert [one["slug"] for one in keyed(client, key, "articles/", query)["articles"]] == ["within"]


@pytest.mark.usefixtures("outside")
def test_a_key_costs_a_search_one_query_more(client, key, django_assert_max_num_queries):
    keyed(client, key, "search/", {"q": "cough"})
    for most, q in ((3, "cough"), (4, "cough zebrafever")):
        with django_assert_max_num_queries(most):
            keyed(client, key, "search/", {"q": q})
