"""The version: one numbered wording of an article, editable as a draft, frozen once submitted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from topics.content.document import plain
from topics.content.html import clean
from topics.vocabulary import OPEN_STATES, ChangeKind, State

CONTENT_FIELDS = ("title", "also_called", "summary", "body")
EDITABLE_FIELDS = (*CONTENT_FIELDS, "change_kind", "change_note", "internal_note")


class VersionQuerySet(models.QuerySet):
    def open(self):
        """Those that hold their article's only open place."""
        return self.filter(state__in=OPEN_STATES)


class Version(models.Model):
    """One wording. `document` and `digest` are set when it is submitted; then nothing changes.

    The text and the parts below it (authors, references, codes, related articles) are written
    through `workflow.drafting`; the state moves through `workflow.door` alone. The database
    refuses either elsewhere.
    """

    article = models.ForeignKey("topics.Article", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"))

    title = models.CharField(_("title"), max_length=200, blank=True)
    also_called = models.JSONField(_("also called"), default=list, blank=True)
    summary = models.TextField(_("plain-language summary"), blank=True)
    body = models.TextField(_("body"), blank=True)

    change_kind = models.CharField(
        _("kind of change"), max_length=20, choices=ChangeKind, default=ChangeKind.NEW
    )
    change_note = models.TextField(
        _("change note for the public"), blank=True, help_text=_("Shown with the article.")
    )
    internal_note = models.TextField(_("internal note"), blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )

    created_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"))
    edited_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("last edited"))
    revision = models.PositiveIntegerField(default=1, editable=False)

    submitted_by = models.ForeignKey("topics.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    policy = models.ForeignKey("topics.ReviewPolicy", models.PROTECT, null=True, related_name="+")
    document = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=72, blank=True, editable=False)

    return_remarks = models.TextField(_("remarks on return"), blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "-number"]
        indexes = [models.Index(fields=["state", "state_since"], name="version_by_state")]
        permissions = [
            ("edit_version", "Can write drafts"),
            ("submit_version", "Can submit a draft to editorial review"),
            ("send_version", "Can send a version to medical review"),
            ("return_version", "Can return a version with remarks"),
            ("assign_reviewer", "Can assign reviewers"),
            ("sign_version", "Can sign a version as its reviewer"),
            ("release_version", "Can release, schedule, cancel and withdraw"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="version_number_is_unique_in_its_article"
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(state__in=OPEN_STATES),
                name="one_open_version_per_article",
                violation_error_message=_("This article has an open version already."),
            ),
            models.CheckConstraint(
                name="state_is_known",
                condition=models.Q(state__in=State.values),
                violation_error_message=_("There is no such state."),
            ),
            models.CheckConstraint(
                name="change_kind_is_known",
                condition=models.Q(change_kind__in=ChangeKind.values),
                violation_error_message=_("There is no such kind of change."),
            ),
            models.CheckConstraint(
                name="returned_version_says_why",
                condition=~models.Q(state=State.RETURNED) | ~models.Q(return_remarks=""),
                violation_error_message=_("A version is returned with remarks."),
            ),
        ]

    def __str__(self):
        return f"{self.title or self.article.slug} · v{self.number}"

    @property
    def is_draft(self):
        return self.state == State.DRAFT

    def save(self, *args, **kwargs):
        """Stores the title and the body in the form in which they are signed, whoever calls."""
        if self.state == State.DRAFT:
            self.title = plain(self.title)
            self.body = clean(self.body)
        super().save(*args, **kwargs)

    def contributors(self):
        """Ids of the accounts that wrote or edited this wording or one that it continues."""
        return {self.created_by_id, *self.contributions.values_list("user_id", flat=True)}

    def writers(self):
        """Ids of the accounts that may not sign: contributors, and credited authors who have one."""
        credited = self.authors.exclude(author__user=None).values_list("author__user_id", flat=True)
        return self.contributors() | set(credited)


class Contribution(models.Model):
    """That an account wrote or edited a version, or one that the version was copied from."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="contributions")
    user = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="contribution_is_recorded_once")
        ]

    def __str__(self):
        return f"{self.user} on {self.version}"
