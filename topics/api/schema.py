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

from topics.api import bodies, examples
from topics.api.problems import KINDS, MEDIA_TYPE, TYPES
from topics.vocabulary import ReviewStatus

EXAMPLES_OF_PROBLEMS = {
    "unknown-parameter": examples.UNKNOWN_PARAMETER,
    "withdrawn": examples.WITHDRAWN,
    "moved": examples.MOVED,
}


def operation(*, summary, **stated):
    """An operation of the schema. Its description is never left to the docstring of a class."""
    return extend_schema(**{"summary": summary, "description": f"{summary}.", **stated})


def query(name, description, kind=str, **more):
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **more)


def in_path(name, description, kind=str):
    return OpenApiParameter(name, kind, OpenApiParameter.PATH, description=description)


REFERENCE = in_path("reference", "The article's id, or its slug.")
NUMBER = in_path("number", "The number of the edition.", int)
LANGUAGE = query(
    "language", "A BCP 47 tag. A slug alone means the original; its translations may share it."
)
HEADERS = [
    OpenApiParameter(name, str, OpenApiParameter.HEADER, response=[200], description=description)
    for name, description in (
        ("ETag", "Strong: the hash of the body. Send it back as If-None-Match."),
        ("Last-Modified", "When anything in the body last changed, where that is known."),
        ("Cache-Control", "How long it may be kept: never past the next scheduled change."),
    )
]


def problem_reply(*names):
    """The problems of one status, as a response of the schema."""
    shown = [
        OpenApiExample(
            name,
            EXAMPLES_OF_PROBLEMS.get(name)
            or {
                "type": TYPES + name,
                "title": KINDS[name].title,
                "status": KINDS[name].status,
                "detail": KINDS[name].meaning,
                "instance": "/api/v1/articles/cough/",
            },
        )
        for name in names
    ]
    description = "; ".join(f"{KINDS[name].title} (`{name}`)" for name in names)
    return OpenApiResponse(bodies.Problem, description, shown)


def replies(body, description, *problems, example=None):
    """The responses of a view: the body, what conditions may make of it, and its problems."""
    by_status = {}
    for name in (*problems, "unknown-parameter", "not-acceptable"):
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
        "more": bodies.s.BooleanField(help_text="Whether to ask again at once."),
    },
)

ARTICLES = operation(
    operation_id="list_articles",
    summary="Articles in force",
    parameters=[
        query("language", "A BCP 47 tag, as the article has it."),
        query("category", "The slug of a category; those below it are included."),
        query(
            "modified_after",
            "The text changed after this ISO 8601 instant, or after this day began (UTC).",
        ),
        query("review_status", "How the review stands today (UTC).", enum=ReviewStatus.values),
        query("cursor", "From `next` or `previous`."),
        query("page_size", "1 to 100; 20 without it.", int),
        *HEADERS,
    ],
    responses=replies(
        bodies.ArticleList,
        "A page of articles, in a stable order.",
        *PARAMETER_PROBLEMS,
        "bad-cursor",
        example=examples.ARTICLES,
    ),
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
        query("as_of", "An ISO 8601 instant with its offset, up to now."),
        *HEADERS,
    ],
    responses=replies(
        bodies.Article,
        "The edition in force.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue", "moved"),
        example=examples.ARTICLE,
    ),
)

EDITIONS = operation(
    operation_id="list_editions",
    summary="The editions of an article that have been public",
    parameters=[REFERENCE, LANGUAGE, *HEADERS],
    responses=replies(
        bodies.EditionList, "Newest first.", *PARAMETER_PROBLEMS, "language-needed", "not-found"
    ),
)

EDITION = operation(
    operation_id="get_edition",
    summary="One edition, under its permanent address",
    parameters=[REFERENCE, NUMBER, LANGUAGE, *HEADERS],
    responses=replies(
        bodies.Article,
        "The edition, in force or superseded.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue"),
        example=examples.ARTICLE,
    ),
)

CHANGES = operation(
    operation_id="list_changes",
    summary="What became public, and what ceased to be",
    description=(
        "Start without a cursor; store what is `published` and delete what is `removed`, by id; ask "
        "again with `next_cursor`, at once while `more`. You then hold exactly what is in force. "
        "Safety recalls come first; otherwise in the order in which changes took effect."
    ),
    parameters=[
        query("cursor", "`next_cursor` of the last reply, as it is."),
        query("limit", "1 to 500; 100 without it.", int),
    ],
    responses=replies(
        FEED,
        "The next changes. An article comes once, however often it changed.",
        *PARAMETER_PROBLEMS,
        "bad-cursor",
        example=examples.CHANGES,
    ),
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
    responses=replies(bodies.Root, "Paths on this host."),
)

PROBLEMS = operation(
    operation_id="list_problem_types",
    summary="The types of problems",
    parameters=HEADERS,
    responses=replies(bodies.ProblemTypeList, "Every `type` that a problem may have."),
)

PROBLEM = operation(
    operation_id="get_problem_type",
    summary="What a type of problem means",
    parameters=[in_path("name", "The last part of `type`.", OpenApiTypes.STR), *HEADERS],
    responses=replies(bodies.ProblemType, "The type.", "not-found"),
)
