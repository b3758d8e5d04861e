"""How instants and days are written for the public: ISO 8601, instants in UTC with a `Z`."""

from datetime import timezone


def stamp(instant):
    """An instant as text, to the microsecond where it has any; None stays None."""
    if instant is None:
        return None
    return instant.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
