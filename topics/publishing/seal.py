"""Provenance: what the publisher states of an edition, sealed by a detached JWS over RFC 8785 JSON.

The statement is the edition's record with the article's id: digest, dates, sign-offs as printed. The
seal is a compact JWS without its payload (RFC 7515, appendix F). The payload is base64url-encoded for
signing, as in any JWS: RFC 7797 would spare that, but many libraries don't read it.
"""

import json

from topics.content.canonical import canonical, digest
from topics.publishing.addresses import KEYS_PATH
from topics.publishing.keys import ALGORITHM, b64, signing_key

KIND = "provenance/1"
"""The kind of statement; another shape would be another kind."""


class NotProvable(RuntimeError):
    """The edition's text is not the one that its record says was signed: nothing is sealed."""


def statement(edition):
    """What is sealed of an edition, as a dict: the same each time, since it is frozen."""
    record = json.loads(edition.record)
    kept = {"kind": KIND, "article": str(edition.article.public_id), "language": edition.language}
    return {**record, **kept}


def provenance(edition):
    """An edition's statement, its seal by the key that signs today, and where the public keys are.

    Raises `NotProvable`: a publisher never signs for a text that was changed underneath it.
    """
    stated = statement(edition)
    signed = [review["digest"] for review in stated["reviews"]]
    if (
        not digest(edition.document) == edition.digest == stated["digest"]
        or edition.digest not in signed
    ):
        raise NotProvable(f"Edition {edition.pk} is not what was signed: run manage.py verify_ledger.")
    kid, key = signing_key()
    return {"statement": stated, "signature": sealed(canonical(stated), kid, key), "keys": KEYS_PATH}


def sealed(text, kid, key):
    """The detached JWS of a canonical text: header, nothing, signature."""
    header = b64(canonical({"alg": ALGORITHM, "kid": kid}).encode())
    return f"{header}..{b64(key.sign(f'{header}.{b64(text.encode())}'.encode()))}"
