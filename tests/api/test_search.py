"""Search: what is found by words, in which order, and with which counts."""

from datetime import timedelta

import time_machine
from django.db import connection
from django.utils import timezone

from tests import make
from tests.api import ask
from topics.models.search import SearchEntry, SearchState

BODY = "<p>Rest and drink.</p><h2>When to call</h2><p>Call if breathing is hard.</p>"


def search(client, q, **query):
    return ask.get(client, "search/", {"q": q} | query)


def found(client, q, **query):
    reply = search(client, q, **query)
    assert reply.status_code == 200, reply.content
    return [item["slug"] for item in reply.json()["articles"]]


def article(room, slug, title="Something else", **content):
    content = {"also_called": [], "summary": "Plain words.", "body": "<p>Nothing.</p>"} | content
    return make.released(room, slug=slug, title=title, **content)


def test_fields_count_in_their_order(client, newsroom):
    article(newsroom, "in-the-body", body="<p>It may be croup in the end.</p>")
    article(newsroom, "in-the-summary", summary="It may be croup in the end.")
    article(newsroom, "in-a-heading", body="<h2>Is it croup in the end?</h2><p>It may be.</p>")
    article(newsroom, "in-another-name", also_called=["Barking croup of children"])
    article(newsroom, "in-the-title", title="Barking croup of children")
    article(newsroom, "nowhere")
    assert found(client, "croup") == [
        "in-the-title",
        "in-another-name",
        "in-a-heading",
        "in-the-summary",
        "in-the-body",
    ]


def test_the_name_that_was_typed_comes_first(client, newsroom):
    article(newsroom, "insipidus", title="Diabetes insipidus", body="<p>Diabetes, diabetes.</p>")
    article(newsroom, "mother", title="Diabetes in pregnancy", summary="Diabetes of the mother.")
    article(newsroom, "diabetes", title="Diabetes", body="<p>Sugar.</p>" * 30)
    assert found(client, "What is diabetes?")[0] == "diabetes"
    assert found(client, "what causes diabetes insipidus")[0] == "insipidus"


def test_words_are_found_in_every_form_and_without_accents(client, newsroom):
    article(newsroom, "coughing", title="Coughing children")
    article(newsroom, "vacuna", title="Vacunación de niños", language="es")
    assert found(client, "COUGH") == ["coughing"]
    assert found(client, "coughs", language="en") == ["coughing"]
    assert found(client, "Coughed") == ["coughing"]
    for typed in ("vacunación", "vacunacion", "vacunaciones", "VACUNACIÓN NIÑO"):
        assert found(client, typed, language="es") == ["vacuna"]
        assert found(client, typed) == ["vacuna"]
    assert found(client, "vacunación", language="en") == []


def test_words_that_only_ask_rank_and_need_not_be_there(client, newsroom):
    article(newsroom, "cough", title="Cough")
    article(newsroom, "signs", title="Cough", body="<h2>Symptoms</h2><p>Symptoms of a cough.</p>")
    assert found(client, "What are the symptoms of a cough?") == ["signs", "cough"]
    assert found(client, "symptoms") == ["signs"]
    assert found(client, "what is the") == []


def test_words_that_say_nothing_in_either_language_need_not_be_there(client, newsroom):
    article(newsroom, "adult", title="Cough", summary="In adults it passes.", body="<p>Rest.</p>")
    article(
        newsroom, "nino", title="Tos", summary="En niños pasa.", body="<p>Reposo.</p>", language="es"
    )
    article(newsroom, "other", title="Rash", body="<p>What is the rash of the skin?</p>")
    for typed, one in (
        ("What is the cough of an adult?", "adult"),
        ("¿Qué es la tos de los niños?", "nino"),
    ):
        for language in ({}, {"language": "es" if one == "nino" else "en"}):
            body = ask.get(client, "search/", {"q": typed, **language}).json()
            assert body["matched"] == "all"
            assert [each["slug"] for each in body["articles"]] == [one]


def test_all_words_are_asked_for_and_some_only_where_no_article_has_all(client, newsroom):
    article(newsroom, "both", title="Chest pain")
    article(newsroom, "one", title="Chest infection")
    assert found(client, "chest pain") == ["both"]
    reply = search(client, "chest zebra").json()
    assert {item["slug"] for item in reply["articles"]} == {"both", "one"}
    assert (reply["matched"], reply["total"]) == ("any", 2)
    assert search(client, "chest pain").json()["matched"] == "all"


def test_highlights_are_data_and_not_markup(client, newsroom):
    html = "<p>Say &lt;script&gt;alert(1)&lt;/script&gt; to a coughing child &amp; wait.</p>"
    article(newsroom, "cough", title="Cough", body=html)
    (item,) = search(client, "cough").json()["articles"]
    assert item["highlights"] == [
        {"field": "title", "section": None, "parts": [{"text": "Cough", "match": True}]},
        {
            "field": "body",
            "section": "lead",
            "parts": [
                {"text": "Say <script>alert(1)</script> to a ", "match": False},
                {"text": "coughing", "match": True},
                {"text": " child & wait.", "match": False},
            ],
        },
    ]


def test_a_long_passage_is_cut_between_words(client, newsroom):
    article(newsroom, "cough", body="<p>" + "word " * 200 + "cough" + " word" * 200 + "</p>")
    (item,) = search(client, "cough").json()["articles"]
    (passage,) = item["highlights"]
    before, match, after = (part["text"] for part in passage["parts"])
    assert match == "cough"
    assert before.startswith("…word ") and after.endswith(" word…")
    assert len(before) + len(after) < 250


def test_everything_found_is_counted(client, newsroom):
    other = make.category("skin", policy=newsroom.policy)
    article(newsroom, "a", title="Rash")
    article(newsroom, "b", title="Rash", audience="professional")
    article(newsroom, "c", title="Rash", category=other)
    article(newsroom, "d", title="Rash", language="es")
    article(newsroom, "e", title="Burn")
    body = search(client, "rash", page_size=1).json()
    assert body["total"] == 4
    assert body["facets"] == {
        "category": [
            {"slug": "lungs", "name": newsroom.category.name, "count": 3},
            {"slug": "skin", "name": other.name, "count": 1},
        ],
        "language": [{"value": "en", "count": 3}, {"value": "es", "count": 1}],
        "audience": [{"value": "patient", "count": 3}, {"value": "professional", "count": 1}],
    }
    assert search(client, "rash", audience="professional").json()["total"] == 1
    assert found(client, "rash", category="skin") == ["c"]
    assert found(client, "rash", language="es") == ["d"]


def test_the_list_of_articles_finds_the_same(client, newsroom):
    article(newsroom, "cough", title="Cough")
    assert ask.get(client, "articles/", {"q": "cough"}).json() == search(client, "cough").json()


def test_pages_show_each_article_once_in_a_stable_order(client, newsroom):
    made = [article(newsroom, f"cough-{n}", title="Cough").article.slug for n in range(5)]
    address, seen = "/api/v1/search/?q=cough&page_size=2", []
    while address:
        body = client.get(address).json()
        assert body["total"] == 5
        seen += [item["slug"] for item in body["articles"]]
        last, address = body, body["next"]
    assert seen == made
    back = client.get(last["previous"]).json()
    assert [item["slug"] for item in back["articles"]] == made[2:4]


def test_misspelt_words_are_put_right(client, newsroom):
    article(newsroom, "asthma", title="Asthma", also_called=["Bronchial asthma"])
    article(newsroom, "pneumonia", title="Pneumonia")
    article(newsroom, "blood", title="High blood pressure")
    article(newsroom, "presion", title="Presión arterial alta", language="es")
    for typed, meant in {
        "astma": "asthma",
        "ashtma": "asthma",
        "neumonia": "pneumonia",
        "high blod presure": "high blood pressure",
        "presin": "presion",
        "asthma": None,
        "zzzzzz": None,
    }.items():
        assert search(client, typed).json()["did_you_mean"] == meant, typed


def test_names_are_completed_from_any_of_their_words(client, newsroom):
    edition = article(newsroom, "t2", title="Type 2 diabetes", also_called=["Sugar diabetes"])
    article(newsroom, "di", title="Diabetes insipidus")
    article(newsroom, "dieta", title="Diabetes y dieta", language="es")
    body = ask.get(client, "suggest/", {"q": "DIAB", "language": "en"}).json()
    texts = [item["text"] for item in body["suggestions"]]
    assert texts == ["Diabetes insipidus", "Sugar diabetes", "Type 2 diabetes"]
    assert body["suggestions"][2] == {
        "text": "Type 2 diabetes",
        "is_title": True,
        "id": str(edition.article.public_id),
        "slug": "t2",
        "language": "en",
        "url": f"/api/v1/articles/{edition.article.public_id}/",
    }

    def texts_of(q, **query):
        reply = ask.get(client, "suggest/", {"q": q} | query)
        return [item["text"] for item in reply.json()["suggestions"]]

    assert texts_of("diabetes ins") == ["Diabetes insipidus"]
    assert texts_of("type 2 d") == ["Type 2 diabetes"]
    assert texts_of("diabetes y d") == ["Diabetes y dieta"]
    assert texts_of("diab ") == []
    assert texts_of("?") == []
    assert len(texts_of("d", limit=1)) == 1


def test_search_is_about_now(client, newsroom):
    for path in ("search/?q=x&", "articles/?q=x&", "suggest/?q=x&"):
        reply = client.get(f"/api/v1/{path}as_of=2026-01-01T00:00:00Z")
        assert reply.status_code == 400
        body = reply.json()
        assert body["parameter"] == "as_of"
        assert "in force now" in body["detail"]
    assert ask.get(client, "articles/", {"q": "x", "ordering": "title"}).status_code == 400
    assert ask.get(client, "search/").json()["detail"] == "It is missing."
    assert search(client, " …? ").json()["parameter"] == "q"
    assert search(client, "x" * 501).json()["parameter"] == "q"


# What is not in force is not found ------------------------------------------------------------------


def everything_found(client, word):
    said = [ask.get(client, path, {"q": word}).content.decode() for path in ("search/", "articles/")]
    said.append(ask.get(client, "suggest/", {"q": word[:4]}).content.decode())
    said.append(ask.get(client, "search/", {"q": word[:-1] + "q"}).content.decode())
    return "".join(said)


def test_what_is_not_released_is_not_found(client, newsroom):
    article(newsroom, "cough", title="Cough")
    words = {"title": "Zebrafever", "summary": "Zebrafever.", "also_called": ["Zebrafever"]}
    for stage in (make.draft, make.submitted, make.in_medical_review, make.approved):
        stage(newsroom, **words)
    assert "zebrafever" not in everything_found(client, "Zebrafever").lower()
    assert search(client, "zebrafever").json()["total"] == 0


def test_a_scheduled_edition_is_found_from_its_instant_on(client, newsroom):
    starts = ask.soon(days=2)
    first = article(newsroom, "cough", title="Cough")
    make.released(
        newsroom, make.next_draft(newsroom, first.article, title="Zebrafever"), starts_at=starts
    )
    assert "zebrafever" not in everything_found(client, "zebrafever").lower()
    with time_machine.travel(starts - timedelta(seconds=1), tick=False):
        assert found(client, "cough") == ["cough"]
        assert found(client, "zebrafever") == []
    with time_machine.travel(starts, tick=False):
        assert found(client, "zebrafever") == ["cough"]
        assert ask.get(client, "suggest/", {"q": "zeb"}).json()["suggestions"] != []
        assert search(client, "zebrafewer").json()["did_you_mean"] == "zebrafever"


def test_a_withdrawn_edition_is_not_found(client, newsroom):
    kinds = ("safety_recall", "correction", "retired")
    editions = [article(newsroom, f"cough-{n}", title="Zebrafever") for n in range(len(kinds))]
    article(newsroom, "other", title="Zebras")
    assert found(client, "zebrafever") == ["cough-0", "cough-1", "cough-2"]
    for edition, kind in zip(editions, kinds, strict=True):
        ask.taken_back(newsroom, edition, kind=kind)
    with time_machine.travel(ask.soon(seconds=5)):
        assert "zebrafever" not in everything_found(client, "zebrafever").lower()
        assert search(client, "zebrafever").json()["total"] == 0


def test_an_expired_edition_is_not_found(client, newsroom):
    newsroom.policy.when_overdue, newsroom.policy.grace_days = "withhold", 10
    newsroom.policy.save()
    edition = article(newsroom, "cough", title="Zebrafever")
    assert found(client, "zebrafever") == ["cough"]
    with time_machine.travel(edition.expires_at):
        assert "zebrafever" not in everything_found(client, "zebrafever").lower()
        body = search(client, "zebrafever").json()
        assert (body["total"], body["facets"]["category"], body["did_you_mean"]) == (0, [], None)


def test_a_stale_index_leaks_nothing(client, newsroom, monkeypatch):
    """Even where the index can't be brought into step, what ended is not served from it."""
    edition = article(newsroom, "cough", title="Zebrafever")
    assert found(client, "zebrafever") == ["cough"]
    monkeypatch.setattr("topics.publishing.search.index.follow", lambda **_: 0)
    ask.taken_back(newsroom, edition)
    with time_machine.travel(ask.soon(seconds=5)):
        assert SearchEntry.objects.filter(pk=edition.pk).exists()
        assert "zebrafever" not in everything_found(client, "zebrafever").lower()
        body = search(client, "zebrafever").json()
        assert (body["total"], body["facets"]["category"], body["did_you_mean"]) == (0, [], None)


def test_the_words_of_the_edition_before_are_not_found(client, newsroom):
    first = article(newsroom, "cough", title="Zebrafever")
    assert found(client, "zebrafever") == ["cough"]
    make.released(newsroom, make.next_draft(newsroom, first.article, title="Cough"))
    assert found(client, "zebrafever") == []
    assert found(client, "cough") == ["cough"]
    assert SearchEntry.objects.count() == 1


def test_a_clock_that_is_set_back_finds_what_is_in_force_by_it(client, newsroom):
    edition = article(newsroom, "cough", title="Cough")
    withdrawn_at = ask.soon(days=3)
    ask.taken_back(newsroom, edition, effective_at=withdrawn_at)
    with time_machine.travel(withdrawn_at):
        assert found(client, "cough") == []
    assert found(client, "cough") == ["cough"]


# Counted --------------------------------------------------------------------------------------------


def test_a_search_takes_few_queries(client, newsroom, django_assert_max_num_queries):
    for _ in range(3):
        make.released(newsroom, ask.rich_draft(newsroom))
    search(client, "cough")
    for most, query in (
        (2, {"q": "cough"}),
        (2, {"q": "cough", "category": "lungs", "language": "en", "code": "icd-10-cm|R05.9"}),
        (3, {"q": "cough zebra"}),
        (4, {"q": "kough", "category": "lungs"}),
        (4, {"q": "zebra", "category": "lungs", "author": "Ada Author"}),
    ):
        for size in (1, 100):
            with django_assert_max_num_queries(most):
                assert search(client, **query, page_size=size).status_code == 200
    with django_assert_max_num_queries(2):
        assert ask.get(client, "suggest/", {"q": "co"}).status_code == 200


def test_a_search_writes_only_where_something_came(client, newsroom, django_assert_max_num_queries):
    article(newsroom, "cough", title="Cough")
    found(client, "cough")
    state = SearchState.objects.get()
    with time_machine.travel(ask.soon(hours=1)):
        assert found(client, "cough") == ["cough"]
        assert found(client, "zebra") == []
    assert SearchState.objects.get().until == state.until
    assert connection.vendor in ("sqlite", "postgresql")
    assert state.until <= timezone.now()
