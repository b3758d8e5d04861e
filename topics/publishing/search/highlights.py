"""The passages in which a query was found, as data: plain text in parts, each a match or not."""

from topics.publishing.search.analyser import token, words
from topics.publishing.search.texts import flat

MOST_PASSAGES = 3
AROUND = 90
"""Characters of a long text that are shown on each side of its first match."""


def highlights(document, query):
    """Up to three passages of a document, in the order in which fields count."""
    wanted, language = {*query.any, *query.counting}, document["language"]
    about = set(query.any)
    found = []
    for field, section, text in passages(document):
        places = [(a, b, t) for w, a, b in words(text) if (t := token(w, language)) in wanted]
        if any(t in about for _, _, t in places):
            parts = parted(text, [(a, b) for a, b, _ in places])
            found.append({"field": field, "section": section, "parts": parts})
            if len(found) == MOST_PASSAGES:
                break
    return found


def passages(document):
    yield "title", None, document["title"]
    for name in document["also_called"]:
        yield "also_called", None, name
    sections = list(flat(document["sections"]))
    for section in sections:
        yield "heading", section["id"], section["heading"] or ""
    yield "summary", None, document["summary"]
    for section in sections:
        yield "body", section["id"], section["text"]


def parted(text, places):
    """The text around its first match, cut between words, in parts."""
    begin = 0 if places[0][0] <= AROUND else text.rfind(" ", 0, places[0][0] - AROUND) + 1
    end = places[0][1] + AROUND
    end = len(text) if end >= len(text) else max(places[0][1], text.rfind(" ", 0, end))
    parts, at = [], begin
    for first, last in places:
        if last > end:
            break
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts.append((text[at:end], False))
    parts[0] = (("…" if begin else "") + parts[0][0], False)
    parts[-1] = (parts[-1][0] + ("…" if end < len(text) else ""), False)
    return [{"text": words, "match": is_match} for words, is_match in parts if words]
