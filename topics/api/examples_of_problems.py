"""Problem details as the schema shows them, one of each kind."""

from topics.api.examples import ID, OTHER
from topics.api.problems import KINDS, TYPES

CONCERNED = {"id": ID, "slug": "cough", "language": "en", "edition": 2}
WITHDRAWAL = {
    "kind": "safety_recall",
    "explanation": "The dose was wrong.",
    "withdrawn_at": "2026-04-01T10:00:00Z",
    "effective_at": "2026-04-01T10:00:00Z",
    "replacement": OTHER,
}

SAID = {
    "repeated-parameter": {
        "detail": "“language” was given 2 times; it takes one value.",
        "parameter": "language",
    },
    "bad-parameter": {
        "detail": "“english” is not a language tag such as en, es or es-MX (BCP 47).",
        "parameter": "language",
    },
    "bad-cursor": {"parameter": "cursor"},
    "language-needed": {
        "detail": "“cough” names articles in several languages: en, es. Add ?language=, or use the id.",
        "parameter": "language",
        "languages": ["en", "es"],
    },
    "too-many-requests": {"retry_after": 17},
    "moved": {
        "detail": "Read “Whooping cough” instead.",
        "article": CONCERNED,
        "withdrawal": {**WITHDRAWAL, "kind": "moved", "explanation": "It has become a part of another."},
    },
    "withdrawn": {
        "detail": "It was withdrawn on 2026-04-01: The dose was wrong.",
        "article": CONCERNED,
        "withdrawal": WITHDRAWAL,
    },
    "review-overdue": {
        "detail": "It is withheld since 2028-03-01, because its review was due on 2028-03-01.",
        "article": CONCERNED,
        "next_review_due": "2028-03-01",
    },
}
"""What each says besides; the rest is what its kind means."""

EXAMPLES = {
    name: {
        "type": TYPES + name,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "instance": "/api/v1/articles/cough/",
        **SAID.get(name, {}),
    }
    for name, kind in KINDS.items()
}


def unknown_parameter(name, accepted):
    """The refusal of a parameter by an address that accepts these."""
    takes = f"It accepts: {', '.join(accepted)}." if accepted else "It accepts none."
    return {
        "detail": f"There is no parameter “{name}” here. {takes}",
        "parameter": name,
        "accepted": accepted,
    }


def not_acceptable(media_types):
    """The refusal of an Accept header where these are offered."""
    return {
        "detail": f"The Accept header takes none of: {', '.join(media_types)}.",
        "accepted": media_types,
    }
