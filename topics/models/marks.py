"""What lists filter editions by: their authors, reviewers, specialties and codes, one row each."""

from django.db import models


class MarkKind(models.TextChoices):
    """What a mark names. A word of the database and of filters; nobody reads it."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    SPECIALTY = "specialty"
    CODE = "code"


class EditionMark(models.Model):
    """That an edition names an author, a reviewer, a specialty or a code. Append-only, as it is.

    `label` is how the edition has it, `key` how it is compared: folded words, or `system|CODE`. The
    release transaction writes them; the document and the record stay what is true.
    """

    edition = models.ForeignKey("topics.Edition", models.PROTECT, related_name="marks", db_index=False)
    kind = models.CharField(max_length=10, choices=MarkKind)
    key = models.CharField(max_length=400)
    label = models.CharField(max_length=400)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "key", "edition"], name="edition_by_mark")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "key"], name="mark_names_a_thing_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.label}"
