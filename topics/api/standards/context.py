"""The parameters of an HL7 Infobutton request, as its URL-based guide (release 4) spells them.

A parameter that the guide lets repeat has an index at its end: `mainSearchCriteria.v.c1`. What an
empty parameter says is nothing: health records fill in a template and leave out what they don't know.
"""

import re
from dataclasses import dataclass

from topics.api import parameters
from topics.api.parameters import bad
from topics.api.problems import echo
from topics.api.standards.callback import callback
from topics.rules.code_systems import BY_OID, BY_URI, CODE_SYSTEMS
from topics.vocabulary import Audience

INDEXES = ("", *map(str, range(10)))
LONGEST = 200
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
AGE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?\Z")
CACHE_BUSTER = re.compile(r"[0-9]{1,20}\Z")

XML, JSON, SCRIPT = "text/xml", "application/json", "application/javascript"
RECIPIENTS = {"PAT": Audience.PATIENT, "PROV": Audience.PROFESSIONAL, "PAYOR": None}
"""Who will read, and whom the text must speak to: a payer may ask for either."""

CONNECT_LANGUAGES = {"en": "en", "es": "es", "sp": "es"}


def echoed(name, value):
    """A text that is only given back: up to 200 characters, each of which XML can hold and show."""
    if len(value) > LONGEST:
        raise bad(name, f"It has {len(value)} characters; up to {LONGEST} are read.")
    if UNPRINTABLE.search(value):
        raise bad(name, "It holds a control character, or another that XML can't.")
    return value


def or_nothing(parse):
    """The parser of a value that may be empty."""
    return lambda name, value: parse(name, value) if value else ""


def code(name, value):
    """A code of any system, for its system to be asked about."""
    if not parameters.CODE.match(value):
        raise bad(name, f"“{echo(value)}” is no code: letters and digits, with dots and hyphens.")
    return value


def system(name, value):
    """The OID of a code system, or its FHIR URI."""
    if value.removeprefix("urn:oid:") not in BY_OID and value not in BY_URI:
        known = ", ".join(f"{one.oid} ({one.title})" for one in CODE_SYSTEMS.values())
        raise bad(
            name,
            f"“{echo(value)}” is not the OID or FHIR URI of one of these code systems: {known}.",
            accepted=sorted(BY_OID) + sorted(BY_URI),
        )
    return value


def age(name, value):
    """A number in the unit that `age.v.u` states."""
    if not AGE.match(value):
        raise bad(name, f"“{echo(value)}” is not a number such as 5 or 0.5.")
    return value


def language(name, value):
    """A BCP 47 tag; `sp` means Spanish too, as MedlinePlus Connect takes it."""
    return value if value in CONNECT_LANGUAGES else parameters.language(name, value)


def cache_buster(name, value):
    """The number that jQuery adds, so that no cache answers."""
    if not CACHE_BUSTER.match(value):
        raise bad(name, f"“{echo(value)}” is not a whole number.")
    return value


def coded(start, *ends):
    return {f"{start}.{end}": echoed for end in (*ends, "c", "cs", "dn")}


def indexed(start, **parsers):
    """Each parameter of a value that may be repeated, by itself and with each index."""
    return {f"{start}.{end}{index}": parse for index in INDEXES for end, parse in parsers.items()}


KIND_OF_PERSON = parameters.one_of(RECIPIENTS)
ECHOED = {
    **coded("taskContext.c"),
    **indexed("subTopic.v", c=echoed, cs=echoed, dn=echoed, ot=echoed),
    **indexed("mainSearchCriteria.v", c=code, cs=system, dn=echoed, ot=echoed),
    **coded("severityObservation.interpretationCode"),
    **coded("patientPerson.administrativeGenderCode"),
    "patientPerson.administrativeGenderCode.c": parameters.one_of(("F", "M", "UN")),
    "age.v.v": age,
    "age.v.u": parameters.one_of(("a", "mo", "wk", "d", "h", "min")),
    **coded("ageGroup.v"),
    "informationRecipient": KIND_OF_PERSON,
    **coded("informationRecipient.healthCareProvider.c"),
    **coded("informationRecipient.languageCode"),
    "informationRecipient.languageCode.c": language,
    "performer": KIND_OF_PERSON,
    **coded("performer.healthCareProvider.c"),
    **coded("performer.languageCode"),
    "performer.languageCode.c": language,
    **coded("encounter.c"),
    **coded("observation.c"),
    **coded("observation.v", "v", "u"),
    "serviceDeliveryLocation.id.root": echoed,
    **{f"locationOfInterest.addr.{part}": echoed for part in ("postalCode", "city", "state")},
    "executionMode": echoed,
    "knowledgeRequestNotification.effectiveTime.v": echoed,
    "representedOrganization.id.root": echoed,
    "assignedEntity.representedOrganization.n": echoed,
    "assignedAuthorizedPerson.id.root": echoed,
    "holder.assignedEntity.n": echoed,
}
"""What a reply gives back as its categories, in this order."""

NOT_ECHOED = {
    "knowledgeResponseType": parameters.one_of((XML, JSON, SCRIPT)),
    "callback": callback,
    # What a system proves itself with is nobody else's to read.
    "holder.assignedEntity.certificateText": echoed,
}
ACCEPTED = {
    **{name: or_nothing(parse) for name, parse in (ECHOED | NOT_ECHOED).items()},
    "_": cache_buster,
}
CONNECT_ACCEPTED = {
    **ACCEPTED,
    "informationRecipient.languageCode.c": or_nothing(parameters.one_of(CONNECT_LANGUAGES)),
}


@dataclass(frozen=True)
class Subject:
    """What information is asked for: codes as `(system, code)`, or names where there is no code."""

    codes: tuple
    names: tuple

    def told(self):
        """In words: `ICD-10-CM R05`."""
        said = [f"{CODE_SYSTEMS[system].title} {code}" for system, code in self.codes]
        return ", ".join((*said, *self.names))


def subject(given):
    """The subject of the request. Raises the `Problem` of one that is missing or half told."""
    codes, names = [], []
    for index in INDEXES:
        c, cs, dn, ot = (f"mainSearchCriteria.v.{end}{index}" for end in ("c", "cs", "dn", "ot"))
        if given.get(c):
            if not given.get(cs):
                raise bad(
                    cs, f"It is missing: of which code system “{given[c]}” is, by OID or FHIR URI."
                )
            codes.append((system_named(given[cs]), given[c]))
        elif given.get(dn) or given.get(ot):
            names.append(given.get(dn) or given[ot])
    if not codes and not names:
        raise bad(
            "mainSearchCriteria.v.c", "It is missing, and no name in mainSearchCriteria.v.dn instead."
        )
    return Subject(tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(names)))


def system_named(value):
    """Our name of the code system of that OID or URI."""
    return (BY_OID.get(value.removeprefix("urn:oid:")) or BY_URI[value]).name


def recipient(given):
    """Who will read. Where it isn't told the patient: nothing written for professionals gets there."""
    return given.get("informationRecipient") or "PAT"


def spoken(given):
    """The language to read in: the reader's, else that of who asks, else English."""
    for name in ("informationRecipient.languageCode.c", "performer.languageCode.c"):
        if given.get(name):
            return CONNECT_LANGUAGES.get(given[name], given[name])
    return "en"


def categories(given):
    """The request as categories: what was given, by the name under which it was."""
    return [{"scheme": name, "term": given[name]} for name in ECHOED if given.get(name)]
