"""What somebody may have meant to type: the nearest words of the names of editions in force."""

from django.db.models import Count, Exists, OuterRef, Q

from topics.models.search import SearchName
from topics.publishing.search.analyser import token
from topics.publishing.search.distance import distance

BEGINNING, END = 2, 3
"""Letters that a misspelt word has right, at its beginning or at its end."""

SHORTEST = 4


def did_you_mean(words, *, editions, language=None):
    """The words with the unknown ones put right, or None where nothing is nearer; one query."""
    doubtful = [word for word in words if len(word) >= SHORTEST and not word.isdecimal()]
    if not doubtful:
        return None
    near = Q()
    for word in doubtful:
        near |= begins("word", word[:BEGINNING]) | begins("backwards", word[-END:][::-1])
    live = Exists(editions.order_by().filter(pk=OuterRef("entry_id")))
    rows = SearchName.objects.filter(near, live)
    if language:
        rows = rows.filter(language=language)
    known = {
        bytes(word).decode(): (count, of)
        for word, of, count in rows.order_by()
        .values_list("word", "language")
        .annotate(Count("entry", distinct=True))
    }
    stems = {token(word, of) for word, (_, of) in known.items()}
    put_right = [
        nearest(word, known)
        if word in doubtful and not any(token(word, of) in stems for _, of in known.values())
        else word
        for word in words
    ]
    return " ".join(put_right) if put_right != list(words) else None


def begins(column, letters):
    first = letters.encode()
    return Q(**{f"{column}__gte": first, f"{column}__lt": first[:-1] + bytes([first[-1] + 1])})


def nearest(word, known):
    most = 1 if len(word) <= 5 else 2
    found = [
        (edits, -count, other)
        for other, (count, _) in known.items()
        if (edits := distance(word, other, most=most)) <= most
    ]
    return min(found)[2] if found else word
