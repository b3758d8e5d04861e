"""Replies as the schema shows them; a test holds them to what is really served."""

ID = "5c2f1a86-3c0e-4d0f-9a41-0d6e2b7f9c11"
OTHER_ID = "a1f0c3de-77b2-4c55-8f7e-2f5f3e6f7d90"
DIGEST = "sha-256:" + "3f" * 32
URL = f"/api/v1/articles/{ID}/"
OTHER = {
    "id": OTHER_ID,
    "slug": "whooping-cough",
    "language": "en",
    "title": "Whooping cough",
    "url": f"/api/v1/articles/{OTHER_ID}/",
}
RECORD = {
    "slug": "cough",
    "category": {"slug": "lungs", "name": "Lungs"},
    "edition": 2,
    "version": 3,
    "change_kind": "substantive",
    "change_note": "The dose was lowered.",
    "first_published": "2025-01-10T09:00:00Z",
    "published": "2026-03-02T08:30:00Z",
    "modified": "2026-03-02T08:30:00Z",
    "last_reviewed": "2026-03-01",
    "next_review_due": "2028-03-01",
    "digest": DIGEST,
}
TEXT = {"title": "Cough", "summary": "What a cough is and what helps."}

ARTICLE = {
    "also_called": ["Tussis"],
    "authors": [{"credentials": "MFA", "name": "Ada Author"}],
    "codes": [{"code": "R05", "display": "Cough", "system": "icd-10-cm"}],
    "id": ID,
    "language": "en",
    "references": [{"doi": "10.1000/182", "pmid": "", "title": "Cough in adults", "url": ""}],
    "related_ids": [OTHER_ID],
    "sections": [
        {
            "heading": None,
            "html": "<p>Most coughs clear up on their own.</p>",
            "id": "lead",
            "sections": [],
            "text": "Most coughs clear up on their own.",
        }
    ],
    **TEXT,
    **RECORD,
    "reviews": [
        {
            "credentials": "MD, MPH",
            "digest": DIGEST,
            "disclosure": "None to declare.",
            "meaning": "accurate",
            "name": "Pia Primary",
            "role": "Primary reviewer",
            "signed_at": "2026-03-01T14:05:00Z",
            "specialty": "Family Medicine",
            "statement": "I reviewed the whole article; it is clinically accurate and complete",
            "version": 3,
        }
    ],
    "signed_fields": [
        *("also_called", "authors", "codes", "id", "language"),
        *("references", "related_ids", "sections", "summary", "title"),
    ],
    "status": "in_force",
    "review_status": "current",
    "ended": None,
    "withdrawal": None,
    "related": [OTHER],
    "translations": [],
    "notices": [
        {
            "kind": "disclaimer",
            "text": "This is no substitute for advice.",
            "in_force_from": "2025-01-01T00:00:00Z",
        }
    ],
    "url": URL,
    "permanent_url": f"{URL}editions/2/",
}

ARTICLES = {
    "articles": [{"id": ID, "language": "en", **TEXT, **RECORD, "review_status": "current", "url": URL}],
    "next": "https://content.example/api/v1/articles/?cursor=cD0xMDA%3D",
    "previous": None,
}

CHANGES = {
    "changes": [
        {
            "type": "removed",
            "id": OTHER_ID,
            "slug": "whooping-cough",
            "language": "en",
            "effective_at": "2026-03-02T09:00:00Z",
            "recall": True,
            "reason": "safety_recall",
            "explanation": "The dose for children was wrong.",
            "replacement": None,
        },
        {
            "type": "published",
            "id": ID,
            "language": "en",
            "effective_at": "2026-03-02T08:30:00Z",
            "recall": False,
            "title": "Cough",
            **RECORD,
            "url": URL,
        },
    ],
    "next_cursor": "WzUyMCwiMjAyNi0wMy0wMlQxMDowMDowMFoiLG51bGwsbnVsbCxudWxsXQ==",
    "more": False,
}

CATEGORIES = {
    "categories": [
        {"slug": "lungs", "name": "Lungs", "parent": None},
        {"slug": "asthma", "name": "Asthma", "parent": "lungs"},
    ]
}

UNKNOWN_PARAMETER = {
    "type": "/api/v1/problems/unknown-parameter",
    "title": "Unknown query parameter",
    "status": 400,
    "detail": "There is no parameter “lang” here. It accepts: as_of, language.",
    "instance": "/api/v1/articles/cough/",
    "parameter": "lang",
    "accepted": ["as_of", "language"],
}

CONCERNED = {"id": ID, "slug": "cough", "language": "en", "edition": 2}

WITHDRAWN = {
    "type": "/api/v1/problems/withdrawn",
    "title": "Withdrawn",
    "status": 410,
    "detail": "It was withdrawn on 2026-04-01: The dose was wrong.",
    "instance": "/api/v1/articles/cough/",
    "article": CONCERNED,
    "withdrawal": {
        "kind": "safety_recall",
        "explanation": "The dose was wrong.",
        "withdrawn_at": "2026-04-01T10:00:00Z",
        "effective_at": "2026-04-01T10:00:00Z",
        "replacement": OTHER,
    },
}

MOVED = {
    "type": "/api/v1/problems/moved",
    "title": "Moved to another article",
    "status": 301,
    "detail": "Read “Whooping cough” instead.",
    "instance": "/api/v1/articles/cough/",
    "article": CONCERNED,
    "withdrawal": {**WITHDRAWN["withdrawal"], "kind": "moved"},
}
