"""What stands around an edition at exact instants: related articles, translations and notices."""

from datetime import datetime, timezone
from types import SimpleNamespace

import pytest

from tests import make
from tests.once import once
from tests.publishing.story import DAY, HOUR, MOMENT, T, notice, relate, successor, taken_back
from topics.models import Edition
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.withdraw import cancel_release


@once
def content():
    room = make.newsroom()
    cough, asthma = (make.released(room, at=T, title=title) for title in ("Cough", "Asthma"))
    return SimpleNamespace(room=room, cough=cough, asthma=asthma)


@pytest.fixture
def edition(made):
    """In force since `T`, with nothing around it."""
    return made.cough


@pytest.fixture
def asthma(made):
    """The same of another article."""
    return made.asthma


def around(edition, *, at):
    return shelf.surroundings(
        Edition.objects.select_related("article").get(pk=edition.pk), at=at, reader=OPEN
    )


def test_related_articles_are_shown_in_their_order_while_they_are_in_force(newsroom, asthma):
    croup = make.released(newsroom, at=T, starts_at=T + DAY, title="Croup")
    secret = make.approved(newsroom, at=T, title="Secret")
    version = make.draft(newsroom, at=T)
    relate(version, croup.article, secret.article, asthma.article)
    edition = make.released(newsroom, version, at=T)
    taken_back(newsroom, asthma, at=T + HOUR, effective_at=T + 2 * DAY)

    def titles(at):
        return [item["title"] for item in around(edition, at=at).related]

    assert titles(T + DAY - MOMENT) == ["Asthma"]
    assert titles(T + DAY) == ["Croup", "Asthma"]
    assert titles(T + 2 * DAY) == ["Croup"]


def test_a_related_article_is_named_by_its_edition_in_force_and_not_by_its_next_one(newsroom, asthma):
    version = make.draft(newsroom, at=T)
    relate(version, asthma.article)
    edition = make.released(newsroom, version, at=T)
    successor(newsroom, asthma, at=T + HOUR, starts_at=T + DAY, title="Asthma in children")
    make.next_draft(newsroom, asthma.article, at=T + HOUR, title="Unreviewed")
    assert [item["title"] for item in around(edition, at=T + DAY - MOMENT).related] == ["Asthma"]
    assert [i["title"] for i in around(edition, at=T + DAY).related] == ["Asthma in children"]


def test_translations_see_each_other_once_in_force(newsroom, edition):
    german, spanish = (
        make.released(newsroom, at=T, starts_at=start, language=language, translation_of=edition.article)
        for language, start in (("de", T + HOUR), ("es", T + DAY))
    )

    def languages(one, at):
        return [item["language"] for item in around(one, at=at).translations]

    assert languages(edition, T) == []
    assert languages(edition, T + HOUR) == ["de"]
    assert languages(edition, T + DAY) == ["de", "es"]
    assert languages(spanish, T + DAY) == ["de", "en"]
    assert languages(german, T + DAY) == ["en", "es"]


def test_notices_are_those_in_force_the_newest_of_each_kind_in_the_articles_language(newsroom, edition):
    notice(newsroom, at=T, text="Old")
    notice(newsroom, at=T + DAY, text="New")
    notice(newsroom, at=T, kind="copyright", text="© Test")
    notice(newsroom, at=T, text="Viejo", language="es")

    def texts(at):
        return [(item["kind"], item["text"]) for item in around(edition, at=at).notices]

    assert texts(T + DAY - MOMENT) == [("copyright", "© Test"), ("disclaimer", "Old")]
    assert texts(T + DAY) == [("copyright", "© Test"), ("disclaimer", "New")]


def test_a_region_gets_the_notices_of_its_language_and_its_own_before_them(newsroom):
    edition = make.released(newsroom, at=T, language="es-MX")
    notice(newsroom, at=T, text="No sustituye la consulta.", language="es")
    notice(newsroom, at=T, text="Of Spain", language="es-ES")
    notice(newsroom, at=T, text="In English")

    def texts(at):
        return [item["text"] for item in around(edition, at=at).notices]

    assert texts(T) == ["No sustituye la consulta."]
    notice(newsroom, at=T + DAY, text="De México", language="es-MX")
    notice(newsroom, at=T + 2 * DAY, text="Newer, but of the language as a whole", language="es")
    assert texts(T + DAY - MOMENT) == ["No sustituye la consulta."]
    assert texts(T + DAY) == texts(T + 2 * DAY) == ["De México"]


def test_the_next_change_counts_what_is_scheduled_around_an_edition(newsroom):
    related = make.released(newsroom, at=T, starts_at=T + 4 * DAY)
    version = make.draft(newsroom, at=T)
    relate(version, related.article)
    edition = make.released(newsroom, version, at=T)
    make.released(newsroom, at=T, starts_at=T + 3 * DAY, language="es", translation_of=edition.article)
    notice(newsroom, at=T + 2 * DAY)
    taken_back(newsroom, edition, at=T, effective_at=T + 5 * DAY)
    edition.refresh_from_db()
    nearby = around(edition, at=T)
    at, changes = T, []
    while at is not None:
        at = nearby.next_change(at=at)
        changes.append(at)
    days = [T + n * DAY for n in (2, 3, 4, 5)]
    # Then the day from which the review is warned of, and the day on which it is due.
    assert changes[:4] == days
    assert changes[-3:] == [
        datetime(2026, 10, 12, tzinfo=timezone.utc),
        datetime(2027, 1, 10, tzinfo=timezone.utc),
        None,
    ]


def test_the_last_change_is_the_newest_of_anything_around_an_edition(newsroom, edition):
    assert around(edition, at=T + DAY).last_change(at=T + DAY) == T
    notice(newsroom, at=T + HOUR)
    nearby = around(edition, at=T + DAY)
    assert nearby.last_change(at=T + HOUR - MOMENT) == T
    assert nearby.last_change(at=T + HOUR) == T + HOUR


def test_a_cancelled_release_of_a_related_article_changes_nothing_around(newsroom):
    related = make.released(newsroom, at=T, starts_at=T + DAY)
    version = make.draft(newsroom, at=T)
    relate(version, related.article)
    edition = make.released(newsroom, version, at=T)
    assert around(edition, at=T).next_change(at=T) == T + DAY
    cancel_release(related, actor=newsroom.publisher, at=T + HOUR)
    assert around(edition, at=T).next_change(at=T) > T + 300 * DAY
