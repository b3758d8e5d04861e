"""The index by which the public finds editions: an aid that can be made anew, no part of the record.

What is asked of it is always joined with the editions in force, so that it can miss but never leak.
"""

from django.db import models


class SearchState(models.Model):
    """How far the index has followed the ledger and the clock; one row, with the id 1.

    Its row is also the lock under which the index is written.
    """

    seq = models.BigIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.seq} · {self.until}"


class SearchEntry(models.Model):
    """That an edition is in the index, with what its matches are counted by: small rows to group."""

    edition = models.OneToOneField("topics.Edition", models.CASCADE, primary_key=True, related_name="+")
    article = models.ForeignKey("topics.Article", models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=12)
    audience = models.CharField(max_length=20)
    category = models.ForeignKey("topics.Category", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.pk)


class SearchName(models.Model):
    """A name of an indexed edition, from one of its words on. Bytes sort alike in every database.

    `word` is the first word of `key`, and `backwards` the same from its end, for words misspelt at
    their beginning.
    """

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="names")
    language = models.CharField(max_length=12)
    key = models.BinaryField(max_length=330)
    word = models.BinaryField(max_length=170)
    backwards = models.BinaryField(max_length=170)
    shown = models.TextField()
    is_title = models.BooleanField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["key", "entry"], name="search_name_by_key"),
            models.Index(fields=["word", "language", "entry"], name="search_name_by_word"),
            models.Index(fields=["backwards", "word", "language", "entry"], name="search_name_by_end"),
        ]

    def __str__(self):
        return self.shown


class SearchText(models.Model):
    """The row of an indexed edition in SQLite's FTS5 table, which is raised after migrating."""

    entry = models.OneToOneField(
        SearchEntry, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="+"
    )

    class Meta:
        managed = False
        db_table = "topics_search_fts"
        default_permissions = ()


class SearchVector(models.Model):
    """The row of an indexed edition in PostgreSQL's table of vectors, raised after migrating."""

    entry = models.OneToOneField(SearchEntry, models.DO_NOTHING, primary_key=True, related_name="+")

    class Meta:
        managed = False
        db_table = "topics_search_vector"
        default_permissions = ()
