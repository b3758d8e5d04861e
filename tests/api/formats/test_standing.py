"""What is withdrawn, withheld, superseded or overdue says so before its text, whatever the format."""

import json

import pytest

from tests.api.formats.articles import EXPIRED, OVERDUE, SUPERSEDED, WITHDRAWN, article
from tests.api.formats.reading import COMMONMARK, every_value, parsed, text_of
from topics.api.formats import facts
from topics.api.formats.table import ARTICLE_FORMATS

BASE = "https://content.example"
NAMES = ["html", "text", "markdown", "jsonld", "fhir"]
SAID = {
    "withdrawn": (
        WITHDRAWN,
        "Withdrawn",
        "This text was withdrawn on April 1, 2026 (Safety recall). Do not use it.",
    ),
    "expired": (
        EXPIRED,
        "Withheld",
        "This text is withheld since April 1, 2028: its review was due on March 1, 2028. Do not use it.",
    ),
    "superseded": (
        SUPERSEDED,
        "Superseded",
        "A later edition took the place of this text on May 1, 2026. Do not use it.",
    ),
    "overdue": (
        OVERDUE,
        "Review overdue",
        "The review of this text was due on March 1, 2028 and is not done yet.",
    ),
}


def rendered(name, **changes):
    return ARTICLE_FORMATS[name].render(article(**changes), base=BASE)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("standing", SAID)
def test_a_warning_stands_before_the_text(name, standing):
    changes, word, sentence = SAID[standing]
    said = rendered(name, **changes)
    first_words = said.index("Most coughs")
    assert said.index(sentence) < first_words
    assert said.lower().index(word.lower()) < first_words
    assert (sentence in rendered(name)) is (word.upper() in rendered(name)) is False


@pytest.mark.parametrize("name", NAMES)
def test_a_withdrawal_says_why_and_what_to_read_instead(name):
    said = rendered(name, **WITHDRAWN)
    assert said.index("The dose was wrong.") < said.index("Most coughs")
    assert "/api/v1/articles/a1f0c3de-77b2-4c55-8f7e-2f5f3e6f7d90/" in said


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_of_what_is_current(name):
    said = rendered(name)
    for _, _, sentence in SAID.values():
        assert sentence not in said
    assert "Do not use" not in said


def test_the_fragment_states_the_status_for_machines_too():
    (root,) = parsed(rendered("html", **WITHDRAWN))
    assert root.get("data-status") == "withdrawn"
    assert root.get("data-review-status") is None
    (root,) = parsed(rendered("html", **OVERDUE))
    assert (root.get("data-status"), root.get("data-review-status")) == ("in_force", "overdue")
    assert root[1].get("role") == "note"
    assert text_of(root[1]).split()[:2] == ["REVIEW", "OVERDUE."]


def test_a_warning_in_markdown_is_a_quotation_after_the_title():
    tokens = [token.type for token in COMMONMARK.parse(rendered("markdown", **OVERDUE))]
    assert tokens[:4] == ["heading_open", "inline", "heading_close", "blockquote_open"]


def test_linked_data_states_the_status_first():
    page = json.loads(rendered("jsonld", **WITHDRAWN))
    assert list(page)[3] == "creativeWorkStatus"
    assert page["creativeWorkStatus"] == "Withdrawn"
    assert page["hasPart"][0]["name"] == "Withdrawn"
    assert json.loads(rendered("jsonld", **OVERDUE))["creativeWorkStatus"] == "Review overdue"
    assert json.loads(rendered("jsonld"))["creativeWorkStatus"] == "In force"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "final"),
        (OVERDUE, "final"),
        (SUPERSEDED, "deprecated"),
        (EXPIRED, "deprecated"),
        (WITHDRAWN, "entered-in-error"),
        ({**WITHDRAWN, "withdrawal": {**WITHDRAWN["withdrawal"], "kind": "retired"}}, "deprecated"),
    ],
)
def test_a_composition_has_the_status_of_its_edition(changes, status):
    composition = json.loads(rendered("fhir", **changes))["entry"][0]["resource"]
    assert composition["status"] == status
    assert bool(composition.get("note")) is bool(changes)
    first = composition["section"][0].get("title")
    assert (first in ("Withdrawn", "Withheld", "Superseded", "Review overdue")) is bool(changes)


def test_as_of_is_told():
    for name in ("html", "text", "markdown", "fhir"):
        assert "2026-03-03T12:00:00Z" in rendered(name, as_of="2026-03-03T12:00:00Z")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_carries_credits_dates_notices_and_the_digest(name):
    said = rendered(name)
    for value in ("Ada Author", "MFA", "Pia Primary", "MD, MPH", "Family Medicine", "Primary reviewer"):
        assert value in said
    for stated in (
        "I reviewed the whole article; it is clinically accurate and complete",
        "Disclosure: None to declare.",
        "Disclaimer",
        "This is no substitute for advice.",
        "sha-256:3f3f3f",
        "/editions/2/",
    ):
        assert stated in said
    days = {"jsonld": ("2026-03-01", "2028-03-01")}.get(name, ("March 1, 2026", "March 1, 2028"))
    for day in days:
        assert day in said


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_in_the_language_of_the_text(name):
    said = rendered(name, language="es", **WITHDRAWN)
    assert "Este texto se retiró el 1 de abril de 2026 (Retirada por seguridad). No lo use." in said
    assert "Withdrawn" not in said
    other = rendered(name, language="fr-CA", **WITHDRAWN)
    assert "This text was withdrawn on April 1, 2026 (Safety recall). Do not use it." in other


def test_a_label_in_another_language_than_the_text_says_so():
    (root,) = parsed(rendered("html", language="ar", **OVERDUE))
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert (root[1][0].get("lang"), root[1][0].get("dir")) == ("en", "ltr")
    assert all(node.get("lang") is None for node in parsed(rendered("html"))[0][1])


def test_a_label_never_names_what_the_record_does_not():
    bare = {"reviews": [], "authors": [], "references": [], "codes": [], "notices": [], "related": []}
    for name in NAMES:
        said = rendered(name, **bare)
        for head in ("Written by", "Reviewed by", "Disclosure", "Disclaimer", "References"):
            assert head not in said
    assert list(every_value(json.loads(rendered("fhir", **bare))["entry"][0]["resource"]["author"])) == [
        "No author is credited"
    ]


def test_every_status_of_a_reply_has_its_words():
    for status in ("in_force", "superseded", "withdrawn", "expired"):
        changes = {"in_force": {}, **{k: v[0] for k, v in SAID.items()}}[status]
        with facts.labelled_for(article()):
            assert bool(facts.warnings(article(**changes))) is (status != "in_force")


@pytest.mark.parametrize("name", ["html", "text", "markdown"])
def test_a_licensees_own_physicians_and_services_are_told_where_the_reply_has_them(name):
    entry = {
        "name": "Olive Oncologist",
        "credentials": "MD",
        "description": "Takes new patients",
        "url": "https://hospital.example/olive",
        "telephone": "555 0100",
        "specialties": ["Oncology"],
    }
    with_link = {"related_physicians": [entry], "related_services": [{**entry, "url": ""}]}
    said = rendered(name, **with_link)
    for words in ("Related physicians", "Olive Oncologist, MD, Oncology. Takes new patients. 555 0100"):
        assert words in said
    assert said.count("https://hospital.example/olive") == 1
    assert said.count("Olive Oncologist") == 2
    assert "Related physicians" not in rendered(name)
    hostile = {"related_physicians": [{**entry, "url": "javascript:alert(1)", "name": "<b>x</b>"}]}
    if name == "html":
        assert "javascript" not in rendered(name, **hostile)
        assert "<b>" not in rendered(name, **hostile)
