"""What the head of the review desk says: who asks whom, by when, what changes, and against what."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _

from topics.admin.desk.access import visible_editions
from topics.admin.desk.meanings import CHANGES
from topics.admin.desk.outlook import review_of
from topics.admin.desk.section import days_to
from topics.admin.redline import redline, rendered
from topics.admin.redline.clinical import listed
from topics.admin.redline.names import articles_of
from topics.rules.review_dates import utc_day
from topics.vocabulary import State
from topics.workflow.changes import document_of

READING, REDLINE, JSON = "reading", "redline", "json"
EDITION, PREVIOUS = "edition", "previous"

MOST_LISTED = 12
"""Clinical changes in sight above the document; the rest is folded away."""


class Comparison:
    """The document that the version is held against, if there is one: an edition or a version.

    Nothing that came after the version, whenever it is read; of editions only those that the actor
    may look at.
    """

    def __init__(self, version, chosen, *, actor):
        editions = visible_editions(actor, at=timezone.now()).ever_in_force()
        earlier = editions.filter(article=version.article_id, version__number__lt=version.number)
        self.edition = earlier.order_by("-number").first()
        before = version.article.versions.filter(number__lt=version.number)
        self.previous = before.order_by("-number").first()
        if self.edition and self.previous and self.edition.version_id == self.previous.pk:
            self.previous = None
        choices = {EDITION: self.edition, PREVIOUS: self.previous}
        there = [name for name, found in choices.items() if found]
        self.chosen = chosen if chosen in there else next(iter(there), "")
        self.against = choices.get(self.chosen)

    @property
    def document(self):
        if self.against is None:
            return None
        return json.loads(self.against.document) if self.against.document else document_of(self.against)

    @property
    def is_default(self):
        return not (self.edition and self.chosen == PREVIOUS)

    @property
    def name(self):
        if self.chosen == EDITION:
            return _("edition %s") % self.against.number
        return _("version %s") % self.against.number if self.against else ""


def facts_of(version, document, *, actor, view, against, assignment_due, beside=None):
    """The desk's head, and the view that was asked for; `beside` stands in its redline."""
    comparison = Comparison(version, against, actor=actor)
    before = comparison.document
    facts = {
        "view": view,
        "comparison": comparison,
        "kind_means": CHANGES[version.change_kind],
        "review": review_of(version),
        "days_left": days_to(assignment_due, utc_day(timezone.now())) if assignment_due else "",
        "late": bool(assignment_due) and assignment_due < utc_day(timezone.now()),
        "unchanged": before == document,
        "sent_with": sent_with(version),
    }
    if view == JSON:
        facts["json"] = json.dumps(document, indent=2, ensure_ascii=False)
        return facts
    found = redline(before, document)
    articles = articles_of(found.before, found.after, user=actor)
    if not found.is_empty:
        in_redline = view == REDLINE
        facts["clinical"] = listed(found, articles, in_redline=in_redline, most=MOST_LISTED)
    if view == REDLINE:
        facts["redline"] = rendered(found, articles=articles, clinical=False, beside=beside)
    return facts


def sent_with(version):
    """Why the version was sent to its reviewers with unanswered remarks, or nothing."""
    if version.state in (State.DRAFT, State.EDITORIAL_REVIEW):
        return ""
    entry = version.audit_entries.filter(act="send").order_by("-number").first()
    return json.loads(entry.detail).get("unanswered_reason", "") if entry else ""
