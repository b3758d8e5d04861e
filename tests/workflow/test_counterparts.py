"""Links inside a translation: they lead to what is in its language, and those that don't are named."""

import pytest
from django.utils import timezone

from tests import make
from topics.models import RelatedArticle
from topics.workflow import drafting
from topics.workflow.cautions import cautions
from topics.workflow.counterparts import counterparts, translated_links
from topics.workflow.translating import catch_up, translate


def link(article, words="more"):
    return f'<a href="article:{article.public_id}">{words}</a>'


def body_with(*articles):
    links = " and ".join(map(link, articles))
    return make.BODY + f"<p>See {links}.</p>"


@pytest.fixture
def fever(newsroom):
    return make.released(newsroom, title="Fever").article


@pytest.fixture
def rash(newsroom):
    return make.released(newsroom, title="Rash").article


def spanish_of(room, article, language="es"):
    edition = article.editions.get()
    return translate(
        edition, language=language, slug=f"{article.slug}-{language.lower()}", actor=room.writer
    ).article


def test_links_lead_to_the_translations_that_exist(newsroom, fever, rash):
    fiebre = spanish_of(newsroom, fever)
    source = make.released(newsroom, body=body_with(fever, rash))
    version = translate(source, language="es", slug="tos", actor=newsroom.writer)
    assert version.body == body_with(fiebre, rash)
    assert {mention.article for mention in version.mentions.all()} == {fiebre, rash}
    assert source.version.body == body_with(fever, rash)


def test_a_regional_translation_comes_before_one_of_its_base_language(newsroom, fever, rash):
    spanish_of(newsroom, fever)
    mexican = spanish_of(newsroom, fever, "es-MX")
    erupcion = spanish_of(newsroom, rash)
    body = translated_links(body_with(fever, rash), "es-MX")
    assert body == body_with(mexican, erupcion)


def test_links_between_translations_lead_to_the_originals_and_to_siblings(newsroom, fever):
    fiebre, fievre = spanish_of(newsroom, fever), spanish_of(newsroom, fever, "fr")
    assert counterparts([fiebre], "en") == {fiebre.pk: fever}
    assert counterparts([fiebre], "fr") == {fiebre.pk: fievre}
    assert counterparts([fiebre], "es") == {fiebre.pk: fiebre}
    assert counterparts([fiebre], "de") == {}


def test_only_links_to_articles_are_led_elsewhere(newsroom, fever):
    fiebre = spanish_of(newsroom, fever)
    nobody = "0f4a0f8e-3c0e-4d0f-9a41-0d6e2b7f9c11"
    body = f'<p>article:{fever.public_id} <a href="article:{nobody}">x</a> {link(fever)}</p>'
    assert translated_links(body, "es") == body.replace(link(fever), link(fiebre))


def test_an_empty_translation_links_to_nothing(newsroom, fever):
    source = make.released(newsroom, body=body_with(fever))
    version = translate(source, language="es", slug="tos", actor=newsroom.writer, with_text=False)
    assert version.body == ""


def test_catching_up_leads_links_to_what_was_translated_meanwhile(newsroom, fever):
    source = make.released(newsroom, body=body_with(fever))
    article = translate(source, language="es", slug="tos", actor=newsroom.writer).article
    fiebre = spanish_of(newsroom, fever)
    newer = make.next_draft(newsroom, source.article, body=body_with(fever) + "<p>More.</p>")
    make.released(newsroom, newer)
    version = catch_up(article, actor=newsroom.writer)
    assert version.body == body_with(fiebre)
    make.released(newsroom, version)
    newest = make.next_draft(newsroom, source.article, body=body_with(fever) + "<p>Less.</p>")
    make.released(newsroom, newest)
    drawn = catch_up(article, actor=newsroom.writer)
    assert (drawn.number, drawn.body) == (2, body_with(fiebre))


def test_a_new_version_that_catches_up_leads_its_links_there(newsroom, fever):
    source = make.released(newsroom, body=body_with(fever))
    version = translate(source, language="es", slug="tos", actor=newsroom.writer)
    article = make.released(newsroom, version).article
    fiebre = spanish_of(newsroom, fever)
    make.released(
        newsroom, make.next_draft(newsroom, source.article, body=body_with(fever) + "<p>+</p>")
    )
    assert catch_up(article, actor=newsroom.writer).body == body_with(fiebre)


def test_a_link_that_was_led_elsewhere_takes_no_change_over(newsroom, fever):
    source = make.released(newsroom, body=body_with(fever))
    version = translate(source, language="es", slug="tos", actor=newsroom.writer)
    article = make.released(newsroom, version).article
    spanish_of(newsroom, fever)
    body = body_with(fever).replace("blood", "much blood")
    make.released(newsroom, make.next_draft(newsroom, source.article, body=body))
    (caution,) = [
        caution
        for caution in cautions(catch_up(article, actor=newsroom.writer), at=timezone.now())
        if caution.code == "source_change_is_not_taken_over"
    ]
    assert "“When to get help”" in caution.sentence


@pytest.mark.parametrize("kind", ["minor", "periodic_review"])
def test_a_change_that_may_not_touch_the_text_leaves_its_links(newsroom, fever, kind):
    source = make.released(newsroom, body=body_with(fever))
    version = translate(source, language="es", slug="tos", actor=newsroom.writer)
    article = make.released(newsroom, version).article
    spanish_of(newsroom, fever)
    changes = {} if kind == "periodic_review" else {"body": body_with(fever).replace("plenty", "lots")}
    make.released(newsroom, make.next_draft(newsroom, source.article, change_kind=kind, **changes))
    assert catch_up(article, actor=newsroom.writer).body == body_with(fever)


def named(version):
    return [
        caution.sentence
        for caution in cautions(version, at=timezone.now())
        if caution.code == "linked_article_is_in_another_language"
    ]


def test_the_translator_is_told_which_links_lead_into_another_language(newsroom, fever, rash):
    source = make.released(newsroom, body=body_with(fever, rash))
    version = translate(source, language="es", slug="tos", actor=newsroom.writer)
    fiebre = spanish_of(newsroom, fever)
    assert sorted(named(version)) == sorted(
        [
            f"The text links to {fever}. In this language there is {fiebre}.",
            f"The text links to {rash}, which is in another language: English.",
        ]
    )
    body = version.body.replace(str(fever.public_id), str(fiebre.public_id))
    version = drafting.edit(version, actor=newsroom.writer, revision=version.revision, body=body)
    assert named(version) == [f"The text links to {rash}, which is in another language: English."]


def test_an_original_may_link_into_any_language(newsroom, fever):
    fiebre = make.released(newsroom, spanish_of(newsroom, fever).versions.get()).article
    assert named(make.draft(newsroom, body=body_with(fiebre))) == []


def test_related_articles_are_found_without_a_query_each(newsroom, django_assert_max_num_queries):
    draft = make.draft(newsroom)
    for position in range(1, 6):
        related = make.released(newsroom).article
        RelatedArticle.objects.create(version=draft, position=position, article=related)
    source = make.released(newsroom, draft)
    articles = [part.article for part in source.version.related.all()]
    with django_assert_max_num_queries(1):
        assert counterparts(articles, "es") == {}
