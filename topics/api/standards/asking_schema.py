"""What the OpenAPI schema says of the addresses at which health records ask."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers as s

from topics.api.schema import HEADERS, PARAMETER_PROBLEMS, VARY, operation, query, replies
from topics.api.standards import asking_examples as examples
from topics.api.standards import context


class Value(s.Serializer):
    _value = s.CharField()


class Words(Value):
    type = s.ChoiceField(choices=["text", "html"])


class AtomCategory(s.Serializer):
    """A parameter of the request, a fact of the review, or a code of the article (`urn:oid:…`)."""

    scheme = s.CharField()
    term = s.CharField(allow_blank=True)
    label = s.CharField(required=False)


class AtomLink(s.Serializer):
    title = s.CharField()
    rel = s.ChoiceField(choices=["alternate", "via"])
    type = s.CharField()
    href = s.CharField()


class Publisher(s.Serializer):
    name = Value()
    uri = Value()


class AtomPerson(s.Serializer):
    name = Value()


class KnowledgeEntry(s.Serializer):
    """An article in force."""

    lang = s.CharField()
    title = Words()
    link = AtomLink(many=True, help_text="The article, then its provenance.")
    id = Value(help_text="`urn:uuid:` and the article's id: the same in every reply.")
    published = Value(help_text="When the article was first public.")
    updated = Value(help_text="When its present edition came into force.")
    author = AtomPerson(many=True)
    contributor = AtomPerson(many=True, help_text="Its reviewers, as printed.")
    category = AtomCategory(
        many=True,
        help_text="`lastReviewed`, `nextReviewDue`, `reviewStatus`, `audience`, `edition`, `digest`; "
        "then its codes.",
    )
    summary = Words(help_text="HTML: warnings, the signed summary, who wrote and reviewed it when.")


class KnowledgeFeed(s.Serializer):
    """An Atom feed in JSON: a text is an attribute or `_value`, a list is elements of one name."""

    base = s.CharField()
    lang = s.CharField()
    xsi = s.CharField()
    title = Words()
    subtitle = Words()
    author = Publisher()
    updated = Value()
    category = AtomCategory(many=True, help_text="What was asked.")
    id = Value()
    entry = KnowledgeEntry(many=True)


class KnowledgeResponse(s.Serializer):
    feed = KnowledgeFeed()


class Feeds(s.Serializer):
    feed = KnowledgeFeed(many=True)


class AggregateKnowledgeResponse(s.Serializer):
    aggregateKnowledgeResponse = Feeds()  # noqa: N815, the name is HL7's


SYSTEMS = "The OID of its code system, or its FHIR URI. Needed with a code."
DESCRIBED = {
    "mainSearchCriteria.v.c": "The code that is asked about. An ICD code that no article has stands for "
    "its parent.",
    "mainSearchCriteria.v.cs": SYSTEMS,
    "mainSearchCriteria.v.dn": "Its name. Without a code: articles that have it as title or other name.",
    "mainSearchCriteria.v.ot": "The same as it was typed, where there is no name.",
    "informationRecipient": "Who will read: PAT gets what is written for patients (also without it), "
    "PROV what is written for professionals, PAYOR either.",
    "performer.languageCode.c": "The language where the reader’s isn't given.",
    "callback": "The function to call, with `application/javascript`: names joined by dots.",
    "knowledgeResponseType": "Without it, what Accept prefers: XML.",
    "_": "A number that makes the address new to a cache; it changes nothing.",
    "holder.assignedEntity.certificateText": "Read over, and never given back.",
}
GIVEN_BACK = "Given back as a category; it chooses nothing."
REPEATED = "Repeated with an index, from 0 to 9: "


SHOWN = {
    "mainSearchCriteria.v.c": "R05",
    "taskContext.c.c": "PROBLISTREV",
    "patientPerson.administrativeGenderCode.c": "F",
    "age.v.v": "45",
    "age.v.u": "a",
    "informationRecipient.languageCode.c": "en",
    "performer.languageCode.c": "en",
    "callback": "app.show",
    "_": "1772440200000",
}
SHOWN_BY_END = {"cs": "2.16.840.1.113883.6.90", "dn": "Cough", "ot": "cough"}
"""What the parameters of a name that ends so are shown with; others are shown with `n`."""


def described(accepted, language):
    """The parameters, those with an index once."""
    told = DESCRIBED | {"informationRecipient.languageCode.c": language}
    enums = {
        "knowledgeResponseType": [context.XML, context.JSON, context.SCRIPT],
        "informationRecipient": list(context.RECIPIENTS),
        "performer": list(context.RECIPIENTS),
    }
    for name in accepted:
        if name[-1].isdigit():
            continue
        text = told.get(name, GIVEN_BACK)
        if f"{name}1" in accepted:
            text = f"{text} {REPEATED}`{name}1`."
        example = SHOWN.get(name) or SHOWN_BY_END.get(name.rpartition(".")[2], "n")
        yield query(name, text, enum=enums.get(name), example=None if name in enums else example)


def forms(body, description, json_example, xml_example, script_example):
    """The responses of an address in the three types that it answers with."""
    found = replies(body, description, *PARAMETER_PROBLEMS, example=json_example)
    return found | {
        (200, context.XML): OpenApiResponse(
            OpenApiTypes.STR, "The same as XML.", [OpenApiExample("XML", xml_example)]
        ),
        (200, context.SCRIPT): OpenApiResponse(
            OpenApiTypes.STR, "A call of `callback`.", [OpenApiExample("Script", script_example)]
        ),
    }


FINDS = (
    "What is in force about a code, up to 20 articles by title, in the language and for the audience "
    "that are asked for. An entry has its review dates, its reviewers and the signed summary. Where "
    "nothing is found the feed has no entry."
)

CONNECT = operation(
    operation_id="ask_as_connect",
    summary="Articles about a code, as MedlinePlus Connect answers",
    description=f"{FINDS} Infobutton’s other parameters are taken, as Connect takes them.",
    parameters=[
        *described(context.CONNECT_ACCEPTED, "en, es or sp; English without it."),
        *(VARY, *HEADERS),
    ],
    responses=forms(
        KnowledgeResponse,
        "A feed, in the shape of MedlinePlus Connect.",
        examples.CONNECT,
        examples.CONNECT_XML,
        examples.CONNECT_SCRIPT,
    ),
)

INFOBUTTON = operation(
    operation_id="ask_as_infobutton",
    summary="Articles about a subject, as HL7 Infobutton asks",
    description=f"{FINDS} The feed’s categories are the request.",
    parameters=[
        *described(context.ACCEPTED, "A BCP 47 tag, or sp; its base language counts. English without."),
        *(VARY, *HEADERS),
    ],
    responses=forms(
        AggregateKnowledgeResponse,
        "An aggregate of one feed.",
        examples.INFOBUTTON,
        examples.INFOBUTTON_XML,
        examples.INFOBUTTON_SCRIPT,
    ),
)
