"""The README is held to the code: its examples run, its tables name what is there."""

import re
from pathlib import Path

import pytest

from tests import make
from topics.api import surrogates
from topics.workflow.roles import ROLES

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def example(containing):
    (code,) = [code for code in PYTHON if containing in code]
    return code


@pytest.fixture
def served(live_server):
    """The examples' address is the one of the test's own server."""
    return lambda code: code.replace("http://localhost:8000", live_server.url)


@pytest.mark.django_db(transaction=True)
def test_the_digest_can_be_recomputed_as_the_readme_shows(served, capsys):
    make.released(make.newsroom(), slug="statins")
    exec(compile(served(example("signed = {")), "README.md", "exec"), {})
    assert "('Pia Primary', 'MD, MPH', 'Family Medicine')" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_the_digest_example_fails_on_a_changed_word(served):
    make.released(make.newsroom(), slug="statins")
    code = served(example("signed = {")).replace("signed = {", 'article["title"] = "Coughs"\nsigned = {')
    with pytest.raises(AssertionError):
        exec(compile(code, "README.md", "exec"), {})


def test_every_role_is_in_the_readme():
    for role in ROLES:
        assert f"| {role.label.lower()} |" in README.lower()


def test_every_key_to_purge_by_is_in_the_readme():
    fixed = (surrogates.LISTS, surrogates.CATEGORIES, surrogates.SIGNING_KEYS, surrogates.CONTRACT)
    made = (surrogates.article_key("<id>"), surrogates.category_key("<slug>"))
    for key in (*fixed, *made, "edition-<id>-<number>", "notices-<language>"):
        assert f"`{key}`" in README


def test_both_commands_are_marked_for_ci():
    for name in ("demo", "test"):
        assert f"<!-- {name} command -->\n```sh\n" in README
