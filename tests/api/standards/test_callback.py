"""The name of a function that a script calls: names only, and nothing that ends a string early."""

import json

import pytest

from topics.api.problems import Problem
from topics.api.standards.callback import LONGEST, callback, called

GOOD = ["show", "_", "$", "jQuery35109874_1700000000000", "app.views.show", "a$b.c_1", "x" * LONGEST]
BAD = [
    "alert(1)",
    "a;b",
    "a..b",
    ".a",
    "a.",
    "1a",
    "a.1",
    "a b",
    "a\n",
    "a-b",
    "a[0]",
    "a['b']",
    "ünï",
    "a\u2028",
    "a\x00",
    "<script>",
    "//",
    "/**/a",
    "a/*",
    "function",
    "window.eval",
    "new.target",
    "x" * (LONGEST + 1),
    "A" * 100_000,
]


@pytest.mark.parametrize("name", GOOD)
def test_the_name_of_a_function_is_taken(name):
    assert callback("callback", name) == name


@pytest.mark.parametrize("name", BAD, ids=range(len(BAD)))
def test_anything_else_is_refused(name):
    with pytest.raises(Problem) as caught:
        callback("callback", name)
    assert caught.value.name == "bad-parameter"
    assert caught.value.more["parameter"] == "callback"
    assert len(caught.value.detail) < 300


def test_the_call_begins_with_a_comment_and_is_ascii():
    text = called("show", {"words": "ü \u2028\u2029 </script>"})
    assert text.startswith("/**/show(")
    assert text.isascii()
    assert json.loads(text[len("/**/show(") : -2]) == {"words": "ü \u2028\u2029 </script>"}
