"""A preview for people without an account: one version by its link, kept by nobody, found by nobody."""

import re
from functools import wraps

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from topics.publishing.previews import NothingToOpen, as_seen, opened, preview_text
from topics.publishing.replies import dump

TO_ARTICLE = re.compile(r'<a href="article:[0-9a-f-]{36}">(.*?)</a>', re.DOTALL)
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def private(view):
    """Answers reading alone, and gives every answer, also a refusal, the headers of a private page."""

    @csrf_exempt  # It answers reading alone; a form sent here is told so.
    @wraps(view)
    def answer(request, token):
        if request.method in ("GET", "HEAD"):
            response = view(request, token)
        else:
            response = HttpResponseNotAllowed(["GET", "HEAD"])
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answer


@private
def as_page(request, token):
    """The version as readers would see it, under a mark that nobody can overlook."""
    now = timezone.now()
    try:
        link = opened(token, at=now)
    except NothingToOpen:
        page = render_to_string("topics/preview/nothing.html")
        return HttpResponse(page, status=404)
    context = {
        "link": link,
        "version": link.version,
        "content": readable(as_seen(link.version, at=now)),
        "now": now,
    }
    return HttpResponse(render_to_string("topics/preview/page.html", context))


def readable(article):
    """The article for the page, on which a link to another article leads nowhere: it is plain text."""
    waiting = [article]
    while waiting:
        node = waiting.pop()
        if "html" in node:
            node["html"] = TO_ARTICLE.sub(r"\1", node["html"])
        waiting += node["sections"]
    return article


@private
def as_json(request, token):
    """The version in the shape of the API's article."""
    now = timezone.now()
    try:
        link = opened(token, at=now)
    except NothingToOpen:
        body = {"title": "Not found", "status": 404, "detail": nothing()}
        response = HttpResponse(dump(body), "application/problem+json", 404)
    else:
        response = HttpResponse(preview_text(link.version, at=now), "application/json")
    return shared(request, response)


def nothing():
    return _(
        "This preview link opens nothing. It may have ended or been revoked, or the version was "
        "released or returned. Ask whoever sent it to you."
    )


def shared(request, response):
    """Lets the front ends that the settings name read the JSON from their own pages; by default none."""
    origin = request.headers.get("Origin")
    if settings.PREVIEW_ORIGINS:
        response["Vary"] = "Origin"
    if origin and origin in settings.PREVIEW_ORIGINS:
        response["Access-Control-Allow-Origin"] = origin
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
