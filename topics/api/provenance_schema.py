"""What the OpenAPI schema says of provenance and of the publisher's keys."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers as s

from topics.api import bodies, examples
from topics.api.schema import (
    HEADERS,
    LANGUAGE,
    NUMBER,
    PARAMETER_PROBLEMS,
    REFERENCE,
    VARY,
    operation,
    replies,
)
from topics.publishing.addresses import KEYS_PATH


class Statement(bodies.FromRecord):
    """What the publisher seals of an edition; it never changes."""

    kind = bodies.choice(["provenance/1"])
    article = s.UUIDField()
    language = s.CharField()
    reviews = bodies.Review(many=True)
    signed_fields = s.ListField(child=s.CharField())


class Provenance(s.Serializer):
    statement = Statement()
    signature = s.CharField(
        help_text="A JWS without its payload (RFC 7515, appendix F), which is the RFC 8785 form of the "
        "statement: Ed25519, with the id of the key in its header."
    )
    keys = s.CharField(help_text="Where the publisher's public keys are.")


class PublicKey(s.Serializer):
    """An Ed25519 key (RFC 8037); its id is its thumbprint (RFC 7638)."""

    kty = bodies.choice(["OKP"])
    crv = bodies.choice(["Ed25519"])
    x = s.CharField()
    kid = s.CharField()
    use = bodies.choice(["sig"])
    alg = s.CharField(help_text="Ed25519 (RFC 9864).")


class KeySet(s.Serializer):
    keys = PublicKey(many=True, help_text="The first one that signs now, then the retired ones.")


STATED = ("reviews", "signed_fields", "language")
EXAMPLE = {
    "statement": {
        "kind": "provenance/1",
        "article": examples.ID,
        **{name: examples.ARTICLE[name] for name in (*examples.RECORD, *STATED)},
    },
    "signature": "eyJhbGciOiJFZERTQSIsImtpZCI6ImtQcksifQ..c2lnbmF0dXJlIG9mIDY0IGJ5dGVz",
    "keys": KEYS_PATH,
}
KEY_SET_EXAMPLE = {
    "keys": [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
            "use": "sig",
            "alg": "Ed25519",
        }
    ]
}

DESCRIPTION = (
    "The digest, the dates and every sign-off as printed, sealed with the publisher's Ed25519 key. With "
    "it a saved article can be verified offline: `manage.py verify`, or the script of the README. It "
    "says nothing of whether the edition is still in force."
)

PROVENANCE = operation(
    operation_id="get_provenance",
    summary="What the publisher signed of the edition in force",
    description=DESCRIPTION,
    parameters=[REFERENCE, LANGUAGE, *HEADERS],
    responses=replies(
        Provenance,
        "The statement and its seal.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue", "moved"),
        example=EXAMPLE,
    ),
)

EDITION_PROVENANCE = operation(
    operation_id="get_edition_provenance",
    summary="What the publisher signed of one edition",
    description=DESCRIPTION,
    parameters=[REFERENCE, NUMBER, LANGUAGE, *HEADERS],
    responses=replies(
        Provenance,
        "The statement and its seal.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue"),
        example=EXAMPLE,
    ),
)

KEYS = operation(
    operation_id="get_keys",
    summary="The publisher's public keys",
    description="A JWK Set (RFC 7517, RFC 8037). Retired keys stay in it.",
    parameters=[VARY, *HEADERS],
    responses=replies(KeySet, "The keys.", example=KEY_SET_EXAMPLE, for_everyone=True)
    | {
        (200, "application/jwk-set+json"): OpenApiResponse(
            KeySet, "The keys.", [OpenApiExample("Keys", KEY_SET_EXAMPLE)]
        )
    },
)
