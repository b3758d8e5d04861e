"""Verifying a saved article against its provenance and the publisher's keys, without a connection."""

import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from topics.content.canonical import canonical, digest
from topics.publishing.keys import ALGORITHM, b64, unb64
from topics.publishing.seal import KIND


class Unreadable(ValueError):
    """The text is no JSON of the kind that is needed, or says something twice."""


def loads(text):
    """JSON in which no object has a name twice: readers disagree on which one counts."""
    try:
        return json.loads(text, object_pairs_hook=once)
    except RecursionError:
        raise Unreadable("It is nested too deeply.") from None
    except ValueError as error:
        raise Unreadable(str(error)) from None


def once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice}” stands twice in one object.")
    return found


def failures(article, provenance, keys):
    """What does not hold, one sentence each that begins with the word of evidence; [] where all holds.

    `article`, `provenance` and `keys` are the parsed replies. Raises `Unreadable` where one of them
    lacks what every reply has.
    """
    try:
        stated = provenance["statement"]
        found = [wrong_seal(stated, provenance["signature"], keys)]
        found += [wrong_text(article, stated), wrong_reviews(stated), *wrong_record(article, stated)]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unreadable(f"A part of the evidence is missing or malformed: {error}") from None
    return [sentence for sentence in found if sentence]


def wrong_seal(stated, signature, keys):
    """Whether the publisher signed the statement."""
    head, payload, raw = signature.split(".")
    header = json.loads(unb64(head))
    key = {key["kid"]: key for key in keys["keys"]}.get(header["kid"])
    if header["alg"] != ALGORITHM or "crit" in header or payload or stated["kind"] != KIND:
        return "signature: it is not of the kind that this publisher makes."
    if key is None:
        return f"key: {header['kid']} is not among the publisher's keys."
    signed = f"{head}.{b64(canonical(stated).encode())}".encode()
    try:
        Ed25519PublicKey.from_public_bytes(unb64(key["x"])).verify(unb64(raw), signed)
    except InvalidSignature:
        return "signature: the statement is not what the publisher signed."
    return ""


def wrong_text(article, stated):
    """Whether the text is the one that has the digest."""
    missing = [name for name in stated["signed_fields"] if name not in article]
    if missing:
        return f"{missing[0]}: the article lacks this signed field."
    text = canonical({name: article[name] for name in stated["signed_fields"]})
    return "" if digest(text) == stated["digest"] else "digest: the text is not the one that was signed."


def wrong_reviews(stated):
    """Whether any sign-off is of this text."""
    signed = [review["digest"] for review in stated["reviews"]]
    return "" if stated["digest"] in signed else "reviews: nobody signed off this text."


def wrong_record(article, stated):
    """What the article says otherwise than the publisher states."""
    for name in sorted(stated.keys() - {"kind"}):
        shown = article.get("id" if name == "article" else name)
        if canonical(shown) != canonical(stated[name]):
            yield f"{name}: the article says {shown!r}, the publisher states {stated[name]!r}."
