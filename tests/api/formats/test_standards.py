"""Each representation is held to its standard by somebody else's reading of it."""

import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import nh3
import pytest
from fhir.resources.bundle import Bundle

from tests.api.formats.articles import EXPIRED, OVERDUE, SUPERSEDED, WITHDRAWN, article
from tests.api.formats.reading import COMMONMARK, parsed
from tests.api.formats.vocabulary import faults
from topics.api.formats.table import ARTICLE_FORMATS
from topics.content.html import ALLOWED

BASE = "https://content.example"
STANDINGS = [{}, WITHDRAWN, EXPIRED, SUPERSEDED, OVERDUE]
NOTHING = {"reviews": [], "authors": [], "references": [], "codes": [], "notices": [], "also_called": []}


def rendered(name, **changes):
    form = {"heading_level": changes.pop("heading_level")} if "heading_level" in changes else {}
    return ARTICLE_FORMATS[name].render(article(**changes), base=BASE, **form)


# schema.org --------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [*STANDINGS, NOTHING, {"summary": ""}])
def test_linked_data_uses_only_what_schema_org_defines(changes):
    page = json.loads(rendered("jsonld", **changes))
    assert page["@context"] == "https://schema.org"
    assert page["@type"] == "MedicalWebPage"
    assert faults(page) == []


def test_the_vocabulary_finds_what_is_wrong():
    assert faults({"@type": "MedicalPage"}) == ["$: there is no class MedicalPage"]
    assert faults({"@type": "MedicalWebPage", "lastReviewed": "yesterday"}) != []
    assert faults({"@type": "MedicalWebPage", "reviewDate": "2026-01-01"}) != []
    assert faults({"@type": "Person", "lastReviewed": "2026-01-01"}) != []
    assert faults({"@type": "MedicalWebPage", "author": {"@type": "MedicalCode"}}) != []


def test_linked_data_says_what_the_edition_says():
    page = json.loads(rendered("jsonld"))
    assert page["lastReviewed"] == "2026-03-01"
    assert page["version"] == "2"
    assert page["isBasedOn"]["version"] == "3"
    assert page["reviewedBy"] == [
        {
            "@type": "Person",
            "name": "Pia Primary",
            "honorificSuffix": "MD, MPH",
            "knowsAbout": "Family Medicine",
        }
    ]
    assert page["about"][0]["code"] == {
        "@type": "MedicalCode",
        "codeValue": "R05",
        "codingSystem": "ICD-10-CM",
        "inCodeSet": "http://hl7.org/fhir/sid/icd-10-cm",
    }
    assert page["audience"] == {"@type": "MedicalAudience", "audienceType": "Patient"}
    assert page["citation"][0]["url"] == "https://doi.org/10.1000/182"


ENTRY = {
    "name": "Olive Oncologist",
    "credentials": "MD",
    "description": "Takes <new> patients",
    "url": "https://hospital.example/olive",
    "telephone": "555 0100",
    "specialties": ["Oncology", "Internal Medicine"],
}
BARE = {"name": "Lung clinic", "credentials": "", "description": "", "url": "", "telephone": ""}
BARE |= {"specialties": []}
LICENSED = {
    "site": {"organisation": "Bon Air", "names": ["Bon Air Health"]},
    "related_physicians": [ENTRY, {**BARE, "name": "Dr Bare"}],
    "related_services": [BARE, {**ENTRY, "url": "javascript:alert(1)"}],
}
DIRECTORIES = [
    LICENSED,
    {**LICENSED, "related_physicians": []},
    {**LICENSED, "related_services": []},
    {"site": {"organisation": "Bon Air", "names": []}, "related_physicians": [], "related_services": []},
]


@pytest.mark.parametrize("changes", DIRECTORIES)
def test_linked_data_of_a_licensee_uses_only_what_schema_org_defines(changes):
    page = json.loads(rendered("jsonld", **changes))
    assert faults(page) == []
    assert page["provider"]["name"] == "Bon Air"


def test_linked_data_mentions_the_licensees_own_physicians_and_services():
    page = json.loads(rendered("jsonld", **LICENSED))
    physician, bare, clinic, hostile = page["mentions"]
    assert physician == {
        "@type": "Physician",
        "name": "Olive Oncologist",
        "hasCredential": {"@type": "EducationalOccupationalCredential", "name": "MD"},
        "knowsAbout": ["Oncology", "Internal Medicine"],
        "description": "Takes <new> patients",
        "telephone": "555 0100",
        "url": "https://hospital.example/olive",
    }
    assert bare == {"@type": "Physician", "name": "Dr Bare"}
    assert clinic == {"@type": "MedicalOrganization", "name": "Lung clinic"}
    assert "url" not in hostile
    assert not {"provider", "mentions"} & set(json.loads(rendered("jsonld")))


# HTML --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [*STANDINGS, NOTHING, {"language": "ar"}])
def test_the_fragment_is_html_without_a_parse_error(changes):
    (root,) = parsed(rendered("html", **changes))
    assert root.tag == "article"


EMBEDDED = {
    **ALLOWED,
    **dict.fromkeys(("h1", "h5", "h6"), frozenset({"lang", "dir", "aria-level"})),
    "article": frozenset(),
    **dict.fromkeys(("section", "div", "footer", "span", "time", "cite", "mark"), frozenset()),
}
ATTRIBUTES = {"lang", "dir", "class", "id", "role", "datetime", "hreflang", "aria-level"}
ATTRIBUTES |= {f"data-{name}" for name in ("id", "edition", "digest", "status", "review-status")}


def hostile():
    """Every text of the reply tries to be markup."""
    evil = (
        '"><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) <style>*{}</style>'
    )
    person = {"name": evil, "credentials": evil}
    return {
        "title": evil,
        "summary": evil,
        "also_called": [evil],
        "authors": [person],
        "references": [
            {"title": evil, "url": "javascript:alert(1)", "doi": f"10.1/{evil}", "pmid": "1"},
            {"title": "x", "url": f"https://e.org/{evil}", "doi": "", "pmid": ""},
        ],
        "codes": [{"system": "icd-10-cm", "code": "R05", "display": evil}],
        "reviews": [{**article()["reviews"][0], **person, "role": evil, "disclosure": evil}],
        "notices": [{"kind": "terms", "text": evil, "in_force_from": "2026-01-01T00:00:00Z"}],
        "related": [{**article()["related"][0], "title": evil}],
        **WITHDRAWN,
        "withdrawal": {**WITHDRAWN["withdrawal"], "explanation": evil},
    }


@pytest.mark.parametrize("changes", [{}, WITHDRAWN, hostile()])
def test_the_fragment_is_safe_to_embed(changes):
    html = rendered("html", **changes)
    for node in parsed(html).iter():
        if isinstance(node.tag, str) and node.tag != "DOCUMENT_FRAGMENT":
            assert node.tag in EMBEDDED
            assert set(node.keys()) <= ATTRIBUTES | {"href", "scope", "colspan", "rowspan"}
            assert re.match(r"(?:https?|mailto|tel):", node.get("href", "https:"))
    # A strict sanitiser of the page that embeds it finds nothing to take away.
    kept = nh3.clean(
        html,
        tags=set(EMBEDDED),
        attributes={"*": ATTRIBUTES, "a": {"href"}, "th": {"scope"}, "td": {"colspan", "rowspan"}},
        link_rel=None,
    )
    assert [n.tag for n in parsed(kept).iter()] == [n.tag for n in parsed(html).iter()]


@pytest.mark.parametrize("name", ["markdown", "jsonld", "fhir"])
def test_hostile_words_stay_words(name):
    said = rendered(name, **hostile())
    if name == "markdown":
        html = COMMONMARK.render(said)
        assert "<script>" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html
    elif name == "fhir":
        assert valid_fhir(said)
        assert not any("<script" in div or "<img" in div for div in divs(json.loads(said)))
    else:
        assert faults(json.loads(said)) == []


def outline(html):
    return [
        int(node.get("aria-level", node.tag[1]))
        for node in parsed(html).iter()
        if isinstance(node.tag, str) and re.fullmatch("h[1-6]", node.tag)
    ]


@pytest.mark.parametrize("level", [2, 3, 4])
def test_headings_start_at_the_level_asked_for_and_skip_none(level):
    found = outline(rendered("html", heading_level=level))
    assert found[0] == level
    assert min(found[1:]) == level + 1
    assert max(found) == level + 3
    assert all(after <= before + 1 for before, after in pairwise(found))


def test_two_fragments_share_no_id():
    ids = [
        node.get("id")
        for slug in ("cough", "fever")
        for node in parsed(rendered("html", slug=slug)).iter()
        if node.get("id")
    ]
    assert len(ids) == len(set(ids)) > 4


def test_markdown_headings_start_at_the_level_asked_for():
    lines = rendered("markdown", heading_level=3).splitlines()
    assert lines[0] == "### Cough"
    assert "#### Treatment" in lines


# FHIR --------------------------------------------------------------------------------------------

COMPOSITION_STATUS = {"final", "deprecated", "entered-in-error"}


def valid_fhir(text):
    return Bundle.model_validate(json.loads(text))


@pytest.mark.parametrize(
    "changes",
    [*STANDINGS, NOTHING, {"language": "es-MX"}, {"body": "<h2>Only</h2>"}, *DIRECTORIES],
)
def test_the_bundle_is_valid_fhir_r5(changes):
    bundle = valid_fhir(rendered("fhir", **changes))
    assert bundle.type == "document"


def test_the_validator_finds_what_is_wrong():
    bundle = json.loads(rendered("fhir"))
    del bundle["entry"][0]["resource"]["status"]
    with pytest.raises(ValueError, match="status"):
        valid_fhir(json.dumps(bundle))


@pytest.mark.parametrize("changes", [*STANDINGS, *DIRECTORIES])
def test_the_bundle_keeps_the_rules_of_documents(changes):
    """bdl-9 to bdl-11 and the section "Documents" of R5, which the validator doesn't ask about."""
    bundle = json.loads(rendered("fhir", **changes))
    assert bundle["identifier"]["system"]
    assert bundle["timestamp"]
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    assert len(resources) == len(bundle["entry"])
    assert all(url == f"urn:uuid:{resource['id']}" for url, resource in resources.items())
    first = bundle["entry"][0]["resource"]
    assert first["resourceType"] == "Composition"
    assert first["status"] in COMPOSITION_STATUS
    named = set(re.findall(r'"reference": "([^"]+)"', json.dumps(bundle)))
    assert named == set(resources) - {bundle["entry"][0]["fullUrl"]}
    for div in divs(bundle):
        root = ElementTree.fromstring(div)
        assert root.tag == "{http://www.w3.org/1999/xhtml}div"
        assert {node.tag.partition("}")[2] for node in root.iter()} <= NARRATIVE


NARRATIVE = {
    "div",
    "p",
    "b",
    "strong",
    "em",
    "sub",
    "sup",
    "br",
    "a",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
}
NARRATIVE |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def divs(node):
    """Every narrative in parsed JSON."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from [value] if name == "div" else divs(value)
    elif isinstance(node, list):
        for value in node:
            yield from divs(value)


def test_the_bundle_of_a_licensee_has_its_physicians_and_services_behind_all_that_was_signed():
    bundle = json.loads(rendered("fhir", **LICENSED))
    sections = bundle["entry"][0]["resource"]["section"]
    assert [one["title"] for one in sections[-2:]] == ["Related physicians", "Related services"]
    assert sections[:-2] == json.loads(rendered("fhir"))["entry"][0]["resource"]["section"]
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    physician, bare, clinic, hostile = (
        resources[entry["reference"]] for section in sections[-2:] for entry in section["entry"]
    )
    assert physician["name"] == [{"text": "Olive Oncologist"}]
    assert physician["telecom"] == [
        {"system": "phone", "value": "555 0100"},
        {"system": "url", "value": "https://hospital.example/olive"},
    ]
    assert [one["code"]["text"] for one in physician["qualification"]] == [
        *("MD", "Oncology", "Internal Medicine")
    ]
    assert (bare["resourceType"], set(bare)) == ("Practitioner", {"resourceType", "id", "name"})
    assert (clinic["resourceType"], clinic["name"]) == ("HealthcareService", "Lung clinic")
    assert [one["text"] for one in hostile["specialty"]] == ["Oncology", "Internal Medicine"]
    assert hostile["contact"] == [{"telecom": [{"system": "phone", "value": "555 0100"}]}]
    assert "Takes &lt;new&gt; patients" in sections[-2]["text"]["div"]
    assert "javascript" not in json.dumps(bundle)


def test_the_same_edition_is_the_same_bundle():
    assert rendered("fhir") == rendered("fhir")
    other = json.loads(rendered("fhir", edition=3))["entry"][0]["fullUrl"]
    assert other != json.loads(rendered("fhir"))["entry"][0]["fullUrl"]


def test_every_sign_off_is_an_assessment_by_its_reviewer():
    bundle = json.loads(rendered("fhir"))
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    (found,) = [one for one in resources.values() if one["resourceType"] == "ArtifactAssessment"]
    assert found["date"] == "2026-03-01T14:05:00Z"
    assert found["lastReviewDate"] == "2026-03-01"
    who = resources[found["content"][0]["author"]["reference"]]
    assert who["name"] == [{"text": "Pia Primary"}]
    assert [one["code"]["text"] for one in who["qualification"]] == ["MD, MPH", "Family Medicine"]
    assert found["content"][0]["relatedArtifact"][0]["display"].startswith("sha-256:3f")


def test_codes_are_named_by_their_fhir_uris():
    codes = [
        {"system": system, "code": "1", "display": ""}
        for system in ("icd-10-cm", "icd-9-cm", "snomed-ct", "loinc", "rxnorm", "mesh", "ndc")
    ]
    contexts = json.loads(rendered("fhir", codes=codes))["entry"][0]["resource"]["useContext"]
    assert [one["valueCodeableConcept"]["coding"][0]["system"] for one in contexts] == [
        "http://hl7.org/fhir/sid/icd-10-cm",
        "http://hl7.org/fhir/sid/icd-9-cm",
        "http://snomed.info/sct",
        "http://loinc.org",
        "http://www.nlm.nih.gov/research/umls/rxnorm",
        "http://terminology.hl7.org/CodeSystem/MSH",
        "http://hl7.org/fhir/sid/ndc",
    ]
