"""The directory of a licensee: its physicians and services, and beside which categories they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import DirectoryKind


class DirectoryEntry(models.Model):
    """A physician or a service of a licensee, shown with articles of its categories and specialties.

    A category covers those below it. A specialty stands for the categories that have it as their own
    or inherit it.
    """

    licensee = models.ForeignKey(
        "topics.Licensee", models.PROTECT, related_name="directory", verbose_name=_("licensee")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DirectoryKind)
    name = models.CharField(_("name"), max_length=200)
    credentials = models.CharField(_("credentials"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("address on the web"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    categories = models.ManyToManyField(
        "topics.Category", blank=True, related_name="+", verbose_name=_("categories")
    )
    specialties = models.ManyToManyField(
        "topics.Specialty", blank=True, related_name="+", verbose_name=_("specialties")
    )
    is_listed = models.BooleanField(
        _("listed"), default=True, help_text=_("Untick to take it out of the directory.")
    )
    # What consumers get, as JSON text: written when the entry is placed, copied when it is read.
    shown = models.TextField(default="{}", editable=False)

    class Meta:
        verbose_name = _("entry of a directory")
        verbose_name_plural = _("directory")
        ordering = ["licensee_id", "kind", "name", "id"]

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


class DirectoryPlace(models.Model):
    """That an entry stands beside the articles of a category; an index, written with the entry."""

    entry = models.ForeignKey(DirectoryEntry, models.CASCADE, related_name="places")
    licensee = models.ForeignKey("topics.Licensee", models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey("topics.Category", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("place of a directory's entry")
        verbose_name_plural = _("places of directory entries")
        indexes = [models.Index(fields=["licensee", "category", "entry"], name="directory_by_category")]

    def __str__(self):
        return f"{self.entry} · {self.category}"
