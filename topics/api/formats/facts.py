"""What every representation says around the signed text: warnings, credits, dates, notices, sources.

All of it is read from the article's reply, in the words of the article's language where there are
any, else in English. No representation may leave out a warning; it comes before the text.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from topics.content.inline import link_target
from topics.rules.code_systems import CODE_SYSTEMS
from topics.vocabulary import Audience, NoticeKind, WithdrawalKind

WEB = re.compile(r"https?://", re.IGNORECASE)
IN_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"
"""The characters that an address keeps as they are (RFC 3986, section 2)."""


@dataclass(frozen=True)
class Caution:
    """Why the text must not be taken for current: a word, a sentence, and what the record says.

    `instead` is what to read in its place, as the reply names it, or None.
    """

    word: str
    sentence: str
    explanation: str = ""
    instead: dict | None = None


@dataclass(frozen=True)
class Fact:
    """Something of the record: its label, its value in words, and the day or instant it stands for."""

    label: str
    value: str
    exact: str = ""


@dataclass(frozen=True)
class Source:
    """A reference with the addresses under which it can be read."""

    title: str
    links: tuple[tuple[str, str], ...]


def label_language(language):
    """The language of the labels beside a text in `language` (BCP 47)."""
    first = language.split("-")[0]
    return first if first in dict(settings.LANGUAGES) else "en"


@contextmanager
def labelled_for(article):
    """Within it, the labels are in the article's language."""
    with translation.override(label_language(article["language"])):
        yield


def day(stamp):
    """The day of an ISO 8601 day or UTC instant, in words."""
    return date_format(date.fromisoformat(stamp[:10]), "DATE_FORMAT")


def warnings(article):
    """Why the article, as its reply has it, must not be taken for current; none where it may."""
    withdrawal, found = article["withdrawal"], []
    if withdrawal:
        kind = str(WithdrawalKind(withdrawal["kind"]).label)
        on = {"day": day(withdrawal["effective_at"]), "kind": kind}
        found.append(
            Caution(
                _("Withdrawn"),
                _("This text was withdrawn on %(day)s (%(kind)s). Do not use it.") % on,
                withdrawal["explanation"],
                withdrawal["replacement"],
            )
        )
    elif article["status"] == "expired":
        on = {"day": day(article["ended"]), "due": day(article["next_review_due"])}
        sentence = _(
            "This text is withheld since %(day)s: its review was due on %(due)s. Do not use it."
        )
        found.append(Caution(_("Withheld"), sentence % on))
    elif article["status"] == "superseded":
        sentence = _("A later edition took the place of this text on %(day)s. Do not use it.")
        found.append(Caution(_("Superseded"), sentence % {"day": day(article["ended"])}))
    if article["review_status"] == "overdue":
        sentence = _("The review of this text was due on %(day)s and is not done yet.")
        found.append(Caution(_("Review overdue"), sentence % {"day": day(article["next_review_due"])}))
    return found


def person(printed):
    """A person as printed: name, credentials and, for a reviewer, specialty."""
    parts = (printed["name"], printed["credentials"], printed.get("specialty"))
    return ", ".join(part for part in parts if part)


def reviewed(review):
    """A sign-off as printed, in one line: who, as what, when, what they stated and disclosed."""
    line = _("Reviewed by %(person)s (%(role)s) on %(day)s.") % {
        "person": person(review),
        "role": review["role"],
        "day": day(review["signed_at"]),
    }
    stated = f"{line} {review['statement']}."
    return f"{stated} {disclosed(review)}" if review["disclosure"] else stated


def disclosed(review):
    """What a reviewer disclosed, as printed."""
    return _("Disclosure: %s") % review["disclosure"]


def in_force():
    """The word for an edition with nothing to warn of."""
    return _("In force")


def next_review_due():
    return _("Next review due")


def digest_label():
    return _("Digest of the signed text")


def reviewed_article():
    """What kind of document it is."""
    return _("Medically reviewed article")


def reviews_heading():
    return _("Reviews")


def nobody_credited():
    return _("No author is credited")


def written(article):
    """Who wrote it, as printed, in one line; "" where nobody is credited."""
    people = "; ".join(map(person, article["authors"]))
    return _("Written by %s") % people if people else ""


def dates(article):
    """The dates of the review and of the edition."""
    told = [
        Fact(_("Last reviewed"), day(article["last_reviewed"]), article["last_reviewed"]),
        Fact(next_review_due(), day(article["next_review_due"]), article["next_review_due"]),
        Fact(_("First published"), day(article["first_published"]), article["first_published"]),
        Fact(_("This edition published"), day(article["published"]), article["published"]),
        Fact(_("Text last changed"), day(article["modified"]), article["modified"]),
    ]
    if "as_of" in article:
        told.append(Fact(_("As it was read on"), article["as_of"], article["as_of"]))
    return told


def identity(article, base):
    """Whom it speaks to, which edition it is, and how that can be proved."""
    return [
        Fact(_("Audience"), str(Audience(article["audience"]).label)),
        Fact(_("Edition"), str(article["edition"])),
        Fact(_("Permanent address"), base + article["permanent_url"]),
        Fact(digest_label(), article["digest"]),
    ]


def notices(article):
    """The notices in force, each under its kind."""
    return [
        Fact(str(NoticeKind(notice["kind"]).label), notice["text"], notice["in_force_from"])
        for notice in article["notices"]
    ]


def codes(article):
    """What the article is about, in the code systems' words: `ICD-10-CM R05 Cough`."""
    return [
        " ".join(filter(None, (CODE_SYSTEMS[one["system"]].title, one["code"], one["display"])))
        for one in article["codes"]
    ]


def sources(article):
    """The references, each with the addresses that its URL, DOI and PMID amount to."""
    return [Source(one["title"], tuple(links_of(one))) for one in article["references"]]


def links_of(reference):
    """Pairs of a label and an address."""
    target = link_target(reference["url"])
    if WEB.match(target):
        yield target, quote(target, safe=IN_ADDRESS)
    elif reference["url"]:
        yield reference["url"], ""
    if reference["doi"]:
        yield f"doi:{reference['doi']}", f"https://doi.org/{quote(reference['doi'], safe='/')}"
    if reference["pmid"]:
        pmid = quote(reference["pmid"], safe="")
        yield f"PMID {reference['pmid']}", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def directory(article):
    """The licensee's own physicians and services for the subject, with a key: heading, then lines.

    Each line is a pair of words and an address, "" where there is none.
    """
    kinds = (
        (_("Related physicians"), "related_physicians"),
        (_("Related services"), "related_services"),
    )
    for heading, name in kinds:
        if article.get(name):
            yield heading, [(listed(one), one["url"]) for one in article[name]]


def listed(entry):
    """A physician or a service in one line."""
    first = ", ".join(filter(None, (entry["name"], entry["credentials"], *entry["specialties"])))
    return ". ".join(filter(None, (first, entry["description"], entry["telephone"])))


def headings():
    """The headings of what stands around the text."""
    return {
        "also_called": _("Also called"),
        "references": _("References"),
        "related": _("Related articles"),
        "translations": _("In other languages"),
        "codes": _("Codes"),
        "about": _("About this article"),
        "instead": _("Read instead"),
    }
