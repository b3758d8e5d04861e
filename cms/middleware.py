"""The interface's language and time zone are the reader's; the API replies the same to everyone, with
the digest of what it says.
"""

import base64
import hashlib

from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from topics.admin.moments import shown_in

ADMIN = "/admin/"
API = ("/api/", "/.well-known/")


class ContentDigestMiddleware:
    """`Content-Digest` (RFC 9530) on every reply of the API that has content.

    A cache takes the fields of a 304 or of a HEAD's reply for those of the content that it keeps (RFC
    9111, sections 3.2 and 4.3.5), so the digest of no content must not stand there: a HEAD gets that
    of the representation, as `Repr-Digest`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith(API) and response.status_code not in (204, 304):
            digest = base64.b64encode(hashlib.sha256(response.content).digest()).decode()
            name = "Repr-Digest" if request.method == "HEAD" else "Content-Digest"
            response[name] = f"sha-256=:{digest}:"
        return response


class InterfaceLocaleMiddleware(LocaleMiddleware):
    """Django's choice of language, but not in the API: caches of it needn't vary by it."""

    def process_request(self, request):
        if request.path_info.startswith(API):
            translation.activate("en")
        else:
            super().process_request(request)

    def process_response(self, request, response):
        if request.path_info.startswith(API):
            return response
        return super().process_response(request, response)


class PersonalZoneMiddleware:
    """Shows the instants on pages of the admin in the time zone of the person who signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (request.path_info.startswith(ADMIN) and request.user.is_authenticated):
            return self.get_response(request)
        with shown_in(request.user.zone()):
            return self.get_response(request)
