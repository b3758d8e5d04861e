"""The representations of an edition: names for `?format=`, media types and renderers; JSON first."""

from collections.abc import Callable
from dataclasses import dataclass

from topics.api.formats import fhir, fragment, linked_data, markdown, plain

HEADING_LEVELS = range(2, 5)
"""The levels that the title of a fragment may be asked to have."""


@dataclass(frozen=True)
class Format:
    """One representation. `render` gives its text from the article's reply; None copies that reply."""

    name: str
    media_type: str
    render: Callable | None = None
    has_headings: bool = False


JSON = Format("json", "application/json")

FORMATS = (
    JSON,
    Format("jsonld", "application/ld+json", linked_data.render),
    Format("html", "text/html; charset=utf-8", fragment.render, has_headings=True),
    Format("text", "text/plain; charset=utf-8", plain.render),
    Format("markdown", "text/markdown; charset=utf-8", markdown.render, has_headings=True),
    Format("fhir", "application/fhir+json; fhirVersion=5.0", fhir.render),
)
"""In the order of preference among those that a reader likes equally."""

ARTICLE_FORMATS = {one.name: one for one in FORMATS}
JSON_ALONE = {JSON.name: JSON}
