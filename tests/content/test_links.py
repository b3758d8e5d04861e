"""A link to an article is its public id, in one spelling; every other form of it is no link."""

import pytest

from topics.content.canonical import canonical, digest
from topics.content.document import build_document
from topics.content.html import clean
from topics.content.links import articles_linked_by, linked_articles

ID = "5c2f1a86-3c0e-4d0f-9a41-0d6e2b7f9c11"
OTHER = "a1f0c3de-77b2-4c55-8f7e-2f5f3e6f7d90"
LINK = f'<p><a href="article:{ID}">x</a></p>'


@pytest.mark.parametrize(
    "href",
    [
        f"article:{ID}",
        f"ARTICLE:{ID.upper()}",
        f" article:{ID}\n",
        f"art\ticle:{ID}",
        f"article:{ID[:8]}\u200b{ID[8:]}",
    ],
)
def test_a_reference_has_one_spelling(href):
    assert clean(f'<a href="{href}">x</a>') == LINK
    assert clean(LINK) == LINK


@pytest.mark.parametrize(
    "href",
    [
        "article:",
        "article:cough",
        f"article:{ID.replace('-', '')}",
        f"article:{{{ID}}}",
        f"article:{ID}/",
        f"article:{ID}#dose",
        f"article:{ID}?draft=1",
        f"article://{ID}",
        f"article:urn:uuid:{ID}",
        f"article:{ID} article:{OTHER}",
        "article:javascript:alert(1)",
        f"articles:{ID}",
        f"x-article:{ID}",
        "article:" + "g" * 8 + ID[8:],
        "article:٥c2f1a86-3c0e-4d0f-9a41-0d6e2b7f9c11",
    ],
)
def test_anything_else_in_its_scheme_is_no_link(href):
    assert clean(f'<p>a <a href="{href}">x</a></p>') == "<p>a x</p>"


def test_the_articles_that_a_text_links_to_are_found_in_order_and_once():
    html = clean(
        f'{LINK}<ul><li><a href="article:{OTHER}">y</a></li></ul>{LINK}<a href="https://e.org">z</a>'
    )
    assert linked_articles(html) == [ID, OTHER]


def document(body):
    return build_document(
        article_id=OTHER,
        language="en",
        title="Cough",
        also_called=["Tussis"],
        summary="What a cough is.",
        body=body,
        authors=[{"name": "Ada Author", "credentials": "MFA"}],
        references=[],
        codes=[],
        related_ids=[],
    )


def test_links_are_found_in_every_section_and_not_in_what_only_looks_like_one():
    body = (
        f'<p>&lt;a href="article:{OTHER}"&gt;</p><h2>A</h2><h3>B</h3>'
        f'<table><tr><td><a href="article:{ID}">x</a></td></tr></table>'
    )
    assert articles_linked_by(document(body)) == [ID]


def test_a_document_without_such_links_keeps_the_digest_that_it_had_before_there_were_any():
    body = (
        '<p>Most coughs <a href="https://e.org/?a=1&amp;b=2">clear up</a>.</p><h2>Treatment</h2>'
        "<ul><li>Take 5 mg</li></ul><table><tr><th scope=col>Age<td>1</table>"
        '<aside class="when-to-call"><p><a href="tel:911">Call</a></p></aside>'
    )
    made = digest(canonical(document(body)))
    assert made == ("sha-256:e1c516ee7bd6870300a4ca83a138469b2103511f7ce0f3b06b60817dc4d35dfc")
