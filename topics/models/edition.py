"""The edition: a version in force for the public over an interval, with its frozen document."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import Audience, ChangeKind, ReviewStatus, WithdrawalKind


class EditionQuerySet(models.QuerySet):
    """Questions about the shelf; they read when chained: `editions.in_force(at=…).overdue(on=…)`."""

    def ever_in_force(self):
        """Without those whose release was cancelled before it came (an empty interval)."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=F("starts_at")))

    def started(self, *, at):
        """Those that have been public at some time up to `at`."""
        return self.ever_in_force().filter(starts_at__lte=at)

    def in_force(self, *, at):
        """Those that are public at the instant `at`."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)

    def scheduled(self, *, at):
        """Those whose release is still to come at the instant `at`."""
        return self.ever_in_force().filter(starts_at__gt=at)

    def current(self, *, on):
        return self.filter(review_warning_on__gt=on)

    def due(self, *, on):
        return self.filter(review_warning_on__lte=on, next_review_due__gt=on)

    def overdue(self, *, on):
        """Those whose review should have been done: the due day itself is overdue."""
        return self.filter(next_review_due__lte=on)


class Edition(models.Model):
    """What the public reads. Only the release transaction writes it; only its end may move.

    `document` is the canonical JSON that was signed; `record` the canonical JSON of what goes with
    it: numbers, dates, sign-offs as printed. The interval is `[starts_at, ends_at)` in UTC, open
    where `ends_at` is empty, and empty where the release was cancelled before it came. Editions of one
    `batch` were released together.
    """

    # The indexes below serve these two as well.
    article = models.ForeignKey(
        "topics.Article", models.PROTECT, related_name="editions", db_index=False
    )
    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    starts_at = models.DateTimeField(_("in force from"))
    ends_at = models.DateTimeField(_("in force until"), null=True)
    expires_at = models.DateTimeField(_("withheld from"), null=True)

    document = models.TextField()
    digest = models.CharField(max_length=72)
    record = models.TextField()
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"))
    language = models.CharField(_("language"), max_length=12)
    audience = models.CharField(_("written for"), max_length=20, choices=Audience)
    category = models.ForeignKey(
        "topics.Category",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("category"),
    )
    change_kind = models.CharField(_("kind of change"), max_length=20, choices=ChangeKind)

    first_published = models.DateTimeField(_("first published"))
    modified = models.DateTimeField(_("text last changed"))
    last_reviewed = models.DateField(_("last reviewed"))
    review_warning_on = models.DateField(_("warned from"))
    next_review_due = models.DateField(_("next review due"))

    released_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+", db_index=False)
    released_at = models.DateTimeField(_("released"))
    release_entry = models.OneToOneField("topics.AuditEntry", models.PROTECT, related_name="+")
    end_entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, null=True, related_name="+")
    # Most have none, and an index of nothing would be taken for a narrow one: a partial one serves.
    withdrawal = models.ForeignKey(
        "topics.Withdrawal", models.PROTECT, null=True, related_name="+", db_index=False
    )
    batch = models.ForeignKey(
        "topics.ReleaseBatch", models.PROTECT, to_field="key", null=True, related_name="editions"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["article_id", "-number"]
        indexes = [
            # With all that lists and the feed choose by: else they would read every document.
            models.Index(
                fields=[
                    *("article", "starts_at", "ends_at"),
                    *("release_entry", "end_entry", "withdrawal"),
                    *("category", "language", "audience", "first_published", "modified"),
                    *("last_reviewed", "review_warning_on", "next_review_due"),
                ],
                name="edition_by_article",
            ),
            models.Index(
                fields=[
                    *("starts_at", "id", "ends_at", "article", "version"),
                    *("category", "language", "change_kind"),
                    *("next_review_due", "review_warning_on"),
                ],
                name="edition_by_start",
            ),
            models.Index(
                fields=["ends_at", "starts_at", "article", "expires_at", "withdrawal"],
                name="edition_by_end",
            ),
            models.Index(fields=["released_by", "released_at"], name="edition_by_publisher"),
            models.Index(
                fields=["withdrawal"],
                condition=Q(withdrawal__isnull=False),
                name="edition_by_withdrawal",
            ),
            # With both instants: without them SQLite would take a whole index for this narrow one.
            models.Index(
                fields=["version", "starts_at", "ends_at"],
                condition=Q(ends_at=F("starts_at")),
                name="edition_that_was_cancelled",
            ),
            models.Index(
                fields=["next_review_due", "starts_at", "ends_at", "article", "review_warning_on"],
                name="edition_by_due_day",
            ),
            models.Index(
                fields=["review_warning_on", "starts_at", "ends_at", "article", "next_review_due"],
                name="edition_by_warning_day",
            ),
            *(
                models.Index(fields=[name, "article", "starts_at", "ends_at"], name=f"edition_by_{name}")
                for name in ("modified", "first_published", "last_reviewed", "title")
            ),
            models.Index(fields=["digest"], name="edition_by_digest"),
            # For whoever names an edition by its key: PostgreSQL would read all the documents instead.
            models.Index(fields=["id", "article", "number"], name="edition_in_brief"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="edition_number_is_unique_in_its_article"
            ),
            models.CheckConstraint(
                name="edition_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("An edition can't end before it starts."),
            ),
            models.CheckConstraint(
                name="edition_is_not_backdated",
                condition=Q(starts_at__gte=F("released_at")),
                violation_error_message=_("An edition can't start before it was released."),
            ),
            models.CheckConstraint(
                name="edition_ends_by_its_expiry",
                condition=Q(expires_at=None)
                | (Q(ends_at__isnull=False) & Q(ends_at__lte=F("expires_at"))),
                violation_error_message=_("An edition can't be served past its expiry."),
            ),
        ]

    def __str__(self):
        return gettext("%(title)s · edition %(number)s") % {"title": self.title, "number": self.number}

    def is_in_force(self, *, at):
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def was_cancelled(self):
        """Whether the release was cancelled before it came: its interval is empty."""
        return self.ends_at == self.starts_at

    def review_status(self, *, on):
        """Current, due or overdue on the given day (UTC)."""
        if on >= self.next_review_due:
            return ReviewStatus.OVERDUE
        return ReviewStatus.DUE if on >= self.review_warning_on else ReviewStatus.CURRENT


def recalled_content(relation):
    """A column of the `editions` or `versions` of which just the content was recalled for safety.

    Recalls are few, so a list looks each of its rows up among them: asked row by row, a database
    would read the withdrawals of every article.
    """
    path = f"edition__article__{relation}"
    recalls = Withdrawal.objects.order_by().filter(kind=WithdrawalKind.SAFETY_RECALL)
    return recalls.filter(**{f"{path}__digest": F("edition__digest")}).values(path)


class Withdrawal(models.Model):
    """Why an edition stopped being public, and what to read instead. Append-only."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="withdrawals")
    kind = models.CharField(_("kind"), max_length=20, choices=WithdrawalKind)
    explanation = models.TextField(_("explanation"))
    replacement = models.ForeignKey(
        "topics.Article", models.PROTECT, null=True, blank=True, related_name="+"
    )
    effective_at = models.DateTimeField(_("effective"))
    withdrawn_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    entry = models.ForeignKey("topics.AuditEntry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="withdrawal_says_why",
                condition=~Q(explanation=""),
                violation_error_message=_("A withdrawal says why."),
            ),
            models.CheckConstraint(
                name="moved_article_names_its_replacement",
                condition=~Q(kind=WithdrawalKind.MOVED) | Q(replacement__isnull=False),
                violation_error_message=_("A moved article names what replaced it."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.edition}"
