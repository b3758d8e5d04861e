"""Replies to health records as the schema shows them; a test holds them to what is really served."""

from topics.api import examples
from topics.api.standards import markup
from topics.api.standards.callback import called

HOST = "https://content.example"
ENTRY = {
    "lang": "en",
    "title": {"_value": "Cough", "type": "text"},
    "link": [
        {"title": "Cough", "rel": "alternate", "type": "text/html", "href": HOST + examples.URL},
        {
            "title": "Provenance",
            "rel": "via",
            "type": "application/json",
            "href": HOST + examples.ARTICLE["provenance_url"],
        },
    ],
    "id": {"_value": f"urn:uuid:{examples.ID}"},
    "published": {"_value": examples.RECORD["first_published"]},
    "updated": {"_value": examples.RECORD["published"]},
    "author": [{"name": {"_value": "Ada Author, MFA"}}],
    "contributor": [{"name": {"_value": "Pia Primary, MD, MPH, Family Medicine"}}],
    "category": [
        {"scheme": "lastReviewed", "term": "2026-03-01"},
        {"scheme": "nextReviewDue", "term": "2028-03-01"},
        {"scheme": "reviewStatus", "term": "current"},
        {"scheme": "audience", "term": "patient"},
        {"scheme": "edition", "term": "2"},
        {"scheme": "digest", "term": examples.DIGEST},
        {"scheme": "urn:oid:2.16.840.1.113883.6.90", "term": "R05", "label": "Cough"},
    ],
    "summary": {
        "_value": '<p class="NLMalsoCalled">Also called: Tussis</p>'
        f"<p>{examples.TEXT['summary']}</p>"
        '<p class="NLMattribution">Written by Ada Author, MFA. Reviewed by Pia Primary, MD, MPH, Family '
        "Medicine (Primary reviewer) on March 1, 2026. I reviewed the whole article; it is clinically "
        "accurate and complete. Disclosure: None to declare. Last reviewed: March 1, 2026. Next review "
        "due: March 1, 2028.</p>",
        "type": "html",
    },
}
CODE = [
    {"scheme": "mainSearchCriteria.v.c", "term": "R05"},
    {"scheme": "mainSearchCriteria.v.cs", "term": "2.16.840.1.113883.6.90"},
]
ASKED = "mainSearchCriteria.v.c=R05&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"


def feed(categories, address):
    return {
        "base": f"{HOST}/",
        "lang": "en",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "title": {"_value": "Signoff", "type": "text"},
        "subtitle": {"_value": "Signoff results for ICD-10-CM R05", "type": "text"},
        "author": {"name": {"_value": "Signoff"}, "uri": {"_value": f"{HOST}/"}},
        "updated": {"_value": "2026-03-02T08:30:00Z"},
        "category": categories,
        "id": {"_value": f"{HOST}/api/v1/{address}"},
        "entry": [ENTRY],
    }


CONNECT_FEED = feed(
    [
        *CODE,
        {"scheme": "mainSearchCriteria.v.dn", "term": ""},
        {"scheme": "informationRecipient", "term": "PAT"},
    ],
    f"connect/?{ASKED}&mainSearchCriteria.v.dn=&informationRecipient=PAT",
)
CONNECT = {"feed": CONNECT_FEED}
CONNECT_XML = markup.document("feed", CONNECT_FEED)
CONNECT_SCRIPT = called("app.show", CONNECT)

INFOBUTTON_FEEDS = {
    "feed": [
        feed(
            [
                {"scheme": "taskContext.c.c", "term": "PROBLISTREV"},
                *CODE,
                {"scheme": "age.v.v", "term": "45"},
                {"scheme": "age.v.u", "term": "a"},
                {"scheme": "informationRecipient", "term": "PAT"},
            ],
            f"infobutton/?taskContext.c.c=PROBLISTREV&{ASKED}"
            "&age.v.v=45&age.v.u=a&informationRecipient=PAT",
        )
    ]
}
INFOBUTTON = {"aggregateKnowledgeResponse": INFOBUTTON_FEEDS}
INFOBUTTON_XML = markup.document("aggregateKnowledgeResponse", INFOBUTTON_FEEDS)
INFOBUTTON_SCRIPT = called("app.show", INFOBUTTON)
