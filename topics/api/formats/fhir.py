"""FHIR R5: the edition as a document Bundle, a Composition with one ArtifactAssessment per sign-off.

By the rules of FHIR documents (R5, "Documents"): the Composition comes first, everything that it
names is in the Bundle under a `urn:uuid:`, and the narrative tells all that a reader needs. The
identifiers of the resources follow from the edition, so that the same edition is the same Bundle.
"""

import json
import uuid
from itertools import groupby

from topics.api.formats import care, facts
from topics.api.formats.narrative import narrative, of_article, of_reviews, of_section, of_sources
from topics.rules.code_systems import CODE_SYSTEMS

USE_CONTEXT = "http://terminology.hl7.org/CodeSystem/usage-context-type"
IDENTIFIERS = "urn:ietf:rfc:3986"
"""The system of an identifier that is itself a URI."""

STATUS = {"in_force": "final", "superseded": "deprecated", "expired": "deprecated"}
WITHDRAWN_STATUS = {
    "safety_recall": "entered-in-error",
    "correction": "entered-in-error",
    "retired": "deprecated",
    "moved": "deprecated",
}


def render(article, *, base):
    """The Bundle as JSON text."""
    with facts.labelled_for(article):
        return json.dumps(bundle(article, base), ensure_ascii=False, separators=(",", ":"))


def bundle(article, base):
    authors = [person(article, "author", one) for one in article["authors"]]
    reviewers = [person(article, "reviewer", one) for one in article["reviews"]]
    assessments = [
        assessment(article, number, review, reference(who), base)
        for number, (review, who) in enumerate(zip(article["reviews"], reviewers, strict=True))
    ]
    listed = [listing(article, kind, entry) for kind, entry in care.entries(article)]
    first = composition(article, base, authors, reviewers, assessments, listed)
    found = {one["id"]: one for one in [first, *authors, *reviewers, *assessments, *listed]}
    return {
        "resourceType": "Bundle",
        "language": article["language"],
        "identifier": {"system": IDENTIFIERS, "value": base + article["permanent_url"]},
        "type": "document",
        "timestamp": article["published"],
        "entry": [{"fullUrl": f"urn:uuid:{key}", "resource": one} for key, one in found.items()],
    }


def key(article, *parts):
    """The id of a resource: the same for the same part of the same edition."""
    name = ":".join(["edition", str(article["edition"]), *map(str, parts)])
    return str(uuid.uuid5(uuid.UUID(article["id"]), name))


def reference(resource):
    return {"reference": f"urn:uuid:{resource['id']}", "display": resource["name"][0]["text"]}


def person(article, part, printed):
    """Somebody as printed: two people of one name and one title are one here."""
    qualifications = [printed["credentials"], printed.get("specialty", "")]
    resource = {
        "resourceType": "Practitioner",
        "id": key(article, part, json.dumps([printed["name"], *qualifications])),
        "name": [{"text": printed["name"]}],
    }
    qualified = [{"code": {"text": one}} for one in qualifications if one]
    return {**resource, "qualification": qualified} if qualified else resource


def listing(article, kind, entry):
    """A physician or a service of the licensee's directory."""
    return care.RESOURCES[kind](entry, key(article, kind, json.dumps(entry, sort_keys=True)))


def status(article):
    """The Composition's status; an edition that was wrong was entered in error."""
    if article["withdrawal"]:
        return WITHDRAWN_STATUS[article["withdrawal"]["kind"]]
    return STATUS[article["status"]]


def composition(article, base, authors, reviewers, assessments, listed):
    nobody = [{"display": facts.nobody_credited()}]
    members = {
        "resourceType": "Composition",
        "id": key(article, "composition"),
        "language": article["language"],
        "text": of_article(article, base),
        "url": base + article["permanent_url"],
        "identifier": [
            {"system": IDENTIFIERS, "value": f"urn:uuid:{article['id']}"},
            {"type": {"text": facts.digest_label()}, "value": article["digest"]},
        ],
        "version": str(article["edition"]),
        "status": status(article),
        "type": {"text": facts.reviewed_article()},
        "category": [{"text": article["category"]["name"]}],
        "useContext": [focus(code) for code in article["codes"]],
        "date": article["modified"],
        "author": [reference(one) for one in authors] or nobody,
        "name": article["slug"],
        "title": article["title"],
        "note": [{"text": f"{one.word}. {one.sentence}"} for one in facts.warnings(article)],
        "attester": [
            {"mode": {"text": review["role"]}, "time": review["signed_at"], "party": reference(who)}
            for review, who in zip(article["reviews"], reviewers, strict=True)
        ],
        "relatesTo": [*cited(article), *replaced(article, base)],
        "section": [*sections(article, base, assessments), *directory(article, listed)],
    }
    return {name: value for name, value in members.items() if value != []}


def focus(code):
    """A code of the article's subject."""
    coding = {"system": CODE_SYSTEMS[code["system"]].uri, "code": code["code"]}
    display = {"display": code["display"]} if code["display"] else {}
    return {
        "code": {"system": USE_CONTEXT, "code": "focus"},
        "valueCodeableConcept": {"coding": [{**coding, **display}]},
    }


def cited(article):
    for number, one in enumerate(article["references"], 1):
        links = [to for _, to in facts.links_of(one) if to]
        document = {"document": {"url": links[0], "title": one["title"]}} if links else {}
        yield {"type": "cites", "label": str(number), "display": one["title"], **document}


def replaced(article, base):
    instead = (article["withdrawal"] or {}).get("replacement")
    if instead:
        document = {"url": base + instead["url"], "title": instead["title"]}
        yield {"type": "replaced-with", "display": instead["title"], "document": document}


def sections(article, base, assessments):
    """Warnings first, then the text, then the sign-offs and the notices."""
    language = article["language"]
    for warning in facts.warnings(article):
        told = [f"{warning.sentence}", *warning.explanation.split("\n\n")]
        yield {"title": warning.word, "text": narrative(language, *told)}
    for section in article["sections"]:
        yield of_text(section, article, base)
    if article["references"]:
        yield {"title": facts.headings()["references"], "text": of_sources(article)}
    if assessments:
        yield {
            "title": facts.reviews_heading(),
            "text": of_reviews(article),
            "entry": [{"reference": f"urn:uuid:{one['id']}"} for one in assessments],
        }
    for notice in facts.notices(article):
        yield {"title": notice.label, "text": narrative(language, *notice.value.split("\n\n"))}


def directory(article, listed):
    """The licensee's physicians and services for the subject: not signed, so after all that is."""
    by_kind = groupby(listed, key=lambda one: one["resourceType"])
    for (heading, lines), (_, resources) in zip(facts.directory(article), by_kind, strict=True):
        yield {
            "title": heading,
            "text": narrative(article["language"], *(line_of(*line) for line in lines)),
            "entry": [{"reference": f"urn:uuid:{one['id']}"} for one in resources],
        }


def line_of(text, address):
    return f"{text} {address}" if facts.WEB.match(address) else text


def of_text(section, article, base):
    """A section of the signed document. FHIR wants text, entries or sections in each."""
    made = {"title": section["heading"]} if section["heading"] else {}
    if section["html"]:
        made["text"] = of_section(section, article, base)
    inner = [of_text(one, article, base) for one in section["sections"]]
    if inner:
        made["section"] = inner
    if "text" not in made and not inner:
        made["text"] = narrative(article["language"], section["heading"])
    return made


def assessment(article, number, review, who, base):
    """A sign-off: who stated what of which digest. Its dates are those of that signature."""
    said = {
        "informationType": "comment",
        "summary": review["statement"],
        "type": {"text": review["role"]},
        "author": who,
        "relatedArtifact": [{"type": "signs", "display": review["digest"]}],
    }
    disclosed = review["disclosure"]
    comment = {"informationType": "comment", "summary": facts.disclosed(review), "author": who}
    return {
        "resourceType": "ArtifactAssessment",
        "id": key(article, "review", number),
        "identifier": [{"system": IDENTIFIERS, "value": f"urn:uuid:{key(article, 'review', number)}"}],
        "title": review["role"],
        "artifactUri": base + article["permanent_url"],
        "date": review["signed_at"],
        "approvalDate": review["signed_at"][:10],
        "lastReviewDate": article["last_reviewed"],
        "content": [said, comment] if disclosed else [said],
        "workflowStatus": "published",
    }
