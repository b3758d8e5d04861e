"""What the OpenAPI schema says of each view: meaning, parameters, replies, headers and examples."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    inline_serializer,
)

from topics.api import bodies, examples, examples_of_problems
from topics.api.formats.table import ARTICLE_FORMATS, HEADING_LEVELS
from topics.api.problems import KINDS, MEDIA_TYPE


def operation(*, summary, **stated):
    """An operation of the schema. Its description is never left to the docstring of a class."""
    return extend_schema(**{"summary": summary, "description": f"{summary}.", **stated})


def query(name, description, kind=str, *, example=None, **more):
    """A query parameter. `kind` is a type, or its JSON Schema; without an enum it needs an example."""
    shown = [] if example is None else [OpenApiExample("Example", example)]
    return OpenApiParameter(
        name, kind, OpenApiParameter.QUERY, description=description, examples=shown, **more
    )


def in_path(name, description, kind=str, *, example):
    shown = [OpenApiExample("Example", example)]
    return OpenApiParameter(name, kind, OpenApiParameter.PATH, description=description, examples=shown)


def counted(most, usual):
    """The schema of a whole number up to `most`."""
    return {"type": "integer", "minimum": 1, "maximum": most, "default": usual}


TAG = {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"}
INSTANT = {"type": "string", "format": "date-time"}
REFERENCE = in_path("reference", "The article's id, or its slug.", example="cough")
NUMBER = in_path("number", "The number of the edition.", {"type": "integer", "minimum": 1}, example=2)
LANGUAGE = query(
    "language",
    "A BCP 47 tag. A slug alone means the original; its translations may share it.",
    TAG,
    example="en",
)
HEADERS = [
    OpenApiParameter(name, str, OpenApiParameter.HEADER, response=[200], description=description)
    for name, description in (
        ("ETag", "Strong: the hash of media type and body. Send it back as If-None-Match."),
        ("Last-Modified", "When anything in the body last changed, where that is known."),
        ("Cache-Control", "How long it may be kept: never past the next scheduled change."),
        ("Surrogate-Key", "By which a shared cache purges its copy; without a key only."),
        ("Cache-Tag", "The same, separated by commas."),
    )
]


KEYS = ("key-needed", "unknown-key")


def problem_reply(*names):
    """The problems of one status, as a response of the schema; `contract` makes the examples whole."""
    shown = [OpenApiExample(name, examples_of_problems.EXAMPLES[name]) for name in names]
    description = "; ".join(f"{KINDS[name].title} (`{name}`)" for name in names)
    return OpenApiResponse(bodies.Problem, description, shown)


def replies(body, description, *problems, example=None, for_everyone=False):
    """The responses of a view: the body, what conditions may make of it, and its problems."""
    by_status = {}
    asked_who = () if for_everyone else KEYS
    always = ("unknown-parameter", "bad-request", "not-acceptable", "too-many-requests", "server-error")
    for name in (*problems, *always, *asked_who):
        by_status.setdefault(KINDS[name].status, []).append(name)
    shown = [OpenApiExample("Example", example)] if example else []
    found = {
        200: OpenApiResponse(body, description, shown),
        **{(status, MEDIA_TYPE): problem_reply(*names) for status, names in by_status.items()},
    }
    if body is not FEED:
        found[304] = OpenApiResponse(description="Unchanged since your copy.")
        found[412, MEDIA_TYPE] = problem_reply("precondition-failed")
    return found


def representations(shown):
    """The other media types of an article, as responses of the schema."""
    kinds = {"jsonld": OpenApiTypes.OBJECT, "fhir": OpenApiTypes.OBJECT}
    return {
        (200, one.media_type.partition(";")[0]): OpenApiResponse(
            kinds.get(name, OpenApiTypes.STR),
            f"The same edition with `format={name}`.",
            [OpenApiExample(name, shown[name])],
        )
        for name, one in ARTICLE_FORMATS.items()
        if one.render
    }


FORMAT = query(
    "format",
    "A representation, in place of the Accept header: "
    + "; ".join(
        f"`{name}` is {one.media_type.partition(';')[0]}" for name, one in ARTICLE_FORMATS.items()
    )
    + ".",
    enum=list(ARTICLE_FORMATS),
)
HEADING_LEVEL = query(
    "heading_level",
    "The level of the title in html (2 without it) and markdown (1 without it); the others follow.",
    int,
    enum=list(HEADING_LEVELS),
)
VARY = OpenApiParameter(
    "Vary",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="What the reply depends on: a key, and Accept unless a parameter chose the format.",
)

PARAMETER_PROBLEMS = ("repeated-parameter", "bad-parameter")
FEED = inline_serializer(
    "ChangeList",
    {
        "changes": PolymorphicProxySerializer(
            "Change",
            {"published": bodies.Published, "removed": bodies.Removed},
            resource_type_field_name="type",
            many=True,
        ),
        "next_cursor": bodies.s.CharField(help_text="Keep it, and ask with it next time."),
        "next": bodies.s.CharField(help_text="The address that asks with it."),
        "more": bodies.s.BooleanField(help_text="Whether to ask again at once."),
    },
)

ARTICLE = operation(
    operation_id="get_article",
    summary="An article, now or as of an earlier instant",
    description=(
        "`as_of` answers what the public read at that instant, also of content withdrawn since, "
        "which then carries its withdrawal. Recompute the digest with "
        "`rfc8785.dumps({name: article[name] for name in article['signed_fields']})`."
    ),
    parameters=[
        REFERENCE,
        LANGUAGE,
        query(
            "as_of",
            "An ISO 8601 instant with its offset, up to now.",
            INSTANT,
            example="2026-03-03T12:00:00Z",
        ),
        query(
            "fields",
            "Only these parts, by their paths: `title,reviews.name`. Of JSON alone.",
            example="title,reviews.name",
        ),
        query(
            "omit",
            "Without these parts: `sections.html`. The digest covers the whole.",
            example="sections.html",
        ),
        *(FORMAT, HEADING_LEVEL, VARY, *HEADERS),
    ],
    responses=replies(
        bodies.Article,
        "The edition in force.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue", "moved"),
        example=examples.ARTICLE,
    )
    | representations(examples.REPRESENTATIONS),
)

EDITIONS = operation(
    operation_id="list_editions",
    summary="The editions of an article that have been public",
    parameters=[REFERENCE, LANGUAGE, *HEADERS],
    responses=replies(
        bodies.EditionList,
        "Newest first.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found"),
        example=examples.EDITIONS,
    ),
)

EDITION = operation(
    operation_id="get_edition",
    summary="One edition, under its permanent address",
    parameters=[REFERENCE, NUMBER, LANGUAGE, FORMAT, HEADING_LEVEL, VARY, *HEADERS],
    responses=replies(
        bodies.Article,
        "The edition, in force or superseded.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue"),
        example=examples.ARTICLE,
    )
    | representations(examples.REPRESENTATIONS),
)

CATEGORIES = operation(
    operation_id="list_categories",
    summary="The tree of categories, flat",
    parameters=HEADERS,
    responses=replies(bodies.CategoryList, "By name.", example=examples.CATEGORIES),
)

ROOT = operation(
    operation_id="get_root",
    summary="The entrance: where everything is",
    parameters=HEADERS,
    responses=replies(bodies.Root, "Paths on this host.", example=examples.ROOT, for_everyone=True),
)

PROBLEMS = operation(
    operation_id="list_problem_types",
    summary="The types of problems",
    parameters=HEADERS,
    responses=replies(
        bodies.ProblemTypeList,
        "Every `type` that a problem may have.",
        example={"problems": [examples.PROBLEM_TYPE]},
        for_everyone=True,
    ),
)

PROBLEM = operation(
    operation_id="get_problem_type",
    summary="What a type of problem means",
    parameters=[in_path("name", "The last part of `type`.", example="withdrawn"), *HEADERS],
    responses=replies(
        bodies.ProblemType,
        "The type.",
        "not-found",
        example=examples.PROBLEM_TYPE,
        for_everyone=True,
    ),
)
