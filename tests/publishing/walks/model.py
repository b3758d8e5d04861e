"""Predicts what is allowed and what is public, written from DESIGN.md in plain Python.

An act answers with the kind of its refusal, `illegal`, `forbidden` or `unmet`, or with None once it
is done.
"""

from datetime import timedelta

from tests.publishing.walks.world import Edition, Text, Version


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
        and not base.wrong
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


def send(article, version, *, actor, reason):
    refused = verdict(
        illegal=not in_state(version, "editorial_review"),
        forbidden=not actor.may("send"),
        unmet=set(version.asked) != set(version.needs) or (article.unanswered and not reason),
    )
    if not refused:
        version.state = "medical_review"
    return refused


def send_back(article, version, *, actor, as_reviewer=False):
    asked = actor in version.asked.values()
    states = ["medical_review"] if as_reviewer else ["editorial_review", "medical_review", "approved"]
    refused = verdict(
        illegal=not in_state(version, *states),
        forbidden=not actor.may("sign" if as_reviewer else "return"),
        unmet=as_reviewer and not asked,
    )
    if not refused:
        version.state, version.asked = "returned", {}
        article.unanswered += 1
    return refused


def try_password(wrong, right, *, at):
    """Whether a password is taken as right; `wrong` are the instants of a person's wrong ones."""
    barred = sum(at - timedelta(minutes=15) < tried <= at for tried in wrong) >= 5
    if not right and not barred:
        wrong.append(at)
    return right and not barred


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
        made_way = earlier.ended_by == "successor" and earlier.end == edition.start
        if made_way and earlier is not edition and not earlier.cancelled:
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
    edition.wrong |= kind in ("safety_recall", "correction")
    edition.replacement = replacement
    return None


def public(articles, at):
    """Article key to the digest that the public reads at the instant."""
    return {a.key: e.version.digest for a in articles if (e := a.in_force(at))}
