"""Replies that may be kept: a strong ETag, a truthful Last-Modified, and an age that ends in time."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from topics.api.problems import Problem

SETTLED_AFTER = timedelta(seconds=10)
"""By then, every act of an instant is committed, on servers whose clocks may differ by five seconds."""


def reply(request, body, *, at, last=None, next_change=None, keep=True, language=None):
    """The JSON text as a response, 304 or a 412 problem, as the request's conditions have it.

    `last` and `next_change` are the last instant up to `at` and the first one after it at which
    the body differs, None where unknown. With `keep` false it is asked for anew each time.
    """
    content = body.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, "application/json")
    response["ETag"] = etag
    response["Cache-Control"] = (
        f"public, max-age={max_age(at=at, next_change=next_change)}, must-revalidate"
        if keep
        else "no-cache"
    )
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


def max_age(*, at, next_change):
    """Whole seconds for which a reply may be kept: never past the next change that is known."""
    if next_change is None:
        return settings.API_MAX_AGE
    return max(0, min(settings.API_MAX_AGE, int((next_change - at).total_seconds())))
