"""The whole walk: all the steps, and what must hold after each of them."""

from hypothesis.stateful import invariant

from tests.publishing.walks import model
from tests.publishing.walks.passing import Passing
from topics.content.canonical import canonical, digest
from topics.models import AuditEntry, SignOff, walls
from topics.workflow.ledger import broken_links


class NewsroomWalk(Passing):
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
        self.steady.follow(at=self.now)
        assert self.steady.holds == expected
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
