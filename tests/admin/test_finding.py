"""Lists find what editors ask for, never count a large table, and are exported as they are shown."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.admin.desk import in_days, text_of
from tests.admin.pages import sign_in, superuser, url
from topics.admin.lists import export, paging
from topics.publishing.withdraw import cancel_release, withdraw

LONG = ("article", "version", "edition")


def found(client, model, **query):
    """The titles that a list shows."""
    page = client.get(url(f"{model}_changelist"), query)
    assert page.status_code == 200, page.headers
    return {title_of(row) for row in page.context["cl"].result_list}


def title_of(row):
    return row.title if hasattr(row, "title") else row.newest_title


def days_ago(days):
    return timezone.now() - timedelta(days=days)


# Search ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", LONG)
def test_a_list_is_searched_by_words_of_title_other_names_slug_and_public_id(client, newsroom, model):
    edition = make.released(
        newsroom, title="Presión arterial alta", slug="alta", also_called=["Hipertensión"]
    )
    make.released(newsroom, title="Croup", slug="barking-cough")
    public_id = edition.article.public_id
    sign_in(client, newsroom.editor)
    for query in ("arterial", "ALTA presion", "hipert", "pres arter alt", public_id, public_id.hex[:10]):
        assert found(client, model, q=str(query)) == {"Presión arterial alta"}, query
    assert found(client, model, q="barking-co") == {"Croup"}
    assert found(client, model, q=edition.digest) == {"Presión arterial alta"}
    for query in ("croup arterial", "erial", "%", "' OR 1=1 --"):
        assert found(client, model, q=query) == set(), query
    assert found(client, model, q=" ") == {"Presión arterial alta", "Croup"}


def test_all_words_must_stand_in_one_version(client, newsroom):
    edition = make.released(newsroom, title="Croup", also_called=[])
    make.next_draft(newsroom, edition.article, title="Laryngitis")
    sign_in(client, newsroom.editor)
    assert found(client, "article", q="croup") == found(client, "article", q="laryn") == {"Laryngitis"}
    assert found(client, "article", q="croup laryngitis") == set()


def test_a_reviewer_finds_nothing_by_the_words_of_a_draft_that_they_may_not_see(client, newsroom):
    edition = make.released(newsroom, title="Croup", also_called=[])
    make.next_draft(newsroom, edition.article, title="Laryngitis")
    sign_in(client, newsroom.primary.user)
    for model in LONG:
        assert found(client, model, q="croup") == {"Croup"}
        assert found(client, model, q="laryngitis") == set()


def test_a_reviewer_learns_nothing_of_others_work_by_filtering(client, newsroom):
    edition = make.released(newsroom, title="Croup")
    make.next_draft(newsroom, edition.article, change_kind="minor")
    sign_in(client, newsroom.primary.user)
    assert found(client, "article", state="draft") == found(client, "article", kind="minor") == set()
    assert found(client, "article", state="released") == {"Croup"}
    page = client.get(url("version_changelist"), {"reviewer": newsroom.specialist.pk})
    assert list(page.context["cl"].active_filters()) == []
    assert "Sam Specialist" not in page.content.decode()


# Filters --------------------------------------------------------------------------------------------


def test_articles_are_found_by_how_their_review_stands(client, newsroom):
    make.released(newsroom, at=days_ago(800), title="Overdue")
    make.released(newsroom, at=days_ago(710), title="Within 30")
    make.released(newsroom, at=days_ago(680), title="Within 90")
    gone = make.released(newsroom, at=days_ago(60), title="Gone")
    withdraw(gone, kind="retired", explanation="Old.", actor=newsroom.publisher, at=days_ago(50))
    make.released(newsroom, at=days_ago(10), title="Later")
    cancelled = make.released(newsroom, title="Never", starts_at=timezone.now() + timedelta(days=1))
    cancel_release(cancelled, actor=newsroom.publisher)
    make.draft(newsroom, title="Draft")
    sign_in(client, newsroom.editor)
    assert found(client, "article", review="overdue") == {"Overdue"}
    assert found(client, "article", review="due") == {"Within 30", "Within 90"}
    assert found(client, "article", review="30") == {"Within 30"}
    assert found(client, "article", review="90") == {"Within 30", "Within 90"}
    assert found(client, "article", review="later") == {"Later"}
    assert found(client, "article", review="current") == {"Later"}
    assert found(client, "article", review="never") == {"Never", "Draft"}
    assert found(client, "article", review="gone") == {"Gone"}
    assert found(client, "edition", standing="in_force", review="30") == {"Within 30"}


def test_lists_are_found_by_state_kind_category_and_language(client, newsroom):
    below = make.category(parent=newsroom.category)
    edition = make.released(newsroom, title="Released")
    make.next_draft(newsroom, edition.article, title="Changed", change_kind="minor")
    make.draft(newsroom, title="Borrador", language="es", category=below)
    returned = make.submitted(newsroom, title="Returned")
    make.acts.return_with_remarks(returned, remarks="No.", actor=newsroom.editor)
    sign_in(client, newsroom.editor)
    assert found(client, "version", state="released") == {"Released"}
    assert found(client, "article", state="released") == set()
    assert found(client, "article", state="returned") == {"Returned"}
    assert found(client, "version", kind="minor") == {"Changed"}
    assert found(client, "article", kind="minor") == {"Changed"}
    assert found(client, "article", kind="new") == {"Borrador", "Returned"}
    for model in ("version", "article"):
        assert found(client, model, language="es", category=newsroom.category.pk) == {"Borrador"}
        assert found(client, model, category=below.pk) == {"Borrador"}
    assert found(client, "edition", category=newsroom.category.pk, kind="new") == {"Released"}


def test_lists_are_found_by_who_was_asked_and_who_signed(client, newsroom):
    make.draft(newsroom, title="Nobody's")
    make.assigned(newsroom, title="Asked")
    make.sign(make.in_medical_review(newsroom, title="Signed"), newsroom.primary)
    make.released(newsroom, title="Released")
    sign_in(client, newsroom.editor)
    pia = newsroom.primary.pk
    for model in ("version", "article"):
        assert found(client, model, reviewer=pia) == {"Asked", "Signed", "Released"}
        assert found(client, model, reviewer=pia, part="asked") == {"Asked"}
        assert found(client, model, reviewer=pia, part="signed") == {"Signed", "Released"}
        sam = found(client, model, reviewer=newsroom.specialist.pk, part="asked")
        assert sam == {"Asked", "Signed"}
        assert found(client, model, reviewer="pia prim", part="asked") == {"Asked"}
        assert found(client, model, reviewer="Nobody of that name") == set()
    assert found(client, "edition", reviewer=pia, part="signed") == {"Released"}


def test_versions_are_found_by_when_a_signature_is_wanted(client, newsroom):
    for title, days in (("Late", -1), ("Week", 6), ("Month", 20)):
        at = days_ago(2) if days < 0 else None
        version = make.submitted(newsroom, title=title, at=at)
        for requirement in version.requirements.all():
            make.acts.assign(
                version,
                requirement=requirement,
                reviewer=newsroom.reviewers[requirement.role],
                due_on=in_days(days),
                actor=newsroom.editor,
                at=at,
            )
    make.submitted(newsroom, title="Open")
    sign_in(client, newsroom.editor)
    assert found(client, "version", sign="overdue") == {"Late"}
    assert found(client, "version", sign="7") == {"Week"}
    assert found(client, "version", sign="30") == {"Week", "Month"}
    assert found(client, "version", sign="nobody") == {"Open"}


def test_many_reviewers_are_typed_and_completed_instead_of_chosen(client, newsroom, monkeypatch):
    sign_in(client, newsroom.editor)
    page = client.get(url("version_changelist")).content.decode()
    assert '<select name="reviewer"' in page
    monkeypatch.setattr("topics.admin.lists.of_versions.FEW", 1)
    page = client.get(url("version_changelist")).content.decode()
    assert '<select name="reviewer"' not in page
    address = page.split('data-suggestions="')[1].split('"')[0].replace("&amp;", "&")
    names = [name["text"] for name in client.get(f"{address}&term=Pia").json()["results"]]
    assert names == ["Pia Primary, MD, MPH"]


def test_what_narrows_a_list_is_said_and_can_be_taken_away(client, newsroom):
    make.draft(newsroom, title="Croup")
    sign_in(client, newsroom.editor)
    page = client.get(url("version_changelist"), {"state": "draft", "q": "croup", "kind": ""})
    assert "State: Draft" in text_of(page)
    assert "Search: “croup”" in text_of(page)
    (active,) = page.context["cl"].active_filters()
    assert "state" not in active["without"]
    assert "q=croup" in active["without"]


# Length ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", LONG)
def test_a_long_list_is_never_counted_and_tells_that_there_is_more(client, newsroom, monkeypatch, model):
    for _ in range(4):
        make.released(newsroom)
    monkeypatch.setattr(paging, "MOST", 3)
    sign_in(client, newsroom.editor)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url(f"{model}_changelist"))
    counts = [q["sql"] for q in queries if "COUNT(" in q["sql"] and f"topics_{model}" in q["sql"]]
    assert counts == []
    assert "More than 3" in text_of(page)
    assert len(page.context["cl"].result_list) == 3
    assert client.get(url(f"{model}_changelist"), {"p": 2}).status_code == 302


def test_pages_follow_each_other_and_repeat_nothing(client, newsroom, monkeypatch):
    for _ in range(5):
        make.draft(newsroom)
    monkeypatch.setattr("topics.admin.articles.ArticleAdmin.list_per_page", 2)
    sign_in(client, newsroom.editor)
    seen = []
    for number in (1, 2, 3):
        page = client.get(url("article_changelist"), {"p": number, "state": "draft"})
        seen += [row.pk for row in page.context["cl"].result_list]
    assert len(seen) == len(set(seen)) == 5
    assert 'rel="prev" href="?p=2&amp;state=draft"' in page.content.decode()


def test_only_what_an_index_sorts_can_be_sorted_by(client, newsroom):
    for title in ("Beta", "Alpha"):
        make.draft(newsroom, title=title)
    sign_in(client, newsroom.editor)
    for model, columns in (("version", 12), ("article", 9), ("edition", 11)):
        for column in range(1, columns):
            page = client.get(url(f"{model}_changelist"), {"o": f"-{column}"})
            order = str(page.context["cl"].queryset.query.order_by)
            assert "title" not in order
            assert "number" not in order


# Export ---------------------------------------------------------------------------------------------


def exported(client, model, name="export", **query):
    page = client.get(url(f"{model}_{name}"), query)
    assert page.status_code == 200
    assert page.streaming
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(page.streaming_content).decode()


def table(text):
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.mark.parametrize("model", LONG)
def test_a_list_is_exported_as_it_is_filtered(client, newsroom, model):
    edition = make.released(newsroom, title="Croup, “barking”", language="en")
    make.released(newsroom, title="Asma", language="es")
    sign_in(client, newsroom.editor)
    everything = table(exported(client, model))
    assert {row["title"] for row in everything} == {"Croup, “barking”", "Asma"}
    (row,) = table(exported(client, model, language="en", q="croup", p="7"))
    assert row["title"] == "Croup, “barking”"
    assert row["public id"] == str(edition.article.public_id)
    assert row["next due"] == edition.next_review_due.isoformat()


def test_an_export_begins_with_a_byte_order_mark_only_for_excel(client, newsroom):
    sign_in(client, newsroom.editor)
    assert exported(client, "article").startswith("public id,")
    assert exported(client, "article", "export-excel").startswith("\ufeffpublic id,")


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1"])
def test_no_text_is_run_by_a_spreadsheet(client, newsroom, title):
    make.draft(newsroom, title=title)
    sign_in(client, newsroom.editor)
    assert table(exported(client, "article"))[0]["title"] == f"'{title}"


def test_an_export_holds_what_its_reader_may_see(client, newsroom):
    make.draft(newsroom, title="Secret")
    make.in_medical_review(newsroom, title="Asked")
    sign_in(client, newsroom.primary.user)
    assert [row["title"] for row in table(exported(client, "version"))] == ["Asked"]
    sign_in(client, make.user(is_staff=True))
    assert client.get(url("version_export")).status_code == 403
    client.logout()
    assert client.get(url("version_export")).status_code == 302


@pytest.mark.parametrize("model", LONG)
def test_an_export_asks_as_often_per_batch_however_many_rows_a_batch_has(
    client, newsroom, monkeypatch, model
):
    monkeypatch.setattr(export, "BATCH", 2)
    sign_in(client, superuser())
    costs = []
    for _ in range(2):
        for _ in range(4):
            make.released(newsroom)
        with CaptureQueriesContext(connection) as queries:
            rows = table(exported(client, model))
        costs.append((len(rows), len(queries)))
    (few, cost), (many, more) = costs
    assert (few, many) == (4, 8)
    assert more - cost == 2


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\u200b@SUM(A1)", "'\u200b@SUM(A1)"),
        ("x;=1+1", "'x;'=1+1"),
        (["a", "=cmd"], "'a; '=cmd"),
        ("x\t-2", "'x\t'-2"),
        ("5-10 mg; twice = 2 tablets", "5-10 mg; twice = 2 tablets"),
    ],
)
def test_no_cell_of_an_export_runs_in_a_spreadsheet_whatever_parts_its_columns(text, written):
    assert export.cell(text) == written
