"""Review policies: which sign-offs an article needs, how often, and what happens when overdue."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import WhenOverdue


class ReviewPolicy(models.Model):
    """What a category asks of medical review.

    Changes bind what is submitted afterwards; a role that was added binds what is not yet released.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    interval_months = models.PositiveSmallIntegerField(
        _("review again after (months)"),
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    warning_days = models.PositiveSmallIntegerField(
        _("warn before it is due (days)"), default=90, validators=[MaxValueValidator(3650)]
    )
    when_overdue = models.CharField(
        _("when overdue"), max_length=10, choices=WhenOverdue, default=WhenOverdue.FLAG
    )
    grace_days = models.PositiveSmallIntegerField(
        _("grace before withholding (days)"), default=0, validators=[MaxValueValidator(3650)]
    )

    class Meta:
        verbose_name = _("review policy")
        verbose_name_plural = _("review policies")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="policy_interval_is_one_to_120_months",
                condition=models.Q(interval_months__gte=1, interval_months__lte=120),
                violation_error_message=_("The interval is between 1 and 120 months."),
            )
        ]

    def __str__(self):
        return self.name


class PolicyRole(models.Model):
    """One sign-off that a policy asks for, and the specialties that may give it."""

    policy = models.ForeignKey(ReviewPolicy, models.CASCADE, related_name="roles")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    role = models.SlugField(_("role"), max_length=40, help_text=_("For example: primary"))
    label = models.CharField(_("as printed"), max_length=80)
    specialties = models.ManyToManyField(
        "topics.Specialty",
        blank=True,
        related_name="+",
        verbose_name=_("specialties that may sign"),
    )
    own_specialty = models.BooleanField(_("the category's own specialty may sign"), default=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["policy_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "role"],
                name="policy_names_each_role_once",
                violation_error_message=_("This policy has that role already."),
            )
        ]

    def __str__(self):
        return self.label

    def specialties_for(self, category):
        """The specialties whose reviewers may fill this role in the given category."""
        own = category.effective_specialty() if self.own_specialty else None
        return set(self.specialties.all()) | ({own} if own else set())
