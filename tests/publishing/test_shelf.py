"""The shelf at exact instants: what can be found, what stands around it, and what it costs."""

from datetime import datetime, timedelta, timezone

import pytest

from tests import make
from topics.models import Edition, RelatedArticle
from topics.publishing import shelf
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw

T = datetime(2025, 1, 10, 9, 0, tzinfo=timezone.utc)
HOUR, DAY, MOMENT = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)


def live(at):
    return set(shelf.in_force(at=at))


def taken_back(room, edition, *, at, kind="correction", **fields):
    return withdraw(
        edition, kind=kind, explanation="It was wrong.", actor=room.publisher, at=at, **fields
    )


def successor(room, edition, *, at, starts_at=None, title="Cough, revised"):
    version = make.next_draft(room, edition.article, at=at, title=title)
    return make.released(room, version, at=at, starts_at=starts_at)


def relate(version, *articles):
    for position, article in enumerate(articles, start=1):
        RelatedArticle.objects.create(version=version, article=article, position=position)


def notice(room, *, at, **fields):
    return make.notice(room, at=T, starts_at=at, **fields)


def around(edition, *, at):
    return shelf.surroundings(Edition.objects.select_related("article").get(pk=edition.pk), at=at)


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
    assert shelf.find("croup", at=T) == edition
    assert shelf.find(str(edition.article.public_id), at=T) == edition


@pytest.mark.parametrize("by", ["slug", "public_id"])
def test_nothing_is_found_just_before_the_start(newsroom, by):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    reference = str(getattr(edition.article, by))
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(reference, at=T + DAY - MOMENT)
    assert shelf.find(reference, at=T + DAY) == edition


def test_what_has_ended_is_still_found_so_that_it_can_be_told_of(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR)
    found = shelf.find(edition.article.slug, at=T + DAY)
    assert found == edition
    assert not found.is_in_force(at=T + DAY)
    assert found.withdrawal.kind == "correction"


def test_an_approved_version_is_not_found(newsroom):
    version = make.approved(newsroom, at=T)
    with pytest.raises(shelf.NotOnShelf):
        shelf.find(version.article.slug, at=T + DAY)


def test_a_cancelled_release_is_never_found(newsroom):
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    cancel_release(edition, actor=newsroom.publisher, at=T + HOUR)
    for at in (T + DAY - MOMENT, T + DAY, T + 2 * DAY):
        with pytest.raises(shelf.NotOnShelf):
            shelf.find(edition.article.slug, at=at)


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
            shelf.find(reference, at=T)


def test_a_slug_shared_with_a_translation_means_the_original(newsroom):
    english = make.released(newsroom, at=T, slug="croup")
    spanish = make.released(newsroom, at=T, slug="croup", language="es", translation_of=english.article)
    assert shelf.find("croup", at=T) == english
    assert shelf.history("croup", at=T) == [english]
    assert shelf.find_numbered("croup", 1, at=T) == english
    assert shelf.find("croup", at=T, language="es") == spanish


def test_a_slug_of_two_originals_asks_for_the_language(newsroom):
    english = make.released(newsroom, at=T, slug="croup")
    spanish = make.released(newsroom, at=T, slug="croup", language="es")
    with pytest.raises(shelf.LanguageNeeded) as needed:
        shelf.find("croup", at=T)
    assert needed.value.languages == ["en", "es"]
    assert shelf.find("croup", at=T, language="es") == spanish
    assert shelf.find(str(english.article.public_id), at=T) == english
    with pytest.raises(shelf.NotOnShelf):
        shelf.find("croup", at=T, language="fr")


def test_a_language_that_is_not_public_yet_is_not_asked_for(newsroom):
    english = make.released(newsroom, at=T, slug="croup")
    make.released(
        newsroom,
        at=T,
        starts_at=T + DAY,
        slug="croup",
        language="es",
    )
    assert shelf.find("croup", at=T + DAY - MOMENT) == english
    with pytest.raises(shelf.LanguageNeeded):
        shelf.find("croup", at=T + DAY)


def test_history_lists_what_has_started_newest_first(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + DAY)
    third = successor(newsroom, first, at=T + 2 * DAY, starts_at=T + 9 * DAY, title="Third")
    reference = first.article.slug
    assert shelf.history(reference, at=T + DAY - MOMENT) == [first]
    assert shelf.history(reference, at=T + 9 * DAY - MOMENT) == [second, first]
    assert shelf.history(reference, at=T + 9 * DAY) == [third, second, first]


def test_history_leaves_out_a_cancelled_release(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    cancel_release(second, actor=newsroom.publisher, at=T + 2 * HOUR)
    assert shelf.history(first.article.slug, at=T + 2 * DAY) == [first]


def test_an_edition_is_found_by_its_number_once_it_has_started(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR, starts_at=T + DAY)
    reference = first.article.slug
    assert shelf.find_numbered(reference, 1, at=T + 9 * DAY) == first
    assert shelf.find_numbered(reference, 2, at=T + DAY) == second
    with pytest.raises(shelf.NotOnShelf):
        shelf.find_numbered(reference, 2, at=T + DAY - MOMENT)


def test_newest_started_names_each_article_once(newsroom):
    first = make.released(newsroom, at=T)
    second = successor(newsroom, first, at=T + HOUR)
    other = make.released(newsroom, at=T + HOUR)
    to_come = make.released(newsroom, at=T + HOUR, starts_at=T + DAY)
    ids = [edition.article_id for edition in (first, other, to_come)]
    assert shelf.newest_started(ids, at=T + 2 * HOUR) == {
        first.article_id: second,
        other.article_id: other,
    }
    assert shelf.newest_started(ids, at=T) == {first.article_id: first}


def test_what_replaces_a_withdrawn_edition_is_named_only_while_it_is_in_force(newsroom):
    new = make.released(newsroom, at=T, title="Croup")
    old = make.released(newsroom, at=T)
    taken_back(newsroom, old, at=T + HOUR, kind="moved", replacement=new.article)
    taken_back(newsroom, new, at=T + DAY)
    reference = old.article.slug
    assert shelf.find(reference, at=T + DAY - MOMENT).replacement_title == "Croup"
    assert shelf.find(reference, at=T + DAY).replacement_title is None


# When anything turns ----------------------------------------------------------------------------


def test_an_empty_shelf_never_turns(newsroom):
    assert shelf.turns(at=T) == (None, None)


def test_the_shelf_turns_at_a_scheduled_start(newsroom):
    make.released(newsroom, at=T)
    make.released(newsroom, at=T + HOUR, starts_at=T + DAY)
    assert shelf.turns(at=T + DAY - MOMENT) == (T, T + DAY)
    assert shelf.turns(at=T + DAY)[0] == T + DAY


def test_the_shelf_turns_at_a_planned_end(newsroom):
    edition = make.released(newsroom, at=T)
    taken_back(newsroom, edition, at=T + HOUR, effective_at=T + DAY)
    assert shelf.turns(at=T + DAY - MOMENT)[1] == T + DAY
    assert shelf.turns(at=T + DAY)[0] == T + DAY


def test_the_shelf_turns_on_the_days_of_a_review(newsroom):
    make.released(newsroom, at=T)  # Due after 24 months, warned of 90 days before.
    warning = datetime(2026, 10, 12, tzinfo=timezone.utc)
    due = datetime(2027, 1, 10, tzinfo=timezone.utc)
    assert shelf.turns(at=T) == (T, warning)
    assert shelf.turns(at=warning) == (warning, due)
    assert shelf.turns(at=due) == (due, None)


def test_a_cancelled_release_turns_nothing(newsroom):
    make.released(newsroom, at=T)
    edition = make.released(newsroom, at=T, starts_at=T + DAY)
    before = shelf.turns(at=T + HOUR)
    cancel_release(edition, actor=newsroom.publisher, at=T + HOUR)
    assert before[1] == T + DAY
    assert shelf.turns(at=T + HOUR)[1] == datetime(2026, 10, 12, tzinfo=timezone.utc)


# What stands around -----------------------------------------------------------------------------


def test_related_articles_are_shown_in_their_order_while_they_are_in_force(newsroom):
    asthma = make.released(newsroom, at=T, title="Asthma")
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


def test_a_related_article_is_named_by_its_edition_in_force_and_not_by_its_next_one(newsroom):
    asthma = make.released(newsroom, at=T, title="Asthma")
    version = make.draft(newsroom, at=T)
    relate(version, asthma.article)
    edition = make.released(newsroom, version, at=T)
    successor(newsroom, asthma, at=T + HOUR, starts_at=T + DAY, title="Asthma in children")
    make.next_draft(newsroom, asthma.article, at=T + HOUR, title="Unreviewed")
    assert [item["title"] for item in around(edition, at=T + DAY - MOMENT).related] == ["Asthma"]
    assert [i["title"] for i in around(edition, at=T + DAY).related] == ["Asthma in children"]


def test_translations_see_each_other_once_in_force(newsroom):
    english = make.released(newsroom, at=T)
    german, spanish = (
        make.released(newsroom, at=T, starts_at=start, language=language, translation_of=english.article)
        for language, start in (("de", T + HOUR), ("es", T + DAY))
    )

    def languages(edition, at):
        return [item["language"] for item in around(edition, at=at).translations]

    assert languages(english, T) == []
    assert languages(english, T + HOUR) == ["de"]
    assert languages(english, T + DAY) == ["de", "es"]
    assert languages(spanish, T + DAY) == ["de", "en"]
    assert languages(german, T + DAY) == ["en", "es"]


def test_notices_are_those_in_force_the_newest_of_each_kind_in_the_articles_language(newsroom):
    edition = make.released(newsroom, at=T)
    notice(newsroom, at=T, text="Old")
    notice(newsroom, at=T + DAY, text="New")
    notice(newsroom, at=T, kind="copyright", text="© Test")
    notice(newsroom, at=T, text="Viejo", language="es")

    def texts(at):
        return [(item["kind"], item["text"]) for item in around(edition, at=at).notices]

    assert texts(T + DAY - MOMENT) == [("copyright", "© Test"), ("disclaimer", "Old")]
    assert texts(T + DAY) == [("copyright", "© Test"), ("disclaimer", "New")]


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


def test_the_last_change_is_the_newest_of_anything_around_an_edition(newsroom):
    edition = make.released(newsroom, at=T)
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


# What it costs ----------------------------------------------------------------------------------


@pytest.fixture
def crowded(newsroom):
    """An article amid five related ones, two translations and three notices, in its third edition."""
    others = [make.released(newsroom, at=T) for _ in range(5)]
    version = make.draft(newsroom, at=T, slug="crowded")
    relate(version, *(other.article for other in others))
    edition = make.released(newsroom, version, at=T)
    for language in ("de", "es"):
        make.released(newsroom, at=T, language=language, translation_of=edition.article)
    for kind in ("disclaimer", "terms", "privacy"):
        notice(newsroom, at=T, kind=kind)
    edition = successor(newsroom, edition, at=T + HOUR)
    return successor(newsroom, edition, at=T + 2 * HOUR, title="Third")


def test_each_question_to_the_shelf_is_one_query(crowded, django_assert_num_queries):
    at, reference = T + DAY, crowded.article.slug
    edition = shelf.find(reference, at=at)
    ids = [edition.article_id for edition in Edition.objects.all()]
    for question in (
        lambda: shelf.find(reference, at=at).article.slug,
        lambda: shelf.find_numbered(reference, 2, at=at).article.slug,
        lambda: [edition.article.slug for edition in shelf.history(reference, at=at)],
        lambda: [edition.article.slug for edition in shelf.newest_started(ids, at=at).values()],
        lambda: shelf.surroundings(edition, at=at),
        lambda: shelf.turns(at=at),
    ):
        with django_assert_num_queries(1):
            question()


@pytest.mark.parametrize(
    "address", ["/api/v1/articles/{id}/", "/api/v1/articles/{slug}/", "/api/v1/articles/{id}/?as_of={t}"]
)
def test_an_article_costs_two_queries_whatever_its_relations(
    crowded, newsroom, client, django_assert_num_queries, address
):
    plain = make.released(newsroom, at=T + 3 * HOUR)
    for edition in (plain, crowded):
        path = address.format(
            id=edition.article.public_id, slug=edition.article.slug, t="2025-01-20T00:00:00Z"
        )
        with django_assert_num_queries(2):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 2), ("&language=en", 2), ("&review_status=current", 2), ("&category=lungs", 3)],
)
def test_a_list_costs_at_most_three_queries_however_long(
    crowded, newsroom, client, django_assert_num_queries, query, queries
):
    release(make.approved(newsroom, at=T + DAY), actor=newsroom.publisher, at=T + DAY)
    for size in (1, 5, 100):
        with django_assert_num_queries(queries):
            assert client.get(f"/api/v1/articles/?page_size={size}{query}").status_code == 200


def test_a_withdrawn_article_costs_no_more(crowded, newsroom, client, django_assert_max_num_queries):
    taken_back(newsroom, crowded, at=T + DAY)
    with django_assert_max_num_queries(2):
        assert client.get(f"/api/v1/articles/{crowded.article.slug}/").status_code == 410
