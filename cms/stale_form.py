"""What is said to a form whose token is of an earlier login: why, and a way to send it once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRET = "password"
"""No field with this in its name is given back."""

SHORTEST_TEXT = 40
"""Characters from which a field is shown as text that somebody typed."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a refused forgery: the 403 of a form that this site can't tell to be its own.

    Logging in again in another tab is the usual cause. What was sent is given back, with the token of
    now and the name of whoever is logged in, so that they can send it once more: they alone decide.
    Nothing is given back of a form that another site sent.
    """
    given = list(typed_fields(request)) if is_from_here(request) else []
    context = {
        "given": given,
        "texts": [(name, value) for name, value in given if len(value) >= SHORTEST_TEXT],
        "has_secret": any(SECRET in name for name in request.POST),
    }
    return render(request, "403_csrf.html", context, status=403)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request."""
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def typed_fields(request):
    """Pairs of a name and a value, as they were sent."""
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and SECRET not in name:
            yield from ((name, value) for value in values)
