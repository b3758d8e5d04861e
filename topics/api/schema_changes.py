"""What the OpenAPI schema says of the change feed."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from topics.api import examples, schema_lists
from topics.api.schema import FEED, HEADERS, PARAMETER_PROBLEMS, TAG, counted, operation, query, replies
from topics.publishing.wanted import PEOPLE, PUBLISHED, REMOVED
from topics.vocabulary import Severity

AS_IN_LISTS = ("category", "audience", *PEOPLE)
FILTERS = [
    query("language", "A BCP 47 tag, as the article has it.", TAG, example="en"),
    *(one for one in schema_lists.FILTERS if one.name in AS_IN_LISTS),
    query("type", "Only changes of this type.", enum=[PUBLISHED, REMOVED]),
    query("severity", "Only changes that are at least so severe.", enum=Severity.values),
    query(
        "since",
        "From this ISO 8601 instant or day (UTC) on, and from up to a minute before: nothing is missed, "
        "something may come twice.",
        schema_lists.DATED,
        example=schema_lists.DAYS[0],
    ),
]
LIMIT = query("limit", "1 to 500; 100 without it.", counted(500, 100))
PLACE = "WzAsIjIwMjYtMDMtMDJUMDg6MzA6MDBaIiw3XQ=="

CHANGES = operation(
    operation_id="list_changes",
    summary="What became public, and what ceased to be",
    description=(
        "Start without a cursor; store what is `published` and delete what is `removed`, by id; ask "
        "again with `next_cursor` (or at `next`), at once while `more`. You then hold exactly what is "
        "in force. Safety recalls come first; otherwise in the order in which changes took effect.\n\n"
        "Filters belong to the cursor: they hold for all that follows, and can be given again only as "
        "they were. An article that is public still but isn't chosen any more is `removed` with the "
        "reason `outside_filter`. With `type` or `severity` only some changes are told, which is news, "
        "not a mirror; a page may then have fewer than `limit` although there is `more`."
    ),
    parameters=[
        *FILTERS,
        query(
            "cursor",
            "`next_cursor` of the last reply, as it is.",
            example=examples.CHANGES["next_cursor"],
        ),
        LIMIT,
    ],
    responses=replies(
        FEED,
        "The next changes. An article comes once, however often it changed.",
        *PARAMETER_PROBLEMS,
        "bad-cursor",
        example=examples.CHANGES,
    ),
)

ATOM = replies(OpenApiTypes.STR, "The latest changes.", *PARAMETER_PROBLEMS, "bad-cursor")
CHANGES_FEED = operation(
    operation_id="read_changes_feed",
    summary="The latest changes as an Atom feed",
    description=(
        "Of the last 30 days, or `since`: safety recalls first, then the newest. An entry's id is the "
        "article's for good. What ceased to be public is an `at:deleted-entry` (RFC 6721) and an entry "
        "that says why. Pages follow each other by `next` (RFC 5005). To keep a copy in step use "
        "`changes/`."
    ),
    parameters=[
        *FILTERS,
        query("cursor", "As the address of `next` has it.", example=PLACE),
        LIMIT,
        *HEADERS,
    ],
    responses={
        (200, "application/atom+xml"): OpenApiResponse(
            OpenApiTypes.STR, "The latest changes.", [OpenApiExample("Example", examples.CHANGES_FEED)]
        ),
        **{status: reply for status, reply in ATOM.items() if status != 200},
    },
)
