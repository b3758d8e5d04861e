"""Addresses: a front page, the admin, previews, the API, its keys. Errors under /api/ are problems."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from topics.api.provenance import KeySetView
from topics.publishing.addresses import KEYS_PATH

handler400 = "cms.oversize.bad_request"
handler404 = "topics.api.problems.not_found"
handler500 = "topics.api.problems.server_error"

urlpatterns = [
    path(KEYS_PATH.lstrip("/"), KeySetView.as_view(), name="keys"),
    path("", TemplateView.as_view(template_name="topics/api/home.html"), name="home"),
    path("language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("preview/", include("topics.preview.urls")),
    path("api/v1/", include("topics.api.urls")),
]
