"""The article: an enduring identity that holds no text."""

import re
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SLUG = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LANGUAGE = re.compile(r"\A[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?\Z")


def refuse_an_id_as_slug(value):
    """Refuses a slug that has the form of a public id: one address must name one article."""
    try:
        uuid.UUID(value)
    except ValueError:
        return
    raise ValidationError(_("A slug can't have the form of a public id."), code="slug_is_an_id")


class Article(models.Model):
    """What stays while wordings change: public id, slug, language, category, translation of."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(
        _("slug"),
        max_length=120,
        validators=[
            RegexValidator(SLUG, _("Lower-case letters, digits and single hyphens, please.")),
            refuse_an_id_as_slug,
        ],
        help_text=_("The readable address. It can't change once the article was published."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        default="en",
        validators=[RegexValidator(LANGUAGE, _("A BCP 47 tag such as en, es or es-MX, please."))],
    )
    category = models.ForeignKey(
        "topics.Category", models.PROTECT, related_name="articles", verbose_name=_("category")
    )
    translation_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    created_by = models.ForeignKey(
        "topics.User", models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["slug", "language"]
        permissions = [("create_article", "Can start an article")]
        indexes = [models.Index(fields=["language", "slug"], name="article_by_language")]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"],
                name="slug_is_unique_per_language",
                violation_error_message=_("An article with this slug exists in this language."),
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="one_translation_per_language",
                violation_error_message=_("That article has a translation into this language."),
            ),
            models.CheckConstraint(
                name="article_is_not_its_own_translation",
                condition=models.Q(translation_of__isnull=True)
                | ~models.Q(translation_of=models.F("id")),
                violation_error_message=_("An article can't be a translation of itself."),
            ),
        ]

    def __str__(self):
        return f"{self.slug} [{self.language}]"

    def clean(self):
        source = self.translation_of
        if source and source.translation_of_id:
            raise ValidationError(
                {"translation_of": _("Choose the original: this one is itself a translation.")}
            )
        if source and source.language == self.language:
            raise ValidationError(
                {"translation_of": _("A translation is in another language than its source.")}
            )
