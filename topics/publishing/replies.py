"""How the body of an article's reply is put together: for the API, and for previews in its shape."""

import json

from topics.publishing.addresses import article_path
from topics.publishing.stamps import stamp


def dump(value):
    """JSON text, compact, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def merged(changing, record, document):
    """The JSON text of three objects in one; `record` and `document` are copied, never re-written.

    The signed document comes last: readers of JSON take the last of two members of one name.
    """
    return f"{dump(changing)[:-1]},{record[1:-1]},{document[1:]}"


def surrounding(around):
    """What the shelf found around an article, as members of its reply."""
    found = {
        "related": [linked(item) for item in around.related],
        "links": [linked(item) for item in around.links],
        "translations": [linked(item) for item in around.translations],
        "notices": [
            {**notice, "in_force_from": stamp(notice["in_force_from"])} for notice in around.notices
        ],
    }
    if around.site is None:
        return found
    return {
        **found,
        "site": around.site,
        "related_physicians": around.physicians,
        "related_services": around.services,
    }


def linked(item):
    return {**item, "url": article_path(item["id"])}
