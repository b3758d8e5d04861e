"""Content negotiation by RFC 9110 section 12.5.1: which of the offered media types Accept prefers."""

import re
from dataclasses import dataclass

LONGEST_ACCEPT = 2_000
"""Characters. Longer ones accept nothing: no reader sends them, and reading them costs time."""

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*((?:;.*)?)\Z", re.DOTALL)
_PARAMETER = re.compile(rf'\s*;\s*(?:({_TOKEN})=({_TOKEN}|"(?:[^"\\]|\\.)*"))?\s*')
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")


@dataclass(frozen=True)
class MediaRange:
    """One element of Accept: a type that may have wildcards, its parameters, and its quality."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]
    quality: float

    def matches(self, offered: "MediaRange") -> bool:
        """Whether it names the offered type. A parameter counts only where the offer has it too:
        `fhirVersion=4.0` does not match 5.0, but a profile or charset that we don't state is no matter.
        """
        ours = dict(offered.parameters)
        return (
            self.type in ("*", offered.type)
            and self.subtype in ("*", offered.subtype)
            and all(ours.get(name, value) == value for name, value in self.parameters)
        )

    def precision(self) -> tuple[bool, bool, int]:
        """What is more precise sorts later: the most precise range that matches decides."""
        return self.type != "*", self.subtype != "*", len(self.parameters)


def media_range(text: str) -> MediaRange | None:
    """A media range with parameters, or None where it is malformed."""
    found = _RANGE.match(text)
    if not found or (found[1] == "*" and found[2] != "*"):
        return None
    quality, parameters, rest = 1.0, [], found[3].rstrip()
    while rest:
        parameter = _PARAMETER.match(rest)
        if not parameter:
            return None
        rest = rest[parameter.end() :]
        if parameter[1] is None:
            continue
        name, value = parameter[1].lower(), parameter[2]
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        if name != "q":
            parameters.append((name, value.lower()))
        elif _QUALITY.match(value):
            quality = float(value)
        else:
            return None
    return MediaRange(found[1].lower(), found[2].lower(), tuple(parameters), quality)


def preferred(accept: str | None, offered: list[str]) -> str | None:
    """The offered media type of the highest quality, the earlier one of equals; None for none.

    Without an Accept header, or with an empty one, that is the first. Malformed elements of the
    header are passed over.
    """
    if accept is None or not accept.strip():
        return offered[0]
    if len(accept) > LONGEST_ACCEPT:
        return None
    ranges = [found for found in map(media_range, _ELEMENT.findall(accept)) if found]
    best, chosen = 0.0, None
    for media_type in offered:
        quality = quality_of(media_range(media_type), ranges)
        if quality > best:
            best, chosen = quality, media_type
    return chosen


def quality_of(offer: MediaRange, ranges: list[MediaRange]) -> float:
    """The quality of the most precise range that matches the offer, 0 where none does."""
    matching = [one for one in ranges if one.matches(offer)]
    return max(matching, key=MediaRange.precision).quality if matching else 0.0
