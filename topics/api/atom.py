"""Changes as an Atom feed (RFC 4287): an entry for each article that became public, a tombstone (RFC
6721) for each that ceased to be, and, as feed readers pass over tombstones, an entry that tells of it.
"""

import json
import uuid
from xml.etree import ElementTree

from django.urls import reverse

from topics.api.standards.markup import ATOM, held
from topics.publishing.addresses import article_path
from topics.publishing.removal import OUTSIDE_FILTER, OUTSIDE_LICENCE, told_of_removal
from topics.publishing.stamps import stamp

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

TITLE = "Articles that changed"
PUBLISHER = "Signoff"
SAID = {
    "safety_recall": "Safety recall",
    "correction": "Withdrawn to be corrected",
    "retired": "Retired",
    "moved": "Moved",
    "review_overdue": "Withheld, its review is overdue",
    "release_cancelled": "Release cancelled",
}
"""The beginning of the title under which a feed reader shows a removal, by its reason."""


def feed(changes, *, identity, links, base, otherwise):
    """A page of the feed as XML. `links` are addresses by relation; `otherwise` dates an empty one."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xmlns:at": TOMBSTONES, LANGUAGE: "en"})
    add(root, "id", identity)
    add(root, "title", TITLE)
    add(root, "updated", stamp(max((change.effective_at for change in changes), default=otherwise)))
    add(add(root, "author"), "name", PUBLISHER)
    for relation, address in links.items():
        link(root, relation, address, "application/atom+xml")
    link(root, "alternate", base + reverse("api:changes"), "application/json")
    for change in changes:
        if change.in_force:
            published(root, change, base=base)
        else:
            removed(root, change, base=base)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def published(root, change, *, base):
    """The entry of an article in force. Its id is the article's, in every feed and edition."""
    edition = change.edition
    place = json.loads(edition.record)["category"]
    entry = add(root, "entry", **{LANGUAGE: edition.language})
    add(entry, "id", identity(edition))
    add(entry, "title", edition.title)
    add(entry, "updated", stamp(change.effective_at))
    add(entry, "published", stamp(edition.first_published))
    add(entry, "summary", edition.summary)
    address = base + article_path(edition.article.public_id)
    link(entry, "alternate", f"{address}?format=html", "text/html")
    link(entry, "alternate", address, "application/json")
    category(entry, base, "categories", place["slug"], place["name"])
    category(entry, base, "changes", edition.change_kind)
    if change.severity:
        category(entry, base, "changes", f"severity-{change.severity}")


def removed(root, change, *, base):
    """The tombstone of an article, and the entry that shows people why, where it was withdrawn."""
    edition, said = change.edition, told_of_removal(change)
    when = stamp(change.effective_at)
    grave = add(root, "at:deleted-entry", ref=identity(edition), when=when)
    add(grave, "at:comment", f"{said['reason']} ({said['severity']}): {said['explanation']}")
    if said["reason"] in (OUTSIDE_LICENCE, OUTSIDE_FILTER):
        return
    entry = add(root, "entry")
    add(entry, "id", removal_identity(edition, said["reason"]))
    add(entry, "title", f"{SAID[said['reason']]}: {edition.article.slug} ({edition.language})")
    add(entry, "updated", when)
    add(entry, "summary", said["explanation"])
    link(entry, "alternate", base + article_path(edition.article.public_id), "application/problem+json")
    category(entry, base, "changes", said["reason"])
    category(entry, base, "changes", f"severity-{said['severity']}")
    if said["replacement"]:
        for parent in (grave, entry):
            link(parent, "related", base + said["replacement"]["url"], "application/json")


def identity(edition):
    return edition.article.public_id.urn


def removal_identity(edition, reason):
    return uuid.uuid5(edition.article.public_id, f"{reason} {edition.number}").urn


def add(parent, name, text="", **attributes):
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = held(text)
    return element


def link(parent, relation, address, media_type):
    add(parent, "link", rel=relation, href=address, type=media_type)


def category(parent, base, scheme, term, label=None):
    named = {"label": label} if label else {}
    add(parent, "category", term=term, scheme=base + reverse(f"api:{scheme}"), **named)
