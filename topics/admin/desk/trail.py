"""What a person saw when they opened a page, and who acted since."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.models import AuditEntry, Version
from topics.rules.refusal import ILLEGAL, Refusal

MOVES = (
    *("edit", "submit", "send", "return", "return_as_reviewer", "approve"),
    *("release", "cancel_release", "withdraw"),
)
"""The acts after which a page that was opened before them no longer shows what is."""

DEEDS = {
    "edit": gettext_lazy("%(name)s edited version %(number)s at %(at)s UTC"),
    "submit": gettext_lazy("%(name)s submitted version %(number)s at %(at)s UTC"),
    "send": gettext_lazy("%(name)s sent version %(number)s to medical review at %(at)s UTC"),
    "assign": gettext_lazy("%(name)s assigned a reviewer of version %(number)s at %(at)s UTC"),
    "return": gettext_lazy("%(name)s returned version %(number)s with remarks at %(at)s UTC"),
    "return_as_reviewer": gettext_lazy(
        "%(name)s returned version %(number)s with remarks at %(at)s UTC"
    ),
    "sign_off": gettext_lazy("%(name)s signed version %(number)s at %(at)s UTC"),
    "approve": gettext_lazy(
        "%(name)s gave the last sign-off, which approved version %(number)s, at %(at)s UTC"
    ),
    "release": gettext_lazy("%(name)s released version %(number)s at %(at)s UTC"),
    "cancel_release": gettext_lazy("%(name)s cancelled the release of version %(number)s at %(at)s UTC"),
    "withdraw": gettext_lazy("%(name)s withdrew the edition of version %(number)s at %(at)s UTC"),
    "open_version": gettext_lazy("%(name)s started version %(number)s at %(at)s UTC"),
    "recategorise": gettext_lazy("%(name)s moved the article to another category at %(at)s UTC"),
}


def trail_of(subject):
    """The ledger's entries about a version, or about the article of anything else."""
    if isinstance(subject, Version):
        return AuditEntry.objects.filter(version=subject)
    return AuditEntry.objects.filter(article_id=getattr(subject, "article_id", subject.pk))


def deed(entry):
    """Who did what when, as the beginning of a sentence."""
    return DEEDS[entry.act] % {
        "name": entry.actor.printed_name(),
        "number": entry.version.number if entry.version else "–",
        "at": f"{entry.at:%Y-%m-%d %H:%M:%S}",
    }


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
