"""Languages by their BCP 47 tags: which tag covers which, and what people call them."""

from django.utils.translation import get_language_info


def covers(known: str, tag: str) -> bool:
    """Whether who reads `known` reads `tag`: es covers es and es-MX, es-MX covers es-MX alone.

    Basic filtering of RFC 4647, section 3.3.1. Both are in the canonical case that is stored.
    """
    return tag == known or tag.startswith(f"{known}-")


def ranges(tag: str) -> list[str]:
    """The tags that cover this one, the narrowest first: zh-Hant-TW, zh-Hant, zh.

    It is the order of the lookup of RFC 4647, section 3.4.
    """
    parts = tag.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def canonical_tag(typed: str) -> str:
    """A tag in the case in which tags are stored (RFC 5646, section 2.1.1): ES-mx is es-MX."""
    first, *rest = typed.strip().replace("_", "-").split("-")
    cased = [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "-".join([first.lower(), *cased])


def language_name(tag: str) -> str:
    """What the language is called in the language of the interface; an unknown one is its tag."""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag
