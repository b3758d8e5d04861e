"""What happens by itself: time passes, consumers read, and somebody tries the back door."""

from datetime import datetime, time, timedelta, timezone

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.publishing.walks.cast import article_numbers
from tests.publishing.walks.readers import Consumer
from tests.publishing.walks.releasing import Releasing
from topics.models import Edition, SignOff, Version
from topics.models.signing import as_printed


class Passing(Releasing):
    @rule(
        step=st.sampled_from(
            [timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=45)]
        )
    )
    def let_time_pass(self, step):
        self.traveller.move_to(self.now + step)

    @rule(
        offset=st.sampled_from(
            [timedelta(microseconds=-1), timedelta(0), timedelta(0), timedelta(seconds=1)]
        )
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
                        credential=(credential := self.room.reviewers["root"].credential_set.first()),
                        **as_printed(credential),
                        specialty=self.room.reviewers["root"].specialties.first(),
                        signed_at=self.now,
                        entry_id=1,
                    )
