"""The interface's language is the reader's; the API's replies are the same for everyone."""

from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class InterfaceLocaleMiddleware(LocaleMiddleware):
    """Django's choice of language, but not under `/api/`: caches there needn't vary by it."""

    def process_request(self, request):
        if request.path_info.startswith("/api/"):
            translation.activate("en")
        else:
            super().process_request(request)

    def process_response(self, request, response):
        if request.path_info.startswith("/api/"):
            return response
        return super().process_response(request, response)
