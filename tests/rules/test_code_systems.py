"""The code systems' names, written out by hand from the HL7 registries."""

from topics.rules.code_systems import BY_OID, BY_URI, CODE_SYSTEMS
from topics.vocabulary import CodeSystem

REGISTERED = {
    "icd-10-cm": ("2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm"),
    "icd-9-cm": ("2.16.840.1.113883.6.103", "http://hl7.org/fhir/sid/icd-9-cm"),
    "snomed-ct": ("2.16.840.1.113883.6.96", "http://snomed.info/sct"),
    "loinc": ("2.16.840.1.113883.6.1", "http://loinc.org"),
    "rxnorm": ("2.16.840.1.113883.6.88", "http://www.nlm.nih.gov/research/umls/rxnorm"),
    "mesh": ("2.16.840.1.113883.6.177", "http://terminology.hl7.org/CodeSystem/MSH"),
    "ndc": ("2.16.840.1.113883.6.69", "http://hl7.org/fhir/sid/ndc"),
}


def test_every_code_system_has_its_registered_oid_and_uri():
    assert {name: (one.oid, one.uri) for name, one in CODE_SYSTEMS.items()} == REGISTERED
    assert set(CODE_SYSTEMS) == set(CodeSystem.values)


def test_each_is_found_by_oid_and_by_uri():
    for name, (oid, uri) in REGISTERED.items():
        assert BY_OID[oid].name == BY_URI[uri].name == name
