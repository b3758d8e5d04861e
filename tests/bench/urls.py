"""The addresses of the project, and a bare view to compare with."""

from django.http import HttpResponse
from django.urls import path

from cms.urls import urlpatterns as project


def constant(request, size):
    """Constant JSON of about that many bytes: what Django itself costs, and no more."""
    return HttpResponse('{"text":"' + "x" * size + '"}', content_type="application/json")


urlpatterns = [path("constant/<int:size>/", constant), *project]
