"""The words by which versions are looked up in the admin's lists: an aid, no part of the record."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from topics.content.words import words

BATCH = 500


def words_of(version):
    """Every word of a version's title and other names, and of its article's slug and public id."""
    names = [name for name in version.also_called or [] if isinstance(name, str)]
    return words(version.title, *names, version.article.slug, version.article.public_id.hex)


class VersionWordQuerySet(models.QuerySet):
    def meant_by(self, terms):
        """The rows of the versions that have a word for every term; None of them for no term."""
        found = self.none()
        for place, term in enumerate(terms):
            exactly = {"word": term.first}
            between = {"word__gte": term.first, "word__lt": term.end}
            rows = self.filter(**(exactly if term.end is None else between))
            found = rows.filter(version__in=found.values("version")) if place else rows
        return found

    def keep(self, version):
        """Makes the rows of a version those of its words as they are now."""
        wanted = words_of(version)
        rows = self.filter(version=version)
        known = {bytes(word) for word in rows.values_list("word", flat=True)}
        if known - wanted:
            rows.filter(word__in=known - wanted).delete()
        self.bulk_create(self.rows(version, sorted(wanted - known)))

    def rows(self, version, found):
        return [self.model(version=version, article_id=version.article_id, word=w) for w in found]

    def fill(self, versions):
        """Writes the rows of versions that have none, batch by batch. Returns how many versions."""
        known = self.filter(version=OuterRef("pk"))
        missing = versions.filter(~Exists(known)).order_by("pk").select_related("article")
        light, last, filled = missing.only("title", "also_called", "article"), 0, 0
        while batch := list(light.filter(pk__gt=last)[:BATCH]):
            self.bulk_create(row for each in batch for row in self.rows(each, sorted(words_of(each))))
            last, filled = batch[-1].pk, filled + len(batch)
        return filled


class VersionWord(models.Model):
    """That a version can be found by a word. `article` is repeated, so that one index answers."""

    # The indexes below serve these two as well.
    version = models.ForeignKey("topics.Version", models.CASCADE, related_name="words", db_index=False)
    article = models.ForeignKey("topics.Article", models.CASCADE, related_name="words", db_index=False)
    word = models.BinaryField(max_length=160)

    objects = VersionWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        default_permissions = ()
        indexes = [models.Index(fields=["word", "version", "article"], name="version_by_word")]
        constraints = [
            models.UniqueConstraint(fields=["version", "word"], name="word_leads_to_a_version_once")
        ]

    def __str__(self):
        return bytes(self.word).decode()
