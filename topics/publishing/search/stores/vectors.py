"""The index in PostgreSQL: a tsvector of our tokens for each edition, ranked by rarity times weight.

`ts_rank` knows no rarity, so how many editions have a token is counted beside the vectors.
"""

from collections import Counter

from django.db import connection, connections
from django.db.models import BooleanField, FloatField, Q
from django.db.models.expressions import RawSQL

from topics.models.search import SearchName, SearchVector

TABLE = SearchVector._meta.db_table
COUNTS = "topics_search_count"
LABELS = {"names": "A", "title": "A", "also_called": "B", "headings": "C", "summary": "D", "body": "D"}
TWICE = "summary"
"""There are four labels for six fields: the summary's words stand twice, so as to outweigh the body."""

WEIGHTS = "{0.12, 0.3, 0.6, 1.0}"
"""Of the labels D, C, B and A."""

NAME_IS_WORTH = 8.0
LONGEST = 4
"""What a name that is asked for adds, times its words, of which so many count."""

MOST_PLACES = 12
MOST_TOKENS = 20_000
"""Of one edition: a tsvector holds at most a megabyte."""

CREATE = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} (entry_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_by_token ON {TABLE} USING gin (vector)",
    f"CREATE TABLE IF NOT EXISTS {COUNTS} (token text PRIMARY KEY, editions bigint NOT NULL)",
)
ALL = ""
"""The token under which all editions are counted."""

COUNT = (
    f"INSERT INTO {COUNTS} SELECT * FROM unnest(%s::text[], %s::bigint[]) "
    f"ON CONFLICT (token) DO UPDATE SET editions = {COUNTS}.editions + excluded.editions"
)
REMOVE = f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s) RETURNING tsvector_to_array(vector)"
RARITY = (
    f"COALESCE((SELECT ln(1 + a.editions::float8 / greatest(c.editions, 1)) "
    f"FROM {COUNTS} c, {COUNTS} a WHERE c.token = %s AND a.token = ''), 0)"
)


def prepare(using):
    with connections[using].cursor() as cursor:
        for statement in CREATE:
            cursor.execute(statement)


def clear():
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(f"DELETE FROM {COUNTS}")


def add(editions):
    vectors = {pk: places(fields) for pk, fields in editions.items()}
    counts = Counter(token for found in vectors.values() for token in found)
    counts[ALL] = len(vectors)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (entry_id, vector) VALUES (%s, %s::tsvector)",
            [(pk, literal(found)) for pk, found in vectors.items()],
        )
        cursor.execute(COUNT, [list(counts), list(counts.values())])


def remove(ids):
    with connection.cursor() as cursor:
        cursor.execute(REMOVE, [list(ids)])
        gone = [token for (tokens,) in cursor.fetchall() for token in (*tokens, ALL)]
        counts = Counter(gone)
        cursor.execute(COUNT, [list(counts), [-n for n in counts.values()]])


def places(fields):
    """Each token with the labels of the fields that it stands in."""
    found = {}
    for name, tokens in fields.items():
        for token, times in Counter(tokens).items():
            labels = found.setdefault(token, [])
            labels += LABELS[name] * min(times * (2 if name == TWICE else 1), MOST_PLACES)
        if len(found) > MOST_TOKENS:
            break
    return found


def literal(found):
    """A tsvector as text: the places only tell how often a token stands under each label."""
    return " ".join(
        f"'{token}':" + ",".join(f"{place}{label}" for place, label in enumerate(labels, 1))
        for token, labels in found.items()
    )


def one_of(tokens):
    return "(" + " | ".join(f"'{token}'" for token in tokens) + ")"


def match(text):
    return RawSQL(f"{TABLE}.vector @@ %s::tsquery", [text], output_field=BooleanField())


def rows():
    return SearchVector.objects.all()


def tsquery(query, *, all_words):
    if all_words:
        return " & ".join(one_of(tokens) for tokens in query.required)
    return one_of(query.any)


def matching(query, *, all_words):
    text = tsquery(query, all_words=all_words)
    return RawSQL(f"SELECT entry_id FROM {TABLE} WHERE vector @@ %s::tsquery", [text])


def among_found(query, *, none_whole):
    """The condition that an entry has all words, or where `none_whole` holds, any."""
    whole, some = (Q(pk__in=matching(query, all_words=each)) for each in (True, False))
    return whole | (some & Q(none_whole))


def ranked(query, *, all_words):
    sql, values = scoring(query)
    score = RawSQL(sql, values, output_field=FloatField())
    return rows().filter(match(tsquery(query, all_words=all_words))).annotate(score=score)


def is_one_of(sql, values):
    """The condition that a row is among those ids."""
    return RawSQL(f"{TABLE}.entry_id IN ({sql})", values, output_field=BooleanField())


def titled(query):
    """The ids of the rows with a word of the query, as it was typed, in their title or other names."""
    names = SearchName.objects.filter(word__in=[word.encode() for word in query.words])
    return RawSQL(*names.order_by().values("entry_id").query.sql_with_params())


def scoring(query):
    """The SQL that ranks a row: each token by its rarity, each name by how many words it has."""
    parts, values = [], []
    for token in (*query.any, *query.counting):
        parts.append(f"{RARITY} * ts_rank('{WEIGHTS}', {TABLE}.vector, %s::tsquery)")
        values += [token, f"'{token}'"]
    for length in sorted(set(query.names.values())):
        names = [name for name, words in query.names.items() if words == length]
        # `ts_rank` divides by how many tokens were asked for.
        worth = NAME_IS_WORTH * min(length, LONGEST) * len(names)
        parts.append(f"{worth} * ts_rank('{WEIGHTS}', {TABLE}.vector, %s::tsquery)")
        values.append(one_of(names))
    return " + ".join(parts), values
