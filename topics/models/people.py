"""People: accounts, the authors who are credited and the reviewers who may sign."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. Its own model from the start, because Django can't change it later."""

    class Meta(AbstractUser.Meta):
        pass

    def printed_name(self):
        """The name to show of this account: the full name, or the user name where none is known."""
        return self.get_full_name() or self.username


class Author(models.Model):
    """A person credited with writing; not necessarily one with an account."""

    name = models.CharField(_("name"), max_length=200)
    credentials = models.CharField(
        _("credentials as printed"), max_length=200, blank=True, help_text=_("For example: MFA")
    )
    biography = models.TextField(_("biography"), blank=True)
    user = models.OneToOneField(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "id"]

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


class Reviewer(models.Model):
    """A clinician who may be asked to sign. Without an account it is a credit of an old page only."""

    name = models.CharField(_("name as printed"), max_length=200)
    credentials = models.CharField(
        _("credentials as printed"), max_length=200, help_text=_("For example: MD, MPH")
    )
    specialties = models.ManyToManyField(
        "topics.Specialty", related_name="reviewers", blank=True, verbose_name=_("specialties")
    )
    biography = models.TextField(_("biography"), blank=True)
    disclosure = models.TextField(
        _("disclosure of interests"),
        blank=True,
        help_text=_("Copied into each sign-off as it reads on that day."),
    )
    user = models.OneToOneField(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewer",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["name", "id"]

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


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
        return f"{self.title}, {self.issuer} ({self.valid_from} – {self.expires_on})"
