"""The API key of a licensee, of which only a hash is kept, and how often it was used for what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiKeyQuerySet(models.QuerySet):
    def alive(self, *, at):
        """Those that open something at the instant."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


class ApiKey(models.Model):
    """A secret by which a licensee is known. `prefix` is its visible beginning, to tell it by."""

    licensee = models.ForeignKey("topics.Licensee", models.PROTECT, related_name="keys")
    label = models.CharField(_("what uses it"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=16, unique=True)
    key_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)
    made_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, related_name="+")
    revoked_by = models.ForeignKey("topics.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.prefix}…"

    def is_alive(self, *, at):
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


class Usage(models.Model):
    """How often an article was given to a key on a day (UTC): `requests` counts 200 and 304 alike."""

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="usage", db_index=False)
    day = models.DateField(_("day"))
    article = models.ForeignKey("topics.Article", models.PROTECT, related_name="+")
    requests = models.PositiveBigIntegerField(_("requests"))

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usage")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "day", "article"], name="usage_of_a_day_is_one_number"
            )
        ]

    def __str__(self):
        return f"{self.key} · {self.day}: {self.requests}"
