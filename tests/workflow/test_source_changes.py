"""A translation that was taken on: what changed in its source, and what of it was not taken over."""

import pytest
from django.utils import timezone

from tests import make
from topics.rules.carrying_over import SECTION
from topics.workflow import acts, drafting
from topics.workflow.cautions import cautions
from topics.workflow.remark_conditions import unanswered_remarks
from topics.workflow.remarks import answer
from topics.workflow.source_changes import source_changes
from topics.workflow.translating import catch_up, translate

SPANISH = (
    "<p>La mayoría se va sola.</p><h2>Tratamiento</h2><p>Beba mucha agua. Tome 5 mg por la noche.</p>"
    "<h2>Cuándo pedir ayuda</h2><ul><li>Tose sangre</li><li>Baja de peso</li></ul>"
)
DOSE = make.BODY.replace("5 mg", "2 mg")
BOTH = DOSE.replace("blood", "much blood")


@pytest.fixture
def source(newsroom):
    return make.released(newsroom)


def written(room, version, **changes):
    return drafting.edit(version, actor=room.writer, revision=version.revision, **changes)


def spanish(room, source):
    version = translate(source, language="es", slug="tos", actor=room.writer)
    return written(room, version, title="Tos", summary="Qué ayuda.", body=SPANISH)


def source_says(room, source, body):
    return make.released(room, make.next_draft(room, source.article, body=body))


def left(version):
    changes = source_changes(version)
    return changes and [part.heading or part.name for part in changes.untouched]


def test_a_translation_that_was_never_taken_on_has_nothing_to_take_over(newsroom, source):
    version = spanish(newsroom, source)
    source_says(newsroom, source, DOSE)
    assert source_changes(version) is None


def test_a_new_version_takes_over_what_changed_since_the_released_one(newsroom, source):
    article = make.released(newsroom, spanish(newsroom, source)).article
    newest = source_says(newsroom, source, BOTH)
    version = catch_up(article, actor=newsroom.writer)
    changes = source_changes(version)
    assert (changes.since, changes.now) == (source, newest)
    assert left(version) == ["Treatment", "When to get help"]
    version = written(newsroom, version, body=SPANISH.replace("5 mg", "2 mg"))
    assert left(version) == ["When to get help"]
    version = written(newsroom, version, body=version.body.replace("Tose", "Tose mucha"))
    assert left(version) == []
    assert [part.name for part in source_changes(version).changed] == [SECTION, SECTION]


def test_an_open_draft_takes_over_what_changed_since_it_was_taken_on(newsroom, source):
    version = spanish(newsroom, source)
    source_says(newsroom, source, DOSE)
    version = catch_up(version.article, actor=newsroom.writer)
    assert left(version) == ["Treatment"]


def test_what_changed_twice_is_to_be_taken_over_twice(newsroom, source):
    article = spanish(newsroom, source).article
    source_says(newsroom, source, BOTH)
    version = catch_up(article, actor=newsroom.writer)
    version = written(newsroom, version, body=SPANISH.replace("5 mg", "2 mg"))
    source_says(newsroom, source, BOTH.replace("2 mg", "1 mg"))
    version = catch_up(article, actor=newsroom.writer)
    assert left(version) == ["When to get help", "Treatment"]
    assert source_changes(version).since == source
    version = written(newsroom, version, body=version.body.replace("2 mg", "1 mg"))
    assert left(version) == ["When to get help"]


def test_it_goes_on_after_a_return_and_ends_with_the_release(newsroom, source):
    article = make.released(newsroom, spanish(newsroom, source)).article
    source_says(newsroom, source, DOSE)
    version = catch_up(article, actor=newsroom.writer)
    version = written(newsroom, version, change_note="2 mg now.")
    version = acts.submit(version, actor=newsroom.writer)
    acts.return_with_remarks(version, remarks="And the dose?", actor=newsroom.editor)
    version = make.next_draft(newsroom, article)
    said = unanswered_remarks(version).get()
    answer(said, version=version, text="Now it is 2 mg.", actor=newsroom.writer)
    assert left(version) == ["Treatment"]
    version = written(newsroom, version, body=SPANISH.replace("5 mg", "2 mg"))
    make.released(newsroom, version)
    assert source_changes(make.next_draft(newsroom, article)) is None


def test_a_draft_that_goes_back_to_an_earlier_edition_has_nothing_to_take_over(newsroom, source):
    version = spanish(newsroom, source)
    source_says(newsroom, source, DOSE)
    version = catch_up(version.article, actor=newsroom.writer)
    assert source_changes(written(newsroom, version, made_from=source)) is None


def test_the_writer_is_cautioned_and_not_refused(newsroom, source):
    article = make.released(newsroom, spanish(newsroom, source)).article
    source_says(newsroom, source, BOTH)
    version = catch_up(article, actor=newsroom.writer)
    version = written(newsroom, version, change_note="As the source.")
    (caution,) = cautions(version, at=timezone.now())
    assert caution.code == "source_change_is_not_taken_over"
    assert "between its editions 1 and 2" in caution.sentence
    assert "“Treatment”, “When to get help”" in caution.sentence
    assert acts.submit(version, actor=newsroom.writer).state == "editorial_review"


def test_who_took_everything_over_is_not_cautioned(newsroom, source):
    article = make.released(newsroom, spanish(newsroom, source)).article
    source_says(newsroom, source, DOSE)
    version = catch_up(article, actor=newsroom.writer)
    version = written(newsroom, version, body=SPANISH.replace("5 mg", "2 mg"))
    assert cautions(version, at=timezone.now()) == []


def test_the_number_of_queries_is_the_same_however_often_it_was_taken_on(
    newsroom, source, django_assert_num_queries
):
    version = spanish(newsroom, source)
    for body in (DOSE, BOTH, DOSE):
        source_says(newsroom, source, body)
        version = catch_up(version.article, actor=newsroom.writer)
        version.refresh_from_db()
        with django_assert_num_queries(QUERIES):
            assert source_changes(version).untouched


QUERIES = 6
