"""What every view of the API has in common: it reads, and takes only parameters that it names."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from rest_framework.views import APIView

from topics.api import parameters, representing, throttling
from topics.api.formats.table import JSON_ALONE
from topics.api.problems import Problem
from topics.api.readers import HEADERS, reader_of, unknown_key
from topics.publishing.licensing import OPEN, UnknownKey
from topics.publishing.usage import BUFFER


class ReadView(APIView):
    """A read-only view. `accepted` maps its query parameters to their parsers, `given` holds them.

    `formats` are the representations that it offers, by name, and `format` the one it has to serve.
    `reader` is who asks: every question to the shelf takes it. A view that is `for_everyone` says
    nothing of articles, and asks nobody who they are. `served` is the id of the article that a reply
    gives, to be counted.
    """

    http_method_names = ("get", "head", "options")
    accepted = {}
    for_everyone = False
    reader = OPEN
    formats = JSON_ALONE
    quota = None
    served = None
    refused = {}
    """Parameters that somebody may well try here, and why they are not accepted."""
    required = ()

    def initial(self, request, *args, **kwargs):
        request.reader = self.reader
        if request.method in ("GET", "HEAD"):
            reader = OPEN if self.for_everyone else reader_of(request)
            self.quota = throttling.count_request(request, reader)
            # Only now: a key that asks too often is not even looked up.
            self.reader = request.reader = reader
            # Before the framework: it would take `format` for a choice of renderer.
            self.given = parameters.read(
                request.query_params, self.accepted, self.refused, self.required
            )
            self.format = self.formats and representing.chosen(request, self.given, self.formats)
        super().initial(request, *args, **kwargs)

    def perform_content_negotiation(self, request, force=False):
        """It is done by `representing`; the framework's own would refuse what it doesn't render."""
        return super().perform_content_negotiation(request, force=True)

    def handle_exception(self, exception):
        if isinstance(exception, UnknownKey):
            self.reader = OPEN
            try:
                self.quota = throttling.count_guess(self.request)
                exception = unknown_key()
            except Problem as too_many:
                exception = too_many
        return super().handle_exception(exception)

    def finalize_response(self, request, response, *args, **kwargs):
        """Whatever is answered: it is to a key that opens something, and for whom it is kept is said."""
        try:
            self.reader.identify()
        except UnknownKey as unknown:
            response = self.handle_exception(unknown)
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in self.quota.headers().items() if self.quota else ():
            response.setdefault(name, value)
        if self.for_everyone:
            return response
        patch_vary_headers(response, HEADERS)
        if self.reader.is_licensee:
            throttling.remember(self.reader)
            # Its licence, its directory and its key may change at any time, and it is told at once.
            if "no-store" not in response.get("Cache-Control", ""):
                response["Cache-Control"] = "private, no-cache"
            given = self.served if response.status_code in (200, 304) else None
            BUFFER.note(self.reader.key_id, given, at=timezone.now())
        return response

    def options(self, request, *args, **kwargs):
        """The methods, in the Allow header."""
        return HttpResponse(status=204, headers={"Cache-Control": "no-cache"})
