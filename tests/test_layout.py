"""DESIGN.md section 5 held to the code: what lies where, and which way imports run."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOPICS = ROOT / "topics"
TOP_LEVEL = {
    "cms",
    "topics",
    "tests",
    "manage.py",
    "requirements.txt",
    "README.md",
    "pyproject.toml",
}
LAYERS = (
    {"vocabulary"},
    {"content"},
    {"models"},
    {"rules"},
    {"workflow"},
    {"publishing"},
    {"importing", "delivery"},
    {"api", "preview", "admin", "management"},
)
"""Lowest first. What is in one layer is side by side: neither imports the other."""

PLACES = {"templates", "static", "locale", "migrations", "apps", "__init__"}


def layer_of(part):
    return next((n for n, layer in enumerate(LAYERS) if part in layer), None)


def modules():
    return [
        path
        for path in sorted(TOPICS.rglob("*.py"))
        if "migrations" not in path.parts and "node_modules" not in path.parts
    ]


def part_of(path):
    return path.relative_to(TOPICS).parts[0].removesuffix(".py")


def named(path):
    return str(path.relative_to(ROOT))


def imports(path):
    """The dotted names that a module imports: `from a.b import c` gives `a.b.c`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_there_are_no_other_top_level_entries():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    entries = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in entries if not name.startswith(".")} <= TOP_LEVEL


def test_the_project_is_divided_as_the_design_says():
    parts = {path.name.removesuffix(".py") for path in TOPICS.iterdir() if path.name != "__pycache__"}
    assert parts <= set().union(*LAYERS) | PLACES


def test_imports_run_one_way():
    wrong = []
    for path in modules():
        own = layer_of(part_of(path))
        for name in imports(path):
            if own is None or not name.startswith("topics."):
                continue
            other = name.split(".")[1]
            theirs = layer_of(other)
            if theirs is None or theirs > own or (theirs == own and other != part_of(path)):
                wrong.append(f"{named(path)} imports {name}")
    assert wrong == []


def test_the_api_reads_nothing_that_could_hold_a_draft():
    hidden = ("Version", "VersionAuthor", "Reference", "Code", "RelatedArticle", "Contribution")
    hidden += ("Requirement", "Assignment", "SignOff", "SourceStatement")
    wrong = [
        f"{named(path)} imports {name}"
        for path in (TOPICS / "api").rglob("*.py")
        for name in imports(path)
        if name.startswith(("topics.workflow", "topics.rules.eligibility"))
        or (name.startswith("topics.models") and name.split(".")[-1] in hidden)
        or name == "topics.models.version"
    ]
    assert wrong == []


PUBLIC = ("beside", "feed", "licensing", "replies", "scopes", "standing")


def test_the_public_code_does_not_walk_from_an_edition_to_its_version():
    pattern = re.compile(r"\.versions?\b(?!_)|version__")
    places = [*(TOPICS / "api").rglob("*.py"), TOPICS / "publishing" / "shelf.py"]
    places += [TOPICS / "publishing" / f"{name}.py" for name in PUBLIC]
    wrong = [
        f"{named(path)}:{node.lineno}"
        for path in places
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in ("version", "versions"))
        or (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and pattern.search(node.value)
            and "__" in node.value
            and " " not in node.value
        )
    ]
    assert wrong == []


def test_nothing_but_the_project_knows_the_settings_module():
    assert [named(p) for p in modules() if any(n.startswith("cms") for n in imports(p))] == []


def test_nothing_is_imported_inside_a_function():
    wrong = [
        f"{named(path)}:{inner.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_nothing_is_imported_by_star():
    assert [named(p) for p in modules() if any(n.endswith(".*") for n in imports(p))] == []


def test_no_file_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "services", "common", "misc", "signals"}
    assert [named(path) for path in ROOT.glob("t*/**/*.py") if path.stem in drawers] == []


def test_every_module_opens_with_a_sentence_that_says_its_idea():
    wrong = []
    for path in [*modules(), *(ROOT / "cms").glob("*.py")]:
        text = path.read_text()
        if text.strip():
            opening = ast.get_docstring(ast.parse(text)) or ""
            if not opening or not opening.split("\n\n")[0].rstrip().endswith((".", ":")):
                wrong.append(named(path))
    assert wrong == []


def test_no_file_is_two_ideas_long():
    lengths = {named(path): len(path.read_text().splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_one_place_knows_which_database_is_in_use():
    places = [
        named(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "vendor"
    ]
    assert set(places) == {"topics/models/walls/dialect.py"}


def test_no_rule_is_kept_by_a_signal():
    places = {
        named(path)
        for path in modules()
        for name in imports(path)
        if "signals" in name or name == "django.dispatch.receiver"
    }
    assert places == {"topics/apps.py"}


def test_tests_mirror_what_they_test():
    beside = {"attacks", "bench", "browser", "deploy", "docs", "fuzz", "perf"}
    folders = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "_."
    }
    assert folders <= set().union(*LAYERS) | beside


def test_tests_are_plain_functions():
    wrong = [
        f"{named(path)}: {node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
    ]
    assert wrong == []


SINCE_3_11 = {"datetime.UTC", "enum.StrEnum", "typing.Self", "typing.assert_never", "tomllib"}


def test_everything_is_written_for_python_3_10():
    for path in sorted(p for top in ("cms", "topics", "tests") for p in (ROOT / top).rglob("*.py")):
        tree = ast.parse(path.read_text(), feature_version=(3, 10))
        names = {
            f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert not names & SINCE_3_11, f"{named(path)} needs a later Python"
