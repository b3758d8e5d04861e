"""Medical review: the sign-offs that a version needs, who was asked, and who signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.models.people import Credential
from topics.vocabulary import Meaning


class Requirement(models.Model):
    """One sign-off that a version needs: its policy's role as it read on the day of submission."""

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    role = models.SlugField(_("role"), max_length=40)
    label = models.CharField(_("role"), max_length=80)
    meaning = models.CharField(_("meaning"), max_length=20, choices=Meaning)
    specialties = models.ManyToManyField("topics.Specialty", related_name="+")

    class Meta:
        verbose_name = _("required sign-off")
        verbose_name_plural = _("required sign-offs")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="requirement_names_each_role_once")
        ]

    def __str__(self):
        return self.label


class AssignmentQuerySet(models.QuerySet):
    def active(self):
        """Those that still stand."""
        return self.filter(ended_at=None)


class Assignment(models.Model):
    """A reviewer asked to fill one role on one version by a date."""

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="assignments")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey("topics.Reviewer", models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("due"))
    assigned_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("assigned"))
    ended_by = models.ForeignKey("topics.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement"],
                condition=models.Q(ended_at=None),
                name="one_reviewer_asked_per_role",
                violation_error_message=_("Somebody is asked for this role already."),
            ),
            models.UniqueConstraint(
                fields=["version", "reviewer"],
                condition=models.Q(ended_at=None),
                name="one_role_asked_per_reviewer",
                violation_error_message=_("This reviewer is asked for another role already."),
            ),
        ]

    def __str__(self):
        return f"{self.reviewer} · {self.requirement}"


PRINTED = ("title", "issuer", "number", "valid_from", "expires_on")
"""What a sign-off keeps of the credential that it was given on."""


def as_printed(credential):
    """The fields of a sign-off that say how its credential reads now."""
    return {f"credential_{name}": getattr(credential, name) for name in PRINTED}


class SignOff(models.Model):
    """A reviewer's dated signature on a digest, with what was printed of them on that day.

    Printed name, instant and meaning are what 21 CFR 11.50 asks of a signature. Append-only.
    """

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="sign_offs")
    requirement = models.OneToOneField(Requirement, models.PROTECT, related_name="sign_off")
    reviewer = models.ForeignKey("topics.Reviewer", models.PROTECT, related_name="sign_offs")
    user = models.ForeignKey("topics.User", models.PROTECT, related_name="sign_offs")
    digest = models.CharField(max_length=72)
    meaning = models.CharField(max_length=20, choices=Meaning)
    statement = models.TextField()
    role = models.CharField(max_length=80)
    printed_name = models.CharField(max_length=200)
    printed_credentials = models.CharField(max_length=200)
    credential = models.ForeignKey("topics.Credential", models.PROTECT, related_name="+")
    credential_title = models.CharField(max_length=200)
    credential_issuer = models.CharField(max_length=200)
    credential_number = models.CharField(max_length=100, blank=True)
    credential_valid_from = models.DateField()
    credential_expires_on = models.DateField()
    specialty = models.ForeignKey("topics.Specialty", models.PROTECT, related_name="+")
    printed_specialty = models.CharField(max_length=120)
    disclosure = models.TextField(blank=True)
    signed_at = models.DateTimeField(_("signed"))
    entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["version_id", "requirement__position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="one_person_signs_one_role")
        ]

    def __str__(self):
        return f"{self.printed_name} · {self.role}"

    def printed_credential(self):
        """The credential that it was given on, as it read on that day."""
        return Credential(**{name: getattr(self, f"credential_{name}") for name in PRINTED})
