"""The different values of an indexed column, found by leaping from one to the next."""

from django.db import connections

LEAP = """
WITH RECURSIVE leap(value) AS (
    SELECT min({column}) FROM {table}
    UNION ALL
    SELECT (SELECT min({column}) FROM {table} WHERE {column} > leap.value) FROM leap
    WHERE leap.value IS NOT NULL
)
SELECT value FROM leap WHERE value IS NOT NULL
"""


def values_of(model, name):
    """The values of a field, in order: as many steps into its index as there are values; one query.

    `SELECT DISTINCT` would walk the whole index. The field must be the first of an index.
    """
    connection = connections[model.objects.db]
    column = connection.ops.quote_name(model._meta.get_field(name).column)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(LEAP.format(column=column, table=table))
        return [value for (value,) in cursor.fetchall()]
