"""Filters by people, codes and dates, orderings, and chosen parts of replies."""

from datetime import timedelta

import time_machine

from tests import make
from tests.api import ask
from tests.api.ask import DAY_ONE
from topics.models import Author, Code, VersionAuthor


def coded(room, slug, *codes, at=None, **content):
    version = make.draft(room, slug=slug, at=at, **content)
    for position, (system, code) in enumerate(codes, 1):
        Code.objects.create(
            version=version, system=system, code=code, display="A name", position=position
        )
    return make.released(room, version, at=at)


def test_people_are_found_by_their_printed_names(client, newsroom):
    make.released(newsroom, slug="cough")
    version = make.draft(newsroom, slug="other")
    author = Author.objects.create(name="Zoë Ánder-Ström", credentials="MD")
    VersionAuthor.objects.create(version=version, author=author, position=2)
    make.released(newsroom, version)
    assert ask.slugs(client, {"author": "Zoë Ánder-Ström"}) == ["other"]
    assert ask.slugs(client, {"author": "zoe ander strom"}) == ["other"]
    assert ask.slugs(client, {"author": "ADA AUTHOR"}) == ["cough", "other"]
    assert ask.slugs(client, {"author": "Ada"}) == []
    assert ask.slugs(client, {"reviewer": "Pia Primary"}) == ["cough", "other"]
    assert ask.slugs(client, {"reviewer": "Ada Author"}) == []
    assert ask.slugs(client, {"specialty": "family medicine"}) == ["cough", "other"]
    assert ask.slugs(client, {"specialty": "Oncology"}) == []
    both = {"author": "Zoë Ánder-Ström", "specialty": "Respiratory Medicine", "language": "en"}
    assert ask.slugs(client, both) == ["other"]


def test_who_wrote_an_earlier_edition_is_not_found_by_it(client, newsroom):
    first = make.released(newsroom, slug="cough")
    version = make.next_draft(newsroom, first.article, summary="Other words.")
    author = Author.objects.create(name="Bea Better", credentials="MD")
    VersionAuthor.objects.filter(version=version).update(author=author, name="Bea Better")
    make.released(newsroom, version)
    assert ask.slugs(client, {"author": "Ada Author"}) == []
    assert ask.slugs(client, {"author": "Bea Better"}) == ["cough"]


def test_a_code_that_no_article_has_stands_for_its_parent(client, newsroom):
    coded(newsroom, "breast", ("icd-10-cm", "C50"))
    coded(newsroom, "male-breast", ("icd-10-cm", "C50.92"))
    coded(newsroom, "old", ("icd-9-cm", "174"))
    coded(newsroom, "drug", ("rxnorm", "617314"))

    def about(*codes):
        return ask.slugs(client, {"code": list(codes)})

    assert about("icd-10-cm|C50.92") == ["male-breast"]
    assert about("icd-10-cm|c50.929") == ["male-breast"]
    assert about("icd-10-cm|C50.919") == ["breast"]
    assert about("icd-10-cm|C50") == ["breast"]
    assert about("icd-10-cm|C5") == []
    assert about("icd-10-cm|C51.9") == []
    assert about("icd-9-cm|174.9") == ["old"]
    assert about("rxnorm|6173149") == []
    assert about("icd-10-cm|C50.919", "rxnorm|617314") == ["breast", "drug"]


def test_a_withdrawn_article_hides_no_parent(client, newsroom):
    coded(newsroom, "breast", ("icd-10-cm", "C50"))
    narrow = coded(newsroom, "narrow", ("icd-10-cm", "C50.9"))
    coded(newsroom, "spanish", ("icd-10-cm", "C50.9"), language="es")
    query = {"code": "icd-10-cm|C50.91", "language": "en"}
    assert ask.slugs(client, query) == ["narrow"]
    ask.taken_back(newsroom, narrow)
    with time_machine.travel(ask.soon(seconds=5)):
        assert ask.slugs(client, query) == ["breast"]


def test_dates_are_from_one_day_on_and_before_another(client, newsroom):
    make.released(newsroom, slug="old", at=DAY_ONE)
    make.released(newsroom, slug="new", at=DAY_ONE + timedelta(days=1))
    for name in ("published", "first_published", "modified", "last_reviewed"):
        assert ask.slugs(client, {f"{name}_after": "2026-03-02"}) == ["old", "new"]
        assert ask.slugs(client, {f"{name}_after": "2026-03-03"}) == ["new"]
        assert ask.slugs(client, {f"{name}_after": "2026-03-04"}) == []
        assert ask.slugs(client, {f"{name}_before": "2026-03-03"}) == ["old"]
        assert ask.slugs(client, {f"{name}_before": "2026-03-02"}) == []
        both = {f"{name}_after": "2026-03-02", f"{name}_before": "2026-03-03"}
        assert ask.slugs(client, both) == ["old"]
    assert ask.slugs(client, {"next_review_due_after": "2028-03-03"}) == ["new"]
    assert ask.slugs(client, {"next_review_due_before": "2028-03-03"}) == ["old"]


def test_the_audience_filters(client, newsroom):
    make.released(newsroom, slug="cough")
    make.released(newsroom, slug="treating-cough", audience="professional")
    assert ask.slugs(client, {"audience": "professional"}) == ["treating-cough"]
    assert ask.slugs(client, {"audience": "patient"}) == ["cough"]


ORDERINGS = {
    "title": ["b", "d", "c", "a", "e"],
    "-title": ["e", "a", "c", "d", "b"],
    "published": ["a", "b", "c", "d", "e"],
    "-published": ["e", "d", "c", "b", "a"],
    "last_reviewed": ["a", "b", "c", "d", "e"],
    "-last_reviewed": ["e", "d", "c", "b", "a"],
    "next_review_due": ["a", "b", "c", "d", "e"],
    "-modified": ["e", "d", "c", "b", "a"],
}


def test_pages_keep_the_order_forwards_and_back(client, newsroom):
    titles = {"a": "Delta", "b": "Alpha", "c": "Charlie", "d": "Alpha", "e": "Echo"}
    for n, (slug, title) in enumerate(titles.items()):
        make.released(newsroom, slug=slug, title=title, at=DAY_ONE + timedelta(hours=n))
    for ordering, expected in ORDERINGS.items():
        address, pages = f"/api/v1/articles/?page_size=2&ordering={ordering}", []
        while address:
            body = client.get(address).json()
            pages.append([item["slug"] for item in body["articles"]])
            last, address = body, body["next"]
        assert [slug for page in pages for slug in page] == expected, ordering
        back = client.get(last["previous"]).json()
        assert [item["slug"] for item in back["articles"]] == pages[-2]
        first = client.get(back["previous"]).json()
        assert [item["slug"] for item in first["articles"]] == pages[0]
        assert first["previous"] is None


def test_fields_and_omit_choose_parts(client, newsroom):
    make.released(newsroom, slug="cough")

    def item(**query):
        reply = ask.get(client, "articles/", query)
        assert reply.status_code == 200, reply.content
        return reply.json()["articles"][0]

    whole = item()
    assert item(fields="title,category.slug") == {"title": "Cough", "category": {"slug": "lungs"}}
    assert item(fields="category.slug,category") == {"category": whole["category"]}
    assert item(fields="category,category.slug") == {"category": whole["category"]}
    assert item(fields="title", omit="title") == {}
    assert set(whole) - set(item(omit="summary,category")) == {"summary", "category"}
    assert set(item(omit="category.name")["category"]) == {"slug"}
    assert item(q="cough", fields="slug,highlights.field") == {
        "slug": "cough",
        "highlights": [{"field": "title"}, {"field": "summary"}, {"field": "body"}],
    }
    assert item(fields="highlights") == {}


def test_parts_of_one_article_are_chosen_from_what_it_has(client, newsroom):
    make.released(newsroom, slug="cough")
    whole = ask.article(client, "cough").json()
    chosen = ask.article(client, "cough", {"fields": "title,sections.heading,reviews.name"}).json()
    assert chosen == {
        "title": "Cough",
        "sections": [{"heading": section["heading"]} for section in whole["sections"]],
        "reviews": [{"name": review["name"]} for review in whole["reviews"]],
    }
    rest = ask.article(client, "cough", {"omit": "sections,notices"}).json()
    assert rest == {name: part for name, part in whole.items() if name not in ("sections", "notices")}
    for wrong in ("internal_note", "reviews.user", "sections.sections.sections.body", "digest.x"):
        reply = ask.article(client, "cough", {"fields": wrong})
        assert (reply.status_code, reply.json()["parameter"]) == (400, "fields")
    assert ask.article(client, "cough", {"omit": "title", "format": "html"}).status_code == 400


def test_every_filter_together_takes_two_queries(client, newsroom, django_assert_max_num_queries):
    for number in range(4):
        coded(newsroom, f"cough-{number}", ("icd-10-cm", "R05"))
    query = {
        "author": "Ada Author",
        "reviewer": "Pia Primary",
        "specialty": "Family Medicine",
        "code": ["icd-10-cm|R05.99", "rxnorm|1"],
        "audience": "patient",
        "category": "lungs",
        "language": "en",
        "review_status": "current",
        "last_reviewed_after": "2020-01-01",
        "published_before": "2100-01-01",
        "ordering": "-last_reviewed",
        "page_size": 200,
    }
    with django_assert_max_num_queries(2):
        assert len(ask.slugs(client, query)) == 4


def test_as_many_codes_as_are_read_cost_no_more_than_one(
    client, newsroom, django_assert_max_num_queries
):
    make.released(newsroom, ask.rich_draft(newsroom, slug="cough"))
    for long in ("A" * 36, "R05.9"[:4]):
        codes = [f"icd-10-cm|{long}{n:04}" for n in range(49)]
        with django_assert_max_num_queries(2):
            found = ask.slugs(client, {"code": [*codes, "icd-10-cm|R05.1234"]})
        assert found == ["cough"]
