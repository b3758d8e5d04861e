"""What every view of the API has in common: it reads, and takes only parameters that it names."""

from django.http import HttpResponse
from rest_framework.views import APIView

from topics.api import parameters


class ReadView(APIView):
    """A read-only view. `accepted` maps its query parameters to their parsers, `given` holds them."""

    http_method_names = ("get", "head", "options")
    accepted = {}

    def initial(self, request, *args, **kwargs):
        # First of all: the framework itself would take `format` for a choice of renderer.
        if request.method in ("GET", "HEAD"):
            self.given = parameters.read(request.query_params, self.accepted)
        super().initial(request, *args, **kwargs)

    def options(self, request, *args, **kwargs):
        """The methods, in the Allow header."""
        return HttpResponse(status=204, headers={"Cache-Control": "no-cache"})
