"""Addresses: a plain front page, the admin and the API. Errors under /api/ are problem details."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

handler400 = "topics.api.problems.bad_request"
handler404 = "topics.api.problems.not_found"
handler500 = "topics.api.problems.server_error"

urlpatterns = [
    path("", TemplateView.as_view(template_name="topics/api/home.html"), name="home"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("topics.api.urls")),
]
