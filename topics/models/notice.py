"""Notices: the dated legal texts that go with every article of a language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import NoticeKind


class Notice(models.Model):
    """A legal text in force from an instant until a later one of its kind and language. Append-only.

    A correction is a new notice, so that what readers were told on a day can still be shown. One
    that an import found has no instant yet: it is in force only once a publisher says from when.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    language = models.CharField(_("language"), max_length=12, default="en")
    text = models.TextField(_("text"))
    in_force_from = models.DateTimeField(
        _("in force from"), null=True, blank=True, help_text=_("In UTC. Empty: not in force yet.")
    )
    created_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["kind", "language", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "in_force_from"],
                name="one_notice_of_a_kind_starts_at_an_instant",
                violation_error_message=_("A notice of this kind starts at that instant already."),
            ),
            models.CheckConstraint(
                name="notice_is_not_backdated",
                condition=models.Q(in_force_from=None)
                | models.Q(in_force_from__gte=models.F("created_at")),
                violation_error_message=_("A notice can't be in force before it was written."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} [{self.language}]"
