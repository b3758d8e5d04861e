"""The index in SQLite's FTS5, which ranks by BM25 with a weight for each field."""

from django.db import connection, connections
from django.db.models import BooleanField, FloatField, Q
from django.db.models.expressions import RawSQL

from topics.models.search import SearchText
from topics.publishing.search.texts import FIELDS

TABLE = SearchText._meta.db_table
WEIGHTS = {"names": 25, "title": 8, "also_called": 5, "headings": 2.5, "summary": 2, "body": 1}
LONGEST = 4
"""Words of a name that add to its worth."""

SCORE = f"-bm25({TABLE}, {', '.join(str(WEIGHTS[name]) for name in FIELDS)}, 0)"
EVERY = "0"
"""A token of every row, so that tokens that need not be there can be asked for beside it."""

CREATE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5({', '.join(FIELDS)}, every, "
    "tokenize = \"ascii tokenchars '_'\")"
)
INSERT = (
    f"INSERT INTO {TABLE} (rowid, {', '.join(FIELDS)}, every) VALUES (%s{', %s' * (len(FIELDS) + 1)})"
)


def prepare(using):
    with connections[using].cursor() as cursor:
        cursor.execute(CREATE)


def clear():
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def add(editions):
    rows = [(pk, *(" ".join(fields[name]) for name in FIELDS), EVERY) for pk, fields in editions.items()]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)


def remove(ids):
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk in ids])


def one_of(tokens):
    return "(" + " OR ".join(f'"{token}"' for token in tokens) + ")"


def all_of(query):
    return " AND ".join(one_of(tokens) for tokens in query.required)


def match(text):
    return RawSQL(f"{TABLE} MATCH %s", [text], output_field=BooleanField())


def rows():
    return SearchText.objects.all()


def matching(query, *, all_words):
    return match_ids(all_of(query) if all_words else one_of(query.any))


def among_found(query, *, none_whole):
    """The condition that an entry has all words, or where `none_whole` holds, any.

    As one list of ids, so that SQLite looks at these entries alone, and not at each that there is.
    """
    whole, some = (matching(query, all_words=each) for each in (True, False))
    others = SearchText.objects.filter(none_whole, match(some.params[0])).order_by().values("pk")
    sql, values = others.query.sql_with_params()
    return Q(pk__in=RawSQL(f"{whole.sql} UNION ALL {sql}", (*whole.params, *values)))


def match_ids(text):
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [text])


def ranked(query, *, all_words):
    condition = match(scoring(query, all_words=all_words))
    return rows().filter(condition).annotate(score=RawSQL(SCORE, [], output_field=FloatField()))


def is_one_of(sql, values):
    """The condition that a row is among those ids. The plus keeps SQLite from looking up one by one:
    BM25 counts every token's rows each time that it is begun anew.
    """
    return RawSQL(f"+{TABLE}.rowid IN ({sql})", values, output_field=BooleanField())


def titled(query):
    """The ids of the rows with a word of the query in their title or other names, as SQL."""
    return match_ids(f"{{title also_called}} : {one_of(query.any)}")


def scoring(query, *, all_words):
    there = all_of(query) if all_words else one_of(query.any)
    # BM25 counts a token as often as it is asked for.
    names = [name for name, length in query.names.items() for _ in range(min(length, LONGEST))]
    return f"{there} AND {one_of((EVERY, *query.counting, *names))}"
