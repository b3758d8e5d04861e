"""What the OpenAPI schema says of the list of articles, of search and of completion."""

from topics.api import examples, list_bodies
from topics.api.pagination import MOST, ORDERINGS, USUAL
from topics.api.schema import HEADERS, PARAMETER_PROBLEMS, TAG, counted, operation, query, replies
from topics.vocabulary import Audience, CodeSystem, ReviewStatus

TYPED = {"type": "string", "maxLength": 500}
WORDS = TYPED | {"minLength": 1}
DATED = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$"}
DAYS = ("2020-01-01", "2030-01-01")
CODE = rf"^({'|'.join(CodeSystem.values)})\|[A-Za-z0-9][A-Za-z0-9.-]{{0,39}}$"

ORDERED_BY = [f"{sign}{name}" for name in ORDERINGS for sign in ("", "-")]
FILTERS = [
    query(
        "language",
        "A BCP 47 tag, as the article has it. Words of `q` are read in it.",
        TAG,
        example="en",
    ),
    query(
        "category",
        "The slug of a category; those below it are included.",
        {"type": "string", "maxLength": 120, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        example="lungs",
    ),
    query("audience", "Whom the text speaks to.", enum=Audience.values),
    query("review_status", "How the review stands today (UTC).", enum=ReviewStatus.values),
    *(
        query(
            name,
            f"The {name}’s name as printed; case and accents don't matter.",
            {"type": "string", "minLength": 1, "maxLength": 200},
            example=example,
        )
        for name, example in (("author", "Ada Author"), ("reviewer", "Pia Primary"))
    ),
    query(
        "specialty",
        "A specialty in which it was reviewed, as printed.",
        {"type": "string", "minLength": 1, "maxLength": 200},
        example="Family Medicine",
    ),
    query(
        "code",
        "A system and a code, `icd-10-cm|C50.919`; repeated, any of them. An ICD code that no "
        "article has stands for its parent: C50.91, then C50.9, then C50.",
        {
            "type": "array",
            "items": {"type": "string", "pattern": CODE},
            "minItems": 1,
            "maxItems": 50,
        },
        example=["icd-10-cm|R05"],
        explode=True,
    ),
    *(
        query(f"{name}_{side}", f"{said} {when} this ISO 8601 instant or day (UTC).", DATED, example=day)
        for name, said in (
            ("published", "This edition came into force"),
            ("first_published", "The article was first public"),
            ("modified", "The text changed"),
            ("last_reviewed", "The whole article was last reviewed"),
            ("next_review_due", "The next review is due"),
        )
        for side, when, day in (("after", "after, or on,", DAYS[0]), ("before", "before", DAYS[1]))
    ),
]
PAGES = [
    query(
        "fields",
        "Only these parts of each article, by their paths: `title,category.slug`.",
        example="title,category.slug",
    ),
    query("omit", "Without these parts of each article.", example="summary"),
    query("cursor", "From `next` or `previous`.", example="WyJmIiwxMDBd"),
    query("page_size", f"1 to {MOST}; {USUAL} without it.", counted(MOST, USUAL)),
]
FINDING = (
    "Every word of `q` is looked for by its stem, without accents, in title, other names, headings, "
    "summary and body, which count in that order. Words that only ask (what, symptoms, treatment) "
    "rank, and need not be there. It has no syntax. What is in force now is found: no `as_of`."
)

ARTICLES = operation(
    operation_id="list_articles",
    summary="Articles in force",
    description=f"In a stable order; with `q` in order of rank. {FINDING}",
    parameters=[
        query("q", "Words to search for, up to 500 characters.", WORDS, example="cough at night"),
        *FILTERS,
        query("ordering", "Not with `q`; a hyphen reverses it.", enum=ORDERED_BY),
        *PAGES,
        *HEADERS,
    ],
    responses=replies(
        list_bodies.ArticleList,
        "A page of articles.",
        *PARAMETER_PROBLEMS,
        "bad-cursor",
        example=examples.ARTICLES,
    ),
)

SEARCH = operation(
    operation_id="search_articles",
    summary="Search the articles in force",
    description=f"The same as the list of articles with `q`. {FINDING}",
    parameters=[
        query(
            "q",
            "Words to search for, up to 500 characters.",
            WORDS,
            example="cough",
            required=True,
        ),
        *FILTERS,
        *PAGES,
        *HEADERS,
    ],
    responses=replies(
        list_bodies.ArticleList,
        "A page of articles, the best first; up to 1,000 can be paged through.",
        *PARAMETER_PROBLEMS,
        "bad-cursor",
        example=examples.FOUND,
    ),
)

SUGGEST = operation(
    operation_id="suggest_names",
    summary="Titles and other names that go on as a text begins",
    description="From any word of the name on; those that begin so come first.",
    parameters=[
        query("q", "The beginning, as it is typed.", TYPED, example="cou", required=True),
        query("language", "A BCP 47 tag, as the article has it.", TAG, example="en"),
        query("audience", "Whom the text speaks to.", enum=Audience.values),
        query("limit", "1 to 20; 10 without it.", counted(20, 10)),
        *HEADERS,
    ],
    responses=replies(
        list_bodies.SuggestionList,
        "The names of articles in force.",
        *PARAMETER_PROBLEMS,
        example=examples.SUGGESTIONS,
    ),
)
