"""Versions are found by their words, which follow every edit of a draft."""

from io import StringIO

from django.core.management import call_command

from tests import make
from topics.content.words import terms
from topics.models import Version, VersionWord


def found(query):
    rows = VersionWord.objects.meant_by(terms(query))
    return set(Version.objects.filter(pk__in=rows.values("version")).values_list("title", flat=True))


def test_a_version_is_found_by_title_other_names_slug_and_public_id(newsroom):
    version = make.draft(newsroom, title="Croup in children", slug="barking-cough", also_called=["Crup"])
    make.draft(newsroom, title="Asthma", also_called=[])
    for query in (
        "croup",
        "chil cro",
        "crup",
        "barking",
        "barking-cough",
        str(version.article.public_id),
    ):
        assert found(query) == {"Croup in children"}, query
    assert found(version.article.public_id.hex[:9]) == {"Croup in children"}
    assert found("croup asthma") == set()


def test_words_follow_an_edit_and_nobody_finds_the_old_ones(newsroom):
    version = make.draft(newsroom, title="Croup", also_called=["Crup"])
    rows = VersionWord.objects.filter(version=version).count()
    make.drafting.edit(version, actor=newsroom.writer, revision=1, title="Laryngitis", also_called=[])
    assert found("laryngitis") == {"Laryngitis"}
    assert found("croup") == found("crup") == set()
    assert VersionWord.objects.filter(version=version).count() == rows - 1


def test_the_next_version_has_words_of_its_own(newsroom):
    edition = make.released(newsroom, title="Croup")
    make.next_draft(newsroom, edition.article, title="Laryngitis")
    assert found("croup") == {"Croup"}
    assert found("laryngitis") == {"Laryngitis"}


def test_what_is_typed_is_data(newsroom):
    make.draft(newsroom, title="100% sure_thing", also_called=[])
    assert found("%") == found("_") == found("'; DROP TABLE topics_version; --") == set()
    assert found("100% sure") == {"100% sure_thing"}


def test_words_that_were_lost_are_written_anew(newsroom):
    make.draft(newsroom, title="Croup")
    VersionWord.objects.all().delete()
    assert VersionWord.objects.fill(Version.objects.all()) == 1
    assert found("croup") == {"Croup"}
    assert VersionWord.objects.fill(Version.objects.all()) == 0
    VersionWord.objects.filter(word=b"croup").update(word=b"laryngitis")
    assert found("laryngitis") == {"Croup"}
    call_command("index_words", stdout=StringIO())
    assert found("laryngitis") == set()
    assert found("croup") == {"Croup"}
