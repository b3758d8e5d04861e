"""Administrators keep licensees: licences, keys shown once, directories, notices; nobody else does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.pages import fields, sign_in, url
from tests.admin.test_configuration import edit, newest
from tests.api import ask
from topics.models import ApiKey, AuditEntry, DirectoryEntry, Licence, Licensee
from topics.publishing.usage import BUFFER


@pytest.fixture
def hospital(newsroom):
    return make.licensee(newsroom, "Bon Air", categories=[newsroom.category])


@pytest.fixture
def admin(client, newsroom):
    sign_in(client, newsroom.administrator)
    return client


def page(name, licensee):
    return reverse(f"admin:licensee_{name}", args=[licensee.pk])


def with_key(client, key, path):
    return client.get(f"/api/v1/{path}", headers={"X-Api-Key": key})


def test_a_licensee_is_added_and_licensed(admin, newsroom):
    names = "Bon Air\n Sisters  of Bon Air \n\nBon Air"
    added = admin.post(url("licensee_add"), {"name": "Bon Air", "site_names": names, "note": ""})
    assert added.status_code == 302
    licensee = Licensee.objects.get()
    assert licensee.site_names == ["Bon Air", "Sisters of Bon Air"]
    assert newest()[0] == "configure"
    given = {"languages": "EN, es-mx", "categories": [newsroom.category.pk], "terms": "For a year."}
    assert admin.post(page("licence", licensee), given).status_code == 302
    licence = Licence.objects.get()
    assert licence.languages == ["en", "es-MX"]
    assert licence.category_ids == [newsroom.category.pk]
    act, actor, detail = newest()
    assert (act, actor, detail["licensee"]) == ("licence", newsroom.administrator, "Bon Air")
    history = admin.get(url("licensee_history", licensee.pk)).context["entries"]
    assert [entry.act for entry in history] == ["licence", "configure"]


def test_the_last_day_of_a_licence_still_counts(admin, hospital):
    last = (timezone.now() + timedelta(days=5)).date()
    given = {"languages": "en", "every_category": "on", "last_day": last.isoformat()}
    assert admin.post(page("licence", hospital), given).status_code == 302
    ends = Licence.objects.first().ends_at
    assert (ends.date(), ends.hour) == (last + timedelta(days=1), 0)
    # And the form shows that day again.
    assert fields(admin.get(page("licence", hospital)))["last_day"] == last.isoformat()


def test_a_licence_of_nothing_or_of_the_past_is_refused_with_what_was_typed(admin, hospital):
    reply = admin.post(page("licence", hospital), {"languages": "", "terms": "Typed."})
    assert reply.status_code == 422
    text = reply.content.decode()
    assert "Name at least one language" in text
    assert "Choose categories, or every category." in text
    assert "Typed." in text
    past = {"languages": "en", "every_category": "on", "first_day": "2020-01-01"}
    assert "begin in the past" in admin.post(page("licence", hospital), past).content.decode()
    wrong = {"languages": "Spanish!", "first_day": "no day"}
    assert admin.post(page("licence", hospital), wrong).status_code == 422
    assert Licence.objects.count() == 1


def test_a_new_key_is_shown_once_and_opens_the_api(admin, newsroom, hospital):
    make.released(newsroom, slug="cough")
    made = admin.post(page("keys", hospital), {"label": "Portal", "days": "365"})
    assert made.status_code == 200
    key = made.context["new_key"]
    assert f'value="{key}"' in made.content.decode()
    assert "data-copy" in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert with_key(admin, key, "articles/cough/").json()["site"]["organisation"] == "Bon Air"
    again = admin.get(page("keys", hospital)).content.decode()
    assert key not in again
    assert ApiKey.objects.get().prefix in again
    for entry in AuditEntry.objects.all():
        assert key not in entry.detail


def test_a_key_is_renewed_with_an_overlap_and_revoked(admin, newsroom, hospital):
    old = make.key(newsroom, hospital)
    row = ApiKey.objects.get()
    given = {"renew": row.pk, "overlap": "7", "days": "90"}
    new = admin.post(page("keys", hospital), given).context["new_key"]
    assert with_key(admin, old, "articles/").status_code == 200
    assert with_key(admin, new, "articles/").status_code == 200
    assert admin.post(page("keys", hospital), {"revoke": row.pk}).status_code == 302
    assert with_key(admin, old, "articles/").status_code == 401
    assert with_key(admin, new, "articles/").status_code == 200
    refused = admin.post(page("keys", hospital), {"revoke": row.pk})
    assert refused.status_code == 409
    assert "revoked already" in refused.content.decode()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"label": "", "days": "365"}, 422),
        ({"label": "Portal", "days": "9999"}, 422),
        ({"label": "Portal", "days": "x"}, 422),
        ({"renew": "0", "overlap": "7", "days": "90"}, 404),
        ({"renew": "own", "overlap": "31", "days": "90"}, 422),
        ({"renew": "own", "overlap": "x", "days": "90"}, 422),
        ({"revoke": "x"}, 404),
        ({"revoke": "other"}, 404),
    ],
)
def test_a_wrong_form_makes_no_key(admin, newsroom, hospital, given, status):
    make.key(newsroom, hospital)
    make.key(newsroom, make.licensee(newsroom))
    own, other = ApiKey.objects.order_by("pk").values_list("pk", flat=True)
    named = {"own": own, "other": other}
    reply = admin.post(page("keys", hospital), {k: named.get(v, v) for k, v in given.items()})
    assert reply.status_code == status
    assert ApiKey.objects.count() == 2
    assert not ApiKey.objects.exclude(revoked_at=None).exists()


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "reviewer"])
def test_nobody_else_sees_or_changes_licensees(client, newsroom, hospital, role):
    people = {"reviewer": newsroom.primary.user}
    sign_in(client, people.get(role) or getattr(newsroom, role))
    for name in ("licence", "keys", "usage"):
        assert client.get(page(name, hospital)).status_code == 403
        assert client.post(page(name, hospital), {"label": "x", "days": "30"}).status_code == 403
    assert client.get(url("licensee_changelist")).status_code == 403
    assert client.get(url("directoryentry_changelist")).status_code == 403
    assert not ApiKey.objects.exists()


def test_an_entry_of_the_directory_reaches_consumers_with_its_categories(admin, newsroom, hospital):
    make.released(newsroom, slug="cough")
    key = make.key(newsroom, hospital)
    given = {
        "licensee": hospital.pk,
        "kind": "physician",
        "name": "Joy Example",
        "credentials": "MD",
        "is_listed": "on",
        "categories": [newsroom.category.pk],
    }
    assert admin.post(url("directoryentry_add"), given).status_code == 302
    assert newest()[2]["model"] == "directoryentry"
    body = with_key(admin, key, "articles/cough/").json()
    assert [one["name"] for one in body["related_physicians"]] == ["Joy Example"]
    entry = DirectoryEntry.objects.get()
    edit(admin, "directoryentry", entry, name="Joy Renamed", is_listed="on")
    body = with_key(admin, key, "articles/cough/").json()
    assert [one["name"] for one in body["related_physicians"]] == ["Joy Renamed"]
    edit(admin, "directoryentry", entry, categories=[], is_listed="on")
    assert with_key(admin, key, "articles/cough/").json()["related_physicians"] == []


def test_a_change_of_the_tree_reaches_licences_and_directories(admin, newsroom, hospital):
    skin = make.category("skin", policy=newsroom.policy)
    make.released(newsroom, slug="rash", category=skin)
    make.listed(hospital, "Dr Above", categories=[newsroom.category])
    key = make.key(newsroom, hospital)
    assert with_key(admin, key, "articles/rash/").status_code == 404
    assert edit(admin, "category", skin, parent=newsroom.category.pk).status_code == 302
    body = with_key(admin, key, "articles/rash/").json()
    assert [one["name"] for one in body["related_physicians"]] == ["Dr Above"]
    edit(admin, "category", skin, parent="")
    assert with_key(admin, key, "articles/rash/").status_code == 404


def test_a_renamed_specialty_is_renamed_in_the_directory(admin, newsroom, hospital):
    make.released(newsroom, slug="cough")
    lungs = make.specialty("Respiratory Medicine")
    make.listed(hospital, "Dr Lung", specialties=[lungs])
    key = make.key(newsroom, hospital)
    edit(admin, "specialty", lungs, name="Pulmonology")
    (found,) = with_key(admin, key, "articles/cough/").json()["related_physicians"]
    assert found["specialties"] == ["Pulmonology"]


def test_an_own_notice_is_put_in_force_and_shown_as_whose_it_is(admin, newsroom, hospital):
    make.released(newsroom, slug="cough")
    make.notice(newsroom, kind="terms", text="General terms.")
    given = {
        "licensee": hospital.pk,
        "kind": "terms",
        "language": "en",
        "text": "Own terms.",
        "from_now": "on",
    }
    assert admin.post(url("notice_add"), given).status_code == 302
    key = make.key(newsroom, hospital)
    (shown,) = with_key(admin, key, "articles/cough/").json()["notices"]
    assert shown["text"] == "Own terms."
    (general,) = ask.article(admin, "cough").json()["notices"]
    assert general["text"] == "General terms."
    listed = admin.get(url("notice_changelist")).content.decode()
    assert len(re.findall("badge-in_force", listed)) == 2
    empty = admin.post(url("notice_add"), {**given, "licensee": "", "text": ""})
    assert "A notice for everybody has a text." in empty.content.decode()
    assert admin.post(url("notice_add"), {**given, "text": ""}).status_code == 302
    (shown,) = with_key(admin, key, "articles/cough/").json()["notices"]
    assert shown["text"] == "General terms."


def test_the_page_of_a_licensee_says_how_it_stands(admin, newsroom, hospital):
    make.released(newsroom, slug="cough")
    make.listed(hospital, "Dr Lung", categories=[newsroom.category])
    make.notice(newsroom, kind="terms", text="Own.", licensee=hospital)
    key = make.key(newsroom, hospital)
    for _ in range(3):
        with_key(admin, key, "articles/cough/")
    BUFFER.flush()
    shown = admin.get(url("licensee_change", hospital.pk))
    assert shown.context["month"] == 3
    assert shown.context["listed"] == 1
    assert key[:12] in shown.content.decode()
    used = admin.get(page("usage", hospital)).content.decode()
    assert "Cough" in used
    assert key not in used


def test_pages_cost_the_same_whatever_the_number_of_keys_and_days(
    admin, newsroom, hospital, django_assert_max_num_queries
):
    make.released(newsroom, slug="cough")
    for _ in range(5):
        with_key(admin, make.key(newsroom, hospital), "articles/cough/")
    BUFFER.flush()
    for address in (
        page("keys", hospital),
        page("usage", hospital),
        page("licence", hospital),
        url("licensee_change", hospital.pk),
        url("licensee_changelist"),
        url("directoryentry_changelist"),
    ):
        with django_assert_max_num_queries(18):
            assert admin.get(address).status_code == 200
