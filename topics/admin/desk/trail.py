"""What a person saw when they opened a page, and who acted since."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from topics.admin.moments import spoken
from topics.admin.timeline.words import sentence
from topics.models import AuditEntry, Version
from topics.rules.refusal import ILLEGAL, Refusal

MOVES = (
    *("edit", "submit", "send", "return", "return_as_reviewer", "approve"),
    *("release", "cancel_release", "withdraw"),
)
"""The acts after which a page that was opened before them no longer shows what is."""

ASSIGNING = ("assign", "change_due_date", "withdraw_assignment")
"""The acts after which a page about who is asked no longer shows what is."""

SAYING = ("remark", "reopen")
"""What is said that whoever signs or releases the version should have read before."""


def trail_of(subject):
    """The ledger's entries about a version, or about the article of anything else."""
    if isinstance(subject, Version):
        return AuditEntry.objects.filter(version=subject)
    return AuditEntry.objects.filter(article_id=getattr(subject, "article_id", subject.pk))


def deed(entry):
    """Who did what when, as the beginning of a sentence."""
    said = {"said": sentence(entry), "at": spoken(entry.at, seconds=True)}
    return _("%(said)s at %(at)s") % said


@dataclass(frozen=True)
class Seen:
    """What the page showed: the newest ledger entry, the state and the digest."""

    entry: int
    state: str
    digest: str

    @classmethod
    def of(cls, subject):
        newest = trail_of(subject).order_by("-number").values_list("number", flat=True).first()
        state, digest = getattr(subject, "state", ""), getattr(subject, "digest", "")
        return cls(newest or 0, state, digest)

    @classmethod
    def posted(cls, data):
        """What a form says it was opened with, or None where it doesn't say."""
        try:
            return cls(int(data["seen_entry"]), data["seen_state"], data["seen_digest"])
        except (KeyError, ValueError):
            return None

    def refusals(self, subject, *, after):
        """Why the page is stale: somebody did one of the acts `after` since it was opened."""
        newest = (
            trail_of(subject)
            .filter(number__gt=self.entry, act__in=after)
            .select_related("actor", "version")
            .order_by("-number")
            .first()
        )
        if newest:
            sentence = _("%s, after you opened this page. Look at how it stands now.") % deed(newest)
            return [Refusal("acted_meanwhile", sentence, ILLEGAL)]
        if self.state != getattr(subject, "state", ""):
            sentence = _("This is not the state that the page showed. Look at how it stands now.")
            return [Refusal("acted_meanwhile", sentence, ILLEGAL)]
        return []


def not_seen():
    """The refusal of a form that doesn't say what its reader saw."""
    return Refusal("nothing_seen", _("The form does not say what you saw. Open this page anew."))
