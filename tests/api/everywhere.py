"""Asking the API everything that may give away what is not public."""

from django.utils import timezone

from tests.api.standards.records import ICD_10_CM
from topics.api.formats.table import ARTICLE_FORMATS

ASKED = [
    f"{address}/?mainSearchCriteria.v.c={code}&mainSearchCriteria.v.cs={ICD_10_CM}&{more}"
    for address in ("connect", "infobutton")
    for code in ("R05", "R05.9")
    for more in ("", "knowledgeResponseType=application/json&informationRecipient=PAYOR")
]
ASKED += ["nhs/conditions/", "nhs/conditions/?category=c", "nhs/conditions/?orderBy=dateModified"]
FILTERS = [
    ("q", "cough"),
    ("q", "SECRETWORDS"),
    ("q", "SECRETWORD"),
    ("ordering", "-title"),
    ("author", "Ada Author"),
    ("author", "SECRETWORDS"),
    ("reviewer", "Pia Primary"),
    ("code", "icd-10-cm|R05.9"),
    ("audience", "patient"),
    ("published_after", "2020-01-01"),
    ("last_reviewed_before", "2030-01-01"),
    ("fields", "title,summary"),
    ("omit", "digest"),
    ("category", "lungs"),
    ("language", "en"),
    ("review_status", "current"),
    ("modified_after", "2020-01-01"),
]
FOLLOWED = [
    *("", "since=2020-01-01", "language=en", "category=lungs", "author=SECRETWORDS"),
    *("audience=patient", "reviewer=Pia+Primary", "type=published", "type=removed", "severity=low"),
]
# The same changes, printed in another way.
READ_AS_NEWS = ["", "since=2020-01-01", "author=SECRETWORDS", "type=removed"]


def lists():
    yield from ("articles/", "articles/?page_size=1", "changes/?limit=1", "categories/", "")
    yield from (f"articles/?{name}={value}" for name, value in FILTERS)
    yield from (f"changes/?{filters}" for filters in FOLLOWED)
    yield from (f"changes/feed/?{filters}" for filters in READ_AS_NEWS)
    yield from ("search/?q=cough", "search/?q=SECRETWORDX", "suggest/?q=SECR", "suggest/?q=c")
    yield from ASKED


def of_article(name):
    now = timezone.now().isoformat().replace("+00:00", "Z")
    for more in (
        *("", f"?as_of={now}", "?as_of=2026-01-01T00:00:00Z", "?language=en", "?omit=digest"),
        *("?fields=title,summary,sections.text", "editions/", "provenance/"),
    ):
        yield f"articles/{name}/{more}"
    # What was never released would be the first edition or the second.
    for number in (1, 2):
        yield f"articles/{name}/editions/{number}/"
        yield f"articles/{name}/editions/{number}/provenance/"
    yield f"nhs/conditions/{name}/"


def in_formats(name):
    for form in ARTICLE_FORMATS:
        yield f"articles/{name}/?format={form}"
        yield f"articles/{name}/editions/1/?format={form}"


def everywhere(client, *slugs, ids=()):
    """Everything that the API says, bodies and headers, in its lists and about articles of these slugs
    and ids: path, status, headers and body of each reply.
    """
    paths = [*lists()]
    for name in (*slugs, *ids):
        paths += of_article(name)
    for slug in slugs:
        paths += in_formats(slug)
    said = []
    for path in paths:
        reply = client.get(f"/api/v1/{path}")
        address, _, asked = path.partition("?")
        body = reply.content.decode().replace(f"/api/v1/{address}", "")
        body = body.replace(f"?{asked}", "") if asked else body
        said.append((path, reply.status_code, sorted(reply.items()), body))
    return said


def where(said, words):
    """The paths of the replies that have these words."""
    return [path for path, _, headers, body in said if words in f"{headers}{body}"]


def statuses(said):
    return [status for _, status, _, _ in said]


def texts(said):
    """Bodies, without those that hold a cursor, which counts the acts of the ledger, or an instant."""
    return [body for path, _, _, body in said if not has_cursor(path) and "as_of" not in path]


def has_cursor(path):
    """Whether the reply counts the acts of the ledger, as the feed's cursor does."""
    return path.startswith("changes/") and not path.startswith("changes/feed/")
