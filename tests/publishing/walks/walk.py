"""What every part of a walk builds on: its articles, its clock, and acts that may be refused."""

from collections import defaultdict
from datetime import datetime, timezone

import time_machine
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, precondition

from tests.publishing.walks import model
from tests.publishing.walks.cast import ANY
from tests.publishing.walks.readers import Consumer, Site
from topics.models import AuditEntry, Edition, Version
from topics.rules.refusal import IllegalMove, NotPermitted, Unmet

START = datetime(2024, 1, 31, 9, 30, tzinfo=timezone.utc)  # Ends a month, and a 29 February is near.
REFUSALS = {IllegalMove: "illegal", NotPermitted: "forbidden", Unmet: "unmet"}


def some_in(*states):
    """That the newest version of some article is in one of the states: else the step says little."""
    return precondition(lambda walk: any(a.newest.state in states for a in walk.articles))


class Walk(RuleBasedStateMachine):
    """One walk; everything that it writes is rolled back at its end."""

    def __init__(self, room):
        super().__init__()
        self.room = room
        self.articles = []
        self.wrong = defaultdict(list)
        self.site, self.steady, self.consumers = Site(), Consumer(), [Consumer()]
        self.turn, self.looked_at = 0, None
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
