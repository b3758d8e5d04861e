"""A newsroom in plain Python, written from DESIGN.md: it predicts what is allowed and what is public.

It imports nothing from the project, so that it can be wrong only in ways of its own. An act answers
with the kind of its refusal, `illegal`, `forbidden` or `unmet`, or with None once it is done.
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


def verdict(*, illegal=False, forbidden=False, unmet=False):
    """The gravest of the reasons."""
    return "illegal" if illegal else "forbidden" if forbidden else "unmet" if unmet else None


def in_state(version, *states):
    return version.state in states


# Writing ----------------------------------------------------------------------------------------


def create(articles, article, *, actor):
    refused = verdict(forbidden=not actor.may("create"))
    if not refused:
        article.versions.append(Version(1, "new", Text(), "", {actor.name}))
        articles.append(article)
    return refused


def open_next(article, *, kind, actor):
    base = article.base()
    refused = verdict(
        illegal=article.is_open,
        forbidden=not actor.may("open"),
        unmet=(base is None) != (kind == "new"),
    )
    if refused:
        return refused
    newest = article.newest
    continues = newest.state == "returned" and kind != "periodic_review"
    source = newest if continues or base is None else base.version
    note = source.note if source.state == "returned" else ""
    writers = source.writers | {actor.name}
    article.versions.append(Version(newest.number + 1, kind, source.text, note, writers, source))
    return None


def edit(version, *, actor, stale=False, **changes):
    refused = verdict(
        illegal=not in_state(version, "draft"), forbidden=not actor.may("edit"), unmet=stale
    )
    if not refused:
        version.writers.add(actor.name)
        for name, value in changes.items():
            setattr(version, name, value)
    return refused


def is_minor(version, base):
    """Whether it leaves the dose of the edition in place, which it continues and all roles signed."""
    continued = version.based_on
    while continued and continued.state == "returned":
        continued = continued.based_on
    return bool(
        base
        and base.version is continued
        and not base.recalled
        and base.version.text.dose == version.text.dose
    )


def submit(article, *, actor):
    version, base = article.newest, article.base()
    fits = (version.kind == "new") == (base is None)
    if version.kind == "periodic_review" and base:
        fits = version.text == base.version.text and version.based_on is base.version
    if version.kind == "minor":
        fits = is_minor(version, base)
    explained = version.kind not in ("substantive", "minor") or version.note
    refused = verdict(
        illegal=not in_state(version, "draft"),
        forbidden=not actor.may("submit"),
        unmet=not (fits and explained),
    )
    if not refused:
        version.state = "editorial_review"
    return refused


# Reviewing --------------------------------------------------------------------------------------


def eligible(article, version, person, role, day):
    return (
        person.may("sign")
        and person.name not in version.writers
        and bool(person.specialties & article.policy.specialties[role])
        and day <= person.licensed_until
    )


def assign(article, version, *, role, reviewer, actor, at):
    elsewhere = any(who is reviewer for r, who in version.asked.items() if r != role)
    refused = verdict(
        illegal=not in_state(version, "editorial_review", "medical_review"),
        forbidden=not actor.may("assign"),
        unmet=role not in version.needs
        or role in version.signed
        or elsewhere
        or not eligible(article, version, reviewer, role, at.date()),
    )
    if not refused:
        version.asked[role] = reviewer
    return refused


def send(version, *, actor):
    refused = verdict(
        illegal=not in_state(version, "editorial_review"),
        forbidden=not actor.may("send"),
        unmet=set(version.asked) != set(version.needs),
    )
    if not refused:
        version.state = "medical_review"
    return refused


def send_back(version, *, actor, as_reviewer=False):
    asked = actor in version.asked.values()
    states = ["medical_review"] if as_reviewer else ["editorial_review", "medical_review", "approved"]
    refused = verdict(
        illegal=not in_state(version, *states),
        forbidden=not actor.may("sign" if as_reviewer else "return"),
        unmet=as_reviewer and not asked,
    )
    if not refused:
        version.state, version.asked = "returned", {}
    return refused


def sign(article, version, *, actor, read, password, at):
    role = next((role for role, who in version.asked.items() if who is actor), None)
    refused = verdict(
        illegal=not in_state(version, "medical_review"),
        forbidden=not actor.may("sign"),
        unmet=role is None
        or role in version.signed
        or not eligible(article, version, actor, role, at.date())
        or not (read and password),
    )
    if not refused:
        version.signed[role] = (actor, at.date())
        if set(version.signed) == set(version.needs):
            version.state = "approved"
    return refused


# Publishing -------------------------------------------------------------------------------------


def last_review(article, version):
    if version.kind == "minor":
        return article.base(without=version).last_reviewed
    return max(day for _, day in version.signed.values())


def fit_to_release(article, version, *, actor, start, at):
    """Whether nothing that a release needs is missing; the version is approved or was released."""
    base = article.base(without=version)
    if version.kind == "minor" and not is_minor(version, base):
        return False
    covering = article.in_force(start) if start > at else None
    return not (
        any(e.version is version and not e.cancelled for e in article.editions)
        or any(e.version.number > version.number for e in article.editions)
        or version.writers == {actor.name}
        or article.scheduled(at)
        or any(e.recalled and e.version.digest == version.digest for e in article.editions)
        or start < at
        or (covering and covering.withdrawn)
        or any(start.date() > who.licensed_until for who, _ in version.signed.values())
        or start.date() >= article.policy.due(last_review(article, version))
    )


def release(article, version, *, actor, start, at):
    legal = in_state(version, "approved", "released")
    refused = verdict(
        illegal=not legal,
        forbidden=not actor.may("release"),
        unmet=legal and not fit_to_release(article, version, actor=actor, start=start, at=at),
    )
    if refused:
        return refused
    reviewed = last_review(article, version)
    before = article.in_force(start)
    if before:
        before.end, before.ended_by = start, "successor"
    expiry = article.policy.expiry(reviewed)
    article.editions.append(Edition(version, start, expiry, expiry, reviewed))
    version.state = "released"
    return None


def cancel(article, edition, *, actor, at):
    refused = verdict(
        illegal=edition.cancelled or edition.start <= at, forbidden=not actor.may("cancel")
    )
    if refused:
        return refused
    edition.end = edition.start
    for earlier in article.editions:
        if earlier is not edition and earlier.end == edition.start and not earlier.cancelled:
            if earlier.ended_by == "successor":
                earlier.end, earlier.ended_by = earlier.expiry, "expiry"
    return None


def withdraw(article, edition, *, kind, replacement, effective, actor, at):
    wrong_time = effective < at or (edition.end is not None and effective > edition.end)
    astray = replacement is not None and (
        replacement is article or replacement.in_force(effective) is None
    )
    refused = verdict(
        illegal=not edition.in_force(at),
        forbidden=not actor.may("withdraw"),
        unmet=wrong_time or astray or (kind == "moved" and replacement is None),
    )
    if refused:
        return refused
    for scheduled in article.scheduled(at):
        scheduled.end = scheduled.start
    # What was public was so for a moment at least.
    effective = max(effective, edition.start + timedelta(microseconds=1))
    edition.end, edition.ended_by, edition.withdrawn = effective, kind, True
    edition.recalled |= kind == "safety_recall"
    edition.replacement = replacement
    return None


def public(articles, at):
    """Article key to the digest that the public reads at the instant."""
    return {a.key: e.version.digest for a in articles if (e := a.in_force(at))}
