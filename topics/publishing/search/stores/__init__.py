"""The two stores of the index behind one interface, and the choice between them.

A store holds the tokens of each indexed edition and ranks by them. It has:

- `prepare(using)`: raises its tables; safe to repeat.
- `clear()`, `add({edition id: tokens by field})`, `remove(edition ids)`: write it.
- `rows()`: its rows as a queryset that leads to `entry`.
- `matching(query, all_words=…)`: the ids of the rows that have all of its words, or any, as SQL.
- `among_found(query, none_whole=…)`: the condition on entries that they have all, or else any of them.
- `ranked(query, all_words=…)`: those rows with `score`: the best have the most.
- `titled(query)`: the ids of those that have a word of it in a name, as SQL.
- `is_one_of(sql, values)`: the condition that a row is among the ids that the SQL gives.
"""

from topics.models.walls import dialect
from topics.publishing.search.stores import fts5, vectors


def store(using="default"):
    """The store for the database in use."""
    return vectors if dialect.is_postgresql(using) else fts5
