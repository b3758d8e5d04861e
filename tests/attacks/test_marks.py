"""Nobody files an edition under a name or a code that it doesn't say, or takes such a row away."""

import pytest

from tests import make
from tests.api import ask
from tests.attacks.ways import entry, refused_by
from topics.models import EditionMark


def test_marks_are_what_the_edition_says(newsroom):
    edition = make.released(newsroom, ask.rich_draft(newsroom))
    assert sorted(edition.marks.values_list("kind", "key", "label")) == [
        ("author", "ada author", "Ada Author"),
        ("code", "icd-10-cm|R05", "R05"),
        ("reviewer", "pia primary", "Pia Primary"),
        ("reviewer", "sam specialist", "Sam Specialist"),
        ("specialty", "family medicine", "Family Medicine"),
        ("specialty", "respiratory medicine", "Respiratory Medicine"),
    ]


@pytest.mark.parametrize("kind", ["author", "reviewer", "specialty", "code"])
def test_a_mark_says_what_its_edition_says(newsroom, kind):
    edition = make.released(newsroom)
    forged = EditionMark(edition=edition, kind=kind, key="x", label="Somebody Famous")
    with refused_by("mark_says_what_its_edition_says"):
        forged.save()


def test_a_mark_is_not_added_after_the_release(newsroom):
    edition = make.released(newsroom)
    entry("edit", actor=newsroom.writer, version=edition.version)
    with refused_by("marks_are_written_with_their_edition"):
        EditionMark.objects.create(edition=edition, kind="author", key="x", label="Ada Author")


def test_marks_stay_as_they_are(newsroom):
    mark = make.released(newsroom).marks.first()
    with refused_by("marks_are_never_changed"):
        EditionMark.objects.filter(pk=mark.pk).update(key="other")
    with refused_by("marks_are_never_deleted"):
        EditionMark.objects.all().delete()
    with refused_by("marks_are_never_replaced"):
        EditionMark.objects.bulk_create([mark])
