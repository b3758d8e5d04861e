"""What the OpenAPI schema says of the addresses in the NHS website content API's shape."""

from rest_framework import serializers as s

from topics.api import examples
from topics.api.schema import (
    HEADERS,
    LANGUAGE,
    PARAMETER_PROBLEMS,
    REFERENCE,
    counted,
    operation,
    query,
    replies,
)
from topics.api.standards import nhs_shapes

HOST = "https://content.example"
DAY = {"type": "string", "format": "date"}
MOST_PAGES = 100_000
ROOT = f"{HOST}/api/v1/nhs/conditions/"


def shape(title, /, **fields):
    """A serializer whose names need not be Python's: `type_` is `@type`."""
    named = {(f"@{key[:-1]}" if key.endswith("_") else key): field for key, field in fields.items()}
    return type(title, (s.Serializer,), named)


def texts(**more):
    return s.ListField(child=s.CharField(), **more)


def blank(help_text):
    return s.CharField(allow_blank=True, help_text=help_text)


def reviewed():
    return s.ListField(
        child=s.DateTimeField(),
        min_length=2,
        max_length=2,
        help_text="When it was reviewed last, and when the next review is due.",
    )


Organisation = shape("NhsOrganisation", name=s.CharField(allow_blank=True), type_=s.CharField())
Author = shape(
    "NhsAuthor",
    url=blank("Empty."),
    logo=blank("Empty."),
    email=blank("Empty."),
    type_=s.CharField(),
    name=s.CharField(allow_blank=True),
)
About = shape(
    "NhsAbout", type_=s.CharField(), name=s.CharField(), alternateName=s.CharField(allow_blank=True)
)
Crumb = shape("NhsCrumb", id_=s.CharField(), name=s.CharField(), genre=texts())
Step = shape("NhsStep", type_=s.CharField(), position=s.IntegerField(), item=Crumb())
Breadcrumb = shape(
    "NhsBreadcrumb", context_=s.CharField(), type_=s.CharField(), itemListElement=Step(many=True)
)
Element = shape(
    "NhsElement", type_=s.CharField(), headline=s.CharField(allow_blank=True), text=s.CharField()
)
Module = shape(
    "NhsModule",
    type_=s.CharField(),
    url=s.CharField(),
    hasHealthAspect=blank("Empty: nobody stated one."),
    headline=s.CharField(allow_blank=True),
    description=blank("Empty."),
    hasPart=Element(many=True),
)
Held = shape(
    "NhsHeld",
    position=s.IntegerField(),
    identifier=s.CharField(),
    text=s.CharField(allow_blank=True, help_text="HTML, as it was signed."),
    type_=s.CharField(),
    name=s.CharField(),
    headline=s.CharField(allow_blank=True),
)
Section = shape(
    "NhsSection",
    identifier=s.CharField(),
    name=s.CharField(),
    position=s.IntegerField(),
    type_=s.CharField(),
    mainEntityOfPage=Held(many=True),
    description=blank("Empty."),
    hasPart=Held(many=True, help_text="The same again."),
)
Link = shape(
    "NhsLink",
    type_=s.CharField(),
    url=s.CharField(),
    linkRelationship=s.CharField(),
    name=s.CharField(),
    position=s.IntegerField(required=False),
    description=s.CharField(required=False),
)
Code = shape("NhsCode", type_=s.CharField(), codeValue=s.CharField(), codingSystem=s.CharField())
Listed = shape(
    "NhsListed",
    type_=s.CharField(),
    genre=texts(help_text="The category."),
    datePublished=s.DateTimeField(),
    dateModified=s.DateTimeField(),
    lastReviewed=reviewed(),
    reviewDue=s.DateTimeField(),
    keywords=blank("Empty."),
    code=Code(many=True),
    inLanguage=s.CharField(),
    creativeWorkStatus=s.CharField(help_text="How the review stands: current, due or overdue."),
    webpage=s.CharField(help_text="The article’s own address."),
)
Result = shape(
    "NhsResult",
    description=s.CharField(allow_blank=True),
    linkRelationship=s.CharField(),
    type_=s.CharField(),
    articleStatus=s.CharField(help_text="Always `published`."),
    mainEntityOfPage=Listed(),
    url=s.CharField(),
    name=s.CharField(),
)
HEAD = {
    "context_": s.CharField(),
    "type_": s.CharField(),
    "name": s.CharField(),
    "copyrightHolder": Organisation(),
    "license": blank("Empty: the notices are in usageInfo."),
    "author": Author(),
    "about": About(),
    "description": s.CharField(allow_blank=True),
    "url": s.CharField(),
    "genre": texts(),
    "dateModified": s.DateTimeField(),
    "breadcrumb": Breadcrumb(),
    "contentSubTypes": texts(),
    "webpage": s.CharField(help_text="The article’s own address, which is a page to browsers."),
    "relatedLink": Link(many=True),
}
NhsList = shape("NhsList", **HEAD, keywords=blank("Empty."), significantLink=Result(many=True))
NhsPage = shape(
    "NhsPage",
    **HEAD,
    keywords=texts(help_text="Empty."),
    lastReviewed=reviewed(),
    hasPart=Module(many=True),
    mainEntityOfPage=Section(many=True),
    identifier=s.UUIDField(),
    inLanguage=s.CharField(),
    version=s.CharField(help_text="The edition."),
    creativeWorkStatus=s.CharField(help_text="In force, or what to beware of."),
    reviewedBy=s.ListField(child=s.DictField(), help_text="schema.org `Person`s, as printed."),
    citation=s.ListField(child=s.DictField(), help_text="schema.org `CreativeWork`s."),
    usageInfo=s.ListField(child=s.DictField(), help_text="The notices in force."),
)

PAGE_EXAMPLE = nhs_shapes.page(examples.ARTICLE, base=HOST, root=ROOT)
LIST_EXAMPLE = {
    **nhs_shapes.head(
        nhs_shapes.TITLE,
        url=ROOT,
        description=nhs_shapes.ABOUT,
        genre=[],
        modified="2026-03-02T08:30:00+00:00",
    ),
    "significantLink": [
        {
            "description": examples.TEXT["summary"],
            "linkRelationship": "Result",
            "@type": "LinkRole",
            "articleStatus": "published",
            "mainEntityOfPage": {
                "@type": "MedicalWebPage",
                "genre": ["Lungs"],
                "datePublished": "2025-01-10T09:00:00+00:00",
                "dateModified": "2026-03-02T08:30:00+00:00",
                "lastReviewed": ["2026-03-01T00:00:00+00:00", "2028-03-01T00:00:00+00:00"],
                "reviewDue": "2028-03-01T00:00:00+00:00",
                "keywords": "",
                "code": [nhs_shapes.coded("icd-10-cm", "R05")],
                "inLanguage": "en",
                "creativeWorkStatus": "current",
                "webpage": HOST + examples.URL,
            },
            "url": f"{ROOT}{examples.ID}/",
            "name": "Cough",
        }
    ],
    "relatedLink": list(nhs_shapes.pages({"Self": ROOT})),
    "webpage": ROOT,
}

NHS_LIST = operation(
    operation_id="list_as_nhs",
    summary="Articles for patients, as the NHS website content API lists them",
    description="By title, 25 on a page; with a letter 200. Only what is written for patients.",
    parameters=[
        query("page", "`relatedLink` has the addresses.", counted(MOST_PAGES, 1)),
        query(
            "category",
            "A letter: titles that begin with it, accents aside.",
            {"type": "string", "pattern": "^[A-Za-z]$"},
            example="c",
        ),
        query(
            "genre",
            "The slug of a category; those below it are included.",
            {"type": "string", "maxLength": 120, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            example="lungs",
        ),
        LANGUAGE,
        query(
            "orderBy",
            "A date instead of the title.",
            enum=["dateModified", "lastReviewed", "nextReview"],
        ),
        query("order", "The newest first without it, where a date orders.", enum=["newest", "oldest"]),
        query(
            "startDate",
            "From this day (UTC) on, by the date of `orderBy`, else by `dateModified`.",
            DAY,
            example="2026-01-01",
        ),
        query("endDate", "Up to this day, included.", DAY, example="2026-12-31"),
        *HEADERS,
    ],
    responses=replies(
        NhsList, "A page of the list.", *PARAMETER_PROBLEMS, "not-found", example=LIST_EXAMPLE
    ),
)

NHS_PAGE = operation(
    operation_id="get_as_nhs",
    summary="An article for patients, as the NHS website content API writes it",
    description="Its sections are in `hasPart` and in `mainEntityOfPage`, warnings before them.",
    parameters=[REFERENCE, LANGUAGE, *HEADERS],
    responses=replies(
        NhsPage,
        "The edition in force.",
        *PARAMETER_PROBLEMS,
        *("language-needed", "not-found", "withdrawn", "review-overdue"),
        example=PAGE_EXAMPLE,
    ),
)
