"""Which representation a request gets: that of `?format=`, else the one that Accept prefers."""

import json

from topics.api.formats.table import ARTICLE_FORMATS, HEADING_LEVELS
from topics.api.negotiation import preferred
from topics.api.parameters import bad, count_up_to
from topics.api.problems import Problem, echo

PARAMETERS = ("format", "heading_level")


def format_name(name, value):
    """The name of a representation of articles."""
    if value not in ARTICLE_FORMATS:
        accepted = list(ARTICLE_FORMATS)
        raise bad(name, f"“{echo(value)}” is none of: {', '.join(accepted)}.", accepted=accepted)
    return value


def heading_level(name, value):
    """A level of headings that the title may have."""
    first, last = HEADING_LEVELS[0], HEADING_LEVELS[-1]
    if value not in map(str, HEADING_LEVELS):
        detail = f"“{echo(value)}” is not a whole number from {first} to {last}."
        raise bad(name, detail, accepted=list(map(str, HEADING_LEVELS)))
    return count_up_to(last)(name, value)


ACCEPTED = {"format": format_name, "heading_level": heading_level}
"""The parsers of the parameters, for views that serve articles."""


def chosen(request, given, offered):
    """The representation for a request, of those `offered` by name. Raises the 406 `Problem`."""
    if "format" in given:
        return offered[given["format"]]
    by_type = {one.media_type: one for one in offered.values()}
    found = preferred(request.headers.get("Accept"), list(by_type))
    if found is None:
        accepted = [media_type.partition(";")[0] for media_type in by_type]
        raise Problem(
            "not-acceptable",
            f"The Accept header takes none of: {', '.join(accepted)}.",
            headers={"Vary": "Accept"},
            accepted=accepted,
        )
    return by_type[found]


def represented(text, form, request, given):
    """The text of an article's reply in the representation chosen for it.

    Raises the `Problem` of a heading level that was asked of one without headings.
    """
    level = {"heading_level": given["heading_level"]} if "heading_level" in given else {}
    if level and not form.has_headings:
        detail = f"Headings have levels in html and markdown; this would be {form.name}. Add a format."
        raise bad("heading_level", detail)
    if form.render is None:
        return text
    return form.render(json.loads(text), base=request.build_absolute_uri("/")[:-1], **level)
