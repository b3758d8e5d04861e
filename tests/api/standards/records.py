"""Asking as a health record does, and what was recorded of the services that it asks elsewhere."""

from types import SimpleNamespace

from tests import make
from tests.api import ask
from topics.models import Code

ICD_10_CM = "2.16.840.1.113883.6.90"
ICD_9_CM = "2.16.840.1.113883.6.103"
SNOMED_CT = "2.16.840.1.113883.6.96"
JSON = "application/json"


def room_with_cough():
    """A newsroom and its article “cough”."""
    room = make.newsroom()
    return SimpleNamespace(room=room, cough=make.released(room, ask.rich_draft(room, slug="cough")))


def asked(client, path="connect/", *, code="R05", system=ICD_10_CM, kind=JSON, key=None, **more):
    """A request about a code; the other parameters with `_` for each dot."""
    query = {
        "mainSearchCriteria.v.c": code,
        "mainSearchCriteria.v.cs": system,
        "knowledgeResponseType": kind,
        **more,
    }
    headers = {"x_api_key": key} if key else {}
    return ask.get(client, path, {name: v for name, v in query.items() if v is not None}, **headers)


def feed(client, **more):
    reply = asked(client, **more)
    assert reply.status_code == 200, reply.content
    return reply.json()["feed"]


def aggregate(client, **more):
    reply = asked(client, "infobutton/", **more)
    assert reply.status_code == 200, reply.content
    (one,) = reply.json()["aggregateKnowledgeResponse"]["feed"]
    return one


def titles(feed):
    return [entry["title"]["_value"] for entry in feed["entry"]]


def terms(owner):
    return {category["scheme"]: category["term"] for category in owner["category"]}


def coded(version, *codes, system="icd-10-cm"):
    """The draft with these codes in place of its own."""
    version.codes.all().delete()
    for code in codes:
        Code.objects.create(version=version, system=system, code=code, display=f"About {code}")
    return version


def addresses(*names, called):
    """The path and query of everything that can be asked about the code R05.1, of articles of these
    ids and slugs, or called so.
    """
    for address in ("connect/", "infobutton/"):
        for kind in ("text/xml", "application/json", "application/javascript"):
            asked = {
                "knowledgeResponseType": kind,
                "informationRecipient": "PAYOR",
                **({"callback": "show"} if kind == "application/javascript" else {}),
            }
            code = {"mainSearchCriteria.v.c": "R05.1", "mainSearchCriteria.v.cs": ICD_10_CM}
            yield address, {**asked, **code}
            yield address, {**asked, **code, "informationRecipient": "PROV"}
            yield address, {**asked, **code, "mainSearchCriteria.v.c": "R05.12"}
            yield address, {**asked, "mainSearchCriteria.v.dn": called}
    for query in (
        *({}, {"category": "s"}, {"genre": "lungs"}, {"orderBy": "dateModified"}, {"order": "oldest"}),
        *({"orderBy": "nextReview", "endDate": "2199-01-01"}, {"language": "en"}),
    ):
        yield "nhs/conditions/", query
    for name in names:
        yield f"nhs/conditions/{name}/", {}


WORDS = {"_value": str, "type": str}
VALUE = {"_value": str}
RECORDED = {
    "base": str,
    "lang": str,
    "xsi": str,
    "title": WORDS,
    "updated": VALUE,
    "id": VALUE,
    "author": {"name": VALUE, "uri": VALUE},
    "subtitle": WORDS,
    "category": [{"scheme": str, "term": str}],
    "entry": [
        {
            "lang": str,
            "title": WORDS,
            "link": [{"title": str, "rel": str, "type": str, "href": str}],
            "id": VALUE,
            "summary": WORDS,
            "updated": VALUE,
        }
    ],
}
"""Every member of MedlinePlus Connect's JSON in replies of 2014, 2016 and 2026 for ICD-9-CM 250.33,
ICD-10-CM L70, G93.31 and G93.32, with its type.
"""


def missing(value, shape, at="feed"):
    """The members of a recorded shape that the value lacks, or has of another type."""
    if isinstance(shape, type):
        return [] if isinstance(value, shape) else [f"{at} is no {shape.__name__}"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at} is no list"]
        return [fault for one in value for fault in missing(one, shape[0], f"{at}[]")]
    if not isinstance(value, dict):
        return [f"{at} is no object"]
    faults = []
    for name, inner in shape.items():
        faults += (
            missing(value[name], inner, f"{at}.{name}") if name in value else [f"{at}.{name} is missing"]
        )
    return faults
