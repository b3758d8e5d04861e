"""Attempts to hang a translation on a translation, and to make a category its own ancestor."""

import pytest
from django.db import transaction

from tests import make
from tests.attacks.ways import changed, refused_by, refused_every_way
from topics.models import Article, Category

pytestmark = pytest.mark.django_db


def article(room, language="en", original=None):
    return make.draft(room, language=language, translation_of=original).article


def stray(room, language, original, **fields):
    """An article written past the door and its form."""
    like = make.draft(room).article
    return Article(
        slug=f"{like.slug}-{language}",
        language=language,
        category=room.category,
        translation_of=original,
        created_by=room.writer,
        created_at=like.created_at,
        **fields,
    )


def test_a_translation_of_a_translation_is_not_inserted(newsroom):
    original = article(newsroom)
    spanish = article(newsroom, "es", original)
    with refused_by("translation_is_of_an_original_insert"):
        stray(newsroom, "fr", spanish).save()
    with refused_by("translation_is_of_an_original_insert"):
        Article.objects.bulk_create([stray(newsroom, "fr", spanish)])
    stray(newsroom, "fr", original).save()


def test_a_translation_is_in_another_language(newsroom):
    original = article(newsroom)
    with refused_by("translation_is_of_an_original_insert"):
        stray(newsroom, "en", original).save()
    twin = article(newsroom)
    refused_every_way("translation_is_of_an_original_update", twin, translation_of=original)


def test_an_article_does_not_become_a_translation_of_a_translation(newsroom):
    original = article(newsroom)
    spanish, french = article(newsroom, "es", original), article(newsroom, "fr")
    refused_every_way("translation_is_of_an_original_update", french, translation_of=spanish)
    changed(french, translation_of=original).save()


def test_an_article_that_has_translations_does_not_become_one(newsroom):
    original, french = article(newsroom), article(newsroom, "fr")
    article(newsroom, "es", original)
    refused_every_way("translation_is_of_an_original_update", original, translation_of=french)


def test_neither_side_takes_the_language_of_the_other(newsroom):
    original = article(newsroom)
    spanish = article(newsroom, "es", original)
    refused_every_way("translation_is_of_an_original_update", original, language="es")
    refused_every_way("translation_is_of_an_original_update", spanish, language="en")
    changed(spanish, language="fr").save()


def test_a_translation_is_not_written_before_its_original(newsroom):
    """References are checked as late as the commit: without the wall its original could follow."""
    made = stray(newsroom, "es", None)
    made.translation_of_id = 10_000_000
    with refused_by("translation_is_of_an_original_insert"):
        made.save()


def test_an_article_is_not_its_own_translation(newsroom):
    own = article(newsroom)
    refused_every_way("article_is_not_its_own_translation", own, translation_of=own)


def line(room, length=3):
    """Categories, each below the one before."""
    found = [room.category]
    for _step in range(length):
        found.append(make.category(parent=found[-1]))
    return found


def test_a_category_is_not_moved_below_itself(newsroom):
    top, *below = line(newsroom)
    for child in below:
        refused_every_way("category_tree_has_no_loop_update", top, parent=child)
    changed(below[-1], parent=top).save()
    refused_every_way("category_is_not_its_own_parent", top, parent=top)


def test_two_categories_do_not_become_each_others_parents_at_once(newsroom):
    one, other = make.category(), make.category()
    one.parent, other.parent = other, one
    with refused_by("category_tree_has_no_loop_update"):
        Category.objects.bulk_update([one, other], ["parent"])


def test_a_new_category_does_not_close_a_loop(newsroom):
    """References are checked as late as the commit: the parent may be named before it is there."""
    key = newsroom.category.pk + 10_000
    with refused_by("category_tree_has_no_loop_insert"), transaction.atomic():
        Category.objects.filter(pk=newsroom.category.pk).update(parent_id=key)
        Category.objects.create(id=key, slug="loop", name="Loop", parent=newsroom.category)
