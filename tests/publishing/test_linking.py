"""What leads to an article: what is in force, related or linked in its text, and how."""

from django.utils import timezone

from tests import make
from topics.models import RelatedArticle
from topics.publishing.linking import linking_editions


def link(article):
    return f'<p>Read <a href="article:{article.public_id}">more</a>.</p>'


def leads(article):
    editions = linking_editions(article, at=timezone.now())
    return [(edition.title, edition.names_it, edition.mentions_it) for edition in editions]


def test_editions_in_force_lead_to_an_article_as_related_in_their_text_or_both(newsroom):
    flu = make.released(newsroom, slug="flu").article
    named = make.draft(newsroom, title="Named")
    RelatedArticle.objects.create(version=named, article=flu)
    both = make.draft(newsroom, title="Both", body=link(flu))
    RelatedArticle.objects.create(version=both, article=flu)
    for version in (named, both, make.draft(newsroom, title="Mentioned", body=link(flu))):
        make.released(newsroom, version)
    make.released(newsroom, title="Nothing to do with it")
    make.approved(newsroom, title="Not public", body=link(flu))
    make.released(newsroom, make.next_draft(newsroom, flu, body=link(flu)))
    assert leads(flu) == [("Both", True, True), ("Mentioned", False, True), ("Named", True, False)]


def test_what_no_longer_links_to_it_leads_nowhere(newsroom):
    flu = make.released(newsroom, slug="flu").article
    edition = make.released(newsroom, title="Mentioned", body=link(flu))
    assert leads(flu) == [("Mentioned", False, True)]
    make.released(newsroom, make.next_draft(newsroom, edition.article, body="<p>No link.</p>"))
    assert leads(flu) == []


def test_what_leads_to_an_article_is_one_question(newsroom, django_assert_num_queries):
    flu = make.released(newsroom, slug="flu").article
    for _ in range(3):
        make.released(newsroom, body=link(flu))
    with django_assert_num_queries(1):
        assert all(edition.article.slug for edition in linking_editions(flu, at=timezone.now()))
