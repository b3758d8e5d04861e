"""Accept by RFC 9110: the cases of its section 12.5.1, then hostile ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import calls
from topics.api.negotiation import LONGEST_ACCEPT, preferred

OFFERED = [
    "application/json",
    "application/ld+json",
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/fhir+json; fhirVersion=5.0",
]
JSON, LD, HTML, TEXT, FHIR = OFFERED
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("  ", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/*", HTML),
        (BROWSER, HTML),
        ("text/plain;q=0.5, text/html;q=0.4", TEXT),
        ("text/plain; q=0.5 , text/html ; q=0.6", HTML),
        ("TEXT/PLAIN", TEXT),
        ("text/plain;Q=1.000", TEXT),
        # The most precise range decides, wherever it stands and whatever the wider one says.
        ("*/*;q=0.1, text/plain;q=0", JSON),
        ("text/*;q=0.3, text/html;q=0.2, */*;q=0.1", TEXT),
        ("application/json;q=0, */*", LD),
        ("text/html;q=0, text/*", TEXT),
        ("application/json;q=0.5, application/ld+json;q=0.5", JSON),
        ("application/fhir+json", FHIR),
        ("application/fhir+json; fhirVersion=5.0", FHIR),
        ('application/fhir+json; fhirVersion="5.0"', FHIR),
        ("application/fhir+json; fhirVersion=4.0", None),
        ("application/fhir+json;fhirVersion=4.0;q=1, application/fhir+json;q=0.1", FHIR),
        ('application/ld+json; profile="http://schema.org/, x"', LD),
        ("text/html;charset=UTF-8", HTML),
        ("text/html;charset=latin-1", None),
        ("text/csv", None),
        ("text/csv, image/*", None),
        ("*/*;q=0", None),
        ("application/json;q=0.000", None),
        # What is malformed is passed over, and the rest still counts.
        ("nonsense", None),
        ("nonsense, text/plain", TEXT),
        ("text/plain;q=2, application/ld+json;q=0.1", LD),
        ("text/plain;q=abc", None),
        ("text/plain;q=0.1234", None),
        ("*/json", None),
        (",,text/plain,,", TEXT),
        ('text/plain;a="unclosed', None),
        ("text/plain;", TEXT),
        ("\x00", None),
    ],
)
def test_the_reader_gets_what_it_prefers(accept, chosen):
    assert preferred(accept, OFFERED) == chosen


@given(st.one_of(st.text(), st.text(alphabet='*/;,="\\q01. atex')))
def test_no_header_is_an_error(accept):
    assert preferred(accept, OFFERED) in [*OFFERED, None]


@pytest.mark.parametrize("hostile", ['"\\', "a/b;", "*/*,", '"'])
def test_a_hostile_header_costs_little(hostile):
    longest = (hostile * LONGEST_ACCEPT)[:LONGEST_ACCEPT]
    assert calls(lambda: preferred(longest, OFFERED)) < 20_000
    assert calls(lambda: preferred(longest + hostile, OFFERED)) < 20
