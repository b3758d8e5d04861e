"""The one text that a value is signed as, and the digest that names it."""

import hashlib

import rfc8785


class NotCanonical(ValueError):
    """The value has no canonical JSON: NaN, infinity, an integer beyond 2**53 or not JSON."""


def canonical(value: object) -> str:
    """The RFC 8785 canonical JSON of `value`: sorted keys, no spaces, numbers as ECMAScript prints.

    Raises `NotCanonical`, a `ValueError`, with the reason.
    """
    try:
        return rfc8785.dumps(value).decode("utf-8")
    except RecursionError:
        raise NotCanonical("This has no canonical JSON: it is nested too deeply.") from None
    except (ValueError, TypeError, AttributeError) as error:
        reason = str(error) or type(error).__name__
        raise NotCanonical(f"This has no canonical JSON (RFC 8785): {reason}.") from error


def digest(canonical_text: str) -> str:
    """`sha-256:` and the 64 hexadecimal figures of the UTF-8 bytes of a canonical text."""
    return f"sha-256:{hashlib.sha256(canonical_text.encode('utf-8')).hexdigest()}"
