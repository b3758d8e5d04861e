"""The questions of "my work", asked once: the landing page counts what the list behind it then shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from topics.admin.columns import category_tree
from topics.models import (
    Assignment,
    AuditEntry,
    Contribution,
    Edition,
    Reviewer,
    SignOff,
    Version,
    Withdrawal,
)
from topics.models.audit import WRONG_PASSWORD
from topics.models.category import Category
from topics.models.edition import recalled_content
from topics.models.version import all_taken_back, in_states_or_taken_back, waiting_for_release
from topics.vocabulary import State, WithdrawalKind
from topics.workflow.password import BARRED

AHEAD = timedelta(days=90)
"""How far ahead the desk looks for what ends."""

TRIED = timedelta(days=7)
"""How far back administrators are shown wrong passwords."""

LATELY = timedelta(days=30)
"""How far back it looks for what was handed over and is done."""

IN_REVIEW = (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED)


@dataclass(frozen=True)
class Queue:
    """Some rows of one list, for one kind of work. `narrow(rows, user=, now=, today=)` leaves them."""

    name: str
    heading: str
    model: type
    permission: str
    narrow: Callable

    def rows(self, user, *, now, today):
        """All of the rows, as one person finds them at an instant."""
        return self.narrow(self.model.objects.all(), user=user, now=now, today=today)


# Versions -------------------------------------------------------------------------------------------


def wrote(user):
    return Exists(Contribution.objects.filter(version=OuterRef("pk"), user=user))


def no_newer():
    newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return ~Exists(newer)


def returned(rows, *, user, **_on):
    return rows.filter(no_newer(), wrote(user), state=State.RETURNED)


def drafts(rows, *, user, **_on):
    return rows.filter(Q(created_by=user) | Q(edited_by=user), state=State.DRAFT)


def submitted(rows, *, user, **_on):
    return rows.filter(wrote(user) | Q(submitted_by=user), pk__in=in_states_or_taken_back(IN_REVIEW))


def in_state(state):
    def narrow(rows, **_on):
        return rows.filter(state=state)

    return narrow


def never_to_release():
    """The keys of versions of which just the content, or what they were made from, was recalled."""
    translated = Version.objects.filter(made_from__in=recalled_content("editions"))
    return recalled_content("versions").union(translated.order_by().values("pk"))


def to_release(rows, **_on):
    return rows.filter(pk__in=waiting_for_release().difference(never_to_release()))


def blocked(rows, **_on):
    """Versions that all have signed and nobody can release any more."""
    return rows.filter(pk__in=waiting_for_release().intersection(never_to_release()))


def outstanding(user):
    """The assignments of an account that still wait for its signature."""
    return Assignment.objects.active().filter(reviewer__user=user, requirement__sign_off=None)


def asked_of(state):
    def narrow(rows, *, user, **_on):
        return rows.filter(pk__in=outstanding(user).values("version"), state=state)

    return narrow


def signed(rows, *, user, **_on):
    return rows.filter(pk__in=SignOff.objects.filter(user=user).values("version"))


# Editions -------------------------------------------------------------------------------------------


def in_work():
    """That somebody is at work on an edition's article, or that a version of it waits for release."""
    opened = Exists(Version.objects.open().filter(article=OuterRef("article")))
    return Q(opened) | Q(article__in=all_taken_back("article"))


def withheld(rows, *, now, **_on):
    """The last editions of articles that readers lack because their review is overdue."""
    later = Edition.objects.ever_in_force().filter(
        article=OuterRef("article"), starts_at__gt=OuterRef("starts_at")
    )
    return rows.ever_in_force().filter(
        ~Exists(later), withdrawal=None, ends_at=F("expires_at"), expires_at__lte=now, ends_at__lte=now
    )


def recalled(rows, *, now, **_on):
    """The last editions of articles that were recalled for safety and have had none since."""
    later = Edition.objects.ever_in_force().filter(
        article=OuterRef("article"), starts_at__gt=OuterRef("starts_at")
    )
    for_safety = Withdrawal.objects.order_by().filter(kind=WithdrawalKind.SAFETY_RECALL)
    return rows.ever_in_force().filter(
        ~Exists(later), withdrawal__in=for_safety.values("pk"), ends_at__lte=now
    )


def withheld_idle(rows, **on):
    return withheld(rows, **on).filter(~in_work())


def reviews_due(rows, *, now, today, **_on):
    """Editions in force whose review is due or overdue, with nobody at work on their article."""
    return rows.in_force(at=now).filter(~in_work(), review_warning_on__lte=today)


def scheduled(rows, *, now, **_on):
    return rows.scheduled(at=now)


def ending(rows, *, now, today, **_on):
    """Editions in force whose review is due, or whose end is near or was decided."""
    ends = Q(expires_at__lte=now + AHEAD, ends_at=F("expires_at")) | Q(withdrawal__isnull=False)
    return rows.in_force(at=now).filter(Q(review_warning_on__lte=today) | ends)


def signed_and_due(rows, *, user, now, today, **_on):
    """Editions in force that this reviewer signed, whose review is due or soon will be."""
    mine = SignOff.objects.filter(user=user).values("version")
    soon = Q(review_warning_on__lte=today) | Q(next_review_due__lte=today + AHEAD)
    return rows.in_force(at=now).filter(soon, version__in=mine)


def released_by(rows, *, user, now, **_on):
    """What a publisher released lately, whatever became of it."""
    return rows.filter(released_by=user, released_at__gt=now - LATELY)


# The ledger -----------------------------------------------------------------------------------------


def wrong_passwords(rows, *, now, **_on):
    """The wrong passwords given lately where one is asked again, and what was tried after them."""
    return rows.filter(act__in=(WRONG_PASSWORD, BARRED), at__gt=now - TRIED)


# People and rules -----------------------------------------------------------------------------------


def with_last_day(reviewers):
    """Reviewers with the day on which the last of their credentials ends."""
    return reviewers.annotate(last_day=Max("credential_set__expires_on"))


def credentials_ending(rows, *, today, **_on):
    """Reviewers with an account whose credentials end within the time looked ahead, or are missing."""
    return with_last_day(rows.filter(user__isnull=False)).filter(
        Q(last_day=None) | Q(last_day__lte=today + AHEAD)
    )


def without_account(rows, **_on):
    return rows.filter(user=None)


def lawless(rows, **_on):
    """The categories of which no ancestor states a review policy: nothing in them can be submitted."""
    tree = category_tree()
    return rows.filter(pk__in=[c.pk for c, _depth in tree if c.effective_policy() is None])


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("returned", _("Returned to you"), Version, "edit_version", returned),
        Queue("drafts", _("Your drafts"), Version, "edit_version", drafts),
        Queue("submitted", _("On its way"), Version, "edit_version", submitted),
        Queue(
            "editorial",
            _("Waiting in editorial review"),
            Version,
            "send_version",
            in_state(State.EDITORIAL_REVIEW),
        ),
        Queue(
            "medical", _("In medical review"), Version, "send_version", in_state(State.MEDICAL_REVIEW)
        ),
        Queue("approved", _("With the publishers"), Version, "send_version", to_release),
        Queue("to-sign", _("For you to sign"), Version, "sign_version", asked_of(State.MEDICAL_REVIEW)),
        Queue(
            "announced",
            _("Announced to you"),
            Version,
            "sign_version",
            asked_of(State.EDITORIAL_REVIEW),
        ),
        Queue("signed", _("Signed by you"), Version, "sign_version", signed),
        Queue("signed-due", _("Signed by you, due for review"), Edition, "sign_version", signed_and_due),
        Queue("recalled", _("Recalled, not public since"), Edition, "return_version", recalled),
        Queue("blocked", _("Signed, but recalled"), Version, "return_version", blocked),
        Queue("to-release", _("Approved, waiting for release"), Version, "release_version", to_release),
        Queue(
            "withheld",
            _("Withheld from readers, nobody at work"),
            Edition,
            "send_version",
            withheld_idle,
        ),
        Queue(
            "unreadable", _("Withheld from readers until reviewed"), Edition, "release_version", withheld
        ),
        Queue("reviews-due", _("Due for review, nobody at work"), Edition, "send_version", reviews_due),
        Queue("scheduled", _("Scheduled releases"), Edition, "release_version", scheduled),
        Queue("ending", _("In force, but due or ending"), Edition, "release_version", ending),
        Queue("released", _("Released by you lately"), Edition, "release_version", released_by),
        Queue(
            "wrong-passwords",
            _("Wrong passwords of the last 7 days"),
            AuditEntry,
            "change_credential",
            wrong_passwords,
        ),
        Queue(
            "credentials",
            _("Credentials that end or are missing"),
            Reviewer,
            "change_credential",
            credentials_ending,
        ),
        Queue(
            "accounts",
            _("Reviewers without an account"),
            Reviewer,
            "change_credential",
            without_account,
        ),
        Queue(
            "categories",
            _("Categories without a review policy"),
            Category,
            "change_credential",
            lawless,
        ),
    )
}


def queues_of(user, model):
    """The queues of a list that belong to this person's work."""
    return [
        queue
        for queue in QUEUES.values()
        if queue.model is model and user.has_perm(f"topics.{queue.permission}")
    ]
