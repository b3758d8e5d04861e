"""The canonical form is the one of RFC 8785, and the digest is the one anybody can compute."""

import pytest

from topics.content.canonical import NotCanonical, canonical, digest


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "{}"),
        ({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}'),
        # RFC 8785, 3.2.2 and 3.2.3: numbers, escapes and order of the example.
        (
            {
                "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
                "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
                "literals": [None, True, False],
            },
            '{"literals":[null,true,false],'
            '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
        ),
        # RFC 8785, 3.2.3: keys in the order of their UTF-16 code units, so the emoji before דּ.
        (
            {
                "\u20ac": "Euro Sign",
                "\r": "Carriage Return",
                "\ufb33": "Hebrew Letter Dalet With Dagesh",
                "1": "One",
                "\U0001f600": "Emoji: Grinning Face",
                "\u0080": "Control",
                "\u00f6": "Latin Small Letter O With Diaeresis",
            },
            '{"\\r":"Carriage Return","1":"One","\x80":"Control",'
            '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",'
            '"😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
        ),
    ],
)
def test_canonical_json_is_that_of_rfc_8785(value, text):
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 2**53, {"a": {1, 2}}, {1: "a"}, "\ud800", object()],
)
def test_what_has_no_canonical_form_is_refused_with_a_sentence(value):
    with pytest.raises(NotCanonical, match=r"^This has no canonical JSON .*\.$"):
        canonical({"value": value} if not isinstance(value, dict) else value)


def test_what_is_nested_too_deeply_is_refused():
    value = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotCanonical, match="nested too deeply"):
        canonical(value)


def test_the_digest_is_sha_256_of_the_utf_8_bytes():
    # NIST's example for "abc", and the well-known digest of nothing.
    assert digest("abc") == ("sha-256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    assert digest("") == ("sha-256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
