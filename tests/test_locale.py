"""The Spanish catalogue is whole, in step with its compiled form, and keeps every placeholder."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

import topics

ROOT = Path(topics.__file__).parent
CATALOGUE = ROOT / "locale" / "es" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def said_in_python():
    """Every constant string that a module of ours hands to gettext."""
    for module in ROOT.rglob("*.py"):
        names = dict.fromkeys(SINGLE, 1) | dict.fromkeys(PLURAL, 2)
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names.update(
                    {
                        alias.asname: 2 if alias.name in PLURAL else 1
                        for alias in node.names
                        if alias.asname
                    }
                )
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", None)
            for argument in node.args[: names.get(called, 0)] if called else ():
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield module, argument.value


def said_in_templates():
    """Every string of a template's `translate` and `blocktranslate`, as Django shows it to xgettext."""
    for template in (ROOT / "templates").rglob("*.html"):
        shown = templatize(template.read_text(encoding="utf-8"))
        for quoted in re.findall(r"(?<!\w)u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")(?=[,)])", shown):
            yield template, ast.literal_eval(quoted)


def said_in_scripts():
    for script in (ROOT / "static").rglob("*.js"):
        for quoted in re.findall(
            r"\bgettext\((\"(?:[^\"\\]|\\.)*\")", script.read_text(encoding="utf-8")
        ):
            yield script, ast.literal_eval(quoted)


def catalogue(domain):
    return [entry for entry in whole(domain) if not entry.obsolete]


def whole(domain):
    return polib.pofile(str(CATALOGUE / f"{domain}.po"))


def known(domain):
    return {text for entry in catalogue(domain) for text in (entry.msgid, entry.msgid_plural) if text}


@pytest.mark.parametrize("said", [said_in_python, said_in_templates])
def test_every_sentence_of_the_interface_is_in_the_catalogue(said):
    found, there = list(said()), known("django")
    assert len(found) > 100
    missing = {text: file.name for file, text in found if text and text not in there}
    assert missing == {}


def test_every_word_of_the_scripts_is_in_the_catalogue():
    found, there = list(said_in_scripts()), known("djangojs")
    assert found
    assert {text: file.name for file, text in found if text not in there} == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_untranslated_or_doubtful(domain):
    entries = catalogue(domain)
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []
    assert [entry.msgid for entry in whole(domain).obsolete_entries()] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_placeholder_is_kept(domain):
    for entry in catalogue(domain):
        wanted = [set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        allowed = set().union(*wanted)
        needed = set.intersection(*wanted)
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            given = set(PLACEHOLDER.findall(text))
            assert needed <= given <= allowed, entry.msgid
        if not entry.msgid_plural:
            assert entry.msgstr.count("%") == entry.msgid.count("%"), entry.msgid


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_says_the_same(domain):
    def texts(entries):
        return {
            (entry.msgctxt, entry.msgid): sorted(entry.msgstr_plural.items()) or entry.msgstr
            for entry in entries
        }

    assert texts(polib.mofile(str(CATALOGUE / f"{domain}.mo"))) == texts(catalogue(domain))
