"""The preview link: one version shown for a while to people without an account."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import OPEN_STATES

LONGEST = timedelta(days=30)


class PreviewLinkQuerySet(models.QuerySet):
    def alive(self, *, at):
        """Those that open their version then: not ended or revoked, and it is not released or returned.

        A link ends with the account that made it: who has left shares nothing any more.
        A version that is scheduled counts as released: its state says so from that act on.
        """
        return self.filter(
            revoked_at=None,
            expires_at__gt=at,
            created_by__is_active=True,
            version__state__in=OPEN_STATES,
        )


class PreviewLink(models.Model):
    """A link that opens exactly one version. Kept for good; only revoking it may be added.

    The token is made of `nonce` with the server's key, and found by its hash: neither what is kept
    here nor the key alone gives it away.
    """

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="preview_links")
    nonce = models.CharField(max_length=32, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    entry = models.OneToOneField("topics.AuditEntry", models.PROTECT, related_name="+")
    revoked_by = models.ForeignKey("topics.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoke_entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, null=True, related_name="+")

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="preview_link_ends_within_30_days",
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + LONGEST),
                violation_error_message=_("A preview link ends within 30 days."),
            )
        ]

    def __str__(self):
        return f"{self.version} · {self.created_at:%Y-%m-%d}"
