"""Whatever is asked, and however: a list takes four queries at most, an article two."""

import itertools
import random
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.api import ask
from tests.api.contract import address, operations, parameters, shown
from tests.once import once

MOST_OF_A_LIST, MOST_OF_ONE = 4, 2
DRAWN = 8
"""Combinations of parameters for each address, beside each parameter alone and all of them."""

TELLING = {
    "q": ["cough", "kough", "what is a cough", "zzz", "cough zzz"],
    "category": ["lungs", "nowhere"],
    "code": ["icd-10-cm|R05", "icd-10-cm|C50.919", "icd-10-cm|R05.9"],
    "author": ["Ada Author", "Nobody"],
    "language": ["en", "es", "fr"],
    "page_size": ["1", "200"],
    "mainSearchCriteria.v.c": ["R05", "C50.919", "R05.99"],
    "mainSearchCriteria.v.dn": ["Cough", "Nothing"],
}
"""Values that ask for more than the contract's examples do: fallbacks, spellings, refusals."""


@once
def content():
    """A newsroom, and a licensee's key. Articles of every standing are there; the index is in step."""
    newsroom = make.newsroom()
    first = make.released(newsroom, ask.rich_draft(newsroom, slug="cough"))
    related = make.released(newsroom, ask.rich_draft(newsroom, first.article, slug="related"))
    make.released(newsroom, make.next_draft(newsroom, first.article, summary="Shorter."))
    make.released(newsroom, slug="tos", language="es", translation_of=first.article)
    ask.taken_back(newsroom, make.released(newsroom, slug="recalled"), replacement=related.article)
    ask.taken_back(
        newsroom, make.released(newsroom, slug="old"), kind="moved", replacement=related.article
    )
    ask.notice(newsroom)
    licensee = make.licensee(newsroom)
    make.listed(licensee, "Helena Marsh", categories=[newsroom.category])
    ask.notice(newsroom, licensee=licensee, text="Call the ward.")
    assert ask.get(Client(), "search/", {"q": "cough"}).status_code == 200
    return SimpleNamespace(room=newsroom, key=make.key(newsroom, licensee))


@pytest.fixture
def key(made):
    return made.key


AS_CONNECT = "/api/v1/infobutton/"
"""The address that takes the parameters of Connect, and asks the same of the database: there, each of
them is asked alone.
"""


def values(parameter):
    found = TELLING.get(parameter["name"]) or parameter["schema"].get("enum") or shown(parameter)
    return [(parameter["name"], value) for value in found]


def combinations(path, operation):
    """Each value of each parameter alone, then all of them, then some: as pairs of name and value."""
    choices = [values(parameter) for parameter in parameters(operation, "query")]
    yield []
    for choice in choices if path != AS_CONNECT else ():
        for pair in choice:
            yield [pair]
    yield [choice[0] for choice in choices]
    dice = random.Random(operation["operationId"])
    for _ in range(DRAWN if len(choices) > 1 else 0):
        yield [dice.choice(one) for one in dice.sample(choices, k=dice.randint(2, min(6, len(choices))))]


def most_of(path):
    """How many queries the address may take."""
    return MOST_OF_ONE if "{" in path and not path.endswith("/editions/") else MOST_OF_A_LIST


def test_no_combination_of_parameters_takes_more_queries(client, key):
    for path, operation in operations():
        statuses = set()
        for n, query in enumerate(combinations(path, operation)):
            headers = {"X-Api-Key": key} if n % 2 else {}
            with CaptureQueriesContext(connection) as asked:
                reply = client.get(address(path, operation, query), headers=headers)
            statuses.add(reply.status_code)
            told = [one["sql"][:200] for one in asked.captured_queries]
            assert len(asked) <= most_of(path), (path, query, headers, reply.status_code, told)
        assert 200 in statuses, path


def test_no_standing_of_an_article_takes_more_queries(client, key):
    keys = ({}, {"X-Api-Key": key}, {"X-Api-Key": "sgn_00000000_" + "A" * 43})
    articles = ("cough", "tos", "recalled", "old", "none", "Not a slug!")
    for path, operation in operations():
        types = [*operation["responses"]["200"]["content"], "image/png"]
        for reference in articles if "{reference}" in path else ():
            for number, accept, headers in zip(itertools.cycle((1, 2, 9)), types, itertools.cycle(keys)):
                here = address(path, operation, reference=reference, number=number)
                sent = {"Accept": accept, **headers}
                for ask_for in (client.get, client.head):
                    with CaptureQueriesContext(connection) as asked:
                        reply = ask_for(here, headers=sent)
                    assert len(asked) <= most_of(path), (here, sent, reply.status_code)


def test_a_misspelt_word_in_a_category_takes_no_more_queries_with_a_key(client, key):
    """The most that a search can have to ask: key, category, words, index and spelling."""
    for path in ("search/", "articles/"):
        for headers in ({}, {"X-Api-Key": key}):
            for category, word in (("lungs", "kough"), ("lungs", "kough at"), ("nowhere", "kough")):
                query = {"q": word, "category": category, "author": "Nobody"}
                with CaptureQueriesContext(connection) as asked:
                    reply = client.get(f"/api/v1/{path}", query, headers=headers)
                assert reply.status_code == (200 if category == "lungs" else 400)
                assert len(asked) <= MOST_OF_A_LIST


def test_a_list_of_many_takes_no_more_queries_than_one_of_few(client, newsroom):
    for _ in range(6):
        make.released(newsroom)
    for path in ("articles/?page_size=200", "search/?q=cough&page_size=200", "changes/", "suggest/?q=c"):
        ask.get(client, "search/", {"q": "cough"})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/api/v1/{path}").status_code == 200
        assert len(asked) <= MOST_OF_A_LIST
