"""The signing keys: made once, kept from others, rotated without breaking what was signed before."""

import json
import stat

import pytest
from django.core.management import call_command

from cms.secret import kept_once
from topics.publishing import keys

# RFC 8037, appendix A: a key, and its thumbprint.
SEED = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
PUBLIC = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_key_is_named_by_its_thumbprint():
    key = keys.private_jwk(keys.unb64(SEED))
    assert (key["x"], key["kid"], key["d"]) == (PUBLIC, THUMBPRINT, SEED)


def test_a_new_set_has_one_private_key_and_no_two_are_alike():
    first, second = keys.new_key_set(), keys.new_key_set()
    (key,) = keys.parsed(first)
    assert set(key) == {"kty", "crv", "x", "kid", "use", "alg", "d"}
    assert first != second


def test_after_a_rotation_the_new_key_signs_and_the_old_one_can_not(settings):
    settings.SIGNING_KEYS = keys.new_key_set()
    before, _ = keys.signing_key()
    for turn in (2, 3):
        settings.SIGNING_KEYS = keys.rotated(settings.SIGNING_KEYS)
        kid, _ = keys.signing_key()
        published = keys.published_keys()["keys"]
        assert published[0]["kid"] == kid != before
        assert before in [key["kid"] for key in published]
        assert len(published) == turn
        assert settings.SIGNING_KEYS.count('"d"') == 1


def test_what_is_published_has_no_private_part(settings):
    settings.SIGNING_KEYS = keys.rotated(keys.new_key_set())
    assert all("d" not in key for key in keys.published_keys()["keys"])


def changed(text, **members):
    held = json.loads(text)
    held["keys"][0] |= members
    return json.dumps(held)


def without(text, name):
    held = json.loads(text)
    del held["keys"][0][name]
    return json.dumps(held)


ONE = keys.written([keys.private_jwk(bytes(32))])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        '{"keys": []}',
        '{"keys": [1]}',
        without(ONE, "d"),
        without(ONE, "kid"),
        without(ONE, "use"),
        changed(ONE, kid="mine"),
        changed(ONE, x=PUBLIC),
        changed(ONE, d=SEED),
        changed(ONE, d=SEED + "="),
        changed(ONE, alg="HS256"),
        changed(ONE, kty="RSA"),
        json.dumps({"keys": json.loads(ONE)["keys"] * 2}),
    ],
)
def test_a_set_that_can_not_sign_as_it_says_is_refused(text):
    with pytest.raises(keys.BadKeys) as refused:
        keys.parsed(text)
    assert json.loads(ONE)["keys"][0]["d"] not in str(refused.value)


def test_the_file_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "var" / "signing_keys.json"
    first = kept_once(path, keys.new_key_set).read_text()
    assert kept_once(path, keys.new_key_set).read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_rotation_of_the_file_counts_at_once_and_keeps_it_private(tmp_path, settings, capsys):
    settings.SIGNING_KEYS = ""
    settings.SIGNING_KEYS_FILE = kept_once(tmp_path / "signing_keys.json", keys.new_key_set)
    before, _ = keys.signing_key()
    private = json.loads(settings.SIGNING_KEYS_FILE.read_text())["keys"][0]["d"]
    call_command("rotate_key")
    after, _ = keys.signing_key()
    assert before != after
    said = capsys.readouterr().out
    assert said == f"{after} signs from now on. Still published: {before}.\n"
    assert private not in settings.SIGNING_KEYS_FILE.read_text()
    assert stat.S_IMODE(settings.SIGNING_KEYS_FILE.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [settings.SIGNING_KEYS_FILE]


def test_a_rotation_of_keys_from_the_environment_is_printed(settings, capsys):
    settings.SIGNING_KEYS = keys.new_key_set()
    settings.SIGNING_KEYS_FILE = "/nowhere"
    before, _ = keys.signing_key()
    call_command("rotate_key")
    new = keys.parsed(capsys.readouterr().out)
    assert "d" in new[0]
    assert (new[1]["kid"], "d" in new[1]) == (before, False)
