"""Steps of those who write: they start articles, open versions, edit and submit them."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.publishing.walks import model, world
from tests.publishing.walks.cast import PERSON, POLICIES, actors, article_numbers, body, kinds, writers
from tests.publishing.walks.walk import Walk, some_in
from tests.publishing.walks.world import Text
from topics.models import Article, RelatedArticle, VersionAuthor
from topics.workflow import acts, drafting


class Writing(Walk):
    @precondition(lambda self: len(self.articles) < 4)
    @rule(actor=actors, category=st.sampled_from(sorted(POLICIES)))
    def create(self, actor=None, category="lungs"):
        actor = actor or PERSON["writer"]
        article = world.Article("", POLICIES[category])
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

    @some_in("returned", "released")
    @rule(number=article_numbers, kind=kinds, actor=actors)
    def open_version(self, number, kind="substantive", actor=None):
        actor, article = actor or PERSON["writer"], self.article(number, "returned", "released")
        row = Article.objects.get(public_id=article.key)
        self.attempt(
            model.open_next(article, kind=kind, actor=actor),
            lambda: drafting.open_version(row, change_kind=kind, actor=self.user(actor)),
        )

    @some_in("draft")
    @rule(
        number=article_numbers,
        actor=writers,
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

    @some_in("draft")
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
