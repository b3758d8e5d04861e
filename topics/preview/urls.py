"""The addresses of previews: a page for people, the API's JSON for front ends."""

from django.urls import path

from topics.preview.views import as_json, as_page

app_name = "preview"
urlpatterns = [
    path("<str:token>.json", as_json, name="json"),
    path("<str:token>/", as_page, name="page"),
    # A redirect to the slash would pass the token on without the headers of a private answer.
    path("<str:token>", as_page),
]
