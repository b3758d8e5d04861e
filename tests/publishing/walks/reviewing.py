"""Steps of review: reviewers are assigned, versions sent and returned, and signed."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests import make
from tests.publishing.walks import model
from tests.publishing.walks.cast import ANY, PERSON, RIGHT, actors, article_numbers, reviewers, roles
from tests.publishing.walks.walk import some_in
from tests.publishing.walks.writing import Writing
from topics.workflow import acts
from topics.workflow.password import ask
from topics.workflow.signature import read_by


class Reviewing(Writing):
    @some_in("editorial_review", "medical_review")
    @rule(number=article_numbers, role=roles, reviewer=reviewers, actor=actors)
    def assign(self, number, role, reviewer=None, actor=None):
        actor, article = (
            actor or PERSON["editor"],
            self.article(number, "editorial_review", "medical_review"),
        )
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

    @some_in("editorial_review")
    @rule(number=article_numbers, actor=actors, reason=st.sampled_from([True, True, True, False]))
    def send(self, number, actor=None, reason=True):
        actor, article = actor or PERSON["editor"], self.article(number, "editorial_review")
        row = self.row(article.newest, article)
        self.attempt(
            model.send(article, article.newest, actor=actor, reason=reason),
            lambda: acts.send_to_medical_review(
                row, actor=self.user(actor), unanswered_reason="They know." if reason else ""
            ),
        )

    @some_in("editorial_review", "medical_review", "approved")
    @rule(number=article_numbers, actor=actors, as_reviewer=st.booleans())
    def send_back(self, number, actor=None, as_reviewer=False):
        article = self.article(number, "editorial_review", "medical_review", "approved")
        actor = actor or PERSON["family" if as_reviewer else "editor"]
        row = self.row(article.newest, article)
        self.attempt(
            model.send_back(article, article.newest, actor=actor, as_reviewer=as_reviewer),
            lambda: acts.return_with_remarks(
                row, remarks="Say more.", actor=self.user(actor), as_reviewer=as_reviewer
            ),
        )

    @some_in("medical_review")
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
        typed = make.PASSWORD if password else "wrong"
        answer = ask(self.user(actor), typed, purpose="sign_off", of=row)
        password = model.try_password(self.wrong[actor], password, at=self.now)
        self.attempt(
            model.sign(article, version, actor=actor, read=read, password=password, at=self.now),
            lambda: acts.sign_off(
                row,
                digest=row.digest if read else "sha-256:" + "0" * 64,
                printed=read_by(row, self.user(actor), at=self.now),
                answer=answer,
                actor=self.user(actor),
            ),
        )

    @some_in("draft", "editorial_review", "medical_review")
    @rule(number=article_numbers, reviewer=reviewers)
    def carry_on(self, number, reviewer=None):
        """The right people take the newest version as far towards approval as it gets.

        A reviewer who is given is asked first, and the right one where that is refused.
        """
        article = self.article(number, "draft", "editorial_review", "medical_review")
        version, index = article.newest, ANY * 4 + self.articles.index(article)
        if version.state == "draft":
            self.submit(index)
        if version.state == "editorial_review":
            for role in version.needs:
                self.assign(index, role, reviewer)
                if role not in version.asked:
                    self.assign(index, role)
            self.send(index)
        if version.state == "medical_review":
            for role in version.needs:
                self.sign(index, role)
