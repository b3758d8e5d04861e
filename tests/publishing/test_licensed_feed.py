"""The feed of a licensee: a mirror ends with exactly its licence in force, and hears of no more."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from tests import make
from tests.once import once
from tests.publishing.consumer import only
from tests.publishing.story import DAY, HOUR, MOMENT, T, moved
from tests.publishing.walks.how_far import SEEDS
from topics.models import Article, Category, Edition, Licensee
from topics.publishing import feed, shelf
from topics.publishing.api_keys import possible_hashes
from topics.publishing.licences import follow_the_tree
from topics.publishing.licensing import OPEN, Licensed
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.workflow.ledger import begin_act


@dataclass
class Mirror:
    """A consumer that stores what it is told to store, and deletes what it is told to delete."""

    key: str
    limit: int = 100
    window: feed.Window = field(default_factory=feed.Window)
    shelf: dict = field(default_factory=dict)
    told: list = field(default_factory=list)

    def reader(self, at):
        return Licensed(possible_hashes(self.key), at=at)

    def follow(self, at):
        """Follows to the end, and returns the changes of this time."""
        found = []
        more = True
        while more:
            some, self.window, more = feed.changes(
                self.window, at=at, limit=self.limit, reader=self.reader(at)
            )
            more = more or self.window.to is not None
            found += some
        for change in found:
            article = change.edition.article
            if change.in_force:
                self.shelf[article.pk] = change.edition.digest
            else:
                self.shelf.pop(article.pk, None)
        self.told += found
        return found

    def live(self, at):
        editions = shelf.in_force(at=at, reader=self.reader(at))
        return {edition.article_id: edition.digest for edition in editions}

    def is_in_step(self, at):
        self.follow(at)
        return self.shelf == self.live(at)


@dataclass
class Made:
    """A newsroom with two categories; a licensee of the first, with a mirror; and an edition of each
    category, in force since `T`.
    """

    room: make.Newsroom
    skin: Category
    licensee: Licensee
    mirror: Mirror
    cough: Edition
    rash: Edition


@once
def content():
    room = make.newsroom()
    skin = make.category("skin", policy=room.policy)
    licensee, mirror = licensed(room, room.category)
    cough, rash = (make.released(room, at=T, category=one) for one in (room.category, skin))
    return Made(room, skin, licensee, mirror, cough, rash)


@pytest.fixture
def skin(made):
    return made.skin


@pytest.fixture
def licensee(made):
    return made.licensee


@pytest.fixture
def mirror(made):
    return made.mirror


@pytest.fixture
def cough(made):
    return made.cough


@pytest.fixture
def rash(made):
    return made.rash


def licensed(room, *categories, at=T, **terms):
    """A licensee of these categories and a mirror with its key."""
    licensee = make.licensee(room, categories=categories or None, at=at, **terms)
    return licensee, Mirror(make.key(room, licensee, days=730, at=at))


def test_what_is_outside_is_never_told_of(newsroom, mirror, cough, rash):
    assert [change.edition for change in mirror.follow(T + 2 * HOUR)] == [cough]
    withdraw(rash, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher, at=T + 3 * HOUR)
    assert mirror.follow(T + 4 * HOUR) == []
    fresh = Mirror(mirror.key)
    assert [change.edition for change in fresh.follow(T + 4 * HOUR)] == [cough]


def test_an_article_that_moves_out_is_to_be_deleted_once_and_nothing_is_told_of_it(
    newsroom, skin, mirror, cough
):
    mirror.follow(T + 2 * HOUR)
    there = moved(newsroom, cough, skin, at=T + DAY, title="Secret")
    change = only(mirror.follow(T + DAY))
    assert change.left
    assert not change.in_force
    assert mirror.shelf == {}
    # What becomes of it afterwards is nobody's business there.
    again = moved(newsroom, there, skin, at=T + 2 * DAY, title="Secret too")
    assert mirror.follow(T + 3 * DAY) == []
    withdraw(again, kind="retired", explanation="Old.", actor=newsroom.publisher, at=T + 4 * DAY)
    assert mirror.follow(T + 5 * DAY) == []
    assert Mirror(mirror.key).follow(T + 5 * DAY) == []


def test_an_article_that_moves_in_is_published(newsroom, mirror, cough, rash):
    assert only(mirror.follow(T + 2 * HOUR)).edition == cough
    moved(newsroom, rash, newsroom.category, at=T + DAY)
    assert only(mirror.follow(T + DAY)).in_force
    assert mirror.shelf == mirror.live(T + DAY)


def test_a_scheduled_move_out_takes_effect_at_its_instant(newsroom, skin, mirror, cough):
    Article.objects.update(category=skin)
    version = make.approved(newsroom, make.next_draft(newsroom, cough.article, at=T + HOUR), at=T + HOUR)
    release(version, actor=newsroom.publisher, starts_at=T + DAY, at=T + HOUR)
    assert len(mirror.follow(T + DAY - MOMENT)) == 1
    assert only(mirror.follow(T + DAY)).left


def test_a_changed_licence_is_told_as_what_came_and_what_left(
    newsroom, skin, licensee, mirror, cough, rash
):
    mirror.follow(T + 2 * HOUR)
    make.licence(newsroom, licensee, categories=[skin], at=T + DAY)
    told = {change.edition: (change.in_force, change.left) for change in mirror.follow(T + DAY)}
    assert told == {cough: (False, True), rash: (True, False)}
    assert mirror.follow(T + DAY + HOUR) == []


def test_a_licence_that_changed_to_and_fro_between_two_visits_changes_nothing(
    newsroom, skin, licensee, mirror
):
    mirror.follow(T + 2 * HOUR)
    make.licence(newsroom, licensee, categories=[skin], at=T + DAY)
    make.licence(newsroom, licensee, categories=[newsroom.category], at=T + 2 * DAY)
    assert mirror.follow(T + 3 * DAY) == []


def test_the_end_of_a_licence_empties_the_mirror_at_its_instant_and_a_new_one_fills_it(newsroom):
    licensee, mirror = licensed(newsroom, at=T, ends_at=T + DAY)
    assert len(mirror.follow(T + DAY - MOMENT)) == 2
    assert [change.left for change in mirror.follow(T + DAY)] == [True, True]
    assert mirror.shelf == {}
    make.licence(newsroom, licensee, at=T + 2 * DAY)
    mirror.follow(T + 2 * DAY)
    assert len(mirror.shelf) == 2


def test_a_recall_of_what_left_the_licence_meanwhile_still_says_why(
    newsroom, skin, licensee, mirror, cough, rash
):
    mirror.follow(T + 2 * HOUR)
    make.licence(newsroom, licensee, categories=[skin], at=T + DAY)
    withdraw(cough, kind="safety_recall", explanation="50 mg.", actor=newsroom.publisher, at=T + DAY)
    change, came = mirror.follow(T + 2 * DAY)
    assert came.edition == rash
    assert change.recall
    assert not change.left
    assert change.edition.withdrawal.explanation == "50 mg."


def test_a_category_that_comes_under_a_licensed_one_comes_into_the_licence(
    newsroom, skin, mirror, cough, rash
):
    assert only(mirror.follow(T + 2 * HOUR)).edition == cough
    skin.parent = newsroom.category
    skin.save()
    follow_the_tree(actor=newsroom.administrator, at=begin_act(at=T + DAY))
    assert only(mirror.follow(T + DAY)).edition == rash
    skin.parent = None
    skin.save()
    follow_the_tree(actor=newsroom.administrator, at=begin_act(at=T + 2 * DAY))
    assert only(mirror.follow(T + 2 * DAY)).left


def test_a_licence_to_come_still_comes_after_the_tree_was_changed(newsroom, skin, licensee, mirror):
    make.licence(newsroom, licensee, categories=[skin], at=T, starts_at=T + 3 * DAY)
    below = make.category("below", parent=newsroom.category, policy=newsroom.policy)
    follow_the_tree(actor=newsroom.administrator, at=begin_act(at=T + DAY))
    assert mirror.reader(T + DAY).scope.categories == {newsroom.category.pk, below.pk}
    assert mirror.reader(T + 3 * DAY).scope.categories == {skin.pk}


def test_a_cursor_is_of_one_reader_alone(newsroom, skin, mirror):
    _, other = licensed(newsroom, skin)
    mirror.follow(T + 2 * HOUR)
    open_window = feed.changes(feed.Window(), at=T + 2 * HOUR, limit=1, reader=OPEN)[1]
    for window, reader in (
        (mirror.window, other.reader(T + DAY)),
        (mirror.window, OPEN),
        (open_window, mirror.reader(T + DAY)),
    ):
        with pytest.raises(feed.CursorAhead):
            feed.changes(window, at=T + DAY, limit=1, reader=reader)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mirror_is_in_step_after_whatever_happened(
    newsroom, skin, licensee, mirror, cough, rash, seed
):
    """Random acts: releases, moves, schedules, cancellations, recalls, licences, moves in the tree."""
    chance = Random(seed)
    below = make.category("below", parent=skin, policy=newsroom.policy)
    categories = [newsroom.category, skin, below]
    often, seldom, paging = mirror, Mirror(mirror.key), Mirror(mirror.key, limit=1)
    at, editions, scheduled = T, [cough, rash], []
    for turn in range(24):
        at += timedelta(hours=chance.choice([1, 5, 30]))
        act = chance.choice(
            ["release", "release", "move", "schedule", "cancel", "recall", "licence", "tree"]
        )
        public = set(shelf.in_force(at=at, reader=OPEN).values_list("pk", flat=True))
        live = [one for one in editions if one.pk in public]
        if act == "release":
            editions.append(make.released(newsroom, at=at, category=chance.choice(categories)))
        elif act == "move" and live:
            one = chance.choice(live)
            if not any(later.article_id == one.article_id for later in scheduled):
                editions.append(moved(newsroom, one, chance.choice(categories), at=at))
        elif act == "schedule":
            version = make.approved(newsroom, at=at, category=chance.choice(categories))
            starts = at + timedelta(hours=chance.choice([2, 20]))
            scheduled.append(release(version, actor=newsroom.publisher, starts_at=starts, at=at))
            editions.append(scheduled[-1])
        elif act == "cancel" and [one for one in scheduled if one.starts_at > at]:
            one = chance.choice([one for one in scheduled if one.starts_at > at])
            scheduled.remove(one)
            editions.remove(one)
            cancel_release(one, actor=newsroom.publisher, at=at)
        elif act == "recall" and live:
            one = chance.choice(live)
            editions.remove(one)
            withdraw(one, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher, at=at)
        elif act == "licence":
            some = chance.sample(categories, chance.choice([1, 2]))
            ends = chance.choice([None, None, at + 20 * HOUR])
            make.licence(newsroom, licensee, categories=some, ends_at=ends, at=at)
        elif act == "tree":
            below.parent = chance.choice([None, newsroom.category, skin])
            below.save()
            follow_the_tree(actor=newsroom.administrator, at=begin_act(at=at))
        had = set(often.shelf)
        told = often.follow(at)
        assert often.shelf == often.live(at), (turn, act)
        # Nothing is told of what it didn't have, isn't to have, and may not see.
        strangers = {change.edition.article_id for change in told if change.left} - had
        assert strangers == set(), (turn, act)
        if turn % 6 == 0:
            assert seldom.is_in_step(at), (turn, act)
            assert paging.is_in_step(at), (turn, act)
    at += 3 * DAY
    assert often.is_in_step(at) and seldom.is_in_step(at) and paging.is_in_step(at)
    assert Mirror(often.key).is_in_step(at)
    assert Licensee.objects.count() == 1
