"""The parents of codes, written out by hand from the codes' own forms."""

import pytest

from topics.rules.code_parents import with_parents


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        ("icd-10-cm", "C50.919", ["C50.919", "C50.91", "C50.9", "C50"]),
        ("icd-10-cm", "S72.001A", ["S72.001A", "S72.001", "S72.00", "S72.0", "S72"]),
        ("icd-10-cm", "C50", ["C50"]),
        ("icd-9-cm", "250.33", ["250.33", "250.3", "250"]),
        ("icd-9-cm", "E812.0", ["E812.0", "E812"]),
        ("snomed-ct", "49727002", ["49727002"]),
        ("loinc", "2093-3", ["2093-3"]),
        # No code of ICD is so long: it is below nothing.
        ("icd-10-cm", "C50.919AB", ["C50.919AB"]),
        ("icd-10-cm", "A" * 40, ["A" * 40]),
    ],
)
def test_a_code_is_below_what_it_begins_with(system, code, expected):
    assert with_parents(system, code) == expected
