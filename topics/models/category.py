"""The tree of categories: each carries a review policy and a specialty, or inherits its parent's."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Specialty(models.Model):
    """A field of medicine in which a reviewer may be qualified."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["name"]

    def __str__(self):
        return self.name


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

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="category_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                violation_error_message=_("A category can't be its own parent."),
            )
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

    def clean(self):
        if self.parent and self.pk and self in self.parent.ancestry():
            raise ValidationError(
                {"parent": _("%(name)s is below this category already.") % {"name": self.parent}}
            )
