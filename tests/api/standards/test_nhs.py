"""The list and the page in the NHS website content API's shape, held to its recorded replies."""

from datetime import datetime, timedelta, timezone

import pytest
import time_machine

from tests import make
from tests.api import ask
from tests.api.standards import recorded_nhs, records
from topics.api.standards import nhs

LIST = "nhs/conditions/"
needs_corpus = pytest.mark.skipif(not recorded_nhs.FOLDER.is_dir(), reason="the corpus is not here")


def listed(client, **query):
    reply = ask.get(client, LIST, query)
    assert reply.status_code == 200, reply.content
    return reply.json()


def names(client, **query):
    return [link["name"] for link in listed(client, **query)["significantLink"]]


def page(client, reference, **query):
    return ask.get(client, f"{LIST}{reference}/", query)


@pytest.fixture
def cough(newsroom):
    make.notice(newsroom, kind="copyright", text="© 2026 Us")
    other = make.released(newsroom, slug="other", title="Other")
    deep = "<p>Lead.</p><h2>Care</h2><p>Rest.</p><h3>At night</h3><p>Sleep.</p><h2>Help</h2><p>Call.</p>"
    version = ask.rich_draft(newsroom, other.article, slug="cough", body=deep)
    return make.released(newsroom, version)


# Key by key and type by type ------------------------------------------------------------------------

PAGE_ADDS = {
    *("$.identifier", "$.inLanguage", "$.version", "$.creativeWorkStatus"),
    *("$.reviewedBy", "$.citation", "$.usageInfo"),
}
LIST_ADDS = {
    f"$.significantLink[].mainEntityOfPage.{name}"
    for name in ("inLanguage", "creativeWorkStatus", "webpage")
}


def below(path, paths):
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in paths)


def differences(ours, recorded, adds):
    """Where our shapes differ from the recorded ones."""
    found = []
    for path, (types, _) in ours.items():
        if path in recorded:
            wrong = types - recorded[path][0]
            found += [f"{path} is {sorted(wrong)}"] if wrong else []
        elif not below(path, adds):
            found.append(f"{path} is not theirs")
    for path, (_, always) in recorded.items():
        owner = path.rpartition(".")[0]
        if always and owner in ours and path not in ours and not path.endswith("[]"):
            found.append(f"{path} is missing")
    return found


@needs_corpus
def test_a_page_has_the_members_of_the_recorded_ones(client, cough):
    recorded = recorded_nhs.kinds(recorded_nhs.pages())
    ours = page(client, "cough").json()
    assert differences(recorded_nhs.kinds([ours]), recorded, PAGE_ADDS) == []
    # And it is a comparison that finds something.
    less = {name: value for name, value in ours.items() if name != "lastReviewed"}
    assert differences(recorded_nhs.kinds([less]), recorded, PAGE_ADDS) == ["$.lastReviewed is missing"]
    other = {**ours, "hasPart": "x", "more": 1}
    assert set(differences(recorded_nhs.kinds([other]), recorded, PAGE_ADDS)) >= {
        "$.hasPart is ['str']",
        "$.more is not theirs",
    }


@needs_corpus
def test_a_list_has_the_members_of_the_recorded_ones(client, newsroom, cough, monkeypatch):
    monkeypatch.setattr(nhs, "PER_PAGE", 1)
    make.released(newsroom, ask.rich_draft(newsroom, title="Cough at night"))
    recorded = recorded_nhs.kinds(recorded_nhs.lists())
    ours = recorded_nhs.kinds([listed(client, page=2)])
    assert differences(ours, recorded, LIST_ADDS) == []
    assert {
        "$.relatedLink[].url",
        "$.significantLink[].mainEntityOfPage.code[].codeValue",
    } <= ours.keys()


@needs_corpus
def test_there_are_recorded_replies_to_compare_with():
    assert len(recorded_nhs.pages()) >= 10
    assert len(recorded_nhs.lists()) >= 10


def read_as_an_nhs_client(page):
    """What a client of that API takes from a page."""
    last, following = map(datetime.fromisoformat, page["lastReviewed"])
    parts = [
        part
        for section in page["mainEntityOfPage"]
        # A call-out of theirs stands beside the sections.
        for part in section.get("mainEntityOfPage", [section])
    ]
    return last, following, [(part.get("headline", ""), part.get("text", "")) for part in parts]


def test_a_client_of_theirs_reads_ours(client, cough):
    last, following, parts = read_as_an_nhs_client(page(client, "cough").json())
    assert last == datetime.combine(cough.last_reviewed, datetime.min.time(), timezone.utc)
    assert following.date() == cough.next_review_due
    assert parts == [
        ("", "<p>Lead.</p>"),
        ("Care", "<p>Rest.</p>"),
        ("At night", "<p>Sleep.</p>"),
        ("Help", "<p>Call.</p>"),
    ]


@needs_corpus
def test_the_same_client_reads_theirs():
    for recorded in recorded_nhs.replies("conditions-ac*-no-params.json"):
        last, following, parts = read_as_an_nhs_client(recorded)
        assert last < following
        assert any(text.startswith("<p>") for _, text in parts)
        assert len(parts) > 2


# What a page says -----------------------------------------------------------------------------------


def test_a_page_is_the_signed_text_and_its_record(client, cough):
    body, article = page(client, "cough").json(), ask.article(client, "cough").json()
    assert body["name"] == body["about"]["name"] == article["title"]
    assert body["description"] == article["summary"]
    assert body["about"]["alternateName"] == "Tussis"
    assert body["genre"] == [article["category"]["name"]]
    assert body["author"]["name"] == "Ada Author, MFA"
    assert body["copyrightHolder"]["name"] == "© 2026 Us"
    assert body["webpage"] == f"http://testserver{article['url']}"
    assert body["identifier"] == article["id"]
    assert [one["name"] for one in body["reviewedBy"]] == ["Pia Primary", "Sam Specialist"]
    assert [link["name"] for link in body["relatedLink"]] == ["Other"]
    assert [crumb["item"]["name"] for crumb in body["breadcrumb"]["itemListElement"]] == [
        "Articles A to Z",
        "Cough",
    ]
    assert [part["headline"] for part in body["hasPart"]] == ["", "Care", "Help"]
    assert [part["url"].partition("#")[2] for part in body["hasPart"]] == ["lead", "care", "help"]
    assert body["hasPart"][1]["hasPart"][1] == {
        "@type": "WebPageElement",
        "headline": "At night",
        "text": "<p>Sleep.</p>",
    }
    # By its slug or by its id, it is one page with one address.
    again = client.get(body["url"])
    assert again.json() == body


def test_every_word_of_a_page_was_signed_or_is_on_record(client, newsroom):
    edition = make.released(newsroom, slug="cough")
    signed = " ".join(
        f"{one['heading'] or ''} {one['text']}"
        for one in ask.article(client, "cough").json()["sections"]
    )
    for section in page(client, "cough").json()["mainEntityOfPage"]:
        for part in section["mainEntityOfPage"]:
            assert part["headline"] in signed
    texts = [part["text"] for one in page(client, "cough").json()["hasPart"] for part in one["hasPart"]]
    assert texts == [one["html"] for one in ask.article(client, "cough").json()["sections"]]
    assert edition.number == 1


def test_an_overdue_page_says_so_before_its_text(client, cough):
    assert page(client, "cough").json()["creativeWorkStatus"] == "In force"
    with time_machine.travel(cough.starts_at + timedelta(days=800)):
        body = page(client, "cough").json()
        assert body["creativeWorkStatus"] == "Review overdue"
        assert body["hasPart"][0]["headline"] == "Review overdue"
        assert "is not done yet" in body["mainEntityOfPage"][0]["mainEntityOfPage"][0]["text"]
        assert body["hasPart"][1]["hasPart"][0]["text"] == "<p>Lead.</p>"


def test_links_lead_to_what_is_in_force_and_other_words_stay(client, newsroom):
    there = make.released(newsroom, slug="there").article
    draft = make.draft(newsroom).article
    body = "".join(f'<p><a href="article:{one.public_id}">Read it</a></p>' for one in (there, draft))
    make.released(newsroom, slug="cough", body=body)
    (part,) = page(client, "cough").json()["hasPart"]
    assert part["hasPart"][0]["text"] == (
        f'<p><a href="http://testserver/api/v1/articles/{there.public_id}/">Read it</a></p>'
        "<p>Read it</p>"
    )


def test_a_withdrawn_page_is_gone_and_names_what_to_read(client, newsroom, cough):
    other = make.released(newsroom, slug="instead", title="Instead").article
    ask.taken_back(newsroom, cough, kind="moved", replacement=other)
    reply = page(client, "cough")
    assert reply.status_code == 410
    assert reply["Content-Type"] == "application/problem+json"
    assert reply.json()["withdrawal"]["replacement"]["title"] == "Instead"
    assert "Rest." not in reply.content.decode()


def test_what_is_withheld_is_gone(client, db):
    room = make.newsroom(when_overdue="withhold")
    edition = make.released(room, slug="cough")
    assert names(client) == ["Cough"]
    with time_machine.travel(edition.expires_at):
        assert page(client, "cough").status_code == 410
        assert names(client) == []


def test_what_is_written_for_professionals_is_not_there(client, newsroom):
    edition = make.released(newsroom, slug="doctors", title="For doctors", audience="professional")
    assert names(client) == []
    assert page(client, "doctors").status_code == 404
    ask.taken_back(newsroom, edition)
    assert page(client, "doctors").status_code == 404
    assert ask.article(client, "doctors").status_code == 410


def test_a_slug_of_several_languages_needs_one(client, newsroom):
    make.released(newsroom, slug="angina", title="Angina")
    make.released(newsroom, slug="angina", title="La angina", language="es")
    assert page(client, "angina").status_code == 400
    assert page(client, "angina", language="es").json()["name"] == "La angina"


# The list -------------------------------------------------------------------------------------------


def test_the_list_is_by_title_and_in_pages(client, newsroom, monkeypatch):
    assert (nhs.PER_PAGE, nhs.PER_LETTER) == (25, 200)
    # As many would take long to make.
    monkeypatch.setattr(nhs, "PER_PAGE", 3)
    for number in (3, 1, 4, 0, 2):
        make.released(newsroom, ask.rich_draft(newsroom, title=f"Cough {number}"))
    first = listed(client)
    assert [one["name"] for one in first["significantLink"]] == ["Cough 0", "Cough 1", "Cough 2"]
    links = {link["name"]: link["url"] for link in first["relatedLink"]}
    assert list(links) == ["First Page", "Last Page", "Self", "Next Page"]
    second = client.get(links["Next Page"]).json()
    assert [one["name"] for one in second["significantLink"]] == ["Cough 3", "Cough 4"]
    back = {link["name"]: link["url"] for link in second["relatedLink"]}
    assert list(back) == ["First Page", "Last Page", "Self", "Previous Page"]
    assert back["Self"] == back["Last Page"] == links["Last Page"]
    assert names(client, category="c") == [f"Cough {n}" for n in range(5)]
    beyond = ask.get(client, LIST, {"page": 3})
    assert (beyond.status_code, beyond.json()["detail"][:5]) == (404, "page:")
    assert ask.get(client, LIST, {"page": 100_000}).status_code == 404


def test_an_item_tells_dates_and_codes(client, newsroom):
    edition = make.released(newsroom, ask.rich_draft(newsroom))
    (item,) = listed(client)["significantLink"]
    about = item["mainEntityOfPage"]
    assert about["code"] == [{"@type": "MedicalCode", "codeValue": "R05", "codingSystem": "ICD-10-CM"}]
    assert about["lastReviewed"] == [
        f"{edition.last_reviewed}T00:00:00+00:00",
        f"{edition.next_review_due}T00:00:00+00:00",
    ]
    assert about["reviewDue"] == about["lastReviewed"][1]
    assert about["creativeWorkStatus"] == "current"
    assert client.get(item["url"]).json()["name"] == item["name"] == "Cough"


def test_snomed_ct_is_spelt_as_theirs(client, newsroom):
    make.released(newsroom, records.coded(make.draft(newsroom), "49727002", system="snomed-ct"))
    (item,) = listed(client)["significantLink"]
    assert item["mainEntityOfPage"]["code"][0]["codingSystem"] == "SNOMED-CT"


def test_a_letter_chooses_titles_with_and_without_accents(client, newsroom):
    for title in ("Eczema", "ébola", "Ébola again", "Fever", "7 days"):
        make.released(newsroom, title=title)
    assert sorted(names(client, category="e")) == sorted(["Eczema", "ébola", "Ébola again"])
    assert names(client, category="F") == ["Fever"]
    assert names(client, category="x") == []
    assert {"e", "E", "é", "É", "ȩ"} <= set(nhs.spelt_with("e"))
    assert not {"æ", "f"} & set(nhs.spelt_with("e"))


def test_a_genre_is_a_category_with_those_below(client, newsroom):
    below = make.category("asthma", parent=newsroom.category, policy=newsroom.policy)
    skin = make.category("skin", policy=newsroom.policy)
    make.category("empty")
    make.released(newsroom, title="Asthma", category=below)
    make.released(newsroom, title="Rash", category=skin)
    assert names(client, genre="lungs") == names(client, genre="asthma") == ["Asthma"]
    assert names(client, genre="empty") == []
    reply = ask.get(client, LIST, {"genre": "nowhere"})
    assert (reply.status_code, reply.json()["parameter"]) == (400, "genre")


def test_dates_choose_and_order(client, newsroom):
    day = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
    for number, title in enumerate(("First", "Second", "Third")):
        with time_machine.travel(day + timedelta(days=number)):
            make.released(newsroom, title=title)
    with time_machine.travel(day + timedelta(days=30)):
        assert names(client, orderBy="dateModified") == ["Third", "Second", "First"]
        assert names(client, order="oldest") == ["First", "Second", "Third"]
        assert names(client, order="newest", orderBy="lastReviewed") == ["Third", "Second", "First"]
        assert names(client, orderBy="nextReview", order="oldest")[0] == "First"
        assert names(client, startDate="2026-01-02") == ["Second", "Third"]
        assert names(client, endDate="2026-01-02") == ["First", "Second"]
        assert names(client, startDate="2026-01-02", endDate="2026-01-02") == ["Second"]
        only = {"startDate": "2026-01-02", "endDate": "2026-01-02"}
        assert names(client, orderBy="lastReviewed", **only) == ["Second"]
        assert names(client, orderBy="nextReview", **only) == []


def test_a_language_chooses(client, newsroom):
    make.released(newsroom, title="Cough")
    make.released(newsroom, title="Tos", language="es")
    assert names(client) == ["Cough", "Tos"]
    assert names(client, language="es") == ["Tos"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"category": "ab"}, "category"),
        ({"category": "1"}, "category"),
        ({"category": "é"}, "category"),
        ({"category": ""}, "category"),
        ({"genre": "Not A Slug"}, "genre"),
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "100001"}, "page"),
        ({"orderBy": "title"}, "orderBy"),
        ({"order": "up"}, "order"),
        ({"startDate": "yesterday"}, "startDate"),
        ({"startDate": "2026-02-30"}, "startDate"),
        ({"endDate": "9999-12-31"}, "endDate"),
        ({"endDate": "0001-01-01"}, "endDate"),
        ({"endDate": "2026-01-01T00:00:00Z"}, "endDate"),
        ({"language": "english"}, "language"),
        ({"status": "draft"}, "status"),
        ({"synonyms": "true"}, "synonyms"),
    ],
)
def test_a_bad_parameter_of_the_list_is_refused_by_its_name(client, db, query, parameter):
    reply = ask.get(client, LIST, query)
    assert reply.status_code == 400
    assert reply.json()["parameter"] == parameter


def test_modules_without_review_dates_are_refused_with_the_reason(client, cough):
    reply = page(client, "cough", modules="true")
    assert reply.status_code == 400
    assert "review dates" in reply.json()["detail"]


# As every reply of the API --------------------------------------------------------------------------


def test_they_are_cached_and_answer_to_conditions(client, newsroom, cough):
    with time_machine.travel(cough.starts_at + timedelta(hours=1), tick=False):
        for path in (LIST, f"{LIST}cough/", f"{LIST}?category=c&orderBy=nextReview"):
            reply = ask.get(client, path)
            assert reply["Cache-Control"] == "public, max-age=240, stale-if-error=60"
            assert ask.get(client, path, if_none_match=reply["ETag"]).status_code == 304
            again = ask.get(client, path, if_modified_since=reply["Last-Modified"])
            assert again.status_code == 304
            head = client.head(f"/api/v1/{path}")
            assert (head.status_code, head.content, head["ETag"]) == (200, b"", reply["ETag"])
        make.released(newsroom, starts_at=ask.soon(seconds=30))
        assert "max-age=30," in ask.get(client, LIST)["Cache-Control"]
        # A category may be moved, which leaves no date.
        assert "Last-Modified" not in ask.get(client, LIST, {"genre": "lungs"})


def test_they_cost_few_queries(client, newsroom, cough, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(nhs, "PER_PAGE", 3)
    for number in range(2):
        make.released(newsroom, ask.rich_draft(newsroom, title=f"Cough {number}"))
    key = make.key(newsroom, make.licensee(newsroom))
    full = {"genre": "lungs", "category": "c", "language": "en", "startDate": "2020-01-01", "page": 1}
    for headers, most in (({}, 3), ({"x_api_key": key}, 4)):
        for query in ({}, full, {"page": 2}, {"page": 9}, {"genre": "nowhere"}):
            with django_assert_max_num_queries(most):
                ask.get(client, LIST, query, **headers)
        for reference in ("cough", str(cough.article.public_id), "none"):
            with django_assert_max_num_queries(2):
                ask.get(client, f"{LIST}{reference}/", **headers)
