"""What an imported page said of itself: kept as its statement, never taken for a review of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceStatement(models.Model):
    """The date and the reviewers that an imported page stated, and what the import left out.

    `stated_reviewers`: list of `{role, reviewer (id), name, credentials, specialty}` in the page's
    order. `left_out`: list of `{line, text, reason}`.
    """

    version = models.OneToOneField("topics.Version", models.PROTECT, related_name="source")
    file_name = models.CharField(_("file"), max_length=255)
    stated_date = models.DateField(_("last updated, as the source stated"), null=True)
    stated_reviewers = models.JSONField(_("reviewers, as the source stated"), default=list)
    left_out = models.JSONField(_("left out"), default=list)
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("source statement")
        verbose_name_plural = _("source statements")

    def __str__(self):
        return self.file_name
