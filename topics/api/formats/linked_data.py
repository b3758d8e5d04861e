"""JSON-LD: the edition as a schema.org `MedicalWebPage`, in the terms that schema.org defines.

What schema.org has no term for stays near it: a sign-off is a `Review` by its reviewer, the next
review a `ReviewAction` to come, and a warning is the first part of the page and its status.
"""

import json

from topics.api.formats import care, facts
from topics.rules.code_systems import CODE_SYSTEMS

SCHEMA = "https://schema.org"
AUDIENCES = {"patient": "Patient", "professional": "Clinician"}


def render(article, *, base):
    """The JSON-LD text of an article; keys in the order in which a reader needs them."""
    with facts.labelled_for(article):
        return json.dumps(page(article, base), ensure_ascii=False, separators=(",", ":"))


def page(article, base):
    warnings = facts.warnings(article)
    return present(
        {
            "@context": SCHEMA,
            "@type": "MedicalWebPage",
            "@id": base + article["permanent_url"],
            "creativeWorkStatus": "; ".join(warning.word for warning in warnings) or facts.in_force(),
            "correction": [correction(warning, base) for warning in warnings],
            "name": article["title"],
            "alternateName": article["also_called"],
            "abstract": article["summary"],
            "inLanguage": article["language"],
            "url": base + article["url"],
            "identifier": [named("id", article["id"]), named("digest", article["digest"])],
            "version": str(article["edition"]),
            "isBasedOn": signed_document(article, base),
            "datePublished": article["first_published"],
            "dateModified": article["modified"],
            "lastReviewed": article["last_reviewed"],
            "author": [credited(author) for author in article["authors"]],
            "reviewedBy": [credited(review) for review in article["reviews"]],
            "review": [sign_off(review) for review in article["reviews"]],
            "potentialAction": next_review(article),
            "about": [entity(code) for code in article["codes"]],
            "audience": {
                "@type": "MedicalAudience",
                "audienceType": AUDIENCES[article["audience"]],
            },
            "isPartOf": {"@type": "Collection", "name": article["category"]["name"]},
            "hasPart": [*map(standing, warnings), *map(part, article["sections"])],
            "citation": [cited(one) for one in article["references"]],
            "relatedLink": [base + item["url"] for item in article["related"]],
            "significantLink": [base + item["url"] for item in article["links"]],
            "workTranslation": [translation(item, base) for item in article["translations"]],
            "usageInfo": [notice(fact) for fact in facts.notices(article)],
            **care.mentioned(article),
        }
    )


def present(members):
    """Without what is empty: schema.org has no word for nothing."""
    return {name: value for name, value in members.items() if value not in ("", [], None)}


def named(name, value):
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def credited(printed):
    """A person as printed on the day."""
    return present(
        {
            "@type": "Person",
            "name": printed["name"],
            "honorificSuffix": printed["credentials"],
            "knowsAbout": printed.get("specialty", ""),
        }
    )


def sign_off(review):
    return present(
        {
            "@type": "Review",
            "name": review["role"],
            "author": credited(review),
            "datePublished": review["signed_at"],
            "reviewBody": review["statement"],
            "description": review["disclosure"] and facts.disclosed(review),
            "identifier": named("digest", review["digest"]),
            "version": str(review["version"]),
        }
    )


def next_review(article):
    return {
        "@type": "ReviewAction",
        "name": facts.next_review_due(),
        "actionStatus": f"{SCHEMA}/PotentialActionStatus",
        "endTime": f"{article['next_review_due']}T00:00:00Z",
    }


def signed_document(article, base):
    """The document that was signed, of which the page is a rendering."""
    return {
        "@type": "DigitalDocument",
        "url": f"{base}{article['permanent_url']}?format=json",
        "encodingFormat": "application/json",
        "version": str(article["version"]),
        "identifier": named("digest", article["digest"]),
    }


def correction(warning, base):
    told = {"@type": "CorrectionComment", "name": warning.word, "text": words_of(warning)}
    if warning.instead:
        told["url"] = base + warning.instead["url"]
    return told


def standing(warning):
    return {"@type": "WebPageElement", "name": warning.word, "text": words_of(warning)}


def words_of(warning):
    return " ".join(filter(None, (warning.sentence, warning.explanation)))


def part(section):
    return present(
        {
            "@type": "WebPageElement",
            "identifier": section["id"],
            "name": section["heading"],
            "text": section["text"],
            "hasPart": [part(inner) for inner in section["sections"]],
        }
    )


def entity(code):
    system = CODE_SYSTEMS[code["system"]]
    return present(
        {
            "@type": "MedicalEntity",
            "name": code["display"],
            "code": {
                "@type": "MedicalCode",
                "codeValue": code["code"],
                "codingSystem": system.title,
                "inCodeSet": system.uri,
            },
        }
    )


def cited(reference):
    links = list(facts.links_of(reference))
    return present(
        {
            "@type": "CreativeWork",
            "name": reference["title"],
            "url": next((to for _, to in links if to), ""),
            "identifier": [named(name, reference[name]) for name in ("doi", "pmid") if reference[name]],
            "sameAs": [to for _, to in links[1:] if to],
        }
    )


def translation(item, base):
    return {
        "@type": "MedicalWebPage",
        "name": item["title"],
        "inLanguage": item["language"],
        "url": base + item["url"],
    }


def notice(fact):
    return {
        "@type": "CreativeWork",
        "name": fact.label,
        "text": fact.value,
        "datePublished": fact.exact,
    }
