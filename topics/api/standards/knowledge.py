"""A knowledge response as a tree: an Atom feed in the shape in which MedlinePlus Connect writes JSON.

Every member that Connect has is there, of the same type; an entry has more: its reviewers as
contributors, and when it was reviewed. Its summary is the signed one; the article is at its address.
"""

import json
from urllib.parse import urlencode

from topics.api.formats import facts
from topics.api.formats.fragment import element, words
from topics.api.responses import state
from topics.api.standards import context
from topics.publishing.addresses import article_path, provenance_path
from topics.publishing.shelf import midnight
from topics.publishing.stamps import stamp
from topics.rules.code_systems import CODE_SYSTEMS
from topics.rules.review_dates import utc_day

XSI = "http://www.w3.org/2001/XMLSchema-instance"
PUBLISHER = "Signoff"


def feed(given, categories, found, *, at, base, path):
    """The feed of what was found, with the request as its categories."""
    language = context.spoken(given)
    return {
        "base": f"{base}/",
        "lang": language,
        "xsi": XSI,
        "title": text(PUBLISHER),
        "subtitle": text(f"{PUBLISHER} results for {context.subject(given).told()}"),
        "author": {"name": value(PUBLISHER), "uri": value(f"{base}/")},
        "updated": value(stamp(last_update(found, at=at))),
        "category": categories,
        # The request itself, in one spelling: what Connect leaves empty, which Atom doesn't allow.
        "id": value(f"{base}{path}?{urlencode([(one['scheme'], one['term']) for one in categories])}"),
        "entry": [entry(edition, at=at, base=base) for edition in found.editions],
    }


def value(text):
    return {"_value": text}


def text(words):
    return {"_value": words, "type": "text"}


def last_update(found, *, at):
    """When something of it changed last; for want of any instant, the beginning of the day."""
    return found.last or max(
        (edition.starts_at for edition in found.editions), default=midnight(utc_day(at))
    )


def entry(edition, *, at, base):
    """An edition in force. Its article is the same entry in every reply, by its `id`."""
    article = article_of(edition, at=at)
    with facts.labelled_for(article):
        summary = summary_html(article)
    return {
        "lang": article["language"],
        "title": text(article["title"]),
        "link": [
            link("alternate", article["title"], "text/html", base + article_path(article["id"])),
            link(
                "via",
                "Provenance",
                "application/json",
                base + provenance_path(article["id"], edition.number),
            ),
        ],
        "id": value(f"urn:uuid:{article['id']}"),
        "published": value(article["first_published"]),
        "updated": value(article["published"]),
        "author": [person(author) for author in article["authors"]],
        "contributor": [person(review) for review in article["reviews"]],
        "category": [*review_facts(article), *map(coded, article["codes"])],
        "summary": {"_value": summary, "type": "html"},
    }


def article_of(edition, *, at):
    """What an article's reply says of the edition itself: document, record and state."""
    return {**json.loads(edition.record), **state(edition, at=at), **json.loads(edition.document)}


def link(rel, title, media_type, href):
    return {"title": title, "rel": rel, "type": media_type, "href": href}


def person(printed):
    return {"name": value(facts.person(printed))}


def review_facts(article):
    """When it was reviewed and how that stands, which edition it is, and the digest that was signed."""
    told = {
        "lastReviewed": article["last_reviewed"],
        "nextReviewDue": article["next_review_due"],
        "reviewStatus": str(article["review_status"]),
        "audience": article["audience"],
        "edition": str(article["edition"]),
        "digest": article["digest"],
    }
    return [{"scheme": name, "term": term} for name, term in told.items()]


def coded(code):
    told = {"scheme": f"urn:oid:{CODE_SYSTEMS[code['system']].oid}", "term": code["code"]}
    return {**told, "label": code["display"]} if code["display"] else told


def summary_html(article):
    """Warnings, other names, the signed summary, and who wrote and reviewed it when.

    The classes are those by which Connect's clients know these parts.
    """
    cautions = [f"{one.word.upper()}. {one.sentence}" for one in facts.warnings(article)]
    names = ", ".join(article["also_called"])
    dates = facts.dates(article)[:2]
    credit = [
        facts.written(article) + "." if article["authors"] else "",
        *map(facts.reviewed, article["reviews"]),
        *(f"{one.label}: {one.value}." for one in dates),
    ]
    parts = [
        *(element("p", element("strong", words(one)), class_="warning") for one in cautions),
        element("p", words(f"{facts.headings()['also_called']}: {names}"), class_="NLMalsoCalled")
        if names
        else "",
        element("p", words(article["summary"])) if article["summary"] else "",
        element("p", words(" ".join(filter(None, credit))), class_="NLMattribution"),
    ]
    return "".join(parts)
