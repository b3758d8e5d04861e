"""The callback of a reply in JavaScript: nothing but a name may reach a script of another page."""

import json
import re

from topics.api.parameters import bad
from topics.api.problems import echo

LONGEST = 100
NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*\Z")
RESERVED = frozenset(
    (
        *("arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger"),
        *("default", "delete", "do", "else", "enum", "eval", "export", "extends", "false", "finally"),
        *("for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let"),
        *("new", "null", "package", "private", "protected", "public", "return", "static", "super"),
        *("switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield"),
    )
)
"""What no function can be called (ECMA-262, 12.7.2, in strict mode)."""


def callback(name, value):
    """The name of a function, perhaps within objects: `app.show`. Raises the `Problem` of any other."""
    if len(value) > LONGEST or not NAME.match(value) or RESERVED & set(value.split(".")):
        raise bad(
            name,
            f"“{echo(value)}” is not the name of a function: ASCII letters, digits, _ and $, joined by "
            f"dots, up to {LONGEST} characters, and no word of JavaScript itself.",
        )
    return value


def called(name, value):
    """A call of the function with the value, as a script.

    The comment before it keeps the name from being the first bytes of a file of another type, and
    everything else is ASCII: neither a line separator nor a guessed encoding can end a string.
    """
    return f"/**/{name}({json.dumps(value, separators=(',', ':'))});"
