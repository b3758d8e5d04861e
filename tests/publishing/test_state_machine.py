"""Random acts by random people while time moves: what the public reads is always what a model says.

Each step does one act that a newsroom could try, rightly or wrongly, and `model` predicts whether it
is refused. After each step the public reads exactly the editions in force, with exactly the digests
that were signed, and every consumer of the change feed, from wherever it stands, ends with the same.

`HYPOTHESIS_PROFILE=long` walks further.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import make
from tests.publishing import model
from tests.publishing.model import PRIMARY, SPECIALIST, Person, Policy, Text
from topics.content.canonical import canonical, digest
from topics.models import (
    Article,
    AuditEntry,
    Author,
    Edition,
    RelatedArticle,
    SignOff,
    Version,
    VersionAuthor,
    walls,
)
from topics.publishing import feed
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.refusal import IllegalMove, NotPermitted, Unmet
from topics.workflow import acts, drafting
from topics.workflow.ledger import broken_links

PROFILES = {
    "default": {"max_examples": 20, "stateful_step_count": 30},
    "long": {"max_examples": 500, "stateful_step_count": 70},
}
START = datetime(2024, 1, 31, 9, 30, tzinfo=timezone.utc)  # Ends a month, and a 29 February is near.
REFUSALS = {IllegalMove: "illegal", NotPermitted: "forbidden", Unmet: "unmet"}

FAMILY, LUNGS, HEART = "Family Medicine", "Respiratory Medicine", "Cardiology"
PEOPLE = [
    Person("writer", ("writer",)),
    Person("editor", ("editor",)),
    Person("publisher", ("publisher",)),
    Person("administrator", ("administrator",)),
    Person("stranger"),
    Person("chief", ("writer", "publisher")),
    Person("family", ("medical_reviewer",), specialties=frozenset({FAMILY})),
    Person("chest", ("medical_reviewer",), specialties=frozenset({LUNGS, HEART})),
    Person(
        "lapsing",
        ("medical_reviewer",),
        specialties=frozenset({FAMILY, LUNGS, HEART}),
        licensed_until=date(2024, 10, 31),
    ),
    Person("doctor-editor", ("editor", "medical_reviewer"), specialties=frozenset({FAMILY, LUNGS})),
    Person("root", superuser=True, specialties=frozenset({FAMILY, LUNGS, HEART})),
]
PERSON = {person.name: person for person in PEOPLE}
POLICIES = {
    "lungs": Policy(12, None, {PRIMARY: frozenset({FAMILY}), SPECIALIST: frozenset({LUNGS})}),
    "heart": Policy(4, 10, {PRIMARY: frozenset({FAMILY}), SPECIALIST: frozenset({HEART})}),
}
RIGHT = {"create": "writer", "edit": "writer", "open": "writer", "submit": "writer"} | {
    "assign": "editor",
    "send": "editor",
    "return": "editor",
    PRIMARY: "family",
    SPECIALIST: "chest",
}

ANY = 12  # From here on, the number of an article takes no heed of its state.
article_numbers = st.integers(0, ANY + 3)
people = st.sampled_from(PEOPLE)
actors = st.one_of(st.none(), st.none(), people)
reviewers = st.one_of(st.none(), st.sampled_from([p for p in PEOPLE if p.specialties]))
kinds = st.sampled_from(["substantive", "minor", "periodic_review", "new"])
roles = st.sampled_from([PRIMARY, SPECIALIST])
delays = st.sampled_from(
    [timedelta(0), timedelta(minutes=1), timedelta(hours=5), timedelta(days=3), timedelta(days=130)]
)
lateness = st.sampled_from([timedelta(0)] * 3 + [timedelta(seconds=2), timedelta(hours=8)])


def body(text):
    return (
        f"<p>A cough is a {text.word} for families.</p>"
        f"<h2>Treatment</h2><p>Drink plenty of water.</p><p>Take {text.dose} mg at night.</p>"
    )


class Newsroom:
    """The people and categories of a walk, in the database once for all walks."""

    def __init__(self):
        self.users, self.reviewers = {}, {}
        for person in PEOPLE:
            account = make.user(username=person.name, is_superuser=person.superuser)
            account.groups.set([make.Group.objects.get(name=role) for role in person.roles])
            self.users[person.name] = account
            if person.specialties:
                self.reviewers[person.name] = make.reviewer(
                    *person.specialties,
                    name=person.name,
                    account=account,
                    expires_on=person.licensed_until,
                )
        self.author = Author.objects.create(name="Ada Author", credentials="MFA")
        own = {"lungs": LUNGS, "heart": HEART}
        self.categories = {}
        for slug, policy in POLICIES.items():
            fields = (
                {}
                if policy.grace_days is None
                else {"when_overdue": "withhold", "grace_days": policy.grace_days}
            )
            rules = make.policy(interval_months=policy.months, warning_days=30, **fields)
            self.categories[slug] = make.category(slug, policy=rules, own=own[slug])
        self.seen = Counter()


@dataclass
class Consumer:
    """A consumer of the change feed: its cursor, and what it believes to be public."""

    window: feed.Window = field(default_factory=feed.Window)
    holds: dict = field(default_factory=dict)

    def take_page(self, *, at, limit):
        found, self.window, more = feed.changes(self.window, at=at, limit=limit)
        for change in found:
            key = str(change.edition.article.public_id)
            if change.in_force:
                self.holds[key] = change.edition.digest
            else:
                self.holds.pop(key, None)
        return more

    def caught_up(self, *, at, limit=100):
        """What this consumer would hold after it followed the feed to its end; it stays as it is."""
        copy = Consumer(self.window, dict(self.holds))
        while copy.window.after and copy.take_page(at=at, limit=limit):
            pass
        while copy.take_page(at=at, limit=limit):
            pass
        return copy.holds


class Site:
    """What the public can ask over HTTP."""

    def __init__(self):
        self.client = Client()

    def ask(self, path, status=200, **query):
        response = self.client.get(path, query)
        assert response.status_code == status, (response.status_code, response.content)
        return response

    def listed(self):
        """Every page of the list: id to digest."""
        found, path = {}, "/api/v1/articles/?page_size=3"
        while path:
            page = self.ask(path).json()
            found |= {item["id"]: item["digest"] for item in page["articles"]}
            path = page["next"]
        return found

    def followed(self):
        """Every page of the change feed from its beginning, replayed: id to digest."""
        holds, query = {}, {"limit": 3}
        while True:
            page = self.ask("/api/v1/changes/", **query).json()
            for change in page["changes"]:
                if change["type"] == "published":
                    holds[change["id"]] = change["digest"]
                else:
                    holds.pop(change["id"], None)
            if not page["more"]:
                return holds
            query["cursor"] = page["next_cursor"]


class Walk(RuleBasedStateMachine):
    """One walk; everything that it writes is rolled back at its end."""

    def __init__(self, room):
        super().__init__()
        self.room = room
        self.articles = []
        self.consumers, self.turn, self.looked_at = [Consumer()], 0, None
        self.site = Site()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()

    def teardown(self):
        try:
            expected = model.public(self.articles, self.now)
            for consumer in self.consumers:
                assert consumer.caught_up(at=self.now, limit=1) == expected
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def seen(self, what):
        self.room.seen[what] += 1

    # What the rules share ---------------------------------------------------------------------

    @property
    def now(self):
        return datetime.now(timezone.utc)

    def user(self, person):
        # Afresh each time: permissions are cached on the object.
        return self.room.users[person.name]

    def article(self, number, *states):
        """An article whose newest version is in one of the states; any, where the number says so."""
        fitting = [article for article in self.articles if article.newest.state in states]
        choice = self.articles if number >= ANY or not fitting else fitting
        return choice[number % len(choice)]

    def row(self, version, article):
        return Version.objects.select_related("article").get(
            article__public_id=article.key, number=version.number
        )

    def edition_row(self, article, edition):
        number = article.editions.index(edition) + 1
        return Edition.objects.get(article__public_id=article.key, number=number)

    def instant(self, late):
        """The instant of an act whose transaction began `late` before now, and commits only now."""
        newest = AuditEntry.objects.order_by("-number").values_list("at", flat=True).first()
        return max(self.now - late, newest or self.now - late)

    def attempt(self, expected, act):
        """Does the act, which is refused exactly as the model expects, and returns its result."""
        try:
            result, kind = act(), None
        except tuple(REFUSALS) as refused:
            result, kind, why = None, REFUSALS[type(refused)], refused.codes
        assert kind == expected, f"expected {expected}, was {kind} {'' if kind is None else why}"
        self.seen(f"refused: {kind}" if kind else "done")
        return result

    # Writing ------------------------------------------------------------------------------------

    @initialize()
    def begin(self):
        self.create()
        self.create(category="heart")
        self.publish_the_next(ANY * 4)

    @precondition(lambda self: len(self.articles) < 4)
    @rule(actor=actors, category=st.sampled_from(sorted(POLICIES)))
    def create(self, actor=None, category="lungs"):
        actor = actor or PERSON["writer"]
        article = model.Article("", POLICIES[category])
        version = self.attempt(
            model.create(self.articles, article, actor=actor),
            lambda: drafting.create_article(
                actor=self.user(actor),
                slug=f"article-{len(self.articles)}",
                language="en",
                category=self.room.categories[category],
                title="Cough",
                summary="What a cough is and what helps.",
                body=body(Text()),
            ),
        )
        if version:
            article.key = str(version.article.public_id)
            VersionAuthor.objects.create(version=version, author=self.room.author)
            # Related to the article before, whether that one is public or not.
            if len(self.articles) > 1:
                before = Article.objects.get(public_id=self.articles[-2].key)
                RelatedArticle.objects.create(version=version, article=before)

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, kind=kinds, actor=actors)
    def open_version(self, number, kind="substantive", actor=None):
        actor, article = actor or PERSON["writer"], self.article(number, "returned", "released")
        row = Article.objects.get(public_id=article.key)
        self.attempt(
            model.open_next(article, kind=kind, actor=actor),
            lambda: drafting.open_version(row, change_kind=kind, actor=self.user(actor)),
        )

    @precondition(lambda self: self.articles)
    @rule(
        number=article_numbers,
        actor=actors,
        text=st.builds(
            Text, dose=st.sampled_from([5, 5, 10]), word=st.sampled_from(["nuisance", "bother"])
        ),
        kind=st.one_of(st.none(), kinds),
        stale=st.sampled_from([False, False, False, True]),
    )
    def edit(self, number, text, kind=None, actor=None, stale=False):
        actor, article = actor or PERSON["writer"], self.article(number, "draft")
        version = article.newest
        row = self.row(version, article)
        kind = kind or version.kind
        self.attempt(
            model.edit(version, actor=actor, stale=stale, text=text, kind=kind, note="Reworded."),
            lambda: drafting.edit(
                row,
                actor=self.user(actor),
                revision=row.revision - stale,
                body=body(text),
                change_kind=kind,
                change_note="Reworded.",
            ),
        )

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, actor=actors)
    def submit(self, number, actor=None):
        actor, article = actor or PERSON["writer"], self.article(number, "draft")
        version = article.newest
        row = self.row(version, article)
        row = self.attempt(
            model.submit(article, actor=actor), lambda: acts.submit(row, actor=self.user(actor))
        )
        if row:
            version.digest = row.digest
            assert f"Take {version.text.dose} mg" in row.document
            assert f"a {version.text.word} for" in row.document

    # Reviewing ----------------------------------------------------------------------------------

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, role=roles, reviewer=reviewers, actor=actors)
    def assign(self, number, role, reviewer=None, actor=None):
        actor, article = actor or PERSON["editor"], self.article(number, "editorial_review", "medical_review")
        version, reviewer = article.newest, reviewer or PERSON[RIGHT[role]]
        row = self.row(version, article)
        requirement = row.requirements.filter(role=role).first()
        if requirement is None and row.state in ("editorial_review", "medical_review"):
            return  # A minor change has no such role to fill.
        due_on = self.now.date() + timedelta(days=14)
        self.attempt(
            model.assign(article, version, role=role, reviewer=reviewer, actor=actor, at=self.now),
            lambda: acts.assign(
                row,
                requirement=requirement or row.requirements.model(role=role),
                reviewer=self.room.reviewers[reviewer.name],
                due_on=due_on,
                actor=self.user(actor),
            ),
        )

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, actor=actors)
    def send(self, number, actor=None):
        actor, article = actor or PERSON["editor"], self.article(number, "editorial_review")
        row = self.row(article.newest, article)
        self.attempt(
            model.send(article.newest, actor=actor),
            lambda: acts.send_to_medical_review(row, actor=self.user(actor)),
        )

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, actor=actors, as_reviewer=st.booleans())
    def send_back(self, number, actor=None, as_reviewer=False):
        article = self.article(number, "editorial_review", "medical_review", "approved")
        actor = actor or PERSON["family" if as_reviewer else "editor"]
        row = self.row(article.newest, article)
        self.attempt(
            model.send_back(article.newest, actor=actor, as_reviewer=as_reviewer),
            lambda: acts.return_with_remarks(
                row, remarks="Say more.", actor=self.user(actor), as_reviewer=as_reviewer
            ),
        )

    @precondition(lambda self: self.articles)
    @rule(
        number=article_numbers,
        role=roles,
        actor=actors,
        read=st.sampled_from([True, True, True, False]),
        password=st.sampled_from([True, True, True, False]),
    )
    def sign(self, number, role, actor=None, read=True, password=True):
        article = self.article(number, "medical_review")
        version = article.newest
        actor = actor or version.asked.get(role) or PERSON[RIGHT[role]]
        row = self.row(version, article)
        self.attempt(
            model.sign(article, version, actor=actor, read=read, password=password, at=self.now),
            lambda: acts.sign_off(
                row,
                digest=row.digest if read else "sha-256:" + "0" * 64,
                password=make.PASSWORD if password else "wrong",
                actor=self.user(actor),
            ),
        )

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers)
    def carry_on(self, number):
        """The right people take the newest version as far towards approval as it gets."""
        article = self.article(number, "draft", "editorial_review", "medical_review")
        version, index = article.newest, ANY * 4 + self.articles.index(article)
        if version.state == "draft":
            self.submit(index)
        if version.state == "editorial_review":
            for role in version.needs:
                self.assign(index, role)
            self.send(index)
        if version.state == "medical_review":
            for role in version.needs:
                self.sign(index, role)

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, kind=kinds, dose=st.sampled_from([5, 10]), delay=delays)
    def publish_the_next(self, number, kind="substantive", dose=5, delay=timedelta(0)):
        """The whole way from a new version to its release."""
        article = self.article(number, "returned", "released")
        index = ANY * 4 + self.articles.index(article)
        if not article.is_open:
            kind = "new" if article.base() is None else "substantive" if kind == "new" else kind
            self.open_version(index, kind)
            word = "bother" if article.newest.text.word == "nuisance" else "nuisance"
            if kind != "periodic_review":
                self.edit(index, Text(dose, word))
        self.carry_on(index)
        self.release(index, delay=delay or None)

    # Publishing -----------------------------------------------------------------------------------

    @precondition(lambda self: self.articles)
    @rule(
        number=article_numbers,
        which=st.sampled_from([1, 1, 1, 2]),
        delay=st.one_of(st.none(), delays, st.just(timedelta(minutes=-1))),
        actor=actors,
        late=lateness,
    )
    def release(self, number, which=1, delay=None, actor=None, late=timedelta(0)):
        article, at = self.article(number, "approved"), self.instant(late)
        version = article.versions[-min(which, len(article.versions))]
        # The chief may release what others wrote with them, but not what is theirs alone.
        actor = actor or PERSON["publisher"]
        starts_at = None if delay is None else at + delay
        row = self.row(version, article)
        self.attempt(
            model.release(article, version, actor=actor, start=starts_at or at, at=at),
            lambda: release(row, actor=self.user(actor), starts_at=starts_at, at=at),
        )

    @precondition(lambda self: any(article.editions for article in self.articles))
    @rule(number=article_numbers, which=st.sampled_from([1, 1, 1, 2]), actor=actors, late=lateness)
    def cancel(self, number, which=1, actor=None, late=timedelta(0)):
        article, edition = self.edition(number, which)
        actor, at = actor or PERSON["publisher"], self.instant(late)
        row = self.edition_row(article, edition)
        self.attempt(
            model.cancel(article, edition, actor=actor, at=at),
            lambda: cancel_release(row, actor=self.user(actor), at=at),
        )

    @precondition(lambda self: any(article.editions for article in self.articles))
    @rule(
        number=article_numbers,
        which=st.sampled_from([1, 1, 2]),
        kind=st.sampled_from(["correction", "safety_recall", "retired", "moved"]),
        towards=st.one_of(st.none(), article_numbers),
        delay=st.one_of(st.none(), st.none(), delays),
        actor=actors,
        late=lateness,
    )
    def withdraw(
        self, number, kind, which=1, towards=None, delay=None, actor=None, late=timedelta(0)
    ):
        article, edition = self.edition(number, which)
        actor, at = actor or PERSON["publisher"], self.instant(late)
        effective = None if delay is None else at + delay
        replacement = None if towards is None else self.article(towards)
        row = self.edition_row(article, edition)
        self.attempt(
            model.withdraw(
                article,
                edition,
                kind=kind,
                replacement=replacement,
                effective=effective or at,
                actor=actor,
                at=at,
            ),
            lambda: withdraw(
                row,
                kind=kind,
                explanation="It was wrong.",
                replacement=replacement and Article.objects.get(public_id=replacement.key),
                effective_at=effective,
                actor=self.user(actor),
                at=at,
            ),
        )

    def edition(self, number, which):
        published = [article for article in self.articles if article.editions]
        article = published[number % len(published)]
        return article, article.editions[-min(which, len(article.editions))]

    # Time, and those who read ---------------------------------------------------------------------

    @rule(
        step=st.sampled_from(
            [timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=45)]
        )
    )
    def let_time_pass(self, step):
        self.traveller.move_to(self.now + step)

    @rule(
        offset=st.sampled_from([timedelta(microseconds=-1), timedelta(0), timedelta(0), timedelta(seconds=1)])
    )
    def pass_the_next_boundary(self, offset=timedelta(0)):
        """To the very instant, or just beside it, at which something starts, ends or falls due."""
        boundaries = set()
        for article in self.articles:
            for edition in article.editions:
                due = article.policy.due(edition.last_reviewed)
                boundaries |= {edition.start, edition.end, edition.expiry} - {None}
                boundaries.add(datetime.combine(due, time.min, tzinfo=timezone.utc))
        ahead = [at + offset for at in boundaries if at + offset > self.now]
        if ahead:
            self.traveller.move_to(min(ahead))

    @rule()
    def subscribe(self):
        if len(self.consumers) < 5:
            self.consumers.append(Consumer())

    @rule(which=st.integers(0, 4), limit=st.sampled_from([1, 1, 2, 100]))
    def consume(self, which, limit=1):
        self.consumers[which % len(self.consumers)].take_page(at=self.now, limit=limit)

    @precondition(lambda self: self.articles)
    @rule(number=article_numbers, how=st.sampled_from(["state", "body", "save", "end", "sign-off"]))
    def go_around_the_door(self, number, how):
        """What a shell could try; the database refuses it."""
        article = self.article(number, "draft", "medical_review", "approved", "released")
        row = self.row(article.newest, article)
        rows = Version.objects.filter(pk=row.pk)
        editions = Edition.objects.filter(article=row.article)
        with pytest.raises(IntegrityError), transaction.atomic():
            match how:
                case "state":
                    rows.update(state="approved" if row.state != "approved" else "released")
                case "body":
                    rows.update(body="<p>Take 500 mg.</p>")
                case "save":
                    row.state = "released" if row.state != "released" else "draft"
                    row.save()
                case "end" if editions.exists():
                    editions.update(ends_at=None, document="{}")
                case _:
                    SignOff.objects.create(
                        version=row,
                        requirement_id=getattr(row.requirements.first(), "pk", 0),
                        reviewer=self.room.reviewers["root"],
                        user=self.room.users["root"],
                        digest=row.digest,
                        credential=self.room.reviewers["root"].credential_set.first(),
                        specialty=self.room.reviewers["root"].specialties.first(),
                        signed_at=self.now,
                        entry_id=1,
                    )

    # What always holds ----------------------------------------------------------------------------

    @invariant()
    def readers_have_what_is_in_force(self):
        # A refused act leaves nothing to look at: it is looked at after the next one.
        moved, self.looked_at = self.looked_at, (self.now, AuditEntry.objects.count())
        if moved == self.looked_at:
            return
        self.turn += 1
        expected = model.public(self.articles, self.now)
        assert self.site.listed() == expected
        assert self.site.followed() == expected
        # One in each turn: a walk is long enough to come to all of them.
        one = self.consumers[self.turn % len(self.consumers)]
        assert one.caught_up(at=self.now) == expected
        if self.articles:
            self.detail_is_right(self.articles[self.turn % len(self.articles)])

    def detail_is_right(self, article):
        path, edition = f"/api/v1/articles/{article.key}/", article.last_started(self.now)
        if edition is None:
            self.site.ask(path, 404)
        elif edition.in_force(self.now):
            self.seen("in force")
            served = self.site.ask(path).json()
            signed = {name: served[name] for name in served["signed_fields"]}
            assert digest(canonical(signed)) == served["digest"] == edition.version.digest
            assert f"Take {edition.version.text.dose} mg" in served["sections"][1]["text"]
            assert served["last_reviewed"] == edition.last_reviewed.isoformat()
            overdue = self.now.date() >= article.policy.due(edition.last_reviewed)
            assert (served["review_status"] == "overdue") == overdue
            before = self.articles[: self.articles.index(article)][-1:]
            shown = [a.key for a in before if a.in_force(self.now)]
            assert [item["id"] for item in served["related"]] == shown
        elif edition.ended_by == "moved" and edition.replacement.in_force(self.now):
            self.seen("moved")
            location = self.site.ask(path, 301)["Location"]
            assert location == f"/api/v1/articles/{edition.replacement.key}/"
        else:
            self.seen(f"gone: {edition.ended_by}")
            gone = self.site.ask(path, 410).json()
            kind = gone["withdrawal"]["kind"] if edition.ended_by != "expiry" else "expiry"
            assert kind == edition.ended_by

    @invariant()
    def what_is_served_is_signed_by_others_than_its_writers(self):
        for article in self.articles:
            edition = article.in_force(self.now)
            if edition is None:
                continue
            version = edition.version
            sign_offs = SignOff.objects.filter(
                version__article__public_id=article.key,
                version__number=version.number,
                digest=version.digest,
            ).select_related("user", "requirement")
            signed = {s.requirement.role: s.user.username for s in sign_offs}
            assert signed == {role: who.name for role, (who, _) in version.signed.items()}
            assert set(signed) == set(version.needs)
            assert not version.writers & set(signed.values())

    @invariant()
    def the_ledger_and_the_walls_stand(self):
        assert list(broken_links()) == []
        assert walls.missing() == set()

    @invariant()
    def count_what_was_seen(self):
        for article in self.articles:
            for edition in article.editions:
                if edition.cancelled:
                    self.seen("cancelled")
                elif edition.start > self.now:
                    self.seen("scheduled")
                elif edition.ended_by == "successor" and not edition.in_force(self.now):
                    self.seen("superseded")
                elif self.now.date() >= article.policy.due(edition.last_reviewed):
                    self.seen("overdue")


@pytest.fixture
def room(db, caplog):
    with caplog.at_level("ERROR", logger="django.request"):
        yield Newsroom()


def test_random_walks_never_leave_the_model(room):
    profile = PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "default")]
    run_state_machine_as_test(
        lambda: Walk(room),
        settings=settings(
            **profile,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Some of the acts were right, some were wrong, and there was something to read.
    assert room.seen.keys() >= {"done", "refused: illegal", "in force", "scheduled", "superseded"}


def test_a_written_walk_comes_to_every_end_that_an_edition_can_have(room):
    walk = Walk(room)

    def step(act, *args, **given):
        act(*args, **given)
        walk.readers_have_what_is_in_force()
        for article in walk.articles:
            walk.detail_is_right(article)
        walk.what_is_served_is_signed_by_others_than_its_writers()
        walk.the_ledger_and_the_walls_stand()
        walk.count_what_was_seen()

    lungs, heart = ANY * 4, ANY * 4 + 1
    hour, month = timedelta(hours=1), timedelta(days=31)
    try:
        step(walk.create)
        step(walk.create, category="heart")
        step(walk.publish_the_next, lungs)
        step(walk.publish_the_next, heart)
        step(walk.let_time_pass, hour)
        # A successor is scheduled, cancelled, scheduled again and comes.
        step(walk.publish_the_next, lungs, kind="minor", delay=hour)
        step(walk.subscribe)
        step(walk.consume, 1)
        step(walk.cancel, lungs)
        step(walk.release, lungs, delay=hour)
        step(walk.consume, 1, limit=100)
        step(walk.pass_the_next_boundary, timedelta(microseconds=-1))
        step(walk.pass_the_next_boundary)
        # A release is cancelled by somebody who began before it came and is done after it.
        step(walk.publish_the_next, heart, kind="periodic_review", delay=timedelta(seconds=1))
        step(walk.let_time_pass, timedelta(seconds=2))
        step(walk.subscribe)
        step(walk.consume, 2, limit=100)
        step(walk.cancel, heart, late=timedelta(seconds=2))
        # A release is committed after a consumer read at a later instant.
        step(walk.open_version, heart)
        step(walk.edit, heart, Text(dose=7))
        step(walk.carry_on, heart)
        step(walk.let_time_pass, hour)
        step(walk.consume, 2, limit=100)
        step(walk.release, heart, late=timedelta(seconds=2))
        # A withdrawal is planned, and comes by itself.
        step(walk.withdraw, 0, "retired", delay=hour)
        step(walk.consume, 1, limit=100)
        step(walk.pass_the_next_boundary)
        step(walk.publish_the_next, lungs, dose=8)
        # The category that withholds expires; the other one falls due and stays.
        step(walk.consume, 2, limit=100)
        step(walk.let_time_pass, 5 * month)
        step(walk.publish_the_next, heart, dose=10)
        step(walk.let_time_pass, 8 * month)
        step(walk.publish_the_next, heart)
        ends = ["correction", "safety_recall", "retired", "moved"]
        for dose, kind in enumerate(ends, start=10):
            step(walk.publish_the_next, lungs, dose=dose)
            step(walk.let_time_pass, hour)
            step(walk.withdraw, 0, kind, towards=heart if kind == "moved" else None)
            step(walk.let_time_pass, hour)
    finally:
        walk.teardown()
    expected = {"in force", "overdue", "scheduled", "cancelled", "superseded", "moved"}
    gone = {f"gone: {end}" for end in ("correction", "safety_recall", "retired", "expiry")}
    assert room.seen.keys() == expected | gone | {"done"}
