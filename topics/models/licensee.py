"""The licensee: an organisation that reads with a key, and what it may receive from when until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Licensee(models.Model):
    """An organisation whose sites and apps show articles. It is never deleted: its licence ends."""

    name = models.CharField(_("organisation"), max_length=200, unique=True)
    site_names = models.JSONField(
        _("site names"),
        default=list,
        blank=True,
        help_text=_("One a line, as its pages print them around an article."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For us alone: contacts, contract."))

    class Meta:
        verbose_name = _("licensee")
        verbose_name_plural = _("licensees")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="licensee_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("A licensee has a name."),
            )
        ]

    def __str__(self):
        return self.name


class LicenceQuerySet(models.QuerySet):
    def begun(self, *, at):
        """Those that have begun by the instant, the one that counts first: the one that began last.

        That one alone says what the licensee may receive, also where it has ended.
        """
        return self.filter(starts_at__lte=at).order_by("-starts_at", "-pk")


class Licence(models.Model):
    """What a licensee may receive over `[starts_at, ends_at)`. Append-only: a change is a new licence.

    So the feed can tell what was allowed at any earlier instant, and hence what has to be deleted.
    `category_ids` are the categories chosen and all that lay below them when it was written; where a
    category comes under one of them later, the licence is written anew.
    """

    licensee = models.ForeignKey(
        Licensee, models.PROTECT, related_name="licences", verbose_name=_("licensee")
    )
    languages = models.JSONField(_("languages"))
    every_category = models.BooleanField(_("every category"), default=False)
    chosen_ids = models.JSONField(_("categories"), default=list)
    category_ids = models.JSONField(default=list)
    terms = models.TextField(_("terms"), blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True)
    given_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, related_name="+")

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="licence_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("A licence can't end before it begins."),
            ),
            models.CheckConstraint(
                name="licence_is_not_backdated",
                condition=Q(starts_at__gte=F("given_at")),
                violation_error_message=_("A licence can't begin before it was given."),
            ),
        ]

    def __str__(self):
        return f"{self.licensee} · {self.starts_at:%Y-%m-%d}"

    def is_in_effect(self, *, at):
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
