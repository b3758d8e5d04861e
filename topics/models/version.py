"""The version: one numbered wording of an article, editable as a draft, frozen once submitted."""

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from topics.content.document import plain
from topics.content.html import clean
from topics.models.edition import Edition
from topics.models.words import VersionWord
from topics.vocabulary import OPEN_STATES, Audience, ChangeKind, State

CONTENT_FIELDS = ("title", "also_called", "audience", "summary", "body")
EDITABLE_FIELDS = (*CONTENT_FIELDS, "change_kind", "change_note", "internal_note")


TAKEN_BACK = _("Release cancelled")
"""The word for a version whose only release was cancelled before it came."""


class VersionQuerySet(models.QuerySet):
    def open(self):
        """Those that hold their article's only open place."""
        return self.filter(state__in=OPEN_STATES)

    def taken_back(self):
        """Those whose only release was cancelled before it came: signed, never public, the newest.

        What has an edition is in the state `released`, so that isn't asked: a database would begin
        with the many that are, and not with the few that were cancelled.
        """
        newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
        ever = Edition.objects.ever_in_force().filter(version=OuterRef("pk"))
        cancelled = Edition.objects.filter(ends_at=F("starts_at")).order_by().values("version")
        return self.filter(~Exists(newer), ~Exists(ever), pk__in=cancelled)

    def waiting_for_release(self):
        """Those that all have signed and nobody could read yet, approved or taken back."""
        return self.filter(pk__in=waiting_for_release())

    def at_work(self):
        """Those that somebody has in hand: the open ones, and those that wait for release."""
        return self.filter(at_work())

    def with_taken_back(self):
        """The same rows, each knowing of itself whether it was taken back."""
        return self.annotate(taken_back=among("pk", all_taken_back("pk")))


def all_taken_back(column):
    """A column of every version that was taken back."""
    return Version.objects.taken_back().order_by().values(column)


def in_states_or_taken_back(states):
    """The keys of the versions that are in one of the states or were taken back: one set.

    Asked of each row, those that were taken back would be looked for again and again (SQLite); with
    an `OR` beside the states the whole table would be read (PostgreSQL).
    """
    in_states = Version.objects.filter(state__in=states).order_by().values("pk")
    return in_states.union(all_taken_back("pk"))


def waiting_for_release():
    """The keys of the versions that all have signed and nobody could read yet."""
    return in_states_or_taken_back([State.APPROVED])


def at_work():
    return Q(pk__in=in_states_or_taken_back(OPEN_STATES))


def among(column, values):
    """Whether a column of a row is one of the values of a query; a column of its own."""
    return ExpressionWrapper(Q(**{f"{column}__in": values}), output_field=models.BooleanField())


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
    audience = models.CharField(
        _("written for"), max_length=20, choices=Audience, default=Audience.PATIENT
    )

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

    made_from = models.ForeignKey(
        "topics.Edition",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="translated_as",
        verbose_name=_("made from edition"),
        help_text=_("Of a translation: the edition of its source that this wording renders."),
    )
    caught_up = models.JSONField(_("caught up"), default=list, blank=True, editable=False)
    """Of a translation, each time it was taken on to a newer edition of its source since what was
    released: `{"from", "wording"}`, the id of the edition before and `rules.carrying_over.wording`.
    """

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

    typed_parts = None
    """Parts as somebody has them in a form, laid over the stored ones: then it can't be saved."""

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article_id", "-number"]
        indexes = [
            # With what lists choose and order by: else they would walk through the texts.
            models.Index(
                fields=["state", "state_since", "id", "article", "number"], name="version_by_state"
            ),
            models.Index(
                fields=["change_kind", "state_since", "id", "article", "number"],
                name="version_by_kind",
            ),
            models.Index(fields=["state_since", "id", "article"], name="version_by_time"),
            models.Index(fields=["digest"], name="version_by_digest"),
            # Most are no translations, and a whole index would be taken for a narrow one.
            models.Index(
                fields=["made_from", "article", "state"],
                condition=models.Q(made_from__isnull=False),
                name="version_made_from",
            ),
        ]
        permissions = [
            ("edit_version", "Can write drafts"),
            ("submit_version", "Can submit a draft to editorial review"),
            ("send_version", "Can send a version to medical review"),
            ("return_version", "Can return a version with remarks"),
            ("assign_reviewer", "Can assign reviewers"),
            ("sign_version", "Can sign a version as its reviewer"),
            ("share_version", "Can share previews with people without an account"),
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
                name="audience_is_known",
                condition=models.Q(audience__in=Audience.values),
                violation_error_message=_("There is no such audience."),
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

    @cached_property
    def taken_back(self):
        """Whether its only release was cancelled before it came; lists ask `with_taken_back`."""
        released = self.state == State.RELEASED
        return released and Version.objects.taken_back().filter(pk=self.pk).exists()

    @property
    def standing(self):
        """How it stands, a class of the stylesheet and a word: its state, or that it was taken back."""
        return ("cancelled", TAKEN_BACK) if self.taken_back else (self.state, self.get_state_display())

    def save(self, *args, **kwargs):
        """Stores the title and the body in the form in which they are signed, whoever calls."""
        if self.typed_parts is not None:
            raise TypeError("A version as it is typed is only looked at.")
        if self.state == State.DRAFT:
            self.title = plain(self.title)
            self.body = clean(self.body)
        super().save(*args, **kwargs)
        if self.state == State.DRAFT:
            VersionWord.objects.using(self._state.db).keep(self)

    def parts_of(self, relation):
        """The version's authors, references, codes or related articles, in their order."""
        if self.typed_parts is not None:
            return self.typed_parts[relation]
        beside = {"authors": "author", "related": "article"}.get(relation)
        parts = getattr(self, relation).all()
        return list(parts.select_related(beside) if beside else parts)

    def contributors(self):
        """Ids of the accounts that wrote or edited this wording or one that it continues."""
        return {self.created_by_id, *self.contributions.values_list("user_id", flat=True)}

    def writers(self):
        """Ids of the accounts that may not sign: contributors, and those of the credited authors."""
        return self.contributors() | self.authors.accounts()

    def source_writers(self):
        """Ids of the accounts that wrote what this was translated from; they may not sign it either."""
        return self.made_from.version.writers() if self.made_from_id else set()


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
