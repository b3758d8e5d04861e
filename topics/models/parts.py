"""The parts of a version beside its text: authors in order, references, codes, related articles."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import CodeSystem


class Part(models.Model):
    """Something that belongs to one version, in an order, and is frozen with it."""

    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def copy_to(self, version):
        """An unsaved copy of this part for another version."""
        fields = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in ("id", "version")
        }
        return type(self)(version=version, **fields)


class VersionAuthorQuerySet(models.QuerySet):
    def accounts(self):
        """The ids of the accounts that were or are the credited authors'."""
        pairs = self.order_by().values_list("user", "author__user")
        return {user_id for pair in pairs for user_id in pair} - {None}


class VersionAuthor(Part):
    """An author as credited here: name, credentials and account of the day it was added.

    Nobody signs what they are credited with. The account of the author may be taken away or changed
    later; the one that stands here is frozen with the version.
    """

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="authors")
    author = models.ForeignKey(
        "topics.Author", models.PROTECT, related_name="+", verbose_name=_("author")
    )
    name = models.CharField(_("name as printed"), max_length=200, blank=True)
    credentials = models.CharField(_("credentials as printed"), max_length=200, blank=True)
    user = models.ForeignKey("topics.User", models.PROTECT, null=True, editable=False, related_name="+")

    objects = VersionAuthorQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "author"],
                name="author_is_credited_once",
                violation_error_message=_("This author is credited already."),
            )
        ]

    stored_author_id = None
    """Whom the row credited as it was read: the account goes with the author."""

    def __str__(self):
        return self.name

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row.stored_author_id = row.__dict__.get("author_id")
        return row

    def save(self, *args, **kwargs):
        """Copies name and credentials from the author where none were given, and the account.

        A copy of an earlier credit keeps the account of that one where the author has none any more.
        """
        if not self.name:
            self.name, self.credentials = self.author.name, self.author.credentials
        same = self.stored_author_id in (None, self.author_id)
        self.user_id = self.author.user_id or (self.user_id if same else None)
        super().save(*args, **kwargs)
        self.stored_author_id = self.author_id


class Reference(Part):
    """A source that the text rests on."""

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="references")
    title = models.CharField(_("title"), max_length=500)
    url = models.URLField(
        _("address"),
        max_length=500,
        blank=True,
        validators=[
            RegexValidator(
                r"^(?i:ftps?):",
                _("An address that begins with http:// or https://, please."),
                inverse_match=True,
            )
        ],
    )
    doi = models.CharField(
        "DOI",
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", _("A DOI such as 10.1000/182, please."))],
    )
    pmid = models.CharField(
        "PMID",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{1,8}$", _("A PMID is 1 to 8 digits."))],
    )

    class Meta(Part.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self):
        return self.title


class Code(Part):
    """What the article is about, in a code system that health records speak."""

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="codes")
    system = models.CharField(_("system"), max_length=20, choices=CodeSystem)
    code = models.CharField(
        _("code"),
        max_length=40,
        validators=[RegexValidator(r"^\S+$", _("A code has no spaces."))],
    )
    display = models.CharField(_("display"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "system", "code"],
                name="code_is_given_once",
                violation_error_message=_("This code is given already."),
            )
        ]

    def __str__(self):
        return f"{self.get_system_display()} {self.code}"


class RelatedArticle(Part):
    """Another article worth reading next. It is shown only while that one is in force."""

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="related")
    article = models.ForeignKey(
        "topics.Article", models.PROTECT, related_name="+", verbose_name=_("article")
    )

    class Meta(Part.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "article"],
                name="related_article_is_named_once",
                violation_error_message=_("This article is named already."),
            )
        ]

    def __str__(self):
        return str(self.article)

    def clean(self):
        if self.article_id and self.version_id and self.article_id == self.version.article_id:
            raise ValidationError({"article": _("An article isn't related to itself.")})


PARTS = (VersionAuthor, Reference, Code, RelatedArticle)
