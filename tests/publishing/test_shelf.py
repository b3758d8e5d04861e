"""The shelf at exact instants: what can be found, and when anything turns."""

from datetime import datetime, timezone

import pytest

from tests import make
from tests.publishing.story import DAY, HOUR, MOMENT, T, successor, taken_back
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.withdraw import cancel_release


def live(at):
    return set(shelf.in_force(at=at, reader=OPEN))


# Instants ---------------------------------------------------------------------------------------


def test_an_edition_is_in_force_from_the_very_instant_of_its_start(newsroom):
    edition = make.released(newsroom, at=T)
    assert live(T) == {edition}
    assert live(T - MOMENT) == set()


def test_an_edition_is_in_force_until_just_before_its_end(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR)
    assert live(T + HOUR - MOMENT) == {edition}
    assert live(T + HOUR) == set()


def test_a_successor_takes_over_within_one_instant(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    assert live(T + DAY - MOMENT) == {first}
    assert live(T + DAY) == {second}


def test_an_edition_of_a_policy_that_withholds_is_in_force_until_the_grace_ends(newsroom):
    rules = make.policy(interval_months=1, when_overdue="withhold", grace_days=3)
    edition = make.released(newsroom, at=T, category=make.category(policy=rules))
    end = datetime(2025, 2, 13, tzinfo=timezone.utc)  # Due on 10 February, and three days of grace.
    assert live(end - MOMENT) == {edition}
    assert live(end) == set()


def test_a_planned_withdrawal_takes_effect_at_its_instant(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR, effective_at=T + DAY)
    assert live(T + DAY - MOMENT) == {edition}
    assert live(T + DAY) == set()


# Finding ----------------------------------------------------------------------------------------


def test_an_article_is_found_by_its_id_and_by_its_slug(newsroom):
    edition = make.released(newsroom, at=T, slug="croup")
    assert shelf.find("croup", at=T, reader=OPEN) == edition
    assert shelf.find(str(edition.article.public_id), at=T, reader=OPEN) == edition


@pytest.mark.parametrize("by", ["slug", "public_id"])
def test_nothing_is_found_just_before_the_start(newsroom, by):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    reference = str(getattr(edition.article, by))
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(reference, at=T + DAY - MOMENT, reader=OPEN)
    assert shelf.find(reference, at=T + DAY, reader=OPEN) == edition


def test_what_has_ended_is_still_found_so_that_it_can_be_told_of(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR)
    found = shelf.find(edition.article.slug, at=T + DAY, reader=OPEN)
    assert found == edition
    assert not found.is_in_force(at=T + DAY)
    assert found.withdrawal.kind == "correction"


def test_an_approved_version_is_not_found(newsroom):
    version = make.approved(newsroom, at=T)
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(version.article.slug, at=T + DAY, reader=OPEN)


def test_a_cancelled_release_is_never_found(newsroom):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    cancel_release(edition, actor=newsroom.publisher, at=T + HOUR)
    for at in (T + DAY - MOMENT, T + DAY, T + 2 * DAY):
        with pytest.raises(shelf.NotOnShelf):
            shelf.find(edition.article.slug, at=at, reader=OPEN)


def test_after_a_cancelled_successor_the_edition_in_place_goes_on(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    cancel_release(second, actor=newsroom.publisher, at=T + 2 * HOUR)
    assert live(T + DAY) == live(T + 300 * DAY) == {first}


def test_after_a_cancelled_successor_the_edition_in_place_still_expires(newsroom):
    rules = make.policy(interval_months=1, when_overdue="withhold", grace_days=3)
    first = make.released(newsroom, at=T, category=make.category(policy=rules))
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    cancel_release(second, actor=newsroom.publisher, at=T + 2 * HOUR)
    first.refresh_from_db()
    assert first.ends_at == first.expires_at == datetime(2025, 2, 13, tzinfo=timezone.utc)


def test_an_unknown_name_is_not_found(newsroom):
    make.released(newsroom, at=T)
    for reference in ("no-such-slug", "6f1b2d1e-6c4c-4f6b-9a63-2b8f3c1d9e55"):
        with pytest.raises(shelf.NotOnShelf):
            shelf.find(reference, at=T, reader=OPEN)


def test_a_slug_shared_with_a_translation_means_the_original(newsroom):
    english = make.released(newsroom, at=T, slug="croup")
    spanish = make.released(newsroom, at=T, slug="croup", language="es", translation_of=english.article)
    assert shelf.find("croup", at=T, reader=OPEN) == english
    assert shelf.history("croup", at=T, reader=OPEN) == [english]
    assert shelf.find_numbered("croup", 1, at=T, reader=OPEN) == english
    assert shelf.find("croup", at=T, language="es", reader=OPEN) == spanish


def test_a_slug_of_two_originals_asks_for_the_language(newsroom):
    english = make.released(newsroom, at=T, slug="croup")
    spanish = make.released(newsroom, at=T, slug="croup", language="es")
    with pytest.raises(shelf.LanguageNeeded) as needed:
        shelf.find("croup", at=T, reader=OPEN)
    assert needed.value.languages == ["en", "es"]
    assert shelf.find("croup", at=T, language="es", reader=OPEN) == spanish
    assert shelf.find(str(english.article.public_id), at=T, reader=OPEN) == english
    with pytest.raises(shelf.NotOnShelf):
        shelf.find("croup", at=T, language="fr", reader=OPEN)


def test_a_language_that_is_not_public_yet_is_not_asked_for(newsroom):
    english = make.released(newsroom, at=T, slug="croup")
    make.released(
        newsroom,
        at=T,
        starts_at=T + DAY,
        slug="croup",
        language="es",
    )
    assert shelf.find("croup", at=T + DAY - MOMENT, reader=OPEN) == english
    with pytest.raises(shelf.LanguageNeeded):
        shelf.find("croup", at=T + DAY, reader=OPEN)


def test_history_lists_what_has_started_newest_first(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + DAY)
    third = successor(newsroom, first, at=T + 2 * DAY, starts_at=T + 9 * DAY, title="Third")
    reference = first.article.slug
    assert shelf.history(reference, at=T + DAY - MOMENT, reader=OPEN) == [first]
    assert shelf.history(reference, at=T + 9 * DAY - MOMENT, reader=OPEN) == [second, first]
    assert shelf.history(reference, at=T + 9 * DAY, reader=OPEN) == [third, second, first]


def test_history_leaves_out_a_cancelled_release(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    cancel_release(second, actor=newsroom.publisher, at=T + 2 * HOUR)
    assert shelf.history(first.article.slug, at=T + 2 * DAY, reader=OPEN) == [first]


def test_an_edition_is_found_by_its_number_once_it_has_started(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    reference = first.article.slug
    assert shelf.find_numbered(reference, 1, at=T + 9 * DAY, reader=OPEN) == first
    assert shelf.find_numbered(reference, 2, at=T + DAY, reader=OPEN) == second
    with pytest.raises(shelf.NotOnShelf):
        shelf.find_numbered(reference, 2, at=T + DAY - MOMENT, reader=OPEN)


def test_newest_names_each_article_once(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR)
    other = make.released(newsroom, at=T + HOUR)
    to_come = make.released(newsroom, at=T + HOUR, starts_at=T + DAY)
    ids = [edition.article_id for edition in (first, other, to_come)]
    assert shelf.newest(ids, at=T + 2 * HOUR, reader=OPEN) == {
        first.article_id: second,
        other.article_id: other,
    }
    assert shelf.newest(ids, at=T, reader=OPEN) == {first.article_id: first}


def test_what_replaces_a_withdrawn_edition_is_named_only_while_it_is_in_force(newsroom):
    new = make.released(newsroom, at=T, title="Croup")
    old = make.released(newsroom, at=T)
    taken_back(newsroom, old, at=T + HOUR, kind="moved", replacement=new.article)
    taken_back(newsroom, new, at=T + DAY)
    reference = old.article.slug
    assert shelf.find(reference, at=T + DAY - MOMENT, reader=OPEN).replacement_title == "Croup"
    assert shelf.find(reference, at=T + DAY, reader=OPEN).replacement_title is None


# When anything turns ----------------------------------------------------------------------------


def test_an_empty_shelf_never_turns(newsroom):
    assert shelf.turns(at=T, reader=OPEN) == (None, None)


def test_the_shelf_turns_at_a_scheduled_start(newsroom):
    make.released(newsroom, at=T)
    make.released(newsroom, at=T + HOUR, starts_at=T + DAY)
    assert shelf.turns(at=T + DAY - MOMENT, reader=OPEN) == (T, T + DAY)
    assert shelf.turns(at=T + DAY, reader=OPEN)[0] == T + DAY


def test_the_shelf_turns_at_a_planned_end(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR, effective_at=T + DAY)
    assert shelf.turns(at=T + DAY - MOMENT, reader=OPEN)[1] == T + DAY
    assert shelf.turns(at=T + DAY, reader=OPEN)[0] == T + DAY


def test_the_shelf_turns_on_the_days_of_a_review(newsroom):
    make.released(newsroom, at=T)  # Due after 24 months, warned of 90 days before.
    warning = datetime(2026, 10, 12, tzinfo=timezone.utc)
    due = datetime(2027, 1, 10, tzinfo=timezone.utc)
    assert shelf.turns(at=T, reader=OPEN) == (T, warning)
    assert shelf.turns(at=warning, reader=OPEN) == (warning, due)
    assert shelf.turns(at=due, reader=OPEN) == (due, None)


def test_a_cancelled_release_turns_nothing(newsroom):
    make.released(newsroom, at=T)
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    before = shelf.turns(at=T + HOUR, reader=OPEN)
    cancel_release(edition, actor=newsroom.publisher, at=T + HOUR)
    assert before[1] == T + DAY
    assert shelf.turns(at=T + HOUR, reader=OPEN)[1] == datetime(2026, 10, 12, tzinfo=timezone.utc)
