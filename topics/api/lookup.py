"""From the id or slug in an address to editions, or the problem that says why there are none."""

import re
from contextlib import contextmanager

from django.http import Http404

from topics.api.parameters import LONGEST_SLUG, SLUG
from topics.api.problems import Problem
from topics.publishing.shelf import LanguageNeeded, NotOnShelf

PUBLIC_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


@contextmanager
def on_the_shelf(reference):
    """Checks the form of an id or slug, and turns what the shelf raises for it into problems.

    What was never public gets the same 404 as what does not exist.
    """
    is_slug = len(reference) <= LONGEST_SLUG and SLUG.match(reference)
    if not is_slug and not PUBLIC_ID.match(reference):
        raise Http404
    try:
        yield
    except NotOnShelf:
        raise Http404 from None
    except LanguageNeeded as error:
        spoken = ", ".join(error.languages)
        raise Problem(
            "language-needed",
            f"“{reference}” names articles in several languages: {spoken}. "
            f"Add ?language=, or use the id.",
            parameter="language",
            languages=error.languages,
        ) from None
