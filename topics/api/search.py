"""Search by words, in every list of articles and at its own address, and the completion of names."""

import json

from django.utils import timezone

from topics.api import filters, pagination, parameters, surrogates
from topics.api.caching import reply
from topics.api.categories import refuse_unknown
from topics.api.parameters import bad
from topics.api.responses import list_item
from topics.api.schema_lists import SUGGEST
from topics.api.selecting import selected
from topics.api.views import ReadView
from topics.publishing import shelf
from topics.publishing.addresses import article_path
from topics.publishing.replies import dump
from topics.publishing.search import finding, highlights, query

LONGEST = 500
MOST_SUGGESTIONS = 20
USUAL_SUGGESTIONS = 10
NOT_OF_THE_PAST = (
    "Lists and search tell what is in force now; nothing else is indexed. Ask for one article as of an "
    "earlier instant: articles/{id}/?as_of=…"
)


def words(name, value):
    """Words to search for: any text of up to 500 characters, never a syntax."""
    if len(value) > LONGEST:
        raise bad(name, f"It has {len(value)} characters; up to {LONGEST} are read.")
    return value


def search_reply(request, given, *, at, reader):
    """The reply to a search: a page of what the filters leave, in order of rank, and the counts."""
    asked = query.read(given["q"], given.get("language"))
    if asked is None:
        raise bad("q", "There is no word in it.")
    category, first = given.get("category"), reader.is_licensee
    if category and first:
        # Together with that it is asked who the licensee is, so it costs no query more.
        refuse_unknown(category, reader=reader)
    editions = filters.chosen(given, at=at, reader=reader)
    counts = finding.count(asked, editions=editions, at=at)
    if category and not first and not counts.total:
        refuse_unknown(category, reader=reader)
    page = pagination.counted(
        lambda offset, limit: finding.page(asked, counts, editions=editions, offset=offset, limit=limit),
        counts.total,
        cursor=given.get("cursor"),
        size=given.get("page_size", pagination.USUAL),
    )
    meant = finding.did_you_mean(
        asked, counts, editions=shelf.in_force(at=at, reader=reader), language=given.get("language")
    )
    body = {
        "articles": [selected(found_item(edition, asked, at=at), given) for edition in page.items],
        **page.links(request),
        "total": counts.total,
        "matched": "all" if counts.all_words else "any",
        "facets": facets(counts),
        "did_you_mean": meant,
    }
    # What comes next is not known from here, so a search is asked anew each time.
    return reply(request, dump(body), at=at, keep=False, keys=surrogates.of_list(given))


def found_item(edition, asked, *, at):
    """An edition as lists show it, with the passages in which it was found."""
    passages = highlights.highlights(json.loads(edition.document), asked)
    return {**list_item(edition, at=at), "highlights": passages}


def facets(counts):
    """How many were found of each category, language and audience, the most first."""
    return {
        "category": [
            {"slug": slug, "name": name, "count": n} for (slug, name), n in in_order(counts.categories)
        ],
        "language": [{"value": value, "count": n} for value, n in in_order(counts.languages)],
        "audience": [{"value": value, "count": n} for value, n in in_order(counts.audiences)],
    }


def in_order(counter):
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


class SuggestView(ReadView):
    accepted = {
        "q": words,
        "language": parameters.language,
        "audience": filters.ACCEPTED["audience"],
        "limit": parameters.count_up_to(MOST_SUGGESTIONS),
    }
    refused = {"as_of": NOT_OF_THE_PAST}
    required = ("q",)

    @SUGGEST
    def get(self, request):
        at = timezone.now()
        filtered = {name: self.given[name] for name in ("language", "audience") if name in self.given}
        rows = finding.suggest(
            self.given["q"],
            editions=filters.chosen(filtered, at=at, reader=self.reader),
            at=at,
            limit=self.given.get("limit", USUAL_SUGGESTIONS),
        )
        return reply(request, dump({"suggestions": [told(row) for row in rows]}), at=at, keep=False)


def told(row):
    article = row.entry.article
    return {
        "text": row.shown,
        "is_title": row.is_title,
        "id": str(article.public_id),
        "slug": article.slug,
        "language": row.language,
        "url": article_path(article.public_id),
    }
