"""Replies as the schema shows them; a test holds them to what is really served."""

import json

from topics.api import bodies
from topics.api.formats.table import FORMATS
from topics.api.problems import KINDS
from topics.publishing.addresses import KEYS_PATH

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
    "audience": "patient",
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
        *("also_called", "audience", "authors", "codes", "id", "language"),
        *("references", "related_ids", "sections", "summary", "title"),
    ],
    "status": "in_force",
    "review_status": "current",
    "ended": None,
    "withdrawal": None,
    "related": [OTHER],
    "links": [],
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
    "provenance_url": f"{URL}editions/2/provenance/",
}

REPRESENTATIONS = {
    name: json.loads(text) if text.startswith("{") else text
    for name, text in (
        (one.name, one.render(ARTICLE, base="https://content.example")) for one in FORMATS if one.render
    )
}
"""The same article as the other formats write it."""

ARTICLES = {
    "articles": [
        {
            "id": ID,
            "language": "en",
            **TEXT,
            "audience": "patient",
            **RECORD,
            "review_status": "current",
            "url": URL,
        }
    ],
    "next": "https://content.example/api/v1/articles/?cursor=cD0xMDA%3D",
    "previous": None,
}

FOUND = {
    "articles": [
        {
            **ARTICLES["articles"][0],
            "highlights": [
                {
                    "field": "title",
                    "section": None,
                    "parts": [{"text": "Cough", "match": True}],
                },
                {
                    "field": "body",
                    "section": "lead",
                    "parts": [
                        {"text": "Most ", "match": False},
                        {"text": "coughs", "match": True},
                        {"text": " clear up on their own.", "match": False},
                    ],
                },
            ],
        }
    ],
    "next": None,
    "previous": None,
    "total": 1,
    "matched": "all",
    "facets": {
        "category": [{"slug": "lungs", "name": "Lungs", "count": 1}],
        "language": [{"value": "en", "count": 1}],
        "audience": [{"value": "patient", "count": 1}],
    },
    "did_you_mean": None,
}

SUGGESTIONS = {
    "suggestions": [
        {
            "text": "Whooping cough",
            "is_title": True,
            "id": OTHER_ID,
            "slug": "whooping-cough",
            "language": "en",
            "url": f"/api/v1/articles/{OTHER_ID}/",
        }
    ]
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
            "severity": "high",
            "explanation": "The dose for children was wrong.",
            "replacement": None,
        },
        {
            "type": "published",
            "id": ID,
            "language": "en",
            "effective_at": "2026-03-02T08:30:00Z",
            "recall": False,
            "severity": None,
            "title": "Cough",
            **RECORD,
            "url": URL,
        },
    ],
    "next_cursor": "WzUyMCwiMjAyNi0wMy0wMlQxMDowMDowMFoiLG51bGwsbnVsbCxudWxsXQ==",
    "next": "http://localhost:8000/api/v1/changes/"
    "?cursor=WzUyMCwiMjAyNi0wMy0wMlQxMDowMDowMFoiLG51bGwsbnVsbCxudWxsXQ%3D%3D",
    "more": False,
}

CHANGES_FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"
      xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en">
  <id>http://localhost:8000/api/v1/changes/feed/</id>
  <title>Articles that changed</title>
  <updated>2026-03-02T09:00:00Z</updated>
  <author><name>Signoff</name></author>
  <link rel="self" href="http://localhost:8000/api/v1/changes/feed/" type="application/atom+xml"/>
  <at:deleted-entry ref="urn:uuid:{OTHER_ID}" when="2026-03-02T09:00:00Z">
    <at:comment>safety_recall (high): The dose for children was wrong.</at:comment>
  </at:deleted-entry>
</feed>
"""

CATEGORIES = {
    "categories": [
        {"slug": "lungs", "name": "Lungs", "parent": None},
        {"slug": "asthma", "name": "Asthma", "parent": "lungs"},
    ]
}

LISTED_EDITION = {
    "id": ID,
    "language": "en",
    "title": TEXT["title"],
    **RECORD,
    "status": "in_force",
    "review_status": "current",
    "ended": None,
    "withdrawal": None,
    "url": f"{URL}editions/2/",
}
EDITIONS = {"editions": [LISTED_EDITION]}

ROOT = {name: f"/api/v1/{name}/" for name in bodies.Root().fields} | {"keys": KEYS_PATH}

PROBLEM_TYPE = {
    "type": "/api/v1/problems/withdrawn",
    "title": KINDS["withdrawn"].title,
    "status": 410,
    "meaning": KINDS["withdrawn"].meaning,
}
