"""Values that nobody should send: broken text, numbers, dates, cursors and codes, and very long ones."""

import base64

LONG = 100_000


def b64(text):
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode()


BYTES = [
    *(b"\x00", b"cough\x00", b"\x00cough", b"%00", b"\r\nX-Evil: 1", b"\n", b"\x7f", b"\x1b[31m"),
    *(b"\xff", b"\xfe\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"caf\xe9", b"\xe2\x82"),
    b"\xef\xbf\xbf",
]
"""Broken and forbidden UTF-8, sent as it is."""

WORDS = [
    *(
        "",
        " ",
        "\t",
        "+",
        "%",
        "%%",
        "%s%s%n",
        "_",
        "\\",
        "\\\\",
        "'",
        '"',
        "`",
        ";",
        "|",
        "&",
        "#",
        "?",
    ),
    *(
        "null",
        "undefined",
        "None",
        "NaN",
        "true",
        "[]",
        "{}",
        "[object Object]",
        "__class__",
        "constructor",
    ),
    *(
        "{{7*7}}",
        "${7*7}",
        "{0.__class__}",
        "<script>alert(1)</script>",
        "../../../etc/passwd",
        "file:///",
    ),
    *(
        "' OR 1=1 --",
        "'; DROP TABLE topics_edition; --",
        "1) UNION SELECT 1--",
        "%' ESCAPE '",
        "$1",
        "$$",
    ),
    *(
        "a AND b",
        "NOT",
        "OR",
        "NEAR(a b, 2)",
        '"a',
        "a*",
        "*",
        "^a",
        "title:x",
        "{title body} : x",
        "-a",
    ),
    *(
        "a & !b",
        "a | b",
        "a <-> b",
        ":*",
        "a:*",
        "!",
        "(((",
        ")",
        "'a':A",
        "a''b",
        "a\\",
        "a OR",
        "+a -b",
    ),
    *(
        "\u202e",
        "\u200b",
        "\ufeff",
        "e" + "\u0301" * 500,
        "👩‍⚕️" * 20,
        "ﬁ",
        "İ",
        "ß",
        "\U0010ffff",
        "１２",
        "٣",
    ),
    *("en", "EN-us", "zh-Hant-TW", "x" * 41, "a-" * 60, "cough", "lungs", "current", "patient", "json"),
    *(
        "title",
        "title." * 9,
        "sections.html",
        "title,title",
        ",",
        ",,",
        ".",
        "..",
        "a.b.c",
        "-title",
        "--title",
    ),
]

NUMBERS = [
    *(
        "0",
        "-1",
        "-0",
        "1",
        "2",
        "01",
        "1.0",
        "1e3",
        "1e309",
        "Infinity",
        "0x10",
        "+1",
        " 1",
        "1 ",
        "1,000",
    ),
    *(
        str(2**31),
        str(2**32),
        str(2**53 + 1),
        str(2**63),
        str(2**64),
        "9" * 40,
        "9" * 5_000,
        "-" + "9" * 400,
    ),
]

INSTANTS = [
    *(
        "2026-01-01",
        "2026-02-30",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "-0001-01-01",
    ),
    *("2026-03-03T12:00:00Z", "2026-03-03T12:00:00", "2026-03-03T24:00:00Z", "2016-12-31T23:59:60Z"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-14:00", "1E9"),
    *("2026-03-03T12:00:00+99:99", "2026-03-03T12:00:00.0000000001Z", "2026-W10-1", "+275760-09-13"),
    *("2026-03-03T12:00:00+01:00", "20260303T120000Z", "2026-03-03t12:00:00z", "٢٠٢٦-٠٣-٠٣"),
]

JSONS = [
    *(
        "[]",
        "{}",
        "null",
        "7",
        '""',
        "[[[[[[",
        "[" * 2_000,
        '{"a":' * 300,
        '["f",1]',
        '["b",1]',
        '["n",20]',
    ),
    *(
        '["f",-1]',
        '["f",1e400]',
        '["f",NaN]',
        '["f",Infinity]',
        '["f",true]',
        '["f",{"a":1}]',
        '["f",null]',
    ),
    *('["f","\\ud800",1]', '["f","\\u0000",1]', '["f","a",1]', '["f","2026-01-01",1]', '["n",1001]'),
    *(
        f'["f",{"9" * 50}]',
        f'["n",{"9" * 5_000}]',
        f'["f","{"a" * 700}",1]',
        '["f","9999-12-31T23:59:59Z",1]',
    ),
    *('[0,"1970-01-01T00:00:00Z",null,null,null]', f'[{2**53},"1970-01-01T00:00:00Z",null,null,null]'),
    *('[0,"9999-12-31T23:59:59Z",null,null,null]', '[0,"0001-01-01T00:00:00Z",null,null,null]'),
    *('[0,"\\ud800",null,null,null]', '[0,"1970-01-01T00:00:00Z",5,"2026-01-01T00:00:00Z",[0,"x",7]]'),
    *('[0,"1970-01-01T00:00:00Z",null,null,null,1]', '[0,"1970-01-01T00:00:00Z",null,null,null,-1]'),
]

CODES = [
    *(
        "icd-10-cm|R05",
        "icd-10-cm|",
        "|R05",
        "|",
        "||",
        "icd-11|R05",
        "icd-10-cm|R05|x",
        "ICD-10-CM|r05",
    ),
    *("icd-10-cm|" + "C50.919" * 5, "snomed-ct|" + "9" * 39, "loinc|1-8", "icd-10-cm|..", "ndc|0-0-0"),
    *(
        "2.16.840.1.113883.6.90",
        "urn:oid:2.16.840.1.113883.6.90",
        "http://hl7.org/fhir/sid/icd-10-cm",
        "2.16",
    ),
]

LONG_ONES = [
    unit * (LONG // len(unit)) for unit in ("a", "é", "(", "9", ",", "a ", "-", '"', "%", "a.", "👩")
]
"""A hundred thousand characters each."""

SHORT = [
    *BYTES,
    *(text.encode("utf-8", "surrogatepass") for text in (*WORDS, *NUMBERS, *INSTANTS, *CODES)),
    *(b64(text).encode() for text in JSONS),
    *(b64(text).rstrip("=").encode() for text in JSONS[:9]),
]

VALUES = [*SHORT, *(text.encode() for text in LONG_ONES)]
