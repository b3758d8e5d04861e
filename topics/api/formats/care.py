"""A licensee's own physicians and services, as schema.org and FHIR R5 write them.

They stand beside the signed text, as notices do, and are never part of it: in JSON-LD as what the page
mentions, in FHIR as sections of their own, with a Practitioner or HealthcareService for each.
"""

from topics.api.formats import facts
from topics.vocabulary import DirectoryKind

DIRECTORY = {
    "related_physicians": DirectoryKind.PHYSICIAN,
    "related_services": DirectoryKind.SERVICE,
}
SCHEMA_TYPES = {
    DirectoryKind.PHYSICIAN: "Physician",
    DirectoryKind.SERVICE: "MedicalOrganization",
}


def entries(article):
    """The kind and the entry of each physician and service, in the reply's order."""
    for name, kind in DIRECTORY.items():
        for entry in article.get(name, ()):
            yield kind, entry


def mentioned(article):
    """What a `MedicalWebPage` mentions, and the organisation that provides it; nothing without a key."""
    if "site" not in article:
        return {}
    site = article["site"]
    provider = {
        "@type": "Organization",
        "name": site["organisation"],
        **({"alternateName": site["names"]} if site["names"] else {}),
    }
    return {
        "provider": provider,
        "mentions": [schema_org(kind, entry) for kind, entry in entries(article)],
    }


def schema_org(kind, entry):
    credential = {"@type": "EducationalOccupationalCredential", "name": entry["credentials"]}
    members = {
        "@type": SCHEMA_TYPES[kind],
        "name": entry["name"],
        "hasCredential": credential if entry["credentials"] else "",
        "knowsAbout": entry["specialties"],
        "description": entry["description"],
        "telephone": entry["telephone"],
        "url": entry["url"] if facts.WEB.match(entry["url"]) else "",
    }
    return {name: value for name, value in members.items() if value not in ("", [])}


def practitioner(entry, key):
    """A physician: credentials and specialties are qualifications."""
    qualifications = [one for one in (entry["credentials"], *entry["specialties"]) if one]
    members = {
        "resourceType": "Practitioner",
        "id": key,
        "name": [{"text": entry["name"]}],
        "telecom": contact_points(entry),
        "qualification": [{"code": {"text": one}} for one in qualifications],
    }
    return {name: value for name, value in members.items() if value != []}


def healthcare_service(entry, key):
    telecom = contact_points(entry)
    comment = ". ".join(filter(None, (entry["credentials"], entry["description"])))
    members = {
        "resourceType": "HealthcareService",
        "id": key,
        "specialty": [{"text": one} for one in entry["specialties"]],
        "name": entry["name"],
        "comment": comment,
        "contact": [{"telecom": telecom}] if telecom else [],
    }
    return {name: value for name, value in members.items() if value not in ([], "")}


RESOURCES = {
    DirectoryKind.PHYSICIAN: practitioner,
    DirectoryKind.SERVICE: healthcare_service,
}


def contact_points(entry):
    found = [{"system": "phone", "value": entry["telephone"]}] if entry["telephone"] else []
    if facts.WEB.match(entry["url"]):
        found.append({"system": "url", "value": entry["url"]})
    return found
