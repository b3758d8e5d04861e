"""What nobody should send around a value: headers, methods, names of parameters and paths."""

from tests.fuzz.hostile_values import LONG

HEADERS = {
    "ACCEPT": [
        *("", "*", "*/*", "*/json", "image/png", "text/html", "application/json;q=0", "a/b;q=2", "\x00"),
        *("text/markdown;q=nan", "application/fhir+json;fhirVersion=4.0", '"' * 1_999, "a/b," * 20_000),
        *(
            "application/json" + ";a=b" * 30_000,
            "text/html;charset=\xff",
            "\r\nX-Evil: 1",
            "é/é",
            "*/*;q=1e9",
        ),
    ],
    "AUTHORIZATION": [
        *(
            "",
            "Api-Key",
            "Api-Key ",
            "Api-Key \x00",
            "Basic !!!",
            "Bearer " + "a" * LONG,
            "api-key sgn_a_b",
        ),
        *(
            "Api-Key sgn_00000000_" + "A" * 43,
            "Api-Key sgn_" + "\xff" * 50,
            "Negotiate",
            "Api-Key a b c",
        ),
        "Api-Key 'or 1=1--",
    ],
    "X_API_KEY": [
        *(
            "",
            " ",
            "\x00",
            "nonsense",
            "sgn_",
            "sgn__",
            "sgn_00000000_" + "A" * 43,
            "\xff\xfe",
            "k" * LONG,
        ),
        *("sgn_%s_%s", "' OR 1=1 --", "sgn_00000000_" + "\xe9" * 43),
    ],
    "IF_NONE_MATCH": [
        *("", "*", '"', '"a', 'W/"a"', '"a", "b"', '"' * LONG, '"a",' * 20_000, "\xff", "\x00", "W/W/"),
    ],
    "IF_MATCH": ["", "*", '"a"', 'W/"a"', '"' * 1_000, "\x00", "nonsense"],
    "IF_MODIFIED_SINCE": [
        *("", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0", "-1"),
        *("Thu, 01 Jan 99999999999 00:00:00 GMT", "Mon, 32 Foo 2026 25:61:61 GMT", "9" * LONG, "\xff"),
        *(
            "Thursday, 01-Jan-70 00:00:00 GMT",
            "Thu Jan  1 00:00:00 1970",
            "Sun, 00 Jan 0000 00:00:00 GMT",
        ),
    ],
    "IF_UNMODIFIED_SINCE": [
        *("", "x", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 99 Dec 9999 99:99:99 GMT", "\x00"),
    ],
    "RANGE": [
        "bytes=0-",
        "bytes=-1",
        "bytes=5-1",
        "bytes=0-1,0-1," * 500,
        "lines=1",
        "\xff",
        "bytes=" + "9" * 99,
    ],
    "HTTP_HOST": [
        "",
        "evil.example",
        "localhost:99999",
        "[::1",
        "a" * 5_000,
        "localhost\x00",
        "localhost/..",
        "\xff",
    ],
    "X_FORWARDED_FOR": ["", "1.2.3.4", "nonsense", "," * LONG, "::1%eth0", "999.1.1.1", "\xff"],
    "X_FORWARDED_HOST": ["evil.example", "\x00"],
    "X_HTTP_METHOD_OVERRIDE": ["DELETE", "\xff"],
    "CONTENT_LENGTH": ["-1", "nonsense", "9" * 30, "5", "0x5"],
    "CONTENT_TYPE": [
        "multipart/form-data",
        "application/json",
        "text/plain; charset=nonsense",
        "\xff",
        "/;;=",
    ],
    "COOKIE": [
        "sessionid=" + "a" * LONG,
        "=;=;=",
        "csrftoken=\xff",
        "django_language=\x00",
        "a" * 9_000,
    ],
    "ACCEPT_LANGUAGE": ["es", "xx-" * 5_000, "\x00", "*;q=9", ",,,"],
    "ACCEPT_ENCODING": ["gzip", "nonsense;q=x", "\x00"],
    "ORIGIN": ["null", "https://evil.example", "\x00", "x" * 9_000],
    "ACCESS_CONTROL_REQUEST_METHOD": ["GET", "DELETE", "\xff"],
    "EXPECT": ["100-continue", "nonsense"],
    "TRANSFER_ENCODING": ["chunked", "nonsense"],
}

METHODS = [
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "",
    "G\x00T",
]
METHODS += ["A" * 5_000, "QUERY"]

NAMES = [
    "lang",
    "q[]",
    "q.x",
    "",
    "\x00",
    "a" * LONG,
    "__proto__",
    "as_of",
    "format",
    "status",
    "%",
    "é",
    "Q",
]
"""Names of parameters that most addresses don't have."""

PATHS = [
    *(
        "/api",
        "/api/",
        "/api/v1",
        "//api/v1/",
        "/api//v1/",
        "/api/v1//articles/",
        "/api/v1/articles",
        "/API/V1/",
    ),
    *("/api/v1/articles/../../../admin/", "/api/v1/%2e%2e/admin/", "/api/v1/articles/..%2f..%2fadmin/"),
    *(
        "/api/v1/articles/%00/",
        "/api/v1/articles/cough%00/",
        "/api/v1/articles/%ff/",
        "/api/v1/articles/%0a/",
    ),
    *(
        "/api/v1/articles/%c0%af/",
        "/api/v1/articles/%ed%a0%80/",
        "/api/v1/articles/caf%e9/",
        "/api/v1/%E0%80",
    ),
    *(
        "/api/v1/articles/cough;a=b/",
        "/api/v1/articles/cough.json",
        "/api/v1/articles/%252e%252e/",
        "/api/v1/\\",
    ),
    *("/api/v1/articles/cough/editions/-1/", f"/api/v1/articles/cough/editions/{'9' * 400}/"),
    *(f"/api/v1/articles/cough/editions/{'9' * 5_000}/", "/api/v1/articles/cough/editions/%D9%A3/"),
    *(f"/api/v1/articles/{'a' * 10_000}/", f"/api/v1/{'a/' * 3_000}", f"/api/v1/{'%2f' * 900}"),
    *("//evil.example/api/v1/", "http://evil.example/api/v1/", "/api/v1/http://evil.example/", "*", ""),
    *(
        "/api/v1/problems/%00/",
        "/api/v1/problems/nonsense/",
        "/api/v1/docs/%2e/",
        "/.well-known/%2e%2e/",
    ),
    *(
        "/.well-known/jwks.json/",
        "/.well-known/jwks.json%00",
        "/api/v1/schema/%3f",
        "/api/v1/docs/?script=%00",
    ),
]
