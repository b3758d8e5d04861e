"""Which language tag covers which, and how languages are called."""

import pytest
from django.utils import translation

from topics.content.languages import canonical_tag, covers, language_name


@pytest.mark.parametrize(
    ("known", "tag", "expected"),
    [
        ("es", "es", True),
        ("es", "es-MX", True),
        ("es", "es-419", True),
        ("zh-Hant", "zh-Hant-TW", True),
        ("es-MX", "es-MX", True),
        ("es-MX", "es", False),
        ("es-MX", "es-ES", False),
        ("e", "es", False),
        ("es", "est", False),
        ("en", "es", False),
        ("", "es", False),
    ],
)
def test_a_base_language_covers_its_regions_and_nothing_else(known, tag, expected):
    assert covers(known, tag) is expected


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("ES-mx", "es-MX"), ("zh_hant_tw", "zh-Hant-TW"), (" en ", "en"), ("es-419", "es-419")],
)
def test_a_tag_is_stored_in_its_canonical_case(typed, tag):
    assert canonical_tag(typed) == tag


def test_a_language_is_called_as_the_interface_calls_it():
    with translation.override("en"):
        assert language_name("es") == "Spanish"
        assert language_name("es-MX") == "Mexican Spanish"
        assert language_name("tlh") == "tlh"
    with translation.override("es"):
        assert language_name("en") == "Inglés"
