"""The tree of a knowledge response as XML: the same names as in JSON, by one rule for all of them.

A text is an attribute, or as `_value` what the element holds; an object is an element, and a list is
elements of one name. So HL7's guide writes Atom in JSON, and MedlinePlus Connect does.
"""

import re
from xml.sax.saxutils import escape, quoteattr

ATOM = "http://www.w3.org/2005/Atom"
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, not even escaped (section 2.2)."""

PREFIXED = {"base": "xml:base", "lang": "xml:lang", "xsi": "xmlns:xsi"}


def document(name, value):
    """An XML document of one element in Atom's namespace."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element(name, {"xmlns": ATOM, **value})}\n'


def element(name, value):
    """One element. A character that XML can't hold is left out: none of them has a shape to be read."""
    attributes, inner = "", ""
    for key, part in value.items():
        if key == "_value":
            inner += escape(held(part), {"\r": "&#13;"})
        elif isinstance(part, str):
            attributes += f" {PREFIXED.get(key, key)}={quoteattr(held(part))}"
        else:
            inner += "".join(element(key, one) for one in (part if isinstance(part, list) else [part]))
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def held(text):
    return ILLEGAL.sub("", text)
