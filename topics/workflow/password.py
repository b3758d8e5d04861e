"""The password that is asked again before an act: wrong ones are on record, and few of them are allowed.

Who took over a session must not find the password out by trying, and whose password is tried should
come to light: 21 CFR 11.300(d) asks for safeguards that prevent unauthorised use of signatures and
detect attempts at it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from topics.models import AuditEntry, User
from topics.models.audit import WRONG_PASSWORD
from topics.rules.refusal import Refusal
from topics.workflow.ledger import begin_act, is_replaying, record

TRIES = 5
WINDOW = timedelta(minutes=15)
"""A person has so many wrong tries within any such time, whatever they are made for, and wherever."""

BARRED = "password_barred"
"""A try after that: the password isn't even looked at, so that a right one tells nothing either."""


@dataclass(frozen=True)
class Tries:
    """How many wrong passwords an account may still give; with none left, it waits `until` then."""

    left: int
    until: datetime | None = None

    @property
    def barred(self):
        return self.left == 0

    def refusal(self):
        """Why no password is taken now."""
        until = self.until.astimezone(timezone.utc) + timedelta(seconds=1)  # Of which parts aren't told.
        words = {"number": TRIES, "until": f"{until:%Y-%m-%d %H:%M:%S}"}
        sentence = _(
            "A wrong password was given %(number)s times within 15 minutes. No password is taken from "
            "you until %(until)s UTC, not even the right one. If it wasn't you, tell an administrator."
        )
        return Refusal("password_is_barred", sentence % words)

    def told(self):
        """How many tries are left, where some were used up and some are left; else nothing."""
        if self.left in (0, TRIES):
            return ""
        return ngettext("%s try is left.", "%s tries are left.", self.left) % self.left


@dataclass(frozen=True)
class Answer:
    """What came of asking an account for its password: `right`, or not; `tries` are those after it.

    One that was `barred` wasn't looked at. It counts for the account, the purpose and, where the act is
    about one, the version that it was given for.
    """

    user_id: int
    purpose: str
    version_id: int | None
    right: bool
    tries: Tries
    barred: bool = False

    def lets(self, user, purpose, version):
        asked = (self.user_id, self.purpose, self.version_id)
        return self.right and asked == (user.pk, purpose, version.pk)


def tries_of(user, *, at):
    """How many wrong passwords the account may still give at the instant; one query."""
    wrong = AuditEntry.objects.filter(actor=user, act=WRONG_PASSWORD, at__gt=at - WINDOW)
    instants = list(wrong.order_by("-number").values_list("at", flat=True)[:TRIES])
    left = TRIES - len(instants)
    return Tries(left, until=None if left else instants[-1] + WINDOW)


@sensitive_variables("password")
def ask(user, password, *, purpose, of=None, at=None):
    """Looks at a password that was asked again, and returns an `Answer`; a wrong one is recorded.

    It is a transaction of its own before that of the act, which may be rolled back: within another
    one it raises `RuntimeError`, except where a known story is told. The ledger's lock is held from
    the count to the entry, so that two tabs can't both use the last try. An empty password is no try.
    Raises `ClockError`. `of` is the version that the act is about, which the record names.
    """
    about, named = (of.pk, f"{of.article} v{of.number}") if of else (None, "")
    with transaction.atomic(durable=not is_replaying()):
        at = begin_act(at=at)
        tries = tries_of(user, at=at)
        if not password:
            return Answer(user.pk, purpose, about, False, tries)
        if tries.barred:
            record(BARRED, actor=user, at=at, asked_for=purpose, of=named)
            return Answer(user.pk, purpose, about, False, tries, barred=True)
        if User.objects.get(pk=user.pk).check_password(password):
            return Answer(user.pk, purpose, about, True, tries)
        record(WRONG_PASSWORD, actor=user, at=at, asked_for=purpose, of=named, left=tries.left - 1)
        return Answer(user.pk, purpose, about, False, tries_of(user, at=at))
