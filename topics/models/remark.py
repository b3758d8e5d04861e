"""Remarks: what reviewers, editors and publishers say of a passage, and how it was answered."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from topics.vocabulary import RemarkKind, RemarkPart

LONGEST_REMARK = 4_000
LONGEST_QUOTE = 1_000
CONTEXT = 80
"""Characters kept from before and after a quoted passage, within its own block."""


class RemarkQuerySet(models.QuerySet):
    def threads(self):
        """The first remark of each thread, which stands for the whole of it."""
        return self.filter(thread=None)

    def unanswered(self):
        """The threads that were not answered, or were reopened since; a reply changes neither."""
        turns = Remark.objects.filter(thread=OuterRef("pk")).exclude(kind=RemarkKind.REPLY)
        newest = Subquery(turns.order_by("-pk").values("kind")[:1])
        last = Coalesce(newest, Value(RemarkKind.REMARK.value))
        return self.threads().annotate(last_turn=last).exclude(last_turn=RemarkKind.ANSWER)


class Remark(models.Model):
    """One row of a thread: the remark that begins it, a reply, an answer, a reopening. Append-only.

    The first one names its passage in the manner of the W3C's TextQuoteSelector: the quoted words with
    a little of what stands before and after them (Web Annotation Data Model, 4.2.4). `part` says what
    they were quoted from, and `section` is the section's anchor in the document. Without a quote the
    whole part is meant. `version` is the one that the speaker had before them.
    """

    thread = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="following", verbose_name=_("thread")
    )
    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="remarks")
    kind = models.CharField(_("kind"), max_length=10, choices=RemarkKind)
    text = models.TextField(_("text"))

    part = models.CharField(_("of"), max_length=12, choices=RemarkPart, blank=True)
    section = models.CharField(_("section"), max_length=60, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    quote = models.TextField(_("passage"), blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)

    said_by = models.ForeignKey("topics.User", models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said"))
    entry = models.OneToOneField("topics.AuditEntry", models.PROTECT, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]
        permissions = [
            ("remark_version", "Can remark on a version in review"),
            ("answer_remark", "Can answer remarks"),
        ]
        constraints = [
            models.CheckConstraint(
                name="remark_says_something",
                condition=~Q(text=""),
                violation_error_message=_("A remark says something."),
            ),
            models.CheckConstraint(
                name="remark_kind_is_known",
                condition=Q(kind__in=RemarkKind.values),
                violation_error_message=_("There is no such kind of remark."),
            ),
            models.CheckConstraint(
                name="first_remark_alone_names_a_passage",
                condition=Q(kind=RemarkKind.REMARK, thread=None, part__in=RemarkPart.values)
                | (
                    ~Q(kind=RemarkKind.REMARK)
                    & Q(thread__isnull=False, part="", section="", heading="")
                    & Q(quote="", prefix="", suffix="")
                ),
                violation_error_message=_("The first remark of a thread names what it speaks of."),
            ),
            models.CheckConstraint(
                name="remark_on_a_section_names_it",
                condition=(Q(part=RemarkPart.SECTION) & ~Q(section=""))
                | (~Q(part=RemarkPart.SECTION) & Q(section="")),
                violation_error_message=_("A remark on a section names it, and no other does."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.said_by.printed_name()}"
