"""Notices: the dated legal texts that go with every article of a language, or with a licensee's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import NoticeKind


class Notice(models.Model):
    """A legal text in force from an instant until a later one of its kind and language. Append-only.

    One of a licensee takes the place of the general one in what that licensee gets; an empty text
    gives the place back.

    A correction is a new notice, so that what readers were told on a day can still be shown. One
    that an import found has no instant yet: it is in force only once a publisher says from when.
    """

    licensee = models.ForeignKey(
        "topics.Licensee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("licensee"),
        help_text=_("Whose replies it goes with, in place of the general notice. Empty: everybody's."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    language = models.CharField(_("language"), max_length=12, default="en")
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_("A licensee's notice without a text: from then on the general one again."),
    )
    in_force_from = models.DateTimeField(
        _("in force from"), null=True, blank=True, help_text=_("Empty: not in force yet.")
    )
    created_by = models.ForeignKey(
        "topics.User", models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["kind", "language", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "in_force_from"],
                condition=models.Q(licensee=None),
                name="one_notice_of_a_kind_starts_at_an_instant",
                violation_error_message=_("A notice of this kind starts at that instant already."),
            ),
            models.UniqueConstraint(
                fields=["licensee", "kind", "language", "in_force_from"],
                name="one_notice_of_a_licensee_starts_at_an_instant",
                violation_error_message=_("A notice of this kind starts at that instant already."),
            ),
            models.CheckConstraint(
                name="general_notice_has_a_text",
                condition=models.Q(licensee__isnull=False) | ~models.Q(text=""),
                violation_error_message=_("A notice for everybody has a text."),
            ),
            models.CheckConstraint(
                name="notice_is_not_backdated",
                condition=models.Q(in_force_from=None)
                | models.Q(in_force_from__gte=models.F("created_at")),
                violation_error_message=_("A notice can't be in force before it was written."),
            ),
        ]

    def __str__(self):
        named = f"{self.get_kind_display()} [{self.language}]"
        return f"{self.licensee}: {named}" if self.licensee_id else named
