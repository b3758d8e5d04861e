"""Every word of the evidence, changed one at a time: the verifiers of the README and of `manage.py`."""

import base64
import json
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from tests import make
from tests.api import ask
from tests.once import made_once
from tests.publishing import evidence as ev
from tests.test_readme import example
from topics.content.canonical import canonical
from topics.publishing import keys
from topics.publishing.verifying import failures

SCRIPT = compile(example("# verify.py"), "verify.py", "exec")
AROUND = {
    *("status", "review_status", "ended", "withdrawal", "related", "links", "translations", "notices"),
    *("url", "permanent_url", "provenance_url"),
}
"""What changes with time, or where it is read: no part of the evidence."""


def library():
    """Of some articles what a consumer saves, by slug; `flu` in both of its editions."""
    client, room = Client(), make.newsroom()
    related = make.released(room, slug="related")
    make.released(room, ask.rich_draft(room, related.article, slug="cough"))
    flu = make.released(room, slug="flu")
    make.released(room, make.next_draft(room, flu.article, summary="Shorter."))
    croup = make.released(room, slug="croup")
    reworded = "What a cough is, and what helps."
    minor = make.next_draft(room, croup.article, change_kind="minor", summary=reworded)
    make.released(room, minor)
    make.released(room, slug="tos", language="es", title="Tos", translation_of=croup.article)
    found = {slug: ev.saved(client, slug) for slug in ("cough", "flu", "croup", "tos")}
    return found | {"flu, edition 1": ev.saved(client, "flu", "editions/1/")}


@pytest.fixture(scope="module")
def saved_once(django_db_setup, django_db_blocker):
    """What was written is taken back at once: nobody needs a database to verify."""
    with made_once(django_db_blocker, library) as found:
        return found


@pytest.fixture
def saved(saved_once):
    return deepcopy(saved_once)


@pytest.fixture
def evidence(saved):
    return saved["cough"]


def by_command(evidence, folder, capsys):
    """What the command says fails."""
    article, _, keyring = ev.write(evidence, folder)
    try:
        call_command("verify", article, keys=keyring)
    except CommandError:
        return capsys.readouterr().err.splitlines() or ["malformed"]
    return []


def by_script(evidence, folder, capsys):
    """What the README's script says fails."""
    argv, sys.argv = sys.argv, ["verify.py", *ev.write(evidence, folder)]
    try:
        exec(SCRIPT, {"__name__": "__main__"})
    except SystemExit as ended:
        said = capsys.readouterr().out.splitlines()
        return [] if ended.code == 0 else ["malformed"] if isinstance(ended.code, str) else said
    finally:
        sys.argv = argv
    raise AssertionError("The script didn't end with a code.")


VERIFIERS = pytest.mark.parametrize("verify", [by_command, by_script])


def words(found):
    """The words of evidence that fail, without colours."""
    return {re.sub(r"\x1b\[[0-9;]*m", "", line).partition(":")[0] for line in found}


@VERIFIERS
def test_what_was_saved_holds(evidence, tmp_path, capsys, verify):
    assert verify(evidence, tmp_path, capsys) == []


@VERIFIERS
def test_every_changed_word_of_the_article_is_named(evidence, tmp_path, capsys, verify):
    signed = set(evidence["article"]["signed_fields"])
    seen = set()
    for path in ev.places(evidence["article"]):
        name = path[0]
        found = words(verify(ev.tampered(evidence, ("article", *path)), tmp_path, capsys))
        if name in AROUND:
            assert found == set(), path
        elif name in signed:
            assert found == {"digest"} | ({"article"} if name == "id" else set()) | (
                {"language"} if name == "language" else set()
            ), path
        else:
            assert found == {name}, path
        seen.add(name)
    assert seen == set(evidence["article"])


@VERIFIERS
def test_every_missing_member_of_the_article_is_named(evidence, tmp_path, capsys, verify):
    for name in evidence["article"].keys() - AROUND:
        found = words(verify(ev.lacking(evidence, ("article", name)), tmp_path, capsys))
        assert {"id": "article"}.get(name, name) in found or found == {"malformed"}, name


@VERIFIERS
def test_every_changed_word_of_the_statement_breaks_the_seal(evidence, tmp_path, capsys, verify):
    for path in ev.places(evidence["provenance"]["statement"]):
        changed = ev.tampered(evidence, ("provenance", "statement", *path))
        found = words(verify(changed, tmp_path, capsys))
        assert "signature" in found or found == {"malformed"}, path
        if path[0] not in ("kind", "signed_fields"):
            assert path[0] in found, path


@VERIFIERS
def test_article_and_statement_changed_alike_are_betrayed_by_the_seal(
    evidence, tmp_path, capsys, verify
):
    """Who forges both, even with new digests that fit, lacks the key."""
    changed = ev.tampered(evidence, ("article", "summary"))
    article = changed["article"]
    text = canonical({name: article[name] for name in article["signed_fields"]})
    digest = keys.hashlib.sha256(text.encode()).hexdigest()
    for held in (article, changed["provenance"]["statement"]):
        held["digest"] = f"sha-256:{digest}"
        for review in held["reviews"]:
            review["digest"] = held["digest"]
    assert words(verify(changed, tmp_path, capsys)) == {"signature"}


@VERIFIERS
def test_sign_offs_of_another_text_are_no_sign_offs(evidence, tmp_path, capsys, verify):
    other = "sha-256:" + "0" * 64
    for held in (evidence["article"], evidence["provenance"]["statement"]):
        for review in held["reviews"]:
            review["digest"] = other
    assert words(verify(evidence, tmp_path, capsys)) == {"signature", "reviews"}


def header(evidence, **members):
    head, _, signature = evidence["provenance"]["signature"].split(".")
    held = json.loads(keys.unb64(head)) | members
    return f"{keys.b64(json.dumps(held).encode())}..{signature}"


@VERIFIERS
def test_another_signature_is_no_signature(evidence, tmp_path, capsys, verify):
    head, _, signature = evidence["provenance"]["signature"].split(".")
    raw = keys.unb64(signature)
    for other in (
        f"{head}..{keys.b64(bytes(64))}",
        f"{head}..{keys.b64(raw[:-1] + bytes([raw[-1] ^ 1]))}",
        f"{head}..{keys.b64(raw[:-1])}",
        f"{head}..",
        f"{head}...",
        f"{head}.{keys.b64(b'{}')}.{signature}",
        f"{head}..{signature}=",
        f"{head}..{signature}!",
        signature,
        "",
        header(evidence, alg="none"),
        header(evidence, alg="HS256"),
        header(evidence, crit=["b64"], b64=False),
        header(evidence, kid="another"),
        header(evidence, kid=None),
        header(evidence, extra=1),
    ):
        evidence["provenance"]["signature"] = other
        found = words(verify(evidence, tmp_path, capsys))
        assert found in ({"signature"}, {"key"}, {"malformed"}), other


@VERIFIERS
def test_other_keys_are_not_the_publishers(evidence, tmp_path, capsys, verify):
    (other,) = keys.parsed(keys.new_key_set())
    own = evidence["keys"]["keys"][0]
    for keyring, word in (
        ([], "key"),
        ([keys.public_part(other)], "key"),
        ([{**own, "x": other["x"]}], "signature"),
        ([{**own, "x": "short"}], "malformed"),
    ):
        evidence["keys"]["keys"] = keyring
        assert words(verify(evidence, tmp_path, capsys)) == {word}


@VERIFIERS
def test_a_name_that_stands_twice_is_refused(evidence, tmp_path, capsys, verify, monkeypatch):
    write = ev.write

    def twice(evidence, folder):
        paths = write(evidence, folder)
        text = Path(paths[0]).read_text(encoding="utf-8")
        Path(paths[0]).write_text('{"title":"Take 50 mg",' + text[1:], encoding="utf-8")
        return paths

    monkeypatch.setattr(ev, "write", twice)
    assert words(verify(evidence, tmp_path, capsys)) == {"malformed"}


@VERIFIERS
def test_evidence_of_another_edition_or_article_does_not_fit(saved, tmp_path, capsys, verify):
    old, new = saved["flu, edition 1"], saved["flu"]
    assert verify(old, tmp_path, capsys) == verify(new, tmp_path, capsys) == []
    found = words(verify({**old, "provenance": new["provenance"]}, tmp_path, capsys))
    assert found >= {"digest", "edition", "published", "reviews"}
    found = words(verify({**new, "provenance": saved["cough"]["provenance"]}, tmp_path, capsys))
    assert found >= {"article", "slug"}


@VERIFIERS
def test_a_minor_change_and_a_translation_can_be_verified(saved, tmp_path, capsys, verify):
    for slug in ("croup", "tos"):
        assert verify(saved[slug], tmp_path, capsys) == []


def test_another_library_verifies_the_seal(evidence):
    def verified(held):
        head, _, signature = held["provenance"]["signature"].split(".")
        payload = base64.urlsafe_b64encode(canonical(held["provenance"]["statement"]).encode())
        text = f"{head}.{payload.rstrip(b'=').decode()}.{signature}"
        return jws.deserialize_compact(text, KeySet.import_key_set(held["keys"]), algorithms=["Ed25519"])

    found = verified(evidence)
    assert found.headers()["kid"] == evidence["keys"]["keys"][0]["kid"]
    assert json.loads(found.payload)["digest"] == evidence["article"]["digest"]
    with pytest.raises(BadSignatureError):
        verified(ev.tampered(evidence, ("provenance", "statement", "last_reviewed")))


def test_what_a_retired_key_signed_holds_and_what_a_deleted_key_signed_does_not(client, db, settings):
    settings.SIGNING_KEYS = keys.new_key_set()
    make.released(make.newsroom(), slug="cough")
    before = ev.saved(client, "cough")
    settings.SIGNING_KEYS = keys.rotated(settings.SIGNING_KEYS)
    after = ev.saved(client, "cough")
    assert before["provenance"]["signature"] != after["provenance"]["signature"]
    assert before["provenance"]["statement"] == after["provenance"]["statement"]
    for held in (before, after):
        assert failures(held["article"], held["provenance"], after["keys"]) == []
    kept = {"keys": after["keys"]["keys"][:1]}
    (said,) = failures(before["article"], before["provenance"], kept)
    assert said.startswith("key: ")


def test_the_script_is_short_and_runs_by_itself(evidence, tmp_path):
    text = example("# verify.py")
    assert len(text.splitlines()) < 100
    script = tmp_path / "verify.py"
    script.write_text(text, encoding="utf-8")
    paths = ev.write(evidence, tmp_path)
    done = subprocess.run([sys.executable, "-I", script, *paths], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "This is what was signed.\n")
    ev.write(ev.tampered(evidence, ("article", "last_reviewed")), tmp_path)
    done = subprocess.run([sys.executable, "-I", script, *paths], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.startswith("last_reviewed: ")


def test_the_command_says_who_signed_what(evidence, tmp_path, capsys):
    article, *_ = ev.write(evidence, tmp_path)
    call_command("verify", article)
    said = capsys.readouterr().out
    assert "Edition 1 of cough [en] is what was signed: sha-256:" in said
    assert "Pia Primary, MD, MPH (Primary reviewer," in said


def test_the_command_says_what_it_lacks(evidence, tmp_path):
    article, provenance, _ = ev.write(evidence, tmp_path)
    for arguments, word in (
        (["none.json"], "none.json can't be read"),
        ([provenance], "is no article of this API"),
        ([article, "--keys", article], "missing or malformed"),
        ([article, "--provenance", "none.json"], "none.json can't be read"),
    ):
        with pytest.raises(CommandError, match=word):
            call_command("verify", *arguments)


@pytest.mark.django_db(transaction=True)
def test_the_command_verifies_an_address(live_server, capsys):
    room = make.newsroom()
    make.released(room, slug="cough")
    for path in ("articles/cough/", "articles/cough/editions/1/"):
        call_command("verify", f"{live_server.url}/api/v1/{path}")
        assert "Edition 1 of cough [en] is what was signed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="can't be read"):
        call_command("verify", f"{live_server.url}/api/v1/articles/none/")
