"""The page that compares two versions: who may see it, what it says, where its links lead."""

import re

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import signed_in, superuser, text_of
from tests.admin.pages import Fields, refused_by_csp
from topics.admin.redline import redline, rendered
from topics.workflow.changes import document_of

BEFORE = (
    "<p>Most coughs clear up.</p><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p><p>Five.</p>"
    "<h2>Treatment</h2><p>Take 5 mg at night.</p><ul><li>Honey with warm water</li><li>Rest</li></ul>"
    "<table><tbody><tr><th>Adults</th><td>5 mg</td></tr>"
    "<tr><th>Over 65</th><td>2 mg</td></tr></tbody></table>"
    "<h2>Help</h2><p>You cough up blood, or anything else worries you at home.</p>"
)
AFTER = (
    "<p>Most coughs clear up.</p><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p><p>Five.</p>"
    "<h2>Help</h2><p>You cough up blood, or anything else worries you at home.</p>"
    '<h2>Treatment</h2><p>Take 50 mg at night, see <a href="https://example.org/x">more</a>.</p>'
    "<ul><li>Rest</li><li>Honey with warm water</li></ul>"
    "<table><tbody><tr><th>Adults</th><td>50 mg</td></tr></tbody></table>"
    '<aside class="key-points"><p>Call 911.</p></aside>'
)


def url(before, after):
    return reverse("admin:redline", args=[before.pk, after.pk])


@pytest.fixture
def pair(newsroom):
    """A released version and the draft of the next."""
    edition = make.released(newsroom, body=BEFORE)
    draft = make.next_draft(newsroom, edition.article, body=AFTER, title="Cough & cold")
    return edition.version, draft


def page(user, before, after):
    return signed_in(user).get(url(before, after))


def test_the_page_shows_what_came_and_what_went_and_says_it_aloud(newsroom, pair):
    response = page(newsroom.editor, *pair)
    html = response.content.decode()
    assert response.status_code == 200
    assert '<del><span class="hidden-text">removed: </span>5 mg</del>' in html
    assert '<ins><span class="hidden-text">added: </span>50 mg</ins>' in html
    assert refused_by_csp(response) == []


def test_clinical_changes_stand_first_and_every_link_leads_to_a_passage(newsroom, pair):
    html = page(newsroom.editor, *pair).content.decode()
    assert html.index("In “Treatment”, “5 mg” became “50 mg”.") < html.index("redline-document")
    targets = set(re.findall(r'href="#((?:change|redline)[^"]*)"', html))
    ids = re.findall(r' id="([^"]*)"', html)
    assert targets
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_unchanged_blocks_are_folded_and_still_on_the_page(newsroom, pair):
    html = page(newsroom.editor, *pair).content.decode()
    assert "Unchanged" in html or "unchanged blocks" in html
    assert "<p>Three.</p>" in html


def test_what_moved_is_shown_as_moved_at_both_places(newsroom, pair):
    text = text_of(page(newsroom.editor, *pair))
    assert "was moved; it stands after" in text or "was moved to the beginning" in text
    assert "Section moved here" in text
    assert "Moved to another place in this section" in text
    assert "Moved here within this section" in text


def test_the_page_names_both_versions_and_offers_every_other_pair(newsroom, pair):
    response = page(newsroom.editor, *pair)
    text = text_of(response)
    assert "Version 1" in text
    assert "Released" in text
    assert "Version 2" in text
    assert "Draft" in text
    assert reverse("admin:redline", args=[pair[1].pk, pair[0].pk]) in response.content.decode()
    chosen = {"before": pair[0].pk, "after": pair[1].pk}
    response = signed_in(newsroom.editor).get(reverse("admin:redline_choose"), chosen)
    assert response.url == url(*pair)


@pytest.mark.parametrize("chosen", [{}, {"before": "1"}, {"before": "1", "after": "x"}])
def test_a_choice_that_names_no_two_versions_is_not_found(newsroom, chosen):
    response = signed_in(newsroom.editor).get(reverse("admin:redline_choose"), chosen)
    assert response.status_code == 404


def test_versions_of_different_articles_are_refused_in_a_sentence(newsroom, pair):
    other = make.draft(newsroom, title="Fever")
    response = page(newsroom.editor, pair[0], other)
    assert response.status_code == 422
    assert "belong to different articles" in text_of(response)
    assert "redline-document" not in response.content.decode()


@pytest.mark.parametrize("who", ["writer", "editor", "publisher", "administrator"])
def test_who_follows_reviews_as_a_whole_may_compare(newsroom, pair, who):
    assert page(getattr(newsroom, who), *pair).status_code == 200


def test_a_reviewer_compares_what_they_were_asked_to_review_and_never_a_draft(newsroom, pair):
    released, draft = pair
    reviewer = newsroom.primary.user
    assert page(reviewer, released, released).status_code == 200
    assert page(reviewer, released, draft).status_code == 404
    assert page(reviewer, draft, released).status_code == 404
    asked = make.in_medical_review(newsroom, draft)
    assert page(reviewer, released, asked).status_code == 200


def test_a_version_that_does_not_exist_is_not_found(newsroom, pair):
    address = reverse("admin:redline", args=[pair[0].pk, 10**9])
    assert signed_in(superuser()).get(address).status_code == 404


def test_the_same_version_twice_says_that_nothing_changed(newsroom, pair):
    assert "Nothing changed" in text_of(page(newsroom.editor, pair[0], pair[0]))


def test_the_queries_do_not_grow_with_the_versions(newsroom, pair, django_assert_max_num_queries):
    client = signed_in(newsroom.editor)
    client.get(url(*pair))
    with django_assert_max_num_queries(22) as few:
        client.get(url(*pair))
    article = pair[0].article
    for number in range(3, 9):
        newest = article.versions.order_by("-number").first()
        make.acts.return_with_remarks(
            make.submitted(newsroom, newest), remarks="Again.", actor=newsroom.editor
        )
        make.next_draft(newsroom, article, title=f"Cough {number}")
    newest = article.versions.order_by("-number").first()
    with django_assert_max_num_queries(len(few)):
        client.get(url(pair[0], newest))


HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)><b style="x">5 mg</b>'


def test_hostile_words_are_shown_as_words_wherever_they_stand(newsroom):
    edition = make.released(newsroom, title="Cough")
    draft = make.next_draft(
        newsroom,
        edition.article,
        title=HOSTILE,
        summary=HOSTILE,
        also_called=[HOSTILE],
        body=f"<h2>&lt;img src=x&gt;</h2><p>{HOSTILE} &lt;script&gt;alert(2)&lt;/script&gt;</p>",
    )
    html = str(rendered(redline(document_of(edition.version), document_of(draft))))
    assert "<script" not in html
    assert "<img" not in html
    assert Fields(html).refused == []


def test_a_first_version_has_nothing_to_be_compared_with(newsroom):
    html = str(rendered(redline(None, document_of(make.draft(newsroom)))))
    assert "nothing to compare with" in html


def test_marks_nest_as_html_may(newsroom, pair):
    """`<ins>` and `<del>` hold blocks where a block may stand and words elsewhere."""
    html = str(rendered(redline(*map(document_of, pair)))) + str(
        rendered(redline(*map(document_of, pair[::-1])))
    )
    inner = re.findall(r"<(ul|ol|table|tbody|thead|tr|dl)\b[^>]*><(\w+)", html)
    allowed = {"table": {"caption", "thead", "tbody"}, "tr": {"th", "td"}, "dl": {"dt", "dd"}}
    for outer in ("ul", "ol"):
        allowed[outer] = {"li"}
    for outer in ("tbody", "thead"):
        allowed[outer] = {"tr"}
    assert inner
    assert [found for found in inner if found[1] not in allowed[found[0]]] == []


def test_a_draft_is_compared_as_it_would_freeze(newsroom, pair):
    released, draft = pair
    assert "75 mg" not in page(newsroom.editor, released, draft).content.decode()
    changed = AFTER.replace("50 mg", "75 mg")
    make.drafting.edit(draft, actor=newsroom.writer, revision=draft.revision, body=changed)
    assert "75 mg" in page(newsroom.editor, released, draft).content.decode()


def test_links_to_articles_lead_to_their_pages_and_notes_name_them(newsroom):
    old, new = make.draft(newsroom, slug="fever"), make.draft(newsroom, slug="flu")
    link = '<p>See <a href="article:{}">the other article</a> for more.</p>'
    edition = make.released(newsroom, body=link.format(old.article.public_id))
    draft = make.next_draft(newsroom, edition.article, body=link.format(new.article.public_id))
    response = page(newsroom.editor, edition.version, draft)
    html = response.content.decode()
    assert reverse("admin:topics_article_change", args=[new.article_id]) in html
    assert f"link changed from {old.article} to {new.article}" in text_of(response)
    assert f"the link “{old.article}” became “{new.article}”" in text_of(response)
    assert "article:" not in text_of(response)


def test_related_articles_are_called_by_their_names(newsroom):
    other = make.draft(newsroom, slug="fever").article
    edition = make.released(newsroom)
    draft = make.next_draft(newsroom, edition.article)
    document = document_of(draft)
    document["related_ids"] = [str(other.public_id)]
    html = str(rendered(redline(document_of(edition.version), document)))
    assert f"<p>{other}</p>" in html
