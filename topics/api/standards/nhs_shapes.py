"""Pages and lists as the NHS website content API writes them, so that its clients can move over.

The members and their types are those of its recorded replies. Where it has a member for what we don't
hold (a logo, a licence's address, a health aspect), that is an empty text; what we add is named here and
in schema.org's terms. Dates are in UTC, to the second, with the offset `+00:00`.
"""

import json
from datetime import datetime

from topics.api.formats import facts
from topics.api.formats.fragment import element, words
from topics.api.formats.linked_data import cited, credited, notice, present
from topics.api.formats.links import addresses, resolved
from topics.publishing.addresses import article_path
from topics.rules.code_systems import CODE_SYSTEMS
from topics.rules.review_dates import utc_day
from topics.vocabulary import NoticeKind

SCHEMA = "http://schema.org"
PUBLISHER = "Signoff"
TITLE = "Articles A to Z"
ABOUT = "What is in force, written for patients and their families."


def page_address(root, public_id):
    """The address of a page below that of the list."""
    return f"{root}{public_id}/"


def instant(stamp):
    """An instant as our replies have it, to the second."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).isoformat(timespec="seconds")


def day(stamp):
    """The first instant of a day."""
    return f"{stamp}T00:00:00+00:00"


def reviewed(record):
    """When it was reviewed last, and when the next review is due."""
    return [day(record["last_reviewed"]), day(record["next_review_due"])]


def organisation(name):
    return {"name": name, "@type": "Organization"}


def head(name, *, url, description, genre, modified, also_called="", trail=()):
    """What stands at the head of pages and lists; `trail` are the pages above, as pairs and a genre."""
    return {
        "@context": SCHEMA,
        "@type": "MedicalWebPage",
        "name": name,
        "copyrightHolder": organisation(""),
        "license": "",
        "author": {
            "url": "",
            "logo": "",
            "email": "",
            "@type": "Organization",
            "name": PUBLISHER,
        },
        "about": {"@type": "WebPage", "name": name, "alternateName": also_called},
        "description": description,
        "url": url,
        "genre": genre,
        "keywords": "",
        "dateModified": modified,
        "breadcrumb": {
            "@context": SCHEMA,
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "item": {"@id": address, "name": title, "genre": kind},
                }
                for position, (address, title, kind) in enumerate([*trail, (url, name, genre)])
            ],
        },
        "contentSubTypes": [],
    }


# A page ---------------------------------------------------------------------------------------------


def page(article, *, base, root):
    """An article, as its reply has it, as a page. Its signed text is copied, section by section.

    `base` is this host, `root` the address of the list.
    """
    with facts.labelled_for(article):
        url, genre = page_address(root, article["id"]), [article["category"]["name"]]
        parts = [*cautions(article), *content(article, base)]
        return {
            **head(
                article["title"],
                url=url,
                description=article["summary"],
                genre=genre,
                modified=instant(article["modified"]),
                also_called=", ".join(article["also_called"]),
                trail=[(root, TITLE, [])],
            ),
            "copyrightHolder": organisation(copyright_line(article)),
            "author": {
                "url": "",
                "logo": "",
                "email": "",
                "@type": "Person",
                "name": "; ".join(map(facts.person, article["authors"])),
            },
            "keywords": [],
            "lastReviewed": reviewed(article),
            "hasPart": [module(anchor, elements, url) for anchor, elements in parts],
            "relatedLink": [related(item, n, base) for n, item in enumerate(article["related"])],
            "mainEntityOfPage": [section(elements, n) for n, (_, elements) in enumerate(parts)],
            "webpage": base + article["url"],
            **added(article),
        }


def added(article):
    """What the NHS has no member for, in schema.org's terms."""
    return {
        "identifier": article["id"],
        "inLanguage": article["language"],
        "version": str(article["edition"]),
        "creativeWorkStatus": "; ".join(one.word for one in facts.warnings(article)) or facts.in_force(),
        "reviewedBy": [credited(review) for review in article["reviews"]],
        "citation": [cited(one) for one in article["references"]],
        "usageInfo": [notice(fact) for fact in facts.notices(article)],
    }


def copyright_line(article):
    """The copyright notice, "" where there is none."""
    texts = [one["text"] for one in article["notices"] if one["kind"] == NoticeKind.COPYRIGHT]
    return texts[0] if texts else ""


def cautions(article):
    """Why the text must not be taken for current, before its first section."""
    for caution in facts.warnings(article):
        text = element("p", element("strong", words(caution.sentence)))
        yield "_warning", [(caution.word, text)]


def content(article, base):
    """The sections of the first level: an anchor, and pairs of heading and HTML in reading order."""
    known = addresses(article, base)
    for one in article["sections"]:
        elements = [(each["heading"] or "", resolved(each["html"], known)) for each in flat(one)]
        yield one["id"], elements


def flat(section):
    yield section
    for inner in section["sections"]:
        yield from flat(inner)


def module(anchor, elements, url):
    """A section as a part to be used by itself. Which aspect of health it is about nobody stated."""
    return {
        "@type": "HealthTopicContent",
        "url": f"{url}#{anchor}",
        "hasHealthAspect": "",
        "headline": elements[0][0],
        "description": "",
        "hasPart": [
            {"@type": "WebPageElement", "headline": heading, "text": html} for heading, html in elements
        ],
    }


def section(elements, position):
    """The same section as a part of the page. The NHS gives what it holds under two names."""
    held = [
        {
            "position": n,
            "identifier": "1",
            "text": html,
            "@type": "WebPageElement",
            "name": "markdown",
            "headline": heading,
        }
        for n, (heading, html) in enumerate(elements)
    ]
    return {
        "identifier": "0",
        "name": "section heading",
        "position": position,
        "@type": "WebPageElement",
        "mainEntityOfPage": held,
        "description": "",
        "hasPart": held,
    }


def related(item, position, base):
    """A related article in force, at its own address, which shows it to browsers."""
    return {
        "@type": "LinkRole",
        "url": base + item["url"],
        "linkRelationship": "Related Condition",
        "position": position,
        "name": item["title"],
    }


# A list ---------------------------------------------------------------------------------------------


def listed(edition, codes, *, at, base, root):
    """An edition in force, as a list shows it; `codes` are pairs of a system and a code."""
    record = json.loads(edition.record)
    return {
        "description": edition.summary,
        "linkRelationship": "Result",
        "@type": "LinkRole",
        "articleStatus": "published",
        "mainEntityOfPage": {
            "@type": "MedicalWebPage",
            "genre": [record["category"]["name"]],
            "datePublished": instant(record["first_published"]),
            "dateModified": instant(record["modified"]),
            "lastReviewed": reviewed(record),
            "reviewDue": day(record["next_review_due"]),
            "keywords": "",
            "code": [coded(system, code) for system, code in codes],
            "inLanguage": edition.language,
            "creativeWorkStatus": str(edition.review_status(on=utc_day(at))),
            "webpage": base + article_path(edition.article.public_id),
        },
        "url": page_address(root, edition.article.public_id),
        "name": edition.title,
    }


def coded(system, code):
    """A code; the NHS spells SNOMED CT with a hyphen."""
    system = CODE_SYSTEMS[system].title.replace(" ", "-")
    return {"@type": "MedicalCode", "codeValue": code, "codingSystem": system}


def pages(links):
    """The links of a list to itself and to other pages of it: address by name."""
    for name, address in present(links).items():
        yield {
            "@type": "LinkRole",
            "url": address,
            "name": name,
            "description": f"Link to {name}",
            "linkRelationship": "Self" if name == "Self" else "Pagination",
        }
