"""Steps of those who publish: they release, schedule, cancel and withdraw."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.publishing.walks import model
from tests.publishing.walks.cast import ANY, PERSON, actors, article_numbers, delays, kinds, lateness
from tests.publishing.walks.reviewing import Reviewing
from tests.publishing.walks.walk import some_in
from tests.publishing.walks.world import Text
from topics.models import Article
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw


class Releasing(Reviewing):
    @initialize()
    def begin(self):
        self.create()
        self.create(category="heart")
        self.publish_the_next(ANY * 4)

    @some_in("draft", "returned", "released")
    @rule(number=article_numbers, kind=kinds, dose=st.sampled_from([5, 10]), delay=st.none() | delays)
    def publish_the_next(self, number, kind="substantive", dose=5, delay=None):
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
        self.release(index, delay=delay)

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
    def withdraw(self, number, kind, which=1, towards=None, delay=None, actor=None, late=timedelta(0)):
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
