"""The HTML fragment by the Nu Html Checker of the W3C, which knows what may stand in what."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.formats.articles import EXPIRED, OVERDUE, SUPERSEDED, WITHDRAWN, article
from topics.api.formats.table import ARTICLE_FORMATS, HEADING_LEVELS

CHECKER = Path(__file__).resolve().parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
BASE = "https://content.example"
PAGE = '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body>{}</body></html>'


def embedded(fragment, level):
    """A page that has the headings above the level, then the fragment."""
    above = "".join(f"<h{n}>Above</h{n}>" for n in range(1, level))
    return PAGE.format(above + fragment)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Asks the checker about the given pages; returns its messages."""
    if not (CHECKER.exists() and shutil.which("java")):
        if os.environ.get("CI"):
            pytest.fail("The checker needs Java and `npm ci --prefix tests/browser`.")
        pytest.skip("without Java or `npm ci --prefix tests/browser`")

    def check(*pages):
        folder = tmp_path_factory.mktemp("pages")
        for number, page in enumerate(pages):
            (folder / f"{number}.html").write_text(page, encoding="utf-8")
        command = ["java", "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return [f"{one['type']}: {one['message']}" for one in json.loads(done.stdout)["messages"]]

    return check


def test_every_fragment_is_valid_html(checked):
    render = ARTICLE_FORMATS["html"].render
    pages = [
        embedded(render(article(language=language, **changes), base=BASE, heading_level=level), level)
        for language in ("en", "es", "ar")
        for changes in ({}, WITHDRAWN, EXPIRED, SUPERSEDED, OVERDUE)
        for level in HEADING_LEVELS
    ]
    assert [message for message in checked(*pages) if message.startswith("error")] == []


def test_the_checker_finds_what_is_wrong(checked):
    assert any(one.startswith("error") for one in checked(embedded("<p><div></div></p>", 2)))
