"""The whole line in a browser: a page is imported, written, assigned, signed, released and read."""

import hashlib
import json
import urllib.request
from pathlib import Path

import pytest
import rfc8785
from django.core.management import call_command
from playwright.sync_api import expect

from tests import make
from topics.content.sections import sections
from topics.importing.attributed_page import read_page
from topics.models import Edition, Reviewer, Specialty, Version
from topics.vocabulary import State

PAGES = {
    "own": Path(__file__).parents[1] / "importing" / "pages" / "asthma-inhaler.txt",
    "seed": make.CORPUS / "seed" / "metastatic-or-recurrent-breast-cancer.txt",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", ["own", pytest.param("seed", marks=pytest.mark.corpus)])
def test_an_imported_page_is_carried_by_each_role_to_the_api(name, desk, live_server):
    page = read_page(PAGES[name].read_bytes())
    room = make.newsroom(primary=(page.reviewers[0].specialty,))
    room.category.specialty = Specialty.objects.get_or_create(name=page.reviewers[1].specialty)[0]
    room.category.save()
    call_command("import_page", str(PAGES[name]), category=room.category.slug)
    version = Version.objects.get()

    accounts = [make.user("medical_reviewer") for _ in page.reviewers]
    administrator = desk(room.administrator)
    for credit, account in zip(page.reviewers, accounts, strict=True):
        link_reviewer(administrator, Reviewer.objects.get(name=credit.name), account)
    administrator.leave()

    writer = desk(room.writer)
    write_and_submit(writer, version)
    writer.leave()

    editor = desk(room.editor)
    assign_and_send(editor, version, accounts)
    editor.leave()

    for account in accounts:
        reviewer = desk(account)
        sign(reviewer, version)
        reviewer.leave()

    publisher = desk(room.publisher)
    release(publisher, version)
    publisher.leave()

    article = read(live_server, version.article.slug)
    assert article["title"] == page.title
    assert words(article) == words({"sections": sections(page.body_html)})
    assert [(r["name"], r["credentials"], r["specialty"]) for r in article["reviews"]] == [
        (credit.name, credit.credentials, credit.specialty) for credit in page.reviewers
    ]
    assert article["authors"] == [
        {"name": credit.name, "credentials": credit.credentials} for credit in page.authors
    ]
    signed = {key: article[key] for key in article["signed_fields"]}
    assert article["digest"] == "sha-256:" + hashlib.sha256(rfc8785.dumps(signed)).hexdigest()
    assert article["last_reviewed"] == Edition.objects.get().last_reviewed.isoformat()


def link_reviewer(at, reviewer, account):
    page = at.open(f"/admin/topics/reviewer/{reviewer.pk}/change/")
    page.click(".field-user .select2-selection")
    page.fill(".select2-search__field", account.username)
    page.get_by_role("option", name=account.username).click()
    page.fill("#id_languages", "en")
    page.get_by_text("Add another Credential").click()
    page.fill("#id_credential_set-0-title", "Licence to practise")
    page.fill("#id_credential_set-0-issuer", "State Board of Medicine")
    page.fill("#id_credential_set-0-valid_from", "2020-01-01")
    page.fill("#id_credential_set-0-expires_on", "2100-01-01")
    at.photograph(f"reviewer-{reviewer.pk}")
    sent(page, page.locator("[name=_save]"))
    expect(page.locator(".messagelist .success")).to_be_visible()


def write_and_submit(at, version):
    page = at.open(f"/admin/topics/version/{version.pk}/change/")
    page.fill("#id_summary", "What this is, in plain words.")
    at.photograph("draft")
    sent(page, page.locator("[name=_save]"))
    expect(page.locator(".messagelist .success")).to_be_visible()
    page = at.open(f"/admin/desk/versions/{version.pk}/submit/")
    at.photograph("submit")
    press(page, "Submit to the editors")
    state_is(version, State.EDITORIAL_REVIEW)


def assign_and_send(at, version, accounts):
    page = at.open(f"/admin/desk/versions/{version.pk}/assign/")
    for requirement, account in zip(version.requirements.all(), accounts, strict=True):
        page.check(f"#id_reviewer_{requirement.pk}_{account.reviewer.pk}")
    at.photograph("assign")
    press(page, "Assign")
    page = at.open(f"/admin/desk/versions/{version.pk}/send/")
    at.photograph("send")
    press(page, "Send to medical review")
    state_is(version, State.MEDICAL_REVIEW)


def sign(at, version):
    page = at.page
    at.photograph(f"landing-{at.user.username}")
    page = at.open(f"/admin/desk/versions/{version.pk}/sign_off/")
    page.fill("#id_password", "not the password")
    press(page, "Sign off")
    expect(page.get_by_text("The password is not right").first).to_be_visible()
    at.photograph(f"wrong-password-{at.user.username}")
    at.faults.clear()  # The browser reports the refusal's status as an error of its own.
    page.fill("#id_password", make.PASSWORD)
    press(page, "Sign off")
    expect(page.locator(".messagelist .success")).to_be_visible()


def release(at, version):
    state_is(version, State.APPROVED)
    page = at.open(f"/admin/desk/versions/{version.pk}/release/")
    at.photograph("release")
    press(page, "Release")
    expect(page.locator(".messagelist .success")).to_be_visible()
    at.photograph("released")
    state_is(version, State.RELEASED)


def press(page, name):
    sent(page, page.get_by_role("button", name=name, exact=True))


def sent(page, button):
    """Typed text is sent after a question to the server: what follows waits for the next page."""
    with page.expect_navigation():
        button.click()


def state_is(version, state):
    version.refresh_from_db()
    assert version.state == state


def read(live_server, slug):
    with urllib.request.urlopen(f"{live_server.url}/api/v1/articles/{slug}/") as reply:
        return json.load(reply)


def words(article):
    found = []

    def walk(nested):
        for section in nested:
            found.extend((section["heading"] or "").split())
            found.extend(section["text"].split())
            walk(section["sections"])

    walk(article["sections"])
    return found
