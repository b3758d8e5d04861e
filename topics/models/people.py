"""People: accounts, the authors who are credited and the reviewers who may sign."""

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.models.article import LANGUAGE
from topics.models.zones import UTC, known_zone, zone_named


class User(AbstractUser):
    """An account. Its own model from the start, because Django can't change it later."""

    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=UTC,
        validators=[known_zone],
        help_text=_("Releases are scheduled and shown in it; the API stays in UTC."),
    )

    class Meta(AbstractUser.Meta):
        pass

    def printed_name(self):
        """The name to show of this account: the full name, or the user name where none is known."""
        return self.get_full_name() or self.username

    def zone(self):
        """The time zone in which this person reads and types dates and times."""
        return zone_named(self.time_zone)


class Person(models.Model):
    """What is told of an author as of a reviewer: what they know, who they are, who pays them."""

    specialties = models.ManyToManyField(
        "topics.Specialty", related_name="%(class)ss", blank=True, verbose_name=_("specialties")
    )
    biography = models.TextField(_("biography"), blank=True)
    disclosure = models.TextField(_("disclosure of interests"), blank=True)
    user = models.OneToOneField(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s",
        verbose_name=_("account"),
    )

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


class Author(Person):
    """A person credited with writing; not necessarily one with an account."""

    name = models.CharField(_("name"), max_length=200)
    credentials = models.CharField(
        _("credentials as printed"), max_length=200, blank=True, help_text=_("For example: MFA")
    )

    class Meta(Person.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")


class Reviewer(Person):
    """A clinician who may be asked to sign. Without an account it is a credit of an old page only."""

    name = models.CharField(_("name as printed"), max_length=200)
    credentials = models.CharField(
        _("credentials as printed"), max_length=200, help_text=_("For example: MD, MPH")
    )
    disclosure = models.TextField(
        _("disclosure of interests"),
        blank=True,
        help_text=_("Copied into each sign-off as it reads on that day."),
    )

    class Meta(Person.Meta):
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")


class ReviewerLanguage(models.Model):
    """A language in which a reviewer reads and signs. A base language covers its regions."""

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="languages")
    language = models.CharField(
        _("language"),
        max_length=12,
        validators=[RegexValidator(LANGUAGE, _("A BCP 47 tag such as en, es or es-MX, please."))],
    )

    class Meta:
        verbose_name = _("language of a reviewer")
        verbose_name_plural = _("languages of reviewers")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "language"],
                name="reviewer_reads_each_language_once",
                violation_error_message=_("This language is named already."),
            )
        ]

    def __str__(self):
        return self.language


class CredentialQuerySet(models.QuerySet):
    def valid(self, *, on):
        """Those in date on the given day; the day of expiry still counts."""
        return self.filter(valid_from__lte=on, expires_on__gte=on)


class Credential(models.Model):
    """A dated licence or certificate of a reviewer, as its issuer states it."""

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="credential_set")
    title = models.CharField(_("credential"), max_length=200)
    issuer = models.CharField(_("issuer"), max_length=200)
    number = models.CharField(_("number"), max_length=100, blank=True)
    valid_from = models.DateField(_("valid from"))
    expires_on = models.DateField(_("expires on"))

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-expires_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="credential_expires_after_it_starts",
                condition=models.Q(expires_on__gte=models.F("valid_from")),
                violation_error_message=_("A credential can't expire before it starts."),
            )
        ]

    def __str__(self):
        named = ", ".join(filter(None, (self.title, self.issuer, self.number)))
        return f"{named} ({self.valid_from} – {self.expires_on})"
