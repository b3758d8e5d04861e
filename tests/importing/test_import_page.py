"""An imported page is a draft and nothing more: what its source stated is kept, nothing is public."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import make
from topics.importing.draft import IMPORTER
from topics.models import (
    Article,
    AuditEntry,
    Author,
    Category,
    Edition,
    Notice,
    Reviewer,
    SourceStatement,
    User,
    Version,
)
from topics.vocabulary import NoticeKind, State
from topics.workflow.changes import document_of

OWN_PAGE = Path(__file__).parent / "pages" / "asthma-inhaler.txt"
SEED_PAGE = make.CORPUS / "seed" / "metastatic-or-recurrent-breast-cancer.txt"
MODELS = (Article, AuditEntry, Author, Category, Notice, Reviewer, SourceStatement, User, Version)

pytestmark = pytest.mark.django_db


def import_page(path, **options):
    out = StringIO()
    call_command("import_page", str(path), stdout=out, **options)
    return out.getvalue()


def counts():
    return {model: model.objects.count() for model in MODELS}


@pytest.mark.corpus
def test_the_seed_page_imports_completely_and_exactly():
    import_page(SEED_PAGE)
    version = Version.objects.get()
    lines = [line.strip() for line in SEED_PAGE.read_text(encoding="utf-8").splitlines() if line.strip()]
    document = document_of(version)

    assert version.title == document["title"] == lines[0]
    lead, metastatic, recurrent = document["sections"]
    assert (lead["heading"], lead["text"]) == (None, lines[1])
    assert (metastatic["heading"], metastatic["text"]) == (lines[2], lines[3])
    assert recurrent["heading"] == lines[4]
    factors = [line.removeprefix("•").strip() for line in lines if line.startswith("•")]
    assert len(factors) == 5
    assert recurrent["text"] == "\n\n".join(
        [lines[5], lines[6], "\n".join(f"- {factor}" for factor in factors), lines[12]]
    )
    assert document["authors"] == [{"name": "Bets Davis", "credentials": "MFA"}]
    assert version.source.stated_date == date(2009, 8, 18)
    assert [
        (stated["role"], stated["name"], stated["credentials"], stated["specialty"])
        for stated in version.source.stated_reviewers
    ] == [
        ("primary", "Joy Melnikow", "MD, MPH", "Family Medicine"),
        ("specialist", "Douglas A. Stewart", "MD", "Medical Oncology"),
    ]
    assert set(Notice.objects.values_list("kind", flat=True)) == {"disclaimer", "copyright", "trademark"}
    assert len(version.source.left_out) == 3
    assert "Healthwise" not in str(document)


def test_an_import_makes_a_draft_and_publishes_nothing():
    report = import_page(OWN_PAGE)
    version = Version.objects.get()
    assert version.state == State.DRAFT
    assert version.source.file_name == OWN_PAGE.name
    assert not Edition.objects.exists()
    assert not version.sign_offs.exists()
    assert "Nothing was published" in report


def test_reviewers_of_the_source_have_no_account_and_have_signed_nothing():
    before = set(Reviewer.objects.values_list("pk", flat=True))
    import_page(OWN_PAGE)
    stated = Reviewer.objects.exclude(pk__in=before)
    assert stated.count() == len(Version.objects.get().source.stated_reviewers) > 0
    for reviewer in stated:
        assert reviewer.user is None
        assert reviewer.specialties.count() == 1
        assert not reviewer.sign_offs.exists()


def test_imported_notices_are_not_in_force():
    import_page(OWN_PAGE)
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds <= set(NoticeKind.values)
    assert kinds
    assert not Notice.objects.exclude(in_force_from=None).exists()


def test_known_people_are_not_made_twice():
    import_page(OWN_PAGE)
    before = (Author.objects.count(), Reviewer.objects.count(), Notice.objects.count())
    import_page(OWN_PAGE, slug="the-same-again")
    assert (Author.objects.count(), Reviewer.objects.count(), Notice.objects.count()) == before


def test_of_two_people_who_are_printed_alike_the_first_is_credited():
    import_page(OWN_PAGE)
    author, reviewer = Author.objects.first(), Reviewer.objects.first()
    for known in (author, reviewer):
        type(known).objects.create(name=known.name, credentials=known.credentials)
    import_page(OWN_PAGE, slug="the-same-again")
    again = Version.objects.get(article__slug="the-same-again")
    assert again.authors.get(position=1).author == author


def test_a_page_goes_into_the_named_category(newsroom):
    import_page(OWN_PAGE, category="lungs")
    assert Article.objects.get().category == newsroom.category


def test_a_page_without_a_named_category_can_not_be_submitted_from_where_it_lands():
    import_page(OWN_PAGE)
    assert Article.objects.get().category.effective_policy() is None


def test_nobody_can_log_in_as_the_importer():
    import_page(OWN_PAGE)
    account = User.objects.get(username=IMPORTER)
    assert not account.has_usable_password()
    assert not account.is_staff


MALFORMED = {
    "no title": (b"   \n\n", "title"),
    "no body": (b"Hay fever\n", "line 1"),
    "binary": (b"Hay fever\n\n\x00\x01\x02 sneezing\n", "line 3"),
    "not UTF-8": ("Hay fever\n\nCaf\xe9 au lait helps nobody.\n".encode("latin-1"), "line 3"),
    "10 MB": (b"Hay fever\n\n" + b"Pollen. " * 1_300_000, "line 3: the page is larger than"),
    "author without a name": (b"Hay fever\n\nPollen.\n\nAuthor:\n", "line 5"),
    "no such date": (b"Hay fever\n\nPollen.\n\nLast Updated: someday\n", "line 5"),
    "a name without end": (
        b"Hay fever\n\nPollen.\n\nAuthor: " + b"A" * 201 + b", MFA\n",
        "line 5: “AAAAAAAAAAA",
    ),
    "a specialty without end": (
        b"Hay fever\n\nPollen.\n\nMedical Review: A B, MD - " + b"A" * 121 + b"\n",
        "is a specialty of 121 characters; expected: at most 120",
    ),
    "a reviewer twice": (
        b"Hay fever\n\nPollen.\n\nMedical Review: A B, MD - Allergy & A B, MD - Allergy\n",
        "named twice",
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_page_is_refused_by_cause_and_changes_nothing(name, tmp_path):
    data, cause = MALFORMED[name]
    page = tmp_path / "page.txt"
    page.write_bytes(data)
    before = counts()
    with pytest.raises(CommandError) as refusal:
        import_page(page)
    assert cause in str(refusal.value)
    assert "page.txt" in str(refusal.value)
    assert counts() == before


def test_the_same_page_twice_is_refused_and_changes_nothing():
    import_page(OWN_PAGE)
    before = counts()
    with pytest.raises(CommandError, match="slug exists"):
        import_page(OWN_PAGE)
    assert counts() == before


def test_a_category_that_does_not_exist_is_refused_with_those_that_do(newsroom):
    with pytest.raises(CommandError, match="Known: lungs"):
        import_page(OWN_PAGE, category="liver")
    assert not Article.objects.exists()


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        import_page(tmp_path / "missing.txt")


def test_a_language_that_is_no_tag_is_refused():
    with pytest.raises(CommandError, match="BCP 47"):
        import_page(OWN_PAGE, language="english")
