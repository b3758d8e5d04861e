"""Starting a translation from an edition, and catching up with its source."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from topics.models import Code, Reference, RelatedArticle
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.rules.refusal import IllegalMove, NotPermitted, Refused, Unmet
from topics.workflow import acts
from topics.workflow.cautions import cautions
from topics.workflow.drafting import edit
from topics.workflow.translating import catch_up, translate, why_not_catch_up, why_not_translate


@pytest.fixture
def source(newsroom):
    draft = make.draft(newsroom)
    Reference.objects.create(version=draft, title="A source", pmid="123")
    Code.objects.create(version=draft, system="icd-10-cm", code="R05")
    return make.released(newsroom, draft)


def spanish(room, edition, **more):
    given = {"language": "es", "slug": "tos", "actor": room.writer, **more}
    return translate(edition, **given)


def codes(refusals):
    return [refusal.code for refusal in refusals]


def next_edition(room, article, kind="substantive", **changes):
    changes = changes or ({} if kind == "periodic_review" else {"body": make.BODY + "<p>More.</p>"})
    return make.released(room, make.next_draft(room, article, change_kind=kind, **changes))


def public_translation(room, edition):
    version = spanish(room, edition)
    return make.released(room, version)


# Starting ---------------------------------------------------------------------------------------------


def test_a_translation_begins_with_the_sources_text_and_parts(newsroom, source):
    version = spanish(newsroom, source)
    article = version.article
    assert (article.language, article.slug, article.translation_of) == ("es", "tos", source.article)
    assert (article.category, version.made_from) == (source.article.category, source)
    assert (version.title, version.body) == (source.version.title, source.version.body)
    assert [part.title for part in version.references.all()] == ["A source"]
    assert [part.code for part in version.codes.all()] == ["R05"]
    assert [part.name for part in version.authors.all()] == ["Ada Author"]


def written(room, version, **changes):
    return edit(version, actor=room.writer, revision=version.revision, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "Tos"},
        {"body": make.BODY.replace("Treatment", "Tratamiento")},
        {"body": make.BODY.replace("water. Take", "water.</p><p>take,")},
        {"summary": "What a cough is - and what helps"},
        {"body": make.BODY.replace("You cough", "<strong>You</strong>  COUGH")},
    ],
)
def test_a_text_that_is_still_the_sources_is_no_translation_and_not_submitted(newsroom, source, changes):
    version = spanish(newsroom, source)
    if changes:
        version = written(newsroom, version, **changes)
    with pytest.raises(Unmet, match="Nothing is translated yet"):
        acts.submit(version, actor=newsroom.writer)


def test_what_is_translated_in_part_is_submitted_with_a_caution_that_names_the_rest(newsroom, source):
    body = make.BODY.replace("You cough up blood", "Tose con sangre").replace("Treatment", "Tratamiento")
    version = written(newsroom, spanish(newsroom, source), summary="Qué es la tos.", body=body)
    [caution] = cautions(version, at=timezone.now())
    assert str(caution) == (
        "Still in the source's words, so not translated yet: the introduction, “Tratamiento”."
    )
    assert acts.submit(version, actor=newsroom.writer).state == "editorial_review"


def test_a_regional_form_of_the_sources_language_may_have_its_words(newsroom, source):
    version = spanish(newsroom, source, language="en-GB")
    assert not cautions(version, at=timezone.now())
    assert acts.submit(version, actor=newsroom.writer).state == "editorial_review"


def test_a_translation_may_begin_empty(newsroom, source):
    version = spanish(newsroom, source, with_text=False)
    assert (version.title, version.summary, version.body) == ("", "", "")
    assert version.references.count() == 1


def test_related_articles_become_their_translations_where_these_exist(newsroom):
    known, unknown = make.released(newsroom), make.released(newsroom)
    there = spanish(newsroom, known, slug="conocido").article
    draft = make.draft(newsroom)
    for position, edition in enumerate((known, unknown), start=1):
        RelatedArticle.objects.create(version=draft, article=edition.article, position=position)
    version = spanish(newsroom, make.released(newsroom, draft))
    assert [part.article for part in version.related.all()] == [there]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"language": "en"}, "language_is_the_sources"),
        ({"language": "Spanish"}, "language_is_wrong"),
        ({"slug": "Not a slug"}, "slug_is_wrong"),
        ({"slug": ""}, "slug_is_wrong"),
    ],
)
def test_a_language_or_a_slug_that_does_not_do_is_refused(newsroom, source, given, code):
    with pytest.raises(Unmet) as refused:
        spanish(newsroom, source, **given)
    assert refused.value.codes == [code]
    assert not source.article.translations.exists()


def test_there_is_one_translation_per_language(newsroom, source):
    spanish(newsroom, source)
    with pytest.raises(Unmet) as refused:
        spanish(newsroom, source, slug="tos-2")
    assert refused.value.codes == ["language_is_taken"]
    assert "tos [es]" in str(refused.value)
    assert spanish(newsroom, source, language="fr", slug="toux").article.language == "fr"


def test_a_slug_that_is_taken_in_the_language_is_refused(newsroom, source):
    make.draft(newsroom, slug="tos", language="es")
    with pytest.raises(Unmet):
        spanish(newsroom, source)


def test_a_translation_is_not_translated_further(newsroom, source):
    edition = public_translation(newsroom, source)
    with pytest.raises(IllegalMove) as refused:
        spanish(newsroom, edition, language="fr", slug="toux")
    assert refused.value.codes == ["source_is_a_translation"]


def test_neither_a_scheduled_edition_nor_a_recalled_one_is_translated(newsroom, source):
    version = make.approved(newsroom, make.next_draft(newsroom, source.article, title="Coughing"))
    tomorrow = timezone.now() + timedelta(days=1)
    scheduled = release(version, actor=newsroom.publisher, starts_at=tomorrow)
    with pytest.raises(IllegalMove) as refused:
        spanish(newsroom, scheduled)
    assert refused.value.codes == ["source_edition_does_not_fit"]
    withdraw(source, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    with pytest.raises(IllegalMove) as refused:
        spanish(newsroom, source)
    assert refused.value.codes == ["source_was_recalled"]


@pytest.mark.parametrize("role", ["publisher", "administrator", "medical_reviewer"])
def test_who_may_not_start_an_article_starts_no_translation(newsroom, source, role):
    with pytest.raises(NotPermitted):
        spanish(newsroom, source, actor=make.user(role))
    assert why_not_translate(source, actor=newsroom.writer, at=timezone.now()) == []


# Catching up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (["minor"], "minor"),
        (["minor", "periodic_review"], "minor"),
        (["minor", "substantive"], "substantive"),
        (["periodic_review"], "periodic_review"),
    ],
)
def test_catching_up_is_of_the_kind_of_what_changed_in_the_source(newsroom, source, kinds, kind):
    article = public_translation(newsroom, source).article
    for number, each in enumerate(kinds):
        text = {"minor": make.BODY.replace("plenty", "a lot" if number else "lots")}
        text["substantive"] = make.BODY + "<p>Take 7 mg.</p>"
        changes = {} if each == "periodic_review" else {"body": text[each]}
        newest = next_edition(newsroom, source.article, each, **changes)
    version = catch_up(article, actor=newsroom.writer)
    assert (version.change_kind, version.made_from) == (kind, newest)
    assert version.body == make.BODY
    assert version.based_on.article == article


@pytest.mark.parametrize("kind", ["minor", "periodic_review"])
def test_nobody_catches_up_by_a_change_weaker_than_the_sources(newsroom, source, kind):
    article = public_translation(newsroom, source).article
    next_edition(newsroom, source.article, body=make.BODY.replace("5 mg", "50 mg"))
    with pytest.raises(Refused) as refused:
        catch_up(article, actor=newsroom.writer, change_kind=kind)
    assert refused.value.codes == ["kind_is_weaker"]
    assert "Substantive change" in str(refused.value)
    assert catch_up(article, actor=newsroom.writer, change_kind="substantive").number == 2


def test_an_open_draft_goes_on_from_the_newer_edition(newsroom, source):
    draft = spanish(newsroom, source)
    newest = next_edition(newsroom, source.article)
    version = catch_up(draft.article, actor=newsroom.writer)
    assert (version.pk, version.made_from) == (draft.pk, newest)
    assert version.revision == draft.revision + 1


def test_a_translation_that_was_never_public_catches_up_as_new(newsroom, source):
    version = make.submitted(newsroom, spanish(newsroom, source))
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    newest = next_edition(newsroom, source.article)
    again = catch_up(version.article, actor=newsroom.writer)
    assert (again.change_kind, again.made_from, again.number) == ("new", newest, 2)


def test_there_is_nothing_to_catch_up_with(newsroom, source):
    article = public_translation(newsroom, source).article
    for which, code in ((article, "is_up_to_date"), (source.article, "no_source_edition")):
        with pytest.raises(IllegalMove) as refused:
            catch_up(which, actor=newsroom.writer)
        assert refused.value.codes == [code]


def test_a_version_in_review_is_not_taken_on(newsroom, source):
    version = make.submitted(newsroom, spanish(newsroom, source))
    next_edition(newsroom, source.article)
    with pytest.raises(Refused) as refused:
        catch_up(version.article, actor=newsroom.writer)
    assert refused.value.codes == ["one_open_version_per_article"]
    version.refresh_from_db()
    assert version.made_from == source


def test_nobody_catches_up_with_what_was_recalled(newsroom, source):
    article = public_translation(newsroom, source).article
    newest = next_edition(newsroom, source.article)
    withdraw(newest, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    refusals = why_not_catch_up(article, actor=newsroom.writer, at=timezone.now())
    assert codes(refusals) == ["source_was_recalled"]


def test_what_was_recalled_in_another_edition_is_neither_translated_nor_caught_up_with(newsroom, source):
    article = public_translation(newsroom, source).article
    again = next_edition(newsroom, source.article, "periodic_review")
    withdraw(again, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    now = timezone.now()
    assert codes(why_not_translate(source, actor=newsroom.writer, at=now)) == ["source_was_recalled"]
    refusals = why_not_catch_up(article, actor=newsroom.writer, at=now)
    assert codes(refusals) == ["source_was_recalled"]


def test_a_later_version_keeps_what_it_was_made_from_until_it_catches_up(newsroom, source):
    article = public_translation(newsroom, source).article
    next_edition(newsroom, source.article)
    assert make.next_draft(newsroom, article, title="Toses").made_from == source
