"""The code systems of articles as other standards name them: by OID in HL7 v3, by URI in FHIR.

The OIDs are those of the HL7 OID registry, which MedlinePlus Connect and HL7 Infobutton use too; the
URIs are those of FHIR R5 ("External code systems") and of HL7 Terminology for MeSH. Only names are
here: no vocabulary is shipped, and whether a code exists is the licensee's to know.
"""

from dataclasses import dataclass

from topics.vocabulary import CodeSystem


@dataclass(frozen=True)
class Names:
    """One code system: our name for it, its title, its OID and its FHIR URI."""

    name: str
    title: str
    oid: str
    uri: str


def _names(system, oid, uri):
    return system.value, Names(system.value, str(system.label), oid, uri)


CODE_SYSTEMS = dict(
    [
        _names(CodeSystem.ICD_10_CM, "2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm"),
        _names(CodeSystem.ICD_9_CM, "2.16.840.1.113883.6.103", "http://hl7.org/fhir/sid/icd-9-cm"),
        _names(CodeSystem.SNOMED_CT, "2.16.840.1.113883.6.96", "http://snomed.info/sct"),
        _names(CodeSystem.LOINC, "2.16.840.1.113883.6.1", "http://loinc.org"),
        _names(
            CodeSystem.RXNORM, "2.16.840.1.113883.6.88", "http://www.nlm.nih.gov/research/umls/rxnorm"
        ),
        _names(CodeSystem.MESH, "2.16.840.1.113883.6.177", "http://terminology.hl7.org/CodeSystem/MSH"),
        _names(CodeSystem.NDC, "2.16.840.1.113883.6.69", "http://hl7.org/fhir/sid/ndc"),
    ]
)
"""Our name of a code system, as in `CodeSystem`, to what others call it."""

BY_OID = {system.oid: system for system in CODE_SYSTEMS.values()}
BY_URI = {system.uri: system for system in CODE_SYSTEMS.values()}
