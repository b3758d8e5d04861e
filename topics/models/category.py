"""The tree of categories: each carries a review policy and a specialty, or inherits its parent's."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import GradeRule


class Specialty(models.Model):
    """A field of medicine in which a reviewer may be qualified."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["name"]

    def __str__(self):
        return self.name


HIGHEST_GRADE = 18
"""School years end with the university's."""


class Category(models.Model):
    """A place in the tree. What it leaves empty it takes from the nearest ancestor that states it."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    policy = models.ForeignKey(
        "topics.ReviewPolicy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("review policy"),
        help_text=_("Empty: as the parent's."),
    )
    specialty = models.ForeignKey(
        Specialty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("its own specialty"),
        help_text=_("Who counts as a specialist here. Empty: as the parent's."),
    )

    target_grade = models.PositiveSmallIntegerField(
        _("target school grade"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_GRADE)],
        help_text=_("The hardest that a text may read, such as 8. Empty: as the parent's."),
    )
    grade_rule = models.CharField(
        _("where a text is harder"),
        max_length=10,
        choices=GradeRule,
        blank=True,
        help_text=_("Empty: as the parent's; where nobody says, it warns."),
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="category_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                violation_error_message=_("A category can't be its own parent."),
            ),
            models.CheckConstraint(
                name="target_grade_is_a_school_grade",
                condition=models.Q(target_grade__isnull=True)
                | models.Q(target_grade__range=(1, HIGHEST_GRADE)),
                violation_error_message=_("A school grade is a number from 1 to 18."),
            ),
            models.CheckConstraint(
                name="grade_rule_is_known",
                condition=models.Q(grade_rule__in=["", *GradeRule.values]),
                violation_error_message=_("A text that is too hard is warned of or refused."),
            ),
        ]

    def __str__(self):
        return self.name

    def ancestry(self):
        """This category and its ancestors, nearest first. A loop, which `clean` refuses, ends it."""
        seen, category = [], self
        while category is not None and category not in seen:
            seen.append(category)
            category = category.parent
        return seen

    def effective_policy(self):
        """The review policy that holds here, or None where no ancestor states one."""
        return next((c.policy for c in self.ancestry() if c.policy_id), None)

    def effective_specialty(self):
        """The specialty that counts as this category's own, or None where none is stated."""
        return next((c.specialty for c in self.ancestry() if c.specialty_id), None)

    def effective_target_grade(self):
        """The hardest school grade that a text may read here, or None where none is stated."""
        return next((c.target_grade for c in self.ancestry() if c.target_grade is not None), None)

    def effective_grade_rule(self):
        """What happens where a text is harder; a warning where no ancestor says."""
        return next((GradeRule(c.grade_rule) for c in self.ancestry() if c.grade_rule), GradeRule.WARN)

    def clean(self):
        if self.parent and self.pk and self in self.parent.ancestry():
            raise ValidationError(
                {"parent": _("%(name)s is below this category already.") % {"name": self.parent}}
            )
