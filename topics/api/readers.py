"""From the headers of a request to the reader who asks, and what is said to a key that opens nothing."""

from django.conf import settings
from django.utils import timezone

from topics.api.problems import Problem
from topics.publishing.api_keys import possible_hashes
from topics.publishing.licensing import OPEN, Licensed, UnknownKey

HEADERS = ("Authorization", "X-Api-Key")
SCHEME = "api-key"
CHALLENGE = {"WWW-Authenticate": 'Api-Key realm="Signoff"'}


def given_keys(request):
    """The keys in the request, from either header. Another scheme of authorization is none of ours."""
    scheme, _space, key = request.headers.get("Authorization", "").strip().partition(" ")
    found = {key.strip()} if scheme.lower() == SCHEME else set()
    if "X-Api-Key" in request.headers:
        found.add(request.headers["X-Api-Key"].strip())
    return found


def reader_of(request):
    """The reader by the request's key. Raises `Problem` without one where reading isn't open, and
    `UnknownKey` for what is no key at all; whether a key opens anything is asked later.
    """
    keys = given_keys(request)
    if not keys:
        if settings.API_OPEN:
            return OPEN
        raise Problem("key-needed", headers=CHALLENGE)
    hashes = possible_hashes(keys.pop()) if len(keys) == 1 else []
    if not hashes:
        raise UnknownKey
    return Licensed(hashes, at=timezone.now())


def unknown_key():
    """One answer to every key that opens nothing: forged, expired and revoked are not told apart."""
    return Problem("unknown-key", headers=CHALLENGE)
