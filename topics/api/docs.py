"""The schema of this API, and a page to browse it that needs no outside host and no inline script."""

import json
from functools import cache

from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView

from topics.api import parameters, surrogates
from topics.api.caching import reply
from topics.api.views import ReadView
from topics.publishing.replies import dump

# Without `validatorUrl` the page would ask an outside host for a badge.
PAGE = {"deepLinking": True, "validatorUrl": None, "supportedSubmitMethods": ["get", "head"]}


@cache
def schema_text():
    """The schema as JSON text, made once: it depends on the code alone."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    # Rendered, because lazy texts are in it; written anew, because indented it is three times as long.
    return dump(json.loads(OpenApiJsonRenderer().render(schema)))


class SchemaView(ReadView):
    for_everyone = True

    @extend_schema(exclude=True)
    def get(self, request):
        return reply(request, schema_text(), at=timezone.now(), keys=[surrogates.CONTRACT])


class DocsView(ReadView, SpectacularSwaggerSplitView):
    """The page; with `?script` its start script, which a strict content policy keeps apart."""

    for_everyone = True
    accepted = {"script": parameters.text}
    formats = None  # The page and its script, for any browser.
    url_name = "api:schema"
    template_name = "topics/api/docs.html"
    template_name_js = "topics/api/docs.js"

    @extend_schema(exclude=True)
    def get(self, request):
        response = super().get(request)
        if "settings" in response.data:
            response.data["settings"] = f"{{...{json.dumps(PAGE)}, plugins: [emptyFields]}}"
        response["Cache-Control"] = "no-cache"  # Else caches would make an age up.
        return response
