"""What a newsroom consists of, in plain Python and as DESIGN.md has it: people, policies, articles.

Nothing of the project is imported here or in `model`: they can be wrong only in ways of their own.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

ROLES = {
    "writer": {"create", "edit", "open", "submit"},
    "editor": {"create", "edit", "open", "submit", "assign", "send", "return"},
    "medical_reviewer": {"sign"},
    "publisher": {"return", "release", "cancel", "withdraw"},
    "administrator": set(),
}
PRIMARY, SPECIALIST = "primary", "specialist"


@dataclass(frozen=True)
class Person:
    """Somebody with an account; one with specialties is a reviewer too."""

    name: str
    roles: tuple = ()
    superuser: bool = False
    specialties: frozenset = frozenset()
    licensed_until: date = date(2100, 1, 1)

    def may(self, act):
        return self.superuser or any(act in ROLES[role] for role in self.roles)


@dataclass(frozen=True)
class Policy:
    """How often a category is reviewed, and for how long overdue text is still served (None: ever)."""

    months: int
    grace_days: int | None
    specialties: dict = field(hash=False)

    def due(self, reviewed_on):
        return months_later(reviewed_on, self.months)

    def expiry(self, reviewed_on):
        if self.grace_days is None:
            return None
        day = self.due(reviewed_on) + timedelta(days=self.grace_days)
        return datetime.combine(day, time.min, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Text:
    """The words of an article as far as they matter here: a dose is clinical, a word is not."""

    dose: int = 5
    word: str = "nuisance"


@dataclass(eq=False)
class Version:
    number: int
    kind: str
    text: Text
    note: str
    writers: set
    based_on: "Version | None" = None
    state: str = "draft"
    asked: dict = field(default_factory=dict)
    signed: dict = field(default_factory=dict)
    digest: str = ""

    @property
    def needs(self):
        return [PRIMARY] if self.kind == "minor" else [PRIMARY, SPECIALIST]


@dataclass(eq=False)
class Edition:
    version: Version
    start: datetime
    end: datetime | None
    expiry: datetime | None
    last_reviewed: date
    ended_by: str = "expiry"
    recalled: bool = False
    wrong: bool = False
    withdrawn: bool = False
    replacement: "Article | None" = None

    @property
    def cancelled(self):
        return self.end == self.start

    def in_force(self, at):
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(eq=False)
class Article:
    key: str
    policy: Policy
    versions: list = field(default_factory=list)
    editions: list = field(default_factory=list)
    unanswered: int = 0

    @property
    def newest(self):
        return self.versions[-1]

    @property
    def is_open(self):
        return self.newest.state not in ("returned", "released")

    def base(self, without=None):
        """The newest edition whose release was not cancelled."""
        real = [e for e in self.editions if not e.cancelled and e.version is not without]
        return real[-1] if real else None

    def in_force(self, at):
        return next((e for e in self.editions if e.in_force(at)), None)

    def scheduled(self, at):
        return [e for e in self.editions if not e.cancelled and e.start > at]

    def last_started(self, at):
        started = [e for e in self.editions if not e.cancelled and e.start <= at]
        return max(started, key=lambda e: e.start, default=None)


def months_later(day, months):
    total = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(total // 12, total % 12 + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
