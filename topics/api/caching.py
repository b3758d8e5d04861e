"""Replies that may be kept: a strong ETag, a truthful Last-Modified, and an age that ends in time.

A copy lives for `API_MAX_AGE` at most, and never past a change that is known to come. The last part of
that (`API_STALE_IF_ERROR`) is for caches that find this server failing (RFC 5861): so an outage makes
no copy live longer than it may anyway. Where a change is to come nothing is used stale at all.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from topics.api import surrogates
from topics.api.problems import Problem

SETTLED_AFTER = timedelta(seconds=10)
"""By then, every act of an instant is committed, on servers whose clocks may differ by five seconds."""


def reply(
    request,
    body,
    *,
    at,
    last=None,
    next_change=None,
    keep=True,
    language=None,
    media_type="application/json",
    negotiated=False,
    keys=(surrogates.LISTS,),
):
    """The text as a response, 304 or a 412 problem, as the request's conditions have it.

    `last` and `next_change` are the last instant up to `at` and the first one after it at which
    the body differs, None where unknown. With `keep` false it is asked for anew each time.
    `negotiated` says that the media type was chosen by the Accept header. `keys` are those to purge it
    by; a reply that names none is purged with the lists, on every change.
    """
    if request.reader.is_licensee:
        last = None  # A directory and a licence leave no instant to date a reply by.
    content = body.encode()
    # Two representations may have the same bytes; their tags differ all the same (RFC 9110, 8.8.3).
    etag = f'"{hashlib.sha256(media_type.encode() + bytes(1) + content).hexdigest()[:32]}"'
    response = HttpResponse(content, media_type)
    response["ETag"] = etag
    if negotiated:
        patch_vary_headers(response, ["Accept"])
    response["Cache-Control"] = age(at=at, next_change=next_change) if keep else "no-cache"
    if not request.reader.is_licensee:
        for name, value in surrogates.headers(keys).items():
            response[name] = value
    if language:
        response["Content-Language"] = language
    # HTTP dates have whole seconds and several changes may share one. A copy counts as unchanged
    # only if it is dated after the second of the last change, and is dated so only once settled.
    next_second = last and int(last.timestamp()) + 1
    if last:
        settled = at >= last + SETTLED_AFTER
        response["Last-Modified"] = http_date(next_second if settled else next_second - 1)
    answer = get_conditional_response(request, etag, next_second, response)
    if answer.status_code == 412:
        raise Problem("precondition-failed")
    return answer


def age(*, at, next_change):
    """The Cache-Control of a reply that may be kept: never past the next change that is known."""
    left = settings.API_MAX_AGE
    if next_change is not None:
        left = max(0, min(left, int((next_change - at).total_seconds())))
    # `must-revalidate` forbids what `stale-if-error` allows, so it is one or the other.
    stale = min(settings.API_STALE_IF_ERROR, left // 2) if left == settings.API_MAX_AGE else 0
    last = f"stale-if-error={stale}" if stale else "must-revalidate"
    return f"public, max-age={left - stale}, {last}"
