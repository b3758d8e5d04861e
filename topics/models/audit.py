"""The ledger: every act in one hash-chained, append-only order; its time never runs backwards."""

from datetime import timezone

from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.content.canonical import canonical, digest

WRONG_PASSWORD = "wrong_password"
"""The act of giving a wrong password where it is asked again; they are counted by account."""

GENESIS = "sha-256:" + "0" * 64
"""What the first entry names as the hash before it."""


class AuditEntry(models.Model):
    """One act: who did what to which version, when, and the hash that ties it to the entry before.

    `number` has no gaps and is the order in which acts were committed, because every act holds the
    ledger's lock until it ends; the change feed builds on that. `detail` is canonical JSON.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    act = models.CharField(_("act"), max_length=40)
    article = models.ForeignKey(
        "topics.Article", models.PROTECT, null=True, related_name="audit_entries"
    )
    version = models.ForeignKey(
        "topics.Version", models.PROTECT, null=True, related_name="audit_entries"
    )
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    detail = models.TextField(_("detail"), default="{}")
    previous_hash = models.CharField(_("hash of the entry before"), max_length=72)
    hash = models.CharField(_("hash"), max_length=72)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["act", "number"], name="entry_by_act"),
            models.Index(
                fields=["actor", "number"],
                condition=models.Q(act=WRONG_PASSWORD),
                name="wrong_password_by_actor",
            ),
            models.Index(fields=["at", "number"], name="entry_by_instant"),
        ]

    def __str__(self):
        return str(self.number)

    def computed_hash(self):
        """The hash that this entry must carry: the digest of all that it says, chained."""
        return digest(
            canonical(
                {
                    "number": self.number,
                    "at": self.at.astimezone(timezone.utc).isoformat(timespec="microseconds"),
                    "actor": self.actor_id,
                    "act": self.act,
                    "article": self.article_id,
                    "version": self.version_id,
                    "from_state": self.from_state,
                    "to_state": self.to_state,
                    "detail": self.detail,
                    "previous_hash": self.previous_hash,
                }
            )
        )
