"""The acts that a person might take on a version or an edition, and why one is refused."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.publishing.withdraw import why_not_cancel, why_not_withdraw
from topics.vocabulary import OPEN_STATES, ChangeKind
from topics.workflow.door import why_not
from topics.workflow.drafting import why_not_open
from topics.workflow.table import TABLE

AHEAD = ("sign_off", "release", "send", "assign", "submit", "open_version")
"""What brings a version furthest, first: the one act that the page puts forward."""

BEHIND_IT = {"released_already", "newer_was_released"}
"""Refusals that nobody can do anything about: the act belongs to the past, so it isn't offered."""


ON_ANOTHER_PAGE = {"edit", "change_due_date", "withdraw_assignment"}
"""A draft is edited on its own page; who is asked by when is changed where reviewers are assigned."""


@dataclass(frozen=True)
class Offer:
    """One act as offered: what it is called, what it does, where its page is, why it is refused."""

    name: str
    label: str
    consequence: str
    url: str
    reasons: list
    primary: bool = False

    @property
    def refused(self):
        return bool(self.reasons)


def with_primary(offers):
    """The offers with one of those that nothing stands against put forward, if any leads ahead."""
    offers = list(offers)
    open_to = {offer.name for offer in offers if not offer.refused}
    first = next((name for name in AHEAD if name in open_to), None)
    return [replace(offer, primary=offer.name == first) for offer in offers]


def acts_panel(request, version):
    """Context of `topics/desk/acts_panel.html`: `offers`, what this person might do with the version.

    Editing isn't among them: the version's own page is where a draft is edited.
    """
    actor = request.user
    return {
        "offers": with_primary(
            [
                *version_offers(version, actor),
                *open_offers(version, actor),
                *(
                    offer
                    for edition in version.editions.all()
                    for offer in edition_offers(edition, actor)
                ),
            ]
        )
    }


def edition_panel(request, edition):
    """The same context for an edition: withdrawing it, cancelling its release."""
    return {"offers": list(edition_offers(edition, request.user))}


def version_offers(version, actor):
    for act in TABLE:
        may = actor.is_active and actor.has_perm(f"topics.{act.permission}")
        if act.name in ON_ANOTHER_PAGE or not may or version.state not in act.from_states:
            continue
        if act.name == "return_as_reviewer" and actor.has_perm("topics.return_version"):
            continue  # The same button once: they return by their own right.
        reasons = why_not(version, act.name, actor=actor)
        if BEHIND_IT & {reason.code for reason in reasons}:
            continue
        url = reverse("admin:version_act", args=[version.pk, act.name])
        yield Offer(act.name, act.label, act.consequence, url, reasons)


def open_offers(version, actor):
    if version.state in OPEN_STATES or not actor.has_perm("topics.edit_version"):
        return
    article = version.article
    if article.versions.filter(number__gt=version.number).exists():
        return
    released = article.editions.ever_in_force().exists()
    kind = ChangeKind.SUBSTANTIVE if released else ChangeKind.NEW
    yield Offer(
        "open_version",
        _("Start version %s") % (version.number + 1),
        _("A new draft, copied from what is there. This version stays as it is."),
        reverse("admin:open_version", args=[article.pk]),
        why_not_open(article, kind, actor=actor),
    )


def edition_offers(edition, actor):
    if not actor.has_perm("topics.release_version"):
        return
    now = timezone.now()
    if edition.is_in_force(at=now):
        yield Offer(
            "withdraw",
            _("Withdraw edition %s") % edition.number,
            _("The public stops reading this edition, and is told why and what to read instead."),
            reverse("admin:edition_act", args=[edition.pk, "withdraw"]),
            why_not_withdraw(edition, actor=actor, at=now),
        )
    elif edition.starts_at > now and not edition.was_cancelled():
        yield Offer(
            "move",
            _("Move the release of edition %s") % edition.number,
            _("It becomes public at another instant, with all that was released together with it."),
            reverse("admin:edition_act", args=[edition.pk, "move"]),
            why_not_cancel(edition, actor=actor, at=now),
        )
        yield Offer(
            "cancel_release",
            _("Cancel the release of edition %s") % edition.number,
            _("This edition never becomes public; the one in place stays in force."),
            reverse("admin:edition_act", args=[edition.pk, "cancel_release"]),
            why_not_cancel(edition, actor=actor, at=now),
        )
