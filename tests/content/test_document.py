"""One document comes from the same fields, however they were typed."""

import pytest

from topics.content.canonical import canonical, digest
from topics.content.document import SIGNED_FIELDS, build_document
from topics.content.html import BodyTooLarge

FIELDS = {
    "article_id": "T-1",
    "language": "en",
    "title": "Fever",
    "also_called": ["Pyrexia"],
    "summary": "What to do.",
    "body": "<h2>Dose</h2><p>Take 5 mg.</p>",
    "authors": [{"name": "A. Writer", "credentials": "MA"}],
    "references": [{"title": "A study", "url": "https://e.org/", "doi": "10.1/x", "pmid": "1"}],
    "codes": [{"system": "icd-10-cm", "code": "R50.9", "display": "Fever"}],
    "related_ids": ["T-2"],
}


def test_a_document_is_written_out_whole():
    assert canonical(build_document(**FIELDS)) == (
        '{"also_called":["Pyrexia"],"audience":"patient",'
        '"authors":[{"credentials":"MA","name":"A. Writer"}],'
        '"codes":[{"code":"R50.9","display":"Fever","system":"icd-10-cm"}],'
        '"id":"T-1","language":"en",'
        '"references":[{"doi":"10.1/x","pmid":"1","title":"A study","url":"https://e.org/"}],'
        '"related_ids":["T-2"],'
        '"sections":[{"heading":"Dose","html":"<p>Take 5 mg.</p>","id":"dose","sections":[],'
        '"text":"Take 5 mg."}],'
        '"summary":"What to do.","title":"Fever"}'
    )


def test_the_signed_fields_are_the_sorted_keys():
    assert tuple(sorted(build_document(**FIELDS))) == SIGNED_FIELDS


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "  Fever\u200b\n"),
        ("summary", "What to do.\x00"),
        ("also_called", ["Pyrexia ", " "]),
        ("body", "<h2><span>Dose</span></h2>\n<p style='x'>Take 5 mg.<script>x</script></p>"),
        ("authors", [{"name": " A. Writer", "credentials": "MA", "email": "a@e.org"}]),
        ("related_ids", (" T-2",)),
    ],
)
def test_another_way_of_typing_the_same_gives_the_same_digest(field, typed):
    one, other = build_document(**FIELDS), build_document(**(FIELDS | {field: typed}))
    assert digest(canonical(one)) == digest(canonical(other))


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("article_id", "T-9"),
        ("language", "es"),
        ("title", "Fever " + "in adults"),
        ("also_called", []),
        ("audience", "professional"),
        ("summary", "What to do"),
        ("body", "<h2>Dose</h2><p>Take 50 mg.</p>"),
        ("authors", [{"name": "A. Writer", "credentials": ""}]),
        ("references", []),
        ("codes", [{"system": "icd-10-cm", "code": "R50.8", "display": "Fever"}]),
        ("related_ids", ["T-3"]),
    ],
)
def test_a_change_of_any_field_changes_the_digest(field, changed):
    one, other = build_document(**FIELDS), build_document(**(FIELDS | {field: changed}))
    assert digest(canonical(one)) != digest(canonical(other))


def test_text_is_nfc_and_missing_values_are_empty():
    made = build_document(**(FIELDS | {"title": "Fie\u0301vre", "references": [{"pmid": 12}]}))
    assert made["title"] == "Fiévre"
    assert made["references"] == [{"title": "", "url": "", "doi": "", "pmid": "12"}]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://e.org/a b", "https://e.org/a%20b"),
        (" HTTP://e.org/", "http://e.org/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,<script>alert(1)</script>", ""),
        ("ftp://e.org/", ""),
        ("mailto:a@e.org", ""),
        ("article:5c2f1a86-3c0e-4d0f-9a41-0d6e2b7f9c11", ""),
        ("https://", ""),
        ("e.org", ""),
    ],
)
def test_a_reference_keeps_an_address_on_the_web_alone(typed, kept):
    made = build_document(**(FIELDS | {"references": [{"title": "A study", "url": typed}]}))
    assert made["references"] == [{"title": "A study", "url": kept, "doi": "", "pmid": ""}]


def test_a_body_that_is_too_large_is_refused():
    with pytest.raises(BodyTooLarge):
        build_document(**(FIELDS | {"body": "x" * 1_000_001}))
