"""The filters of lists and of search: their parameters, and the editions in force that they leave."""

from topics.api import parameters
from topics.publishing import choosing, shelf
from topics.publishing.wanted import PEOPLE
from topics.rules.review_dates import utc_day
from topics.vocabulary import Audience

INSTANTS = {"published": "starts_at", "first_published": "first_published", "modified": "modified"}
DAYS = {"last_reviewed": "last_reviewed", "next_review_due": "next_review_due"}

ACCEPTED = {
    "language": parameters.language,
    "category": parameters.slug,
    "audience": parameters.one_of(Audience),
    "review_status": parameters.review_status,
    **dict.fromkeys(PEOPLE, parameters.name),
    "code": parameters.Several(parameters.code),
    **{
        f"{name}_{side}": parameters.instant_or_day
        for name in (*INSTANTS, *DAYS)
        for side in ("before", "after")
    },
}


def chosen(given, *, at, reader):
    """The editions in force that the given filters leave; no query, and none more when it is read."""
    editions = shelf.in_force(at=at, reader=reader)
    for name in ("language", "audience"):
        if name in given:
            editions = editions.filter(**{name: given[name]})
    if "category" in given:
        editions = choosing.in_category(editions, given["category"])
    if "review_status" in given:
        editions = getattr(editions, given["review_status"])(on=utc_day(at))
    for name, column in INSTANTS.items():
        editions = between(editions, column, given, name, after="gt", read=lambda instant: instant)
    for name, column in DAYS.items():
        editions = between(editions, column, given, name, after="gte", read=utc_day)
    for name, kind in PEOPLE.items():
        if name in given:
            editions = choosing.named(editions, kind, given[name])
    if "code" in given:
        editions = choosing.coded(editions, given["code"])
    return editions


def between(editions, column, given, name, *, after, read):
    """Those dated from `name_after` on and before `name_before`; a day counts from its beginning."""
    if f"{name}_after" in given:
        editions = editions.filter(**{f"{column}__{after}": read(given[f"{name}_after"])})
    if f"{name}_before" in given:
        editions = editions.filter(**{f"{column}__lt": read(given[f"{name}_before"])})
    return editions
