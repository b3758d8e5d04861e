"""The public addresses of articles and editions: by public id, because a slug needs its language."""

from django.urls import reverse

KEYS_PATH = "/.well-known/jwks.json"
"""The publisher's public keys (RFC 8615): where libraries look for a JWK Set by custom."""


def article_path(public_id):
    return reverse("api:article", args=[public_id])


def edition_path(public_id, number):
    return reverse("api:edition", args=[public_id, number])


def provenance_path(public_id, number):
    return reverse("api:edition-provenance", args=[public_id, number])
