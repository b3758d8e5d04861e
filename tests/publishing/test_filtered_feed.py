"""The feed with filters: a filtered mirror ends with exactly what its filters leave of the live set."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from tests import make
from tests.once import once
from tests.publishing.consumer import only
from tests.publishing.story import DAY, HOUR, T, moved, next_edition
from tests.publishing.walks.how_far import SEEDS
from topics.models import Article, Category, Edition
from topics.publishing import choosing, feed, shelf
from topics.publishing.api_keys import possible_hashes
from topics.publishing.licences import follow_the_tree
from topics.publishing.licensing import OPEN, Licensed
from topics.publishing.marks import key_of
from topics.publishing.release import release
from topics.publishing.wanted import Wanted
from topics.publishing.withdraw import cancel_release, withdraw
from topics.workflow.ledger import begin_act

TURNS = 24


@dataclass
class Mirror:
    """A follower with filters: `holds` is the number of the edition that it shows of each article."""

    wanted: Wanted
    key: str = ""
    limit: int = 100
    window: feed.Window | None = None
    holds: dict = field(default_factory=dict)

    def reader(self, at):
        return Licensed(possible_hashes(self.key), at=at) if self.key else OPEN

    def page(self, at):
        window = self.window or feed.Window(wanted=self.wanted)
        found, self.window, _ = feed.changes(window, at=at, limit=self.limit, reader=self.reader(at))
        for change in found:
            self.holds.pop(change.edition.article_id, None)
            if change.in_force:
                self.holds[change.edition.article_id] = change.edition.number
        return found

    def follow(self, at):
        """Follows to the end, and returns the changes of this time."""
        begun = self.window is not None and self.window.to is not None
        found = self.page(at)
        while self.window.to is not None:
            found += self.page(at)
        # A window that was begun earlier ends in the past.
        return found + self.page(at) if begun else found

    def live(self, at):
        """What lists show with these filters."""
        editions = shelf.in_force(at=at, reader=self.reader(at))
        for name in ("language", "audience"):
            if value := getattr(self.wanted, name):
                editions = editions.filter(**{name: value})
        if self.wanted.category:
            editions = choosing.in_category(editions, self.wanted.category)
        for name in ("author", "reviewer", "specialty"):
            if value := getattr(self.wanted, name):
                editions = choosing.named(editions, name, value)
        return {edition.article_id: edition.number for edition in editions}


@dataclass
class Made:
    """A newsroom with two categories, and `edition`, of the first, in force since `T`."""

    room: make.Newsroom
    skin: Category
    edition: Edition


@once
def content():
    room = make.newsroom()
    return Made(room, make.category("skin", policy=room.policy), make.released(room, at=T))


@pytest.fixture
def skin(made):
    return made.skin


@pytest.fixture
def edition(made):
    return made.edition


def test_an_article_whose_next_edition_is_elsewhere_is_removed_and_its_text_is_not_told(
    newsroom, skin, edition
):
    mirror = Mirror(Wanted(category="lungs"))
    assert only(mirror.follow(T + HOUR)).in_force
    there = moved(newsroom, edition, skin, at=T + DAY)
    change = only(mirror.follow(T + DAY))
    assert (change.in_force, change.reason, change.severity) == (False, "outside_filter", "low")
    assert mirror.holds == {}
    # What becomes of it there is told to nobody who doesn't have it.
    withdraw(there, kind="safety_recall", explanation="W.", actor=newsroom.publisher, at=T + 2 * DAY)
    assert mirror.follow(T + 3 * DAY) == []


def test_an_article_that_comes_into_the_filter_is_published(newsroom, skin, edition):
    rash = make.released(newsroom, at=T, category=skin)
    mirror = Mirror(Wanted(category="lungs"))
    assert only(mirror.follow(T + HOUR)).edition == edition
    moved(newsroom, rash, newsroom.category, at=T + DAY)
    assert only(mirror.follow(T + DAY)).in_force


def test_a_recall_reaches_a_mirror_though_the_next_edition_left_its_filter_meanwhile(
    newsroom, skin, edition
):
    mirror = Mirror(Wanted(category="lungs"))
    mirror.follow(T + HOUR)
    there = moved(newsroom, edition, skin, at=T + DAY)
    withdraw(there, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher, at=T + DAY)
    change = only(mirror.follow(T + 2 * DAY))
    assert (change.recall, change.reason, change.severity) == (True, "safety_recall", "high")
    assert change.edition.withdrawal.explanation == "Wrong."


def test_a_category_moved_in_the_tree_comes_and_goes_with_all_its_articles(newsroom, skin):
    rash = make.released(newsroom, at=T, category=skin)
    mirror, paging = Mirror(Wanted(category="lungs")), Mirror(Wanted(category="lungs"), limit=1)
    assert len(mirror.follow(T + HOUR)) == len(paging.follow(T + HOUR)) == 1
    skin.parent = newsroom.category
    skin.save()
    assert only(mirror.follow(T + DAY)).edition == rash
    skin.parent = None
    skin.save()
    gone = only(mirror.follow(T + 2 * DAY))
    assert (gone.edition, gone.reason) == (rash, "outside_filter")
    assert paging.follow(T + 2 * DAY) == []


def test_a_tree_that_changes_between_two_pages_is_seen_in_the_next_window(newsroom, skin):
    make.released(newsroom, at=T)
    make.released(newsroom, at=T, category=skin)
    mirror = Mirror(Wanted(category="lungs"), limit=1)
    mirror.page(T + HOUR)
    skin.parent = newsroom.category
    skin.save()
    mirror.follow(T + HOUR)
    assert mirror.holds == mirror.live(T + HOUR)
    assert len(mirror.holds) == 3


def test_a_category_renamed_on_the_way_is_followed_on(newsroom, edition):
    mirror = Mirror(Wanted(category="lungs"))
    mirror.follow(T + HOUR)
    newsroom.category.slug = "airways"
    newsroom.category.save()
    assert mirror.follow(T + DAY) == []
    assert mirror.holds == {edition.article_id: 1}


def test_a_category_outside_the_licence_is_as_unknown_as_none(newsroom, skin):
    key = make.key(newsroom, make.licensee(newsroom, categories=[newsroom.category], at=T), at=T)
    for slug in ("skin", "none"):
        with pytest.raises(feed.NoSuchCategory):
            Mirror(Wanted(category=slug), key).follow(T + HOUR)


def test_what_leaves_licence_and_filter_at_once_is_told_as_out_of_the_licence(newsroom, skin, edition):
    key = make.key(newsroom, make.licensee(newsroom, categories=[newsroom.category], at=T), at=T)
    mirror = Mirror(Wanted(category="lungs"), key)
    mirror.follow(T + HOUR)
    moved(newsroom, edition, skin, at=T + DAY)
    assert only(mirror.follow(T + DAY)).reason == "outside_licence"


def test_only_changes_of_the_type_and_severity_are_told(newsroom, edition):
    editions = [edition, *(make.released(newsroom, at=T) for _ in range(3))]
    windows = {}
    asked = {
        "removed": Wanted(type="removed"),
        "published": Wanted(type="published"),
        "high": Wanted(severity="high"),
        "medium": Wanted(severity="medium"),
        "low": Wanted(severity="low"),
    }
    for name, wanted in asked.items():
        windows[name] = feed.changes(feed.Window(wanted=wanted), at=T + HOUR, limit=9, reader=OPEN)[1]
    kinds = ("safety_recall", "correction", "retired")
    for edition, kind in zip(editions, kinds, strict=False):
        withdraw(edition, kind=kind, explanation="W.", actor=newsroom.publisher, at=T + DAY)
    next_edition(newsroom, editions[3], at=T + DAY, summary="New.")
    told = {
        name: [change.reason for change in feed.changes(window, at=T + DAY, limit=9, reader=OPEN)[0]]
        for name, window in windows.items()
    }
    assert told == {
        "removed": ["safety_recall", "correction", "retired"],
        "published": [None],
        "high": ["safety_recall"],
        "medium": ["safety_recall", "correction"],
        "low": ["safety_recall", "correction", "retired"],
    }


def test_an_article_released_again_after_its_recall_is_high_and_published(newsroom, edition):
    _, window, _ = feed.changes(feed.Window(), at=T + HOUR, limit=9, reader=OPEN)
    withdraw(edition, kind="safety_recall", explanation="W.", actor=newsroom.publisher, at=T + DAY)
    next_edition(newsroom, edition, at=T + DAY + HOUR, summary="The right dose.")
    (change,), _, _ = feed.changes(window, at=T + 2 * DAY, limit=9, reader=OPEN)
    assert (change.in_force, change.severity) == (True, "high")


def test_since_an_instant_tells_what_was_recorded_or_took_effect_after_it(newsroom):
    scheduled = make.released(newsroom, at=T, starts_at=T + 3 * DAY)
    later = make.released(newsroom, at=T + 2 * DAY)

    def told(instant):
        found, window, _ = feed.changes(feed.since(instant), at=T + 4 * DAY, limit=9, reader=OPEN)
        assert feed.changes(window, at=T + 4 * DAY, limit=9, reader=OPEN)[0] == []
        return [change.edition for change in found]

    assert told(T + DAY) == [later, scheduled]
    assert told(T + 2 * DAY + 30 * timedelta(seconds=1)) == [later, scheduled]
    assert told(T + 2 * DAY + HOUR) == [scheduled]
    assert told(T + 4 * DAY) == []
    assert len(told(datetime(1, 1, 1, tzinfo=timezone.utc))) == 3


def test_since_tells_a_licensee_what_left_its_licence_then(newsroom, skin, edition):
    licensee = make.licensee(newsroom, categories=[newsroom.category], at=T)
    key = make.key(newsroom, licensee, at=T)
    make.licence(newsroom, licensee, categories=[skin], at=T + DAY)
    reader = Licensed(possible_hashes(key), at=T + 2 * DAY)
    (change,), _, _ = feed.changes(feed.since(T + 2 * HOUR), at=T + 2 * DAY, limit=9, reader=reader)
    assert (change.edition, change.reason, change.effective_at) == (edition, "outside_licence", T + DAY)
    assert feed.changes(feed.since(T + DAY + HOUR), at=T + 2 * DAY, limit=9, reader=reader)[0] == []


def test_newest_first_turns_the_order_around_but_keeps_recalls_in_front(newsroom, edition):
    editions = [edition, *(make.released(newsroom, at=T + n * HOUR) for n in (1, 2, 3))]
    withdraw(editions[1], kind="safety_recall", explanation="W.", actor=newsroom.publisher, at=T + DAY)
    window, seen = feed.since(T - DAY), []
    for _ in range(4):
        found, ahead, _ = feed.changes(window, at=T + 2 * DAY, limit=1, reader=OPEN, newest_first=True)
        seen += [change.edition for change in found]
        window = window.going_on(ahead.after)
    assert seen == [editions[1], editions[3], editions[2], editions[0]]


def test_a_page_costs_at_most_four_queries_whatever_the_filters(
    newsroom, skin, edition, django_assert_max_num_queries
):
    licensee = make.licensee(newsroom, at=T)
    key = make.key(newsroom, licensee, at=T)
    starts = T + DAY
    editions = [edition, *(make.released(newsroom, at=T) for _ in range(2))]
    late = make.released(newsroom, at=T, starts_at=starts)
    everything = Wanted(
        language="en",
        category="lungs",
        audience=editions[0].audience,
        author=key_of("Ada Author"),
        reviewer=key_of("Pia Primary"),
        specialty=key_of("Family Medicine"),
        severity="low",
    )
    for wanted in (everything, Wanted(category="lungs", type="removed"), Wanted(language="en")):
        for reader in (OPEN, Licensed(possible_hashes(key), at=starts + HOUR)):
            begun = feed.changes(feed.Window(wanted=wanted), at=starts, limit=9, reader=reader)[1]
            for window in (begun, feed.Window(wanted=wanted), feed.since(T, wanted=wanted)):
                with django_assert_max_num_queries(4):
                    feed.changes(window, at=starts + HOUR, limit=2, reader=reader)
    window = feed.changes(feed.Window(wanted=Wanted(category="lungs")), at=starts, limit=9, reader=OPEN)[
        1
    ]
    cancel_release(late, actor=newsroom.publisher, at=starts - timedelta(seconds=1))
    moved(newsroom, editions[0], skin, at=starts + HOUR)
    with django_assert_max_num_queries(4):
        found = feed.changes(window, at=starts + HOUR, limit=9, reader=OPEN)[0]
    assert {change.reason for change in found} == {"release_cancelled", "outside_filter"}


@pytest.mark.parametrize("seed", SEEDS)
def test_filtered_mirrors_are_in_step_after_whatever_happened(newsroom, skin, edition, seed):
    """Random acts: releases, moves, schedules, recalls, licences, changes of the tree."""
    chance = Random(seed)
    below = make.category("below", parent=skin, policy=newsroom.policy)
    categories = [newsroom.category, skin, below]
    licensee = make.licensee(newsroom, categories=[newsroom.category, skin], at=T)
    key = make.key(newsroom, licensee, days=730, at=T)
    choices = [
        Wanted(category="skin"),
        Wanted(category="lungs", language="en"),
        Wanted(language="es"),
        Wanted(audience="professional", category="skin"),
        Wanted(author=key_of("Ada Author")),
    ]
    # In each other walk those that had the smallest pages have large ones.
    limits = [(1, 2, 100)[(n + seed) % 3] for n in range(2 * len(choices))]
    mirrors = [Mirror(wanted, limit=limit) for wanted, limit in zip(choices, limits, strict=False)]
    mirrors += [
        Mirror(wanted, key, limit=limit) for wanted, limit in zip(choices, limits[5:], strict=True)
    ]
    at, editions, scheduled = T, [edition], []
    for turn in range(TURNS):
        at += timedelta(hours=chance.choice([1, 5, 30]))
        act = chance.choice(
            ["release", "release", "move", "next", "schedule", "recall", "tree", "licence"]
        )
        public = set(shelf.in_force(at=at, reader=OPEN).values_list("pk", flat=True))
        live = [one for one in editions if one.pk in public]
        free = [
            one for one in live if not any(ahead.article_id == one.article_id for ahead in scheduled)
        ]
        if act == "release":
            words = {
                "language": chance.choice(["en", "es"]),
                "audience": chance.choice(["patient", "professional"]),
            }
            editions.append(make.released(newsroom, at=at, category=chance.choice(categories), **words))
        elif act == "move" and free:
            editions.append(moved(newsroom, chance.choice(free), chance.choice(categories), at=at))
        elif act == "next" and free:
            audience = chance.choice(["patient", "professional"])
            one = chance.choice(free)
            editions.append(next_edition(newsroom, one, at=at, audience=audience, summary=f"{turn}."))
        elif act == "schedule" and free:
            one = chance.choice(free)
            Article.objects.filter(pk=one.article_id).update(category=chance.choice(categories))
            article = Article.objects.get(pk=one.article_id)
            version = make.approved(newsroom, make.next_draft(newsroom, article, at=at), at=at)
            starts = at + timedelta(hours=chance.choice([2, 20]))
            scheduled.append(release(version, actor=newsroom.publisher, starts_at=starts, at=at))
            editions.append(scheduled[-1])
        elif act == "recall" and live:
            one = chance.choice(live)
            withdraw(one, kind="safety_recall", explanation="W.", actor=newsroom.publisher, at=at)
        elif act == "tree":
            below.parent = chance.choice([None, newsroom.category, skin])
            below.save()
            follow_the_tree(actor=newsroom.administrator, at=begin_act(at=at))
        elif act == "licence":
            some = chance.sample(categories, chance.choice([1, 2]))
            make.licence(newsroom, licensee, categories=some, at=at)
        for mirror in mirrors:
            if turn == TURNS - 1 or chance.random() < 0.25:
                try:
                    told = mirror.follow(at)
                except feed.NoSuchCategory:
                    assert mirror.window is None and mirror.key
                    continue
                assert mirror.holds == mirror.live(at), (turn, act, mirror.wanted)
                assert len(told) == len({change.edition.article_id for change in told})
