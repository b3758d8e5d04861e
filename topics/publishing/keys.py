"""The publisher's signing keys: Ed25519, kept outside the database as a private JWK Set (RFC 8037).

The first key with a private part signs. The public part of every key is published, so that what a
retired key signed can be verified for good. A key that became known to others is deleted from the set:
from then on nobody can verify what it signed, which is the point.
"""

import base64
import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from topics.content.canonical import canonical

PUBLIC = ("kty", "crv", "x", "kid", "use", "alg")
ALGORITHM = "Ed25519"
"""RFC 9864; the older `EdDSA` of RFC 8037 is deprecated, since it names no curve."""


class BadKeys(ValueError):
    """The text is no set of Ed25519 keys, one of them private."""


def b64(raw: bytes) -> str:
    """base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """What `b64` wrote. Raises `ValueError` for any other spelling of it."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(raw) != text:
        raise ValueError("This is not base64url as it is written.")
    return raw


def private_jwk(seed: bytes) -> dict:
    """The key of 32 random bytes; its id is its thumbprint (RFC 7638)."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    named = {"crv": "Ed25519", "kty": "OKP", "x": b64(public)}
    thumbprint = b64(hashlib.sha256(canonical(named).encode()).digest())
    return {**named, "kid": thumbprint, "use": "sig", "alg": ALGORITHM, "d": b64(seed)}


def new_key_set() -> str:
    """A set of one new key, as JSON text."""
    return written([private_jwk(os.urandom(32))])


def rotated(text: str) -> str:
    """The set with a new key that signs from now on; of the others only the public part is kept."""
    return written([private_jwk(os.urandom(32)), *map(public_part, parsed(text))])


def written(keys) -> str:
    return json.dumps({"keys": list(keys)}, indent=1) + "\n"


def public_part(key: dict) -> dict:
    return {name: key[name] for name in PUBLIC}


@lru_cache(maxsize=4)
def parsed(text: str) -> tuple[dict, ...]:
    """The keys of a set. Raises `BadKeys` with a sentence that never repeats a key."""
    try:
        keys = tuple(json.loads(text)["keys"])
        known = [key["kid"] for key in keys]
        for key in keys:
            if "d" in key and private_jwk(unb64(key["d"])) != key:
                raise BadKeys("A private key does not fit its public part, its id or its algorithm.")
            if len(unb64(key["x"])) != 32 or (key["kty"], key["crv"]) != ("OKP", "Ed25519"):
                raise BadKeys("A key is no Ed25519 key.")
            public_part(key)
    except BadKeys:
        raise
    except (KeyError, TypeError, ValueError):
        raise BadKeys("The signing keys are no JWK Set of Ed25519 keys (RFC 8037).") from None
    if len(set(known)) < len(known):
        raise BadKeys("A key stands twice in the set.")
    if not any("d" in key for key in keys):
        raise BadKeys("No key of the set is private, so nothing can be signed.")
    return keys


def key_set() -> tuple[dict, ...]:
    """The installation's keys: of the settings, else of the file, which is read anew each time."""
    return parsed(settings.SIGNING_KEYS or Path(settings.SIGNING_KEYS_FILE).read_text(encoding="utf-8"))


def published_keys() -> dict:
    """The JWK Set that everybody may read."""
    return {"keys": [public_part(key) for key in key_set()]}


def signing_key() -> tuple[str, Ed25519PrivateKey]:
    """The id and the private part of the key that signs."""
    key = next(key for key in key_set() if "d" in key)
    return key["kid"], Ed25519PrivateKey.from_private_bytes(unb64(key["d"]))
