"""An installation that is told nothing is embedded, private and strict."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from cms.secret import secret_key

ROOT = Path(__file__).resolve().parents[1]
SHOW = """
import json
from django.conf import settings
from django.db import connection
database = settings.DATABASES["default"]
with connection.cursor() as cursor:
    def pragma(name):
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]
    pragmas = {name: pragma(name) for name in
               ("journal_mode", "foreign_keys", "busy_timeout", "recursive_triggers")}
print(json.dumps({"engine": database["ENGINE"], "name": str(database["NAME"]), "debug": settings.DEBUG,
                  "key": settings.SECRET_KEY, "mode": database["OPTIONS"]["transaction_mode"],
                  **pragmas}))
"""


def embedded(folder, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    shown = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", SHOW],
        cwd=ROOT,
        env={**kept, "VAR_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(shown.stdout.splitlines()[-1])


def test_without_any_variable_it_is_sqlite_with_its_safeguards_on(tmp_path):
    shown = embedded(tmp_path / "var")
    assert shown["engine"] == "django.db.backends.sqlite3"
    assert shown["name"] == str(tmp_path / "var" / "signoff.sqlite3")
    assert shown["debug"] is False
    assert shown["mode"] == "IMMEDIATE"
    assert shown["journal_mode"] == "wal"
    assert shown["foreign_keys"] == 1
    assert shown["recursive_triggers"] == 1
    assert shown["busy_timeout"] >= 5000


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = embedded(tmp_path / "var")["key"]
    assert len(first) >= 50
    assert embedded(tmp_path / "var")["key"] == first
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert list((tmp_path / "var").glob("secret_key.*")) == []


def test_a_given_secret_key_is_used_and_none_is_kept(tmp_path):
    assert embedded(tmp_path / "var", SECRET_KEY="given" * 12)["key"] == "given" * 12
    assert not (tmp_path / "var" / "secret_key").exists()


def test_processes_that_start_at_once_agree_on_the_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: embedded(tmp_path / "var")["key"], range(4)))
    assert len(keys) == 1


def test_a_key_that_is_there_is_never_made_anew(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("kept\n")
    assert secret_key(path) == "kept"


def test_scripts_and_styles_of_pages_need_a_nonce():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for name in ("script-src", "style-src", "default-src"):
        assert "'unsafe-inline'" not in map(str, directives[name])
