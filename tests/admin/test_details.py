"""What the ledger's entries say, in words and in the reader's language."""

import ast
import json
from pathlib import Path

from django.utils import translation

import topics
from tests import make
from tests.admin.desk import signed_in
from topics.admin.details import MEMBERS, UNTOLD, about, in_words
from topics.admin.entries import REASONS, told
from topics.models import AuditEntry
from topics.publishing.together import release_together
from topics.workflow import acts
from topics.workflow.password import ask

NAMED = {"actor", "at", "article", "version", "from_state", "to_state"}
"""What an entry has beside its detail."""

ROOT = Path(topics.__file__).parent


def written():
    """Every member that a call of `record` names."""
    for module in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def newest(act):
    return told(AuditEntry.objects.filter(act=act).order_by("-number")[:1])[0]


def page(account, path):
    return signed_in(account).get(f"/admin/topics/auditentry/{path}").content.decode()


def test_every_member_that_is_written_has_its_words():
    members = set(written()) - NAMED
    assert {"role", "digest", "due_on", "articles"} & members
    assert members - MEMBERS.keys() - {*UNTOLD, *REASONS} == set()


def test_members_are_told_by_their_names_in_the_readers_language(newsroom):
    version = make.assigned(newsroom)
    [entry, *_] = told(AuditEntry.objects.filter(act="assign", version=version))
    words = "version: 1 · role: specialist · reviewer: Sam Specialist · due on: 20"
    assert entry.words.startswith(words)
    with translation.override("es"):
        [entry, *_] = told(AuditEntry.objects.filter(act="assign", version=version))
    words = "versión: 1 · rol: specialist · revisor: Sam Specialist · fecha límite: 20"
    assert entry.words.startswith(words)


def test_what_is_empty_is_left_out_and_what_is_unknown_is_told_as_it_stands():
    assert in_words({"section": "", "ends_at": None, "fields": []}) == ""
    assert in_words({"of_another_day": 3, "number": 2}) == "version: 2 · of another day: 3"


def test_why_a_version_was_returned_is_told_as_a_reason(newsroom):
    acts.return_with_remarks(make.submitted(newsroom), remarks="Give the dose.", actor=newsroom.editor)
    entry = newest("return")
    assert (entry.reason, "Give the dose." in entry.words) == ("Give the dose.", False)


def test_the_list_says_what_acts_on_no_article_are_about(newsroom):
    make.notice(newsroom, kind="terms", language="es")
    versions = [make.approved(newsroom, slug="flu"), make.approved(newsroom, slug="croup")]
    release_together(versions, actor=newsroom.publisher)
    ask(newsroom.primary.user, "guess", purpose="sign_off", of=versions[0])
    said = {entry.act: about(json.loads(entry.detail)) for entry in AuditEntry.objects.all()}
    assert said["notice"] == "Terms of use · Spanish"
    assert said["release_together"] == "flu [en] v1, croup [en] v1"
    assert said["wrong_password"] == "flu [en] v1"
    html = page(newsroom.editor, "")
    for words in ("Terms of use · Spanish", "flu [en] v1, croup [en] v1"):
        assert words in html


def test_an_entry_of_a_licence_names_its_categories(newsroom):
    make.licensee(newsroom, "Harbour", languages=["es-MX"], categories=[newsroom.category])
    entry = newest("licence")
    among = f"languages: Mexican Spanish · categories: {newsroom.category.name} · starting: "
    assert entry.words.startswith(f"licensee: Harbour · {among}")


def test_an_entry_of_a_licensees_notice_names_the_licensee(newsroom):
    make.notice(newsroom, licensee=make.licensee(newsroom, "Harbour"))
    assert "licensee: Harbour" in newest("notice").words


def test_a_page_of_an_entry_says_all_of_it_in_words(newsroom):
    make.submitted(newsroom)
    ask(newsroom.primary.user, "guess", purpose="sign_off")
    html = page(newsroom.administrator, f"{newest('wrong_password').pk}/change/")
    assert "asked for: a signature · tries left: 4" in html
