"""The one error envelope: RFC 9457 problem details, whatever went wrong and wherever under /api/."""

import json
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.encoding import escape_uri_path
from django.views import defaults
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable

from topics.publishing.addresses import KEYS_PATH

OURS = ("/api/", KEYS_PATH)
"""Under these every failure is problem details."""

TYPES = "/api/v1/problems/"
MEDIA_TYPE = "application/problem+json"
LONGEST_ECHO = 60


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, its short title, and what it means to a consumer."""

    status: int
    title: str
    meaning: str


KINDS = {
    "unknown-parameter": Kind(
        400,
        "Unknown query parameter",
        "`parameter` is not one that this address accepts; `accepted` lists those.",
    ),
    "repeated-parameter": Kind(
        400, "Repeated query parameter", "`parameter` was given more than once; it takes one value."
    ),
    "bad-parameter": Kind(
        400, "Bad value of a query parameter", "`detail` says what `parameter` may be."
    ),
    "bad-cursor": Kind(
        400,
        "Bad cursor",
        "The cursor was not issued here, or was changed. Use the one of the last reply as it is, "
        "or start again without one.",
    ),
    "language-needed": Kind(
        400,
        "Language needed",
        "The slug names articles in several `languages`: add one as ?language=, or use the id.",
    ),
    "bad-request": Kind(400, "Bad request", "The request is malformed."),
    "not-found": Kind(
        404, "Not found", "Nothing of that name is public, or was at the instant asked for."
    ),
    "key-needed": Kind(
        401,
        "API key needed",
        "Reading is for licensees here: send a key as `Authorization: Api-Key …` or `X-Api-Key`.",
    ),
    "unknown-key": Kind(
        401,
        "API key opens nothing",
        "No key of that name is in use. It may have expired or been replaced: ask for a new one.",
    ),
    "too-many-requests": Kind(
        429,
        "Too many requests",
        "Wait for `retry_after` seconds, which Retry-After has too. RateLimit says how many are left.",
    ),
    "method-not-allowed": Kind(405, "Method not allowed", "This API is read-only: GET, HEAD, OPTIONS."),
    "not-acceptable": Kind(
        406, "Not acceptable", "The Accept header excludes every media type in `accepted`."
    ),
    "precondition-failed": Kind(
        412, "Precondition failed", "If-Match or If-Unmodified-Since does not hold."
    ),
    "moved": Kind(
        301,
        "Moved to another article",
        "The article was withdrawn in favour of `withdrawal.replacement`, which Location names.",
    ),
    "withdrawn": Kind(
        410,
        "Withdrawn",
        "The article or edition was taken back. Stop showing it; `withdrawal` says why and, where "
        "there is one, what to read instead.",
    ),
    "review-overdue": Kind(
        410,
        "Withheld because its review is overdue",
        "The review policy withholds what was not reviewed in time. Stop showing it.",
    ),
    "server-error": Kind(500, "Server error", "Something failed here; it was logged."),
}


class Problem(Exception):
    """Ends a request with problem details of a kind in `KINDS`; `more` are extension members."""

    def __init__(self, name, detail=None, headers=None, **more):
        self.name, self.detail, self.headers, self.more = name, detail, headers or {}, more
        super().__init__(detail)


def echo(value):
    """A value as the request gave it, short enough to be repeated in a sentence."""
    return value if len(value) <= LONGEST_ECHO else value[: LONGEST_ECHO - 1] + "…"


def problem_response(request, problem):
    """The problem as an HTTP response; nothing may keep it longer than it holds."""
    kind = KINDS[problem.name]
    body = {
        "type": TYPES + problem.name,
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail or kind.meaning,
        "instance": escape_uri_path(request.path),
        **problem.more,
    }
    headers = {"Cache-Control": "no-cache", "Content-Language": "en", **problem.headers}
    return HttpResponse(json.dumps(body), MEDIA_TYPE, kind.status, headers=headers)


def as_problem(exception):
    """The problem that an exception amounts to, or None where it is a failure of ours."""
    match exception:
        case Problem():
            return exception
        case Http404():
            return Problem("not-found")
        case MethodNotAllowed():
            return Problem("method-not-allowed", headers={"Allow": "GET, HEAD, OPTIONS"})
        case NotAcceptable():
            return Problem("not-acceptable")
        case SuspiciousOperation():
            return Problem("bad-request")
        case APIException() if exception.status_code < 500:
            return Problem("bad-request", str(exception.detail))
    return None


def exception_handler(exception, context):
    """Django REST framework's hook; what is no problem goes on to Django, which logs it."""
    problem = as_problem(exception)
    return problem and problem_response(context["request"], problem)


def error_page(name, otherwise):
    """A handler of Django's for a whole status: problem details in the API, else Django's page."""

    def page(request, *args, **kwargs):
        if request.path.startswith(OURS):
            return problem_response(request, Problem(name))
        return otherwise(request, *args, **kwargs)

    return page


bad_request = error_page("bad-request", defaults.bad_request)
not_found = error_page("not-found", defaults.page_not_found)
server_error = error_page("server-error", defaults.server_error)
