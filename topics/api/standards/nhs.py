"""The addresses in the NHS website content API's shape: a list, and a page. What patients may read."""

import json
import re
import unicodedata
from datetime import timedelta

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Substr
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from rest_framework.utils.urls import replace_query_param

from topics.api import parameters, surrogates
from topics.api.caching import reply
from topics.api.lookup import on_the_shelf
from topics.api.parameters import bad
from topics.api.problems import Problem, echo
from topics.api.responses import article_text
from topics.api.standards import nhs_shapes
from topics.api.standards.nhs_schema import MOST_PAGES, NHS_LIST, NHS_PAGE
from topics.api.standing import refuse_unless_shown
from topics.api.views import ReadView
from topics.publishing import choosing, shelf
from topics.publishing.marks import codes_of
from topics.publishing.replies import dump
from topics.publishing.stamps import stamp
from topics.rules.review_dates import utc_day
from topics.vocabulary import Audience

PER_PAGE = 25
PER_LETTER = 200
LETTER = re.compile(r"[A-Za-z]\Z")
ORDERINGS = {
    "dateModified": "modified",
    "lastReviewed": "last_reviewed",
    "nextReview": "next_review_due",
}


def letter(name, value):
    """A letter with which titles begin, in lower case."""
    if not LETTER.match(value):
        raise bad(name, f"“{echo(value)}” is not a letter from A to Z.")
    return value.lower()


def day(name, value):
    """A day, written YYYY-MM-DD."""
    try:
        found = parameters.DAY.match(value) and parse_date(value)
    except ValueError:
        found = None
    if not found or not 1900 <= found.year <= 2200:
        raise bad(name, f"“{echo(value)}” is not a day such as 2026-03-01.")
    return found


def spelt_with(letter):
    """The characters that are this letter, whatever accents they bear: what may begin a title."""
    return [
        char
        for char in map(chr, range(0x41, 0x250))
        if unicodedata.normalize("NFKD", char)[0].lower() == letter
    ]


class NhsListView(ReadView):
    accepted = {
        "category": letter,
        "genre": parameters.slug,
        "language": parameters.language,
        "orderBy": parameters.one_of(ORDERINGS),
        "order": parameters.one_of(("newest", "oldest")),
        "startDate": day,
        "endDate": day,
        "page": parameters.count_up_to(MOST_PAGES),
    }

    @NHS_LIST
    def get(self, request):
        at, (base, root) = timezone.now(), hosts(request)
        number, size = self.given.get("page", 1), PER_LETTER if "category" in self.given else PER_PAGE
        editions, total = self.found(at, offset=(number - 1) * size, size=size)
        if not editions:
            self.refuse_if_nowhere(number)
        last, next_change = shelf.turns(at=at, reader=self.reader)
        codes = codes_of(editions)
        body = {
            **nhs_shapes.head(
                nhs_shapes.TITLE,
                url=root,
                description=nhs_shapes.ABOUT,
                genre=[],
                modified=nhs_shapes.instant(stamp(last or shelf.midnight(utc_day(at)))),
            ),
            "significantLink": [
                nhs_shapes.listed(edition, codes.get(edition.pk, []), at=at, base=base, root=root)
                for edition in editions
            ],
            "relatedLink": list(nhs_shapes.pages(links(request, number, -(-total // size) or 1))),
            "webpage": root,
        }
        # A category may be moved in the tree, which leaves no instant to date the list by.
        last = None if "genre" in self.given else last
        keys = surrogates.of_list({"category": self.given["genre"]} if "genre" in self.given else {})
        return reply(request, dump(body), at=at, last=last, next_change=next_change, keys=keys)

    def found(self, at, *, offset, size):
        """The editions of a page and how many there are on all pages; one query."""
        editions = self.chosen(at)
        total = editions.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
        page = choosing.page(editions, *self.order(), start=offset, most=size).defer("document")
        rows = list(page.annotate(total=Subquery(total.values("n"))))
        return rows, rows[0].total if rows else 0

    def chosen(self, at):
        """The editions for patients that the parameters leave."""
        given = self.given
        editions = shelf.in_force(at=at, reader=self.reader).filter(audience=Audience.PATIENT)
        if "language" in given:
            editions = editions.filter(language=given["language"])
        if "genre" in given:
            editions = choosing.in_category(editions, given["genre"])
        if "category" in given:
            begins = Substr("title", 1, 1)
            editions = editions.alias(begins=begins).filter(begins__in=spelt_with(given["category"]))
        column = ORDERINGS[given.get("orderBy", "dateModified")]
        if "startDate" in given:
            editions = editions.filter(**{f"{column}__gte": self.bound(column, given["startDate"])})
        if "endDate" in given:
            after = given["endDate"] + timedelta(days=1)
            editions = editions.filter(**{f"{column}__lt": self.bound(column, after)})
        return editions

    def order(self):
        """What they are ordered by: the title, or a date with the newest first."""
        if not {"order", "orderBy"} & self.given.keys():
            return "title", "article_id"
        column = ORDERINGS[self.given.get("orderBy", "dateModified")]
        return ("" if self.given.get("order") == "oldest" else "-") + column, "article_id"

    def bound(self, column, day):
        return shelf.midnight(day) if column == "modified" else day

    def refuse_if_nowhere(self, number):
        """Where nothing was found: raises the `Problem` of an unknown category, or of a page too far."""
        genre = self.given.get("genre")
        if genre and not shelf.has_category(genre, reader=self.reader):
            raise bad("genre", f"There is no category “{genre}”; categories/ lists them.")
        if number > 1:
            told = "page: The list ends before it; “relatedLink” of page 1 has the address of the last."
            raise Problem("not-found", told)


def hosts(request):
    """This host, and the address of the list on it."""
    return request.build_absolute_uri("/")[:-1], request.build_absolute_uri(reverse("api:nhs"))


def links(request, number, last):
    """The addresses of the list's pages by the names that the NHS gives them, "" where there is none."""
    here = request.build_absolute_uri()

    def at(page):
        return replace_query_param(here, "page", page) if 1 <= page <= last else ""

    return {
        "First Page": at(1),
        "Last Page": at(last),
        "Self": here,
        "Previous Page": at(number - 1),
        "Next Page": at(number + 1),
    }


class NhsPageView(ReadView):
    accepted = {"language": parameters.language}
    refused = {
        "modules": "Modules alone would come without their review dates; hasPart of the page has them."
    }

    @NHS_PAGE
    def get(self, request, reference):
        at = timezone.now()
        with on_the_shelf(reference):
            edition = shelf.find(
                reference, at=at, reader=self.reader, language=self.given.get("language")
            )
        if edition.audience != Audience.PATIENT:
            raise Http404
        # What moved is not followed: the address that it moved to would answer in another shape.
        refuse_unless_shown(edition, at=at)
        self.served = edition.article_id
        around = shelf.surroundings(edition, at=at, reader=self.reader)
        article = json.loads(article_text(edition, around, at=at))
        base, root = hosts(request)
        body = nhs_shapes.page(article, base=base, root=root)
        return reply(
            request,
            dump(body),
            at=at,
            last=around.last_change(at=at),
            next_change=around.next_change(at=at),
            language=edition.language,
            keys=surrogates.of_article(edition, around),
        )
