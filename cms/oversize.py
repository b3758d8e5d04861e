"""What is said to a form that is too large to be read: a sentence and the way back, never a bare 400."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.shortcuts import render

from topics.api.problems import bad_request as plain_bad_request

MOST_DRAINED = 64 * 1024 * 1024
"""Bytes of a form that are read and dropped for who is signed in: a browser shows the answer only when
its request was read. Beyond this it may find itself cut off, as a stranger does at once.
"""


def bad_request(request, exception):
    """The page of a 400; of a form beyond the limits of the settings it is a 413 that says so."""
    if not isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return plain_bad_request(request, exception)
    if request.user.is_authenticated:
        drain(request)
    return render(request, "413.html", status=413)


def drain(request):
    drained = 0
    try:
        while drained < MOST_DRAINED and (piece := request.read(1 << 16)):
            drained += len(piece)
    except OSError:
        pass  # Whoever sent it is gone: the answer is the same.
