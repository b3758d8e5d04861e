"""Who is logged in now, for a page that was opened earlier: it asks before it sends what was typed."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@never_cache
@require_GET
def session(request):
    """The account of this browser's session, null where nobody is logged in, and its forms' token.

    Other sites can't read it: the reply allows no other origin.
    """
    user = request.user
    known = user.is_authenticated and user.is_staff
    return JsonResponse(
        {
            "user": str(user.pk) if known else None,
            "name": str(user.printed_name()) if known else "",
            "token": get_token(request) if known else "",
        }
    )
