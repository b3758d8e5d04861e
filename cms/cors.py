"""Lets pages of any origin read the API (Fetch standard, CORS): it is open, and knows no cookies.

The answer is the same whoever asks, with an Origin or without one, so that no cache has to keep a copy
for each origin, or hands a page a copy without leave to read it.
"""

from cms.middleware import API

READABLE = (
    "Allow",
    "Content-Digest",
    "ETag",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Repr-Digest",
    "Retry-After",
    "WWW-Authenticate",
)
"""Headers that a page may read, beside those that it always may (Cache-Control, Last-Modified …)."""

SENDABLE = (
    "Authorization",
    "Cache-Control",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Unmodified-Since",
    "X-Api-Key",
)
"""Headers that a page may send, beside Accept and the like."""

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": ", ".join(SENDABLE),
    "Access-Control-Max-Age": "86400",
}


class OpenToBrowsers:
    """Leave to read every reply of the API, failures too; and the answer to a preflight."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith(API):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = ", ".join(READABLE)
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                for name, value in PREFLIGHT.items():
                    response[name] = value
        return response
