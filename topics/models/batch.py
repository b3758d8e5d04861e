"""The release batch: several editions that take effect at the same instant, or not at all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CANCELLED = " cancelled"


class ReleaseBatch(models.Model):
    """Editions that were released together. Cancelling one of them cancels all, and so does moving.

    Its editions refer to `key`, which is the number of its ledger entry. A cancelled batch has another
    key: every edition has to follow before the transaction ends, or the database refuses all of it.
    That is how no member can stay behind, on either database.

    Nor can one be left out: `last` names the release of the last of its editions. The releases follow
    the batch's own entry one by one, so the number is known before, and the same kind of check
    refuses a transaction that ends without it.
    """

    key = models.CharField(max_length=40, unique=True)
    starts_at = models.DateTimeField(_("in force from"))
    created_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("released"))
    entry = models.OneToOneField("topics.AuditEntry", models.PROTECT, related_name="+")
    last = models.ForeignKey(
        "topics.Edition", models.PROTECT, to_field="release_entry", related_name="+"
    )
    cancelled_entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("release batch")
        verbose_name_plural = _("release batches")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="release_batch_is_not_backdated",
                condition=models.Q(starts_at__gte=models.F("created_at")),
                violation_error_message=_("A batch can't start before it was released."),
            )
        ]

    def __str__(self):
        return self.key
